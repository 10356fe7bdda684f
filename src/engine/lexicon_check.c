#include <stdlib.h>

#include "base/map.h"
#include "codec/codec.h"
#include "engine/engine_p.h"

// lexicon check: what the lexicon room found, the sides of every pair=, and hits in texts.

#define EXAMPLES 3
#define CONTEXT 32u // bytes of an example on each side

// what the texts of --on had of one entry
typedef struct tally {
    uint64_t hits, counted; // counted: cues that score, or all of a resource lexicon
    fsc_view example[EXAMPLES];
} tally;

typedef struct check {
    fsc_run_state *r;
    fsc_ctx *ctx;
    const char *path;
    fsc_lexicon_notes notes;
    fsc_findings found;
    fsc_view lexicon;
    tally *tally;  // by entry of the schema; NULL without --on
    fsc_ingest *in;
    fsc_extract_options extract;
    uint64_t errors, warnings, records;
    fsc_buf *out;
} check;

static bool is_ours(const check *c, const fsc_entry *e)
{
    return fsc_view_eq(fsc_schema_text(c->ctx->schema, e->lexicon), c->lexicon);
}

// ---------------------------------------------------------------- texts

// a record's part for one entry, followed by its example
typedef struct portion {
    uint32_t entry, hits, counted, example;
} portion;

static void put_example(fsc_buf *out, const fsc_text *t, const fsc_hit *h)
{
    uint32_t from = h->start > CONTEXT ? h->start - CONTEXT : 0, to = h->end + CONTEXT < t->bytes.len ? h->end + CONTEXT : (uint32_t)t->bytes.len;
    while (from > 0 && from < h->start && !fsc_utf8_is_start((unsigned char)t->bytes.data[from]))
        from++;
    while (to > h->end && to < t->bytes.len && !fsc_utf8_is_start((unsigned char)t->bytes.data[to]))
        to--;
    for (uint32_t i = from; i < to; i++) {
        if (i == h->start)
            fsc_buf_char(out, '[');
        fsc_buf_char(out, t->bytes.data[i] == '\n' || t->bytes.data[i] == '\t' ? ' ' : t->bytes.data[i]);
        if (i + 1 == h->end)
            fsc_buf_char(out, ']');
    }
}

static int put_portions(const check *c, fsc_worker *w, const fsc_analysis *a, fsc_buf *out)
{
    const fsc_schema *s = c->ctx->schema;
    portion *p = FSC_NEW_N(&w->scratch, portion, s->entry_count + 1);
    if (!p)
        return FSC_E_NOMEM;
    for (size_t i = 0; i < a->cue_count; i++)
        p[a->cue[i].entry].counted += a->cue[i].scored;
    for (size_t i = 0; i < a->hits.count; i++)
        if (is_ours(c, &s->entry[a->hits.hit[i].entry]))
            p[a->hits.hit[i].entry].hits++;
    for (size_t i = 0; i < a->hits.count; i++) {
        const fsc_hit *h = &a->hits.hit[i];
        portion one = p[h->entry];
        if (!one.hits)
            continue;
        one.entry = h->entry;
        if (s->entry[h->entry].flags & FSC_ENTRY_RESOURCE)
            one.counted = one.hits;
        size_t at = out->len;
        fsc_buf_add(out, (const char *)&one, sizeof one);
        put_example(out, &a->text, h);
        one.example = (uint32_t)(out->len - at - sizeof one);
        if (!out->failed)
            memcpy(out->data + at, &one, sizeof one);
        p[h->entry].hits = 0;
    }
    return out->failed;
}

static int check_record(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err)
{
    check *c = job;
    fsc_item item;
    fsc_article article;
    fsc_analysis *a = FSC_NEW(&w->document, fsc_analysis);
    int status = a ? fsc_ingest_parse(c->in, raw, &item, &w->document, err) : fsc_err_nomem(err);
    if (!status)
        status = fsc_worker_article(w, &article, &item, &c->extract, &w->document, err);
    if (!status)
        status = (c->ctx->loud ? fsc_worker_hits : fsc_worker_analyze)(w, a, &article, &w->document, err);
    if (!status && put_portions(c, w, a, &b->out))
        status = fsc_err_nomem(err);
    if (!status)
        fsc_batch_count(b, article.id, article.source, article.status, article.reason);
    return status;
}

