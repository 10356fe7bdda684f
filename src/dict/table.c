// Tables: LIWC-22 .dicx and CSV with named columns.
#include "codec/codec.h"
#include "dict/dict_p.h"

typedef struct record {
    fsc_view *cell;
    size_t count;
    uint32_t line;
} record;

typedef fsc_vec(record) records;

static fsc_view cell(const record *r, size_t i)
{
    return i < r->count ? fsc_view_trim(r->cell[i]) : (fsc_view){"", 0};
}

static bool is_blank(const record *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (cell(r, i).len)
            return false;
    return true;
}

static char separator_of(fsc_view text)
{
    static const char candidates[] = {',', ';', '\t'};
    fsc_view head = fsc_view_split(&text, '\n');
    size_t most = 0;
    char best = ',';
    for (size_t k = 0; k < sizeof candidates; k++) {
        size_t n = 0;
        for (size_t i = 0; i < head.len; i++)
            n += head.data[i] == candidates[k];
        if (n > most) {
            most = n;
            best = candidates[k];
        }
    }
    return best;
}

static int read_records(records *out, fsc_dict *d, fsc_view text, fsc_err *err)
{
    char separator = separator_of(text);
    uint32_t line = 1;
    while (text.len) {
        fsc_csv_scan scan = {0};
        bool open = false;
        size_t n = fsc_csv_record_end(text, separator, true, &scan, &open);
        record r = {.line = line};
        if (open && !fsc_dict_warn(d, line, "a quote mark that is not closed: the line ends the cell"))
            return fsc_err_nomem(err);
        if (open) {
            fsc_view rest = text;
            n = fsc_view_split(&rest, '\n').len;
            n += n < text.len;
        }
        fsc_view row = fsc_view_slice(text, 0, n);
        if (fsc_csv_cells(&r.cell, &r.count, row, separator, d->arena))
            return fsc_err_nomem(err);
        for (size_t i = 0; i < n; i++)
            line += text.data[i] == '\n';
        text = fsc_view_slice(text, n, text.len);
        if (!is_blank(&r) && !fsc_vec_push(d->arena, out, r))
            return fsc_err_nomem(err);
        if (n == 0)
            break;
    }
    return FSC_OK;
}

static bool add(fsc_dict *d, fsc_dict_entry *e, fsc_view raw)
{
    e->term = fsc_dict_term(d, raw, "?");
    if (e->term.data && !e->term.len)
        return fsc_dict_warn(d, e->line, "a row without a term: left out");
    return e->term.data && fsc_dict_add(d, e);
}

// ---------------------------------------------------------------- a column a category

// 0 and 1 throughout say who is a member; other numbers are weights.
static bool is_flags(const records *r, size_t column)
{
    for (size_t i = 1; i < r->len; i++) {
        fsc_view v = cell(&r->data[i], column);
        if (v.len && !fsc_view_is(v, "0") && !fsc_view_is(v, "1"))
            return false;
    }
    return true;
}

static bool take_cell(fsc_dict *d, const record *row, fsc_view v, uint32_t category, bool flags)
{
    fsc_dict_entry e = {.category = category, .line = row->line};
    if (!v.len || (flags && fsc_view_is(v, "0")))
        return true;
    if (fsc_dict_is_number(v) && !(flags && fsc_view_is(v, "1")))
        e.weight = v;
    return add(d, &e, row->cell[0]);
}

