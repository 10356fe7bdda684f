#include "engine/gold_p.h"

#include <math.h>

#include "codec/codec.h"

typedef struct reader {
    fsc_gold *gold;
    const fsc_schema *schema;
    const char *path;
    fsc_arena *arena;
    fsc_err *err;
    uint32_t line;
    int id, sentence, weight, start; // columns, -1: absent
    int32_t *column;                // gold column of each CSV column, -1: none
    size_t columns;
    fsc_vec(fsc_gold_column) categories;
    fsc_vec(fsc_gold_row) rows;
    uint32_t *last;                 // last row of each id
} reader;

static int fail(const reader *r, const char *what, fsc_view word)
{
    return fsc_err_at(r->err, FSC_E_USAGE, fsc_view_cstr(r->path), r->line, 0, "%s: \"%.*s\"", what, (int)word.len, word.data);
}

// "dimension" or "dimension.category"; false: no such
static bool find_category(const fsc_schema *s, fsc_view name, fsc_gold_column *out)
{
    for (uint32_t d = 0; d < s->dimension_count; d++) {
        fsc_view dim = s->dimension[d].name;
        if (!fsc_view_starts(name, dim))
            continue;
        *out = (fsc_gold_column){name, d, FSC_NONE};
        if (name.len == dim.len)
            return true;
        if (name.data[dim.len] != '.')
            continue;
        for (uint32_t c = 0; c < s->category_count; c++)
            if (s->category[c].dimension == d && fsc_view_eq(s->category[c].name, fsc_view_slice(name, dim.len + 1, name.len))) {
                out->category = c;
                return true;
            }
    }
    return false;
}

static int read_header(reader *r, const fsc_view *cell, size_t count)
{
    static const char *const plain[] = {"id", "sentence", "weight", "start", "end", "text", "source", "coder", "note"};
    int *const place[] = {&r->id, &r->sentence, &r->weight, &r->start};
    const size_t places = sizeof place / sizeof *place;
    r->columns = count;
    r->column = FSC_NEW_N(r->arena, int32_t, count + 1);
    if (!r->column)
        return fsc_err_nomem(r->err);
    r->id = r->sentence = r->weight = r->start = -1;
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        r->column[i] = -1;
        for (size_t k = 0; k < sizeof plain / sizeof *plain && !known; k++) {
            known = fsc_view_is(cell[i], plain[k]);
            if (known && k < places)
                *place[k] = (int)i;
        }
        fsc_gold_column c;
        if (known)
            continue;
        if (!find_category(r->schema, cell[i], &c))
            return fail(r, "a gold column is neither id, sentence, weight nor a category such as causality.cause", cell[i]);
        r->column[i] = (int32_t)r->categories.len;
        if (!fsc_vec_push(r->arena, &r->categories, c))
            return fsc_err_nomem(r->err);
    }
    return r->id < 0 ? fail(r, "the gold file has no column", FSC_LIT("id")) : 0;
}

static int read_number(const reader *r, fsc_view cell, double *out)
{
    int64_t thousandths;
    cell = fsc_view_trim(cell);
    *out = NAN;
    if (!cell.len)
        return 0;
    if (!fsc_view_thousandths(cell, &thousandths))
        return fail(r, "a code must be a number with at most three decimals", cell);
    *out = (double)thousandths / 1000;
    return 0;
}

// a whole number; an absent or empty cell leaves FSC_NONE
static int read_index(const reader *r, int column, const fsc_view *cell, size_t count, uint32_t *out)
{
    double number = NAN;
    if (column < 0 || (size_t)column >= count)
        return 0;
    int status = read_number(r, cell[column], &number);
    if (status || isnan(number))
        return status;
    if (number < 0 || number >= (double)FSC_NONE || number != floor(number))
        return fail(r, "a sentence or start must be a whole number from 0 on", cell[column]);
    *out = (uint32_t)number;
    return 0;
}

static int read_row(reader *r, const fsc_view *cell, size_t count)
{
    fsc_gold_row row = {.id = cell[r->id], .sentence = FSC_NONE, .start = FSC_NONE, .next = FSC_NONE, .weight = 1};
    double *value = FSC_NEW_N(r->arena, double, r->categories.len + 1), number = NAN;
    if (!value)
        return fsc_err_nomem(r->err);
    for (size_t i = 0; i < r->categories.len; i++)
        value[i] = NAN;
    int status = 0;
    for (size_t i = 0; i < count && i < r->columns && !status; i++)
        if (r->column[i] >= 0)
            status = read_number(r, cell[i], &value[r->column[i]]);
    if (!status)
        status = read_index(r, r->sentence, cell, count, &row.sentence);
    if (!status && row.sentence == FSC_NONE)
        status = read_index(r, r->start, cell, count, &row.start);
    if (!status && r->weight >= 0 && (size_t)r->weight < count) {
        status = read_number(r, cell[r->weight], &number);
        row.weight = isnan(number) ? 1 : number;
    }
    if (status)
        return status;
    row.value = value;
    bool is_new;
    uint32_t *first = fsc_map_put(&r->gold->first, row.id, (uint32_t)r->rows.len, &is_new);
    if (!first)
        return fsc_err_nomem(r->err);
    // rows of one id are chained, newest behind the first
    if (!is_new) {
        row.next = r->rows.data[*first].next;
        r->rows.data[*first].next = (uint32_t)r->rows.len;
    }
    return fsc_vec_push(r->arena, &r->rows, row) ? 0 : fsc_err_nomem(r->err);
}

int fsc_gold_read(fsc_gold *out, const char *path, const fsc_schema *schema, fsc_arena *arena, fsc_err *err)
{
    reader r = {.gold = out, .schema = schema, .path = path, .arena = arena, .err = err};
    fsc_buf file;
    *out = (fsc_gold){0};
    fsc_map_init(&out->first, arena);
    fsc_buf_init(&file, NULL, (size_t)1 << 30);
    int status = fsc_file_read(&file, path, err);
    fsc_view rest = status ? (fsc_view){0} : fsc_arena_dup(arena, fsc_buf_view(&file));
    fsc_buf_release(&file);
    if (!status && !rest.data)
        return fsc_err_nomem(err);
    if (fsc_view_starts(rest, FSC_LIT("\xEF\xBB\xBF")))
        rest = fsc_view_slice(rest, 3, rest.len);
    while (rest.len && !status) {
        fsc_csv_scan scan = {0};
        bool open = false;
        size_t end = fsc_csv_record_end(rest, ',', true, &scan, &open), count;
        fsc_view *cell, record = fsc_view_slice(rest, 0, end);
        r.line++;
        if (open || !end)
            return fail(&r, "the gold file ends inside quotes", FSC_LIT("\""));
        rest = fsc_view_slice(rest, end, rest.len);
        if (!fsc_view_trim(record).len)
            continue;
        if (fsc_csv_cells(&cell, &count, record, ',', arena) < 0)
            return fsc_err_nomem(err);
        if (!r.column)
            status = read_header(&r, cell, count);
        else if ((size_t)r.id < count)
            status = read_row(&r, cell, count);
    }
    if (!status && !r.column)
        status = fail(&r, "the gold file is empty", fsc_view_cstr(path));
    out->column = r.categories.data;
    out->column_count = r.categories.len;
    out->row = r.rows.data;
    out->row_count = r.rows.len;
    out->sentences = r.sentence >= 0 || r.start >= 0;
    return status;
}