// in input order, so that the examples are the first ones whatever -j is
static int take_portions(void *user, fsc_view bytes, fsc_err *err)
{
    check *c = user;
    for (size_t at = 0; at + sizeof(portion) <= bytes.len;) {
        portion p;
        memcpy(&p, bytes.data + at, sizeof p);
        at += sizeof p;
        tally *t = &c->tally[p.entry];
        t->hits += p.hits;
        t->counted += p.counted;
        for (size_t i = 0; i < EXAMPLES; i++) {
            if (t->example[i].data)
                continue;
            t->example[i] = fsc_arena_dup(c->r->arena, fsc_view_slice(bytes, at, at + p.example));
            if (!t->example[i].data)
                return fsc_err_nomem(err);
            break;
        }
        at += p.example;
    }
    return 0;
}

static int read_texts(check *c, fsc_err *err)
{
    const fsc_options *o = c->r->opt;
    fsc_totals totals;
    c->tally = FSC_NEW_N(c->r->arena, tally, c->ctx->schema->entry_count + 1);
    if (!c->tally)
        return fsc_err_nomem(err);
    int status = fsc_run_open(&c->in, c->r, o->on.data, o->on.len, (fsc_view){0}, (fsc_view){0}, err);
    if (status)
        return status;
    fsc_target take = {.sink = c->r->sink, .take = take_portions, .user = c};
    fsc_pool_job job = {.ctx = c->ctx, .in = c->in, .run = check_record, .job = c, .workers = fsc_run_workers(o), .sink = c->r->sink,
                        .out = &take, .quiet = o->quiet};
    c->extract = fsc_run_extract(o);
    status = fsc_pool_run(&job, &totals, err);
    c->records = totals.records;
    if (!status && fsc_run_missing(c->r, c->in, err))
        status = FSC_E_READ;
    fsc_ingest_close(c->in);
    return status;
}

// ---------------------------------------------------------------- rows

typedef struct row {
    const char *level, *kind;
    uint32_t line, column;
    fsc_view entry, category, text;
    int64_t entries, hits, counted; // -1: not of this kind
} row;

static const char *const columns[] = {"level", "kind", "line", "column", "entry", "category", "entries", "hits", "counted", "text"};

static bool is_table(const check *c)
{
    fsc_output f = c->r->export.format;
    return f == FSC_OUTPUT_CSV || f == FSC_OUTPUT_TSV;
}

static void put_number(fsc_buf *out, int64_t n, char end)
{
    if (n >= 0)
        fsc_buf_i64(out, n);
    fsc_buf_char(out, end);
}

static void put_cells(const check *c, const row *r)
{
    char sep = c->r->export.format == FSC_OUTPUT_TSV ? '\t' : ',';
    fsc_buf *out = c->out;
    fsc_buf_printf(out, "%s%c%s%c", r->level, sep, r->kind, sep);
    put_number(out, r->line ? (int64_t)r->line : -1, sep);
    put_number(out, r->column ? (int64_t)r->column : -1, sep);
    fsc_csv_cell(out, r->entry, sep);
    fsc_buf_char(out, sep);
    fsc_csv_cell(out, r->category, sep);
    fsc_buf_char(out, sep);
    put_number(out, r->entries, sep);
    put_number(out, r->hits, sep);
    put_number(out, r->counted, sep);
    fsc_csv_cell(out, r->text, sep);
    fsc_buf_adds(out, sep == ',' ? "\r\n" : "\n");
}

// "file:line:column: level: entry: what", as compilers say it
static void put_line(const check *c, const row *r)
{
    fsc_buf *out = c->out;
    fsc_buf_printf(out, "%s", c->path);
    if (r->line)
        fsc_buf_printf(out, ":%u", r->line);
    if (r->column)
        fsc_buf_printf(out, ":%u", r->column);
    fsc_buf_printf(out, ": %s: ", r->level);
    if (r->entry.len)
        fsc_buf_printf(out, "%.*s: ", (int)r->entry.len, r->entry.data);
    fsc_buf_addv(out, r->text);
    fsc_buf_char(out, '\n');
}

static void put_count(const check *c, const row *r)
{
    fsc_buf *out = c->out;
    if (strcmp(r->kind, "pair") == 0)
        fsc_buf_printf(out, "  %-28.*s %-40.*s %5lld", (int)r->entry.len, r->entry.data, (int)r->category.len, r->category.data,
                       (long long)r->entries);
    else
        fsc_buf_printf(out, "  %5u  %-36.*s", r->line, (int)r->entry.len, r->entry.data);
    if (r->hits >= 0)
        fsc_buf_printf(out, " %8lld %8lld", (long long)r->hits, (long long)r->counted);
    if (r->text.len)
        fsc_buf_printf(out, "  %.*s", (int)r->text.len, r->text.data);
    fsc_buf_char(out, '\n');
}