static int read_wide(fsc_dict *d, const records *r, fsc_err *err)
{
    const record *head = &r->data[0];
    uint32_t *category = FSC_NEW_N(d->arena, uint32_t, head->count + 1);
    bool *flags = FSC_NEW_N(d->arena, bool, head->count + 1);
    if (!category || !flags)
        return fsc_err_nomem(err);
    for (size_t i = 1; i < head->count; i++) {
        category[i] = FSC_DICT_NONE;
        flags[i] = is_flags(r, i);
        if (!cell(head, i).len)
            continue;
        category[i] = fsc_dict_category_find(d, FSC_DICT_NONE, cell(head, i), head->line);
        if (category[i] == FSC_DICT_NONE)
            return fsc_err_nomem(err);
    }
    for (size_t k = 1; k < r->len; k++) {
        const record *row = &r->data[k];
        bool good = row->count <= head->count || fsc_dict_warn(d, row->line, "more cells than columns: the last are passed over");
        if (good && !cell(row, 0).len)
            good = fsc_dict_warn(d, row->line, "a row without a term: left out");
        for (size_t i = 1; good && cell(row, 0).len && i < head->count && i < row->count; i++) {
            if (category[i] != FSC_DICT_NONE)
                good = take_cell(d, row, cell(row, i), category[i], flags[i]);
            else if (cell(row, i).len)
                good = fsc_dict_warn(d, row->line, "column %zu has no name: passed over", i + 1);
        }
        if (!good)
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}

int fsc_dict_read_dicx(fsc_dict *d, fsc_view text, fsc_err *err)
{
    records r = {0};
    int status = read_records(&r, d, text, err);
    if (status)
        return status;
    if (!r.len || r.data[0].count < 2)
        return fsc_dict_fail(d, err, 1, 1, "the first line names the term's column and the categories: DicTerm,cat1,cat2");
    return read_wide(d, &r, err);
}

int fsc_dict_write_dicx(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    static const fsc_dict_say say = {"*", "", false, ' '};
    fsc_map row;
    fsc_vec(uint32_t) first = {0};
    uint32_t *next = FSC_NEW_N(d->arena, uint32_t, d->entry.len + 1), *last = FSC_NEW_N(d->arena, uint32_t, d->entry.len + 1);
    const fsc_dict_entry **of = FSC_NEW_N(d->arena, const fsc_dict_entry *, d->category.len + 1);
    fsc_buf term;
    fsc_map_init(&row, d->arena);
    fsc_buf_init(&term, out->alloc, 1 << 20);
    if (!next || !last || !of)
        return fsc_err_nomem(err);
    fsc_dict_count_levels(d, false, true);
    fsc_buf_adds(out, "DicTerm");
    for (uint32_t c = 0; c < d->category.len; c++) {
        fsc_buf_char(out, ',');
        fsc_csv_cell(out, fsc_dict_path(d, c, '.', d->arena), ',');
    }
    fsc_buf_char(out, '\n');
    // entries of a term follow each other: next is an index + 1
    for (uint32_t i = 0; i < d->entry.len; i++) {
        bool is_new;
        if (fsc_dict_left_out(d, &d->entry.data[i], FSC_DICT_HOLDS_WEIGHT))
            continue;
        uint32_t *known = fsc_map_put(&row, d->entry.data[i].term, (uint32_t)first.len, &is_new);
        if (!known || (is_new && !fsc_vec_push(d->arena, &first, i)))
            return fsc_err_nomem(err);
        if (!is_new)
            next[last[*known]] = i + 1;
        last[*known] = i;
    }
    for (size_t k = 0; k < first.len; k++) {
        fsc_buf_reset(&term, 1 << 12);
        if (!fsc_dict_say_term(&term, d, &d->entry.data[first.data[k]], &say))
            continue;
        memset(of, 0, d->category.len * sizeof *of);
        for (uint32_t i = first.data[k] + 1; i; i = next[i - 1]) {
            const fsc_dict_entry *e = &d->entry.data[i - 1];
            if (of[e->category])
                fsc_dict_lose(d, FSC_DICT_LOSS_ALIKE, e->line);
            else
                of[e->category] = e;
        }
        fsc_csv_cell(out, fsc_buf_view(&term), ',');
        for (uint32_t c = 0; c < d->category.len; c++) {
            fsc_buf_char(out, ',');
            if (of[c] && of[c]->weight.len) {
                size_t at = out->len;
                fsc_dict_signed_weight(out, d, of[c]);
                // a column of 0 and 1 alone says who is a member
                if (out->len == at + 1 && (out->data[at] == '0' || out->data[at] == '1'))
                    fsc_buf_adds(out, ".0");
            } else if (of[c]) {
                fsc_buf_char(out, 'X');
            }
        }
        fsc_buf_char(out, '\n');
    }
    fsc_buf_release(&term);
    return FSC_OK;
}

// ---------------------------------------------------------------- a row a term and category

enum { TERM, CATEGORY, WEIGHT, CONDITION, NOTE, COLUMNS };

// Names that columns have in the wild.
static const char *const column_names[COLUMNS] = {
    [TERM] = "term dicterm word token pattern entry phrase lemma ngram expression",
    [CATEGORY] = "category categories key class label group dimension code emotion",
    [WEIGHT] = "weight score valence value sentiment strength",
    [CONDITION] = "condition when",
    [NOTE] = "note notes comment description",
};

static int column_of(fsc_view name)
{
    for (int c = 0; c < COLUMNS; c++) {
        fsc_view rest = fsc_view_cstr(column_names[c]);
        while (rest.data)
            if (fsc_view_eq_nocase(name, fsc_view_split(&rest, ' ')))
                return c;
    }
    return -1;
}

static int read_long(fsc_dict *d, const records *r, const size_t *at, fsc_err *err)
{
    for (size_t k = 1; k < r->len; k++) {
        const record *row = &r->data[k];
        fsc_dict_entry e = {.line = row->line, .weight = at[WEIGHT] ? cell(row, at[WEIGHT] - 1) : (fsc_view){0}};
        fsc_view name = at[CATEGORY] ? cell(row, at[CATEGORY] - 1) : d->name;
        if (!name.len && !fsc_dict_warn(d, row->line, "no category: it goes to one named %.*s", (int)d->name.len, d->name.data))
            return fsc_err_nomem(err);
        if (e.weight.len && !fsc_dict_is_number(e.weight)) {
            if (!fsc_dict_warn(d, row->line, "\"%.*s\" is no number: the weight is left out", (int)(e.weight.len < 40 ? e.weight.len : 40),
                               e.weight.data))
                return fsc_err_nomem(err);
            e.weight.len = 0;
        }
        e.when = at[CONDITION] ? cell(row, at[CONDITION] - 1) : e.when;
        e.note = at[NOTE] ? cell(row, at[NOTE] - 1) : e.note;
        e.category = fsc_dict_category_find(d, FSC_DICT_NONE, name.len ? name : d->name, row->line);
        if (e.category == FSC_DICT_NONE || !add(d, &e, cell(row, at[TERM] - 1)))
            return fsc_err_nomem(err);
    }
    return FSC_OK;
}

int fsc_dict_read_csv(fsc_dict *d, fsc_view text, fsc_err *err)
{
    records r = {0};
    size_t at[COLUMNS] = {0}; // index + 1
    int status = read_records(&r, d, text, err);
    if (status)
        return status;
    for (size_t i = 0; r.len && i < r.data[0].count; i++) {
        int c = column_of(cell(&r.data[0], i));
        if (c >= 0 && !at[c])
            at[c] = i + 1;
    }
    if (!r.len || (!at[TERM] && r.data[0].count < 2))
        return fsc_dict_fail(d, err, 1, 1, "the first line names the columns: term, category, weight, note; or a term and a column a category");
    if (at[TERM] && (at[CATEGORY] || at[WEIGHT] || r.data[0].count == 1))
        return read_long(d, &r, at, err);
    return read_wide(d, &r, err);
}

int fsc_dict_write_csv(fsc_buf *out, fsc_dict *d, fsc_err *err)
{
    static const fsc_dict_say say = {"*", "", false, ' '};
    fsc_buf term;
    fsc_buf_init(&term, out->alloc, 1 << 20);
    fsc_dict_count_levels(d, false, false);
    fsc_buf_adds(out, "term,category,weight,condition,note\r\n");
    for (size_t i = 0; i < d->entry.len; i++) {
        fsc_dict_entry *e = &d->entry.data[i];
        fsc_view category = fsc_dict_path(d, e->category, '.', d->arena);
        if (!category.data) {
            fsc_buf_release(&term);
            return fsc_err_nomem(err);
        }
        fsc_buf_reset(&term, 1 << 12);
        if (fsc_dict_left_out(d, e, FSC_DICT_HOLDS_WEIGHT | FSC_DICT_HOLDS_NOTE | FSC_DICT_HOLDS_CONDITION) ||
            !fsc_dict_say_term(&term, d, e, &say))
            continue;
        fsc_csv_cell(out, fsc_buf_view(&term), ',');
        fsc_buf_char(out, ',');
        fsc_csv_cell(out, category, ',');
        fsc_buf_char(out, ',');
        if (e->weight.len)
            fsc_dict_signed_weight(out, d, e);
        fsc_buf_char(out, ',');
        fsc_csv_cell(out, e->when, ',');
        fsc_buf_char(out, ',');
        fsc_csv_cell(out, e->note, ',');
        fsc_buf_adds(out, "\r\n");
    }
    fsc_buf_release(&term);
    return FSC_OK;
}
