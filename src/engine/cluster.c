#include "engine/cluster_p.h"

#include "codec/codec.h"
#include "engine/near_p.h"

#define LINE_MAX_BYTES ((size_t)1 << 30)
#define KEEP (1u << 20)

enum { UNIQUE, DUPLICATE, NEAR_DUPLICATE, SYNDICATED };
static const char *const kind_name[] = {"", "duplicate", "near-duplicate", "syndicated"};

typedef struct text {
    fsc_sketch sketch;
    uint64_t content;
    uint32_t site;          // 0: not known
    uint32_t first;         // the text it repeats, or itself
    uint32_t number, size;  // of the cluster; at its first text
    uint8_t kind;
} text;

enum { SKETCH, CONTENT, SITE, NEEDED };
static const char *const needed[NEEDED] = {"sketch", "content_hash", "site"};

struct fsc_clusters {
    const fsc_alloc *alloc;
    fsc_arena arena, row;
    fsc_near near;
    fsc_map sites;
    fsc_vec(text *) text;   // one a row; NULL: it has none
    size_t column[NEEDED], columns, written;
    uint32_t numbers;
    char separator;
    fsc_view head;
    fsc_buf line;
    fsc_cluster_counts counted;
};

int fsc_clusters_new(fsc_clusters **out, char separator, const fsc_alloc *alloc, fsc_err *err)
{
    alloc = alloc ? alloc : fsc_alloc_default();
    fsc_clusters *c = *out = alloc->alloc(alloc->user, sizeof *c);
    if (!c)
        return fsc_err_nomem(err);
    *c = (fsc_clusters){.alloc = alloc, .separator = separator};
    fsc_arena_init(&c->arena, alloc);
    fsc_arena_init(&c->row, alloc);
    fsc_near_init(&c->near, &c->arena);
    fsc_map_init(&c->sites, &c->arena);
    fsc_buf_init(&c->line, alloc, LINE_MAX_BYTES);
    return 0;
}

void fsc_clusters_free(fsc_clusters *c)
{
    if (!c)
        return;
    fsc_arena_release(&c->arena);
    fsc_arena_release(&c->row);
    fsc_buf_release(&c->line);
    c->alloc->free(c->alloc->user, c);
}

// ---------------------------------------------------------------- gathering

static int cells_of(fsc_clusters *c, fsc_view row, fsc_view **cell, size_t *count, fsc_err *err)
{
    fsc_arena_reset(&c->row, KEEP);
    return fsc_csv_cells(cell, count, row, c->separator, &c->row) ? fsc_err_nomem(err) : 0;
}

int fsc_clusters_head(fsc_clusters *c, fsc_view row, fsc_err *err)
{
    fsc_view *cell;
    int status = cells_of(c, row, &cell, &c->columns, err);
    for (int k = 0; k < NEEDED && !status; k++) {
        size_t i = 0;
        while (i < c->columns && !fsc_view_is(cell[i], needed[k]))
            i++;
        c->column[k] = i;
        if (i == c->columns)
            status = fsc_err_set(err, FSC_E_USAGE, "--cluster: the parts have no column %s; plan with score --sketch", needed[k]);
    }
    c->head = fsc_arena_dup(&c->arena, row);
    return status || c->head.data ? status : fsc_err_nomem(err);
}

// sites are told apart by numbers from 1
static bool find_site(fsc_clusters *c, fsc_view name, uint32_t *out)
{
    *out = 0;
    if (!name.len)
        return true;
    const uint32_t *known = fsc_map_get(&c->sites, name);
    fsc_view copy = known ? name : fsc_arena_dup(&c->arena, name);
    *out = known ? *known : (uint32_t)c->sites.len + 1;
    return known || (copy.data && fsc_map_put(&c->sites, copy, *out, NULL));
}