static void put_row(check *c, const row *r)
{
    c->errors += strcmp(r->level, "error") == 0;
    c->warnings += strcmp(r->level, "warning") == 0;
    if (is_table(c))
        put_cells(c, r);
    else if (strcmp(r->level, "count") == 0)
        put_count(c, r);
    else
        put_line(c, r);
}

static fsc_view pattern_of(const check *c, const fsc_entry *e)
{
    return fsc_schema_text(c->ctx->schema, e->pattern);
}

static fsc_view category_of(const check *c, const fsc_entry *e)
{
    const fsc_schema *s = c->ctx->schema;
    return e->flags & FSC_ENTRY_RESOURCE ? s->resource[e->category] : s->category[e->category].name;
}

static void put_title(const check *c, const char *title)
{
    if (!is_table(c))
        fsc_buf_printf(c->out, "\n%s\n", title);
}

static bool has_note(const check *c, uint32_t line)
{
    for (size_t i = 0; i < c->notes.len; i++)
        if (c->notes.data[i].line == line)
            return true;
    return false;
}

static void put_findings(check *c)
{
    static const struct {
        const char *level, *kind;
    } of[FSC_FINDING_KINDS] = {
        [FSC_FINDING_NEVER] = {"error", "never"},         [FSC_FINDING_DUPLICATE] = {"warning", "duplicate"},
        [FSC_FINDING_SHADOWED] = {"warning", "shadowed"}, [FSC_FINDING_OVERLAP] = {"note", "overlap"},
        [FSC_FINDING_PAIR] = {"warning", "pair"},
    };
    for (size_t i = 0; i < c->ctx->notes.len; i++) {
        const fsc_lexicon_note *n = &c->ctx->notes.data[i];
        put_row(c, &(row){"warning", "read", n->line, 0, {0}, {0}, n->text, -1, -1, -1});
    }
    // a dictionary of another tool has words that no text room makes, such as emoticons: they are no fault of it
    const char *level = c->ctx->foreign ? "warning" : "error", *kind = c->ctx->foreign ? "left-out" : "syntax";
    for (size_t i = 0; i < c->notes.len; i++) {
        const fsc_lexicon_note *n = &c->notes.data[i];
        put_row(c, &(row){level, kind, n->line, n->column, {0}, {0}, n->text, -1, -1, -1});
    }
    for (size_t i = 0; i < c->found.len; i++) {
        const fsc_finding *f = &c->found.data[i];
        const fsc_entry *e = &c->ctx->schema->entry[f->entry];
        if (f->kind == FSC_FINDING_NEVER && has_note(c, e->line))
            continue; // its class is missing: said already
        put_row(c, &(row){of[f->kind].level, of[f->kind].kind, e->line, 0, pattern_of(c, e), category_of(c, e), f->text,
                          f->count ? (int64_t)f->count : -1, -1, -1});
    }
}

// ---------------------------------------------------------------- pairs and entries

// One side of a pair= label: the option side=, else the category.
typedef struct side {
    fsc_view label, name;
    uint32_t entries;
    uint64_t hits, counted;
} side;

static int by_label(const void *a, const void *b)
{
    const side *x = a, *y = b;
    int order = fsc_view_cmp(x->label, y->label);
    return order ? order : fsc_view_cmp(x->name, y->name);
}

static int put_pairs(check *c, fsc_err *err)
{
    const fsc_schema *s = c->ctx->schema;
    fsc_arena *arena = c->r->arena;
    fsc_vec(side) sides = {0};
    fsc_map known;
    fsc_map_init(&known, arena);
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        bool is_new;
        if (!e->pair.len || !is_ours(c, e))
            continue;
        fsc_view name = fsc_entry_option(s, e, "side");
        name = name.len ? name : category_of(c, e);
        fsc_view label = fsc_schema_text(s, e->pair);
        fsc_view key = fsc_arena_printf(arena, "%.*s\t%.*s", (int)label.len, label.data, (int)name.len, name.data);
        uint32_t *index = key.data ? fsc_map_put(&known, key, (uint32_t)sides.len, &is_new) : NULL;
        if (!index || (is_new && !fsc_vec_push(arena, &sides, (side){label, name, 0, 0, 0})))
            return fsc_err_nomem(err);
        side *of = &sides.data[*index];
        of->entries++;
        of->hits += c->tally ? c->tally[i].hits : 0;
        of->counted += c->tally ? c->tally[i].counted : 0;
    }
    if (!sides.len)
        return 0;
    qsort(sides.data, sides.len, sizeof *sides.data, by_label);
    put_title(c, c->tally ? "pair=, side, entries, hits, counted" : "pair=, side, entries");
    for (size_t i = 0; i < sides.len; i++) {
        const side *x = &sides.data[i];
        put_row(c, &(row){"count", "pair", 0, 0, x->label, x->name, {0}, x->entries, c->tally ? (int64_t)x->hits : -1,
                          c->tally ? (int64_t)x->counted : -1});
    }
    return 0;
}