static bool parse_hash(fsc_view cell, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < cell.len; i++) {
        char ch = cell.data[i];
        if (!((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f')))
            return false;
        *out = *out << 4 | (uint64_t)(ch <= '9' ? ch - '0' : ch - 'a' + 10);
    }
    return cell.len == 16;
}

// the cluster that a text belongs to, made when it is the first of it
static bool place(fsc_clusters *c, text *t, uint32_t index)
{
    uint32_t found = fsc_near_find(&c->near, &t->content, &t->sketch);
    t->first = found == FSC_NONE ? index : found;
    text *first = c->text.data[t->first];
    first->size++;
    c->counted.texts++;
    if (found == FSC_NONE) {
        t->number = ++c->numbers;
        return fsc_near_add(&c->near, &t->content, &t->sketch, index);
    }
    bool elsewhere = t->site && first->site && t->site != first->site;
    t->kind = elsewhere ? SYNDICATED : t->content == first->content ? DUPLICATE : NEAR_DUPLICATE;
    c->counted.syndicated += t->kind == SYNDICATED;
    c->counted.duplicate += t->kind == DUPLICATE;
    c->counted.near_duplicate += t->kind == NEAR_DUPLICATE;
    return true;
}

int fsc_clusters_add(fsc_clusters *c, fsc_view row, fsc_err *err)
{
    fsc_view *cell;
    size_t count;
    int status = cells_of(c, row, &cell, &count, err);
    if (status)
        return status;
    text t = {0}, *kept = NULL;
    bool is_text = count == c->columns && parse_hash(cell[c->column[CONTENT]], &t.content) && fsc_sketch_get(&t.sketch, cell[c->column[SKETCH]]);
    if (is_text) {
        kept = FSC_NEW(&c->arena, text);
        if (!kept || !find_site(c, cell[c->column[SITE]], &t.site))
            return fsc_err_nomem(err);
        *kept = t;
    }
    if (c->text.len >= FSC_NONE - 1)
        return fsc_err_set(err, FSC_E_LIMIT, "--cluster: more rows than it can number");
    if (!fsc_vec_push(&c->arena, &c->text, kept) || (kept && !place(c, kept, (uint32_t)c->text.len - 1)))
        return fsc_err_nomem(err);
    return 0;
}

// ---------------------------------------------------------------- writing

// the row with `put` in the place of the sketch
static int write_row(fsc_clusters *c, fsc_view row, const fsc_view put[3], fsc_target *out, fsc_err *err)
{
    fsc_view *cell;
    size_t count;
    int status = cells_of(c, row, &cell, &count, err);
    if (status)
        return status;
    fsc_buf_reset(&c->line, KEEP);
    for (size_t i = 0; i < count; i++) {
        if (i)
            fsc_buf_char(&c->line, c->separator);
        for (int k = 0; i == c->column[SKETCH] && k < 3; k++) {
            if (k)
                fsc_buf_char(&c->line, c->separator);
            fsc_csv_cell(&c->line, put[k], c->separator);
        }
        if (i != c->column[SKETCH])
            fsc_csv_cell(&c->line, cell[i], c->separator);
    }
    fsc_buf_adds(&c->line, fsc_view_ends(row, FSC_LIT("\r\n")) ? "\r\n" : "\n");
    return c->line.failed ? fsc_err_nomem(err) : fsc_target_write(out, fsc_buf_view(&c->line), err);
}

int fsc_clusters_write_head(fsc_clusters *c, fsc_target *out, fsc_err *err)
{
    const fsc_view names[] = {FSC_LIT("cluster"), FSC_LIT("cluster_size"), FSC_LIT("copy")};
    return write_row(c, c->head, names, out, err);
}

int fsc_clusters_write(fsc_clusters *c, fsc_view row, fsc_target *out, fsc_err *err)
{
    if (c->written >= c->text.len)
        return fsc_err_set(err, FSC_E_MISMATCH, "the parts changed while they were read");
    const text *t = c->text.data[c->written++];
    if (!t)
        return write_row(c, row, (fsc_view[3]){{0}}, out, err);
    const text *first = c->text.data[t->first];
    fsc_buf number;
    fsc_buf_init(&number, NULL, 64);
    fsc_buf_printf(&number, "%u %u", first->number, first->size);
    fsc_view rest = fsc_buf_view(&number), cluster = number.failed ? FSC_LIT("") : fsc_view_split(&rest, ' ');
    const fsc_view cells[] = {cluster, rest, fsc_view_cstr(kind_name[t->kind])};
    int status = number.failed ? fsc_err_nomem(err) : write_row(c, row, cells, out, err);
    fsc_buf_release(&number);
    return status;
}

fsc_cluster_counts fsc_clusters_counted(const fsc_clusters *c)
{
    return c->counted;
}