static fsc_view examples_of(const check *c, const tally *t)
{
    fsc_view all = t->example[0];
    for (size_t i = 1; i < EXAMPLES && t->example[i].data; i++)
        all = fsc_arena_printf(c->r->arena, "%.*s / %.*s", (int)all.len, all.data, (int)t->example[i].len, t->example[i].data);
    return all;
}

static void put_entries(check *c)
{
    const fsc_schema *s = c->ctx->schema;
    put_title(c, "line, entry, hits, counted, examples");
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        const tally *t = &c->tally[i];
        if (is_ours(c, e) && t->hits)
            put_row(c, &(row){"count", "hits", e->line, 0, pattern_of(c, e), category_of(c, e), examples_of(c, t), -1, (int64_t)t->hits,
                              (int64_t)t->counted});
    }
    put_title(c, "entries that never hit");
    for (size_t i = 0; i < s->entry_count; i++) {
        const fsc_entry *e = &s->entry[i];
        if (is_ours(c, e) && !c->tally[i].hits && !(e->flags & FSC_ENTRY_RULE))
            put_row(c, &(row){"count", "unhit", e->line, 0, pattern_of(c, e), category_of(c, e), {0}, -1, 0, 0});
    }
}

static void put_summary(const check *c)
{
    size_t count;
    const fsc_lexicon_info *info = fsc_lexset_lexicons(c->ctx->lexset, &count);
    if (is_table(c))
        return;
    fsc_buf_printf(c->out, "\n%.*s: %u entries, %llu errors, %llu warnings", (int)c->lexicon.len, c->lexicon.data,
                   info[count - 1].entry_count, (unsigned long long)c->errors, (unsigned long long)c->warnings);
    if (c->found.untried)
        fsc_buf_printf(c->out, "; %u regular expressions cannot be tried by example: use --on", c->found.untried);
    if (c->tally)
        fsc_buf_printf(c->out, "; texts read: %llu", (unsigned long long)c->records);
    fsc_buf_char(c->out, '\n');
}

static int fill(check *c, fsc_err *err)
{
    uint32_t index = 0;
    fsc_err fault = FSC_ERR_INIT;
    int status = fsc_ctx_check(&c->ctx, &index, &c->notes, c->path, c->r->arena, &fault);
    for (size_t i = 0; is_table(c) && i < sizeof columns / sizeof *columns; i++)
        fsc_buf_printf(c->out, "%s%s", i ? (c->r->export.format == FSC_OUTPUT_TSV ? "\t" : ",") : "", columns[i]);
    fsc_buf_adds(c->out, c->r->export.format == FSC_OUTPUT_CSV ? "\r\n" : is_table(c) ? "\n" : "");
    if (status == FSC_E_LEXICON) {
        // the whole file: its bytes or its head
        put_row(c, &(row){"error", "syntax", fault.line, fault.column, {0}, {0}, fsc_arena_dup(c->r->arena, fsc_view_cstr(fault.text)), -1,
                          -1, -1});
        return 0;
    }
    if (status) {
        if (err && !err->code)
            *err = fault;
        return status;
    }
    size_t count;
    const fsc_lexicon_info *info = fsc_lexset_lexicons(c->ctx->lexset, &count);
    c->lexicon = info[index].name;
    c->ctx->loud = fsc_view_is(info[index].role, "resource");
    status = fsc_lexicon_check(&c->found, c->ctx->lexset, index, c->r->arena, err);
    if (!status && c->r->opt->on.len)
        status = read_texts(c, err);
    if (status)
        return status;
    put_findings(c);
    status = put_pairs(c, err);
    if (!status && c->tally)
        put_entries(c);
    put_summary(c);
    return status;
}

int fsc_run_lexicon_check(fsc_run_state *r, const char *path, fsc_err *err)
{
    fsc_buf out;
    fsc_target target;
    check c = {.r = r, .path = path, .out = &out};
    fsc_buf_init(&out, NULL, (size_t)1 << 32);
    int status = fill(&c, err);
    if (!status)
        status = out.failed ? fsc_err_nomem(err) : fsc_target_open(&target, r, err);
    if (!status) {
        status = fsc_target_write(&target, fsc_buf_view(&out), err);
        status = fsc_target_close(&target, status, err);
    }
    fsc_buf_release(&out);
    fsc_ctx_free(c.ctx);
    return status ? fsc_exit_of(status) : c.errors > 0;
}
