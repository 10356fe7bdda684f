#include <stdlib.h>

#include "codec/codec.h"
#include "engine/engine_p.h"

// cues --sort and --group: rows led by a key, gathered in input order.

typedef struct keyed {
    fsc_view key, row;
    size_t order;       // input order breaks ties, so that the result does not depend on the sort
} keyed;

typedef struct value {
    fsc_view key;
    size_t count;
} value;

static int by_key(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int c = fsc_view_cmp(x->key, y->key);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static int by_count(const void *a, const void *b)
{
    const value *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return fsc_view_cmp(x->key, y->key);
}

static int read_rows(keyed **out, size_t *count, fsc_view bytes, fsc_arena *arena, fsc_err *err)
{
    fsc_vec(keyed) rows = {0};
    for (size_t at = 0; at < bytes.len;) {
        uint32_t key, row;
        memcpy(&key, bytes.data + at, sizeof key);
        memcpy(&row, bytes.data + at + 4, sizeof row);
        keyed k = {fsc_view_of(bytes.data + at + 8, key), fsc_view_of(bytes.data + at + 8 + key, row), rows.len};
        if (!fsc_vec_push(arena, &rows, k))
            return fsc_err_nomem(err);
        at += 8 + (size_t)key + row;
    }
    if (rows.len)
        qsort(rows.data, rows.len, sizeof *rows.data, by_key);
    *out = rows.data;
    *count = rows.len;
    return 0;
}

// The values of a key, one a column.
static void put_values(fsc_buf *out, fsc_view key, char sep)
{
    for (bool first = true; key.data; first = false) {
        if (!first)
            fsc_buf_char(out, sep);
        fsc_csv_cell(out, fsc_view_split(&key, FSC_KEY_BORDER), sep);
    }
}

static void put_names(fsc_buf *out, fsc_view list, char sep)
{
    for (bool first = true; list.data; first = false) {
        if (!first)
            fsc_buf_char(out, sep);
        fsc_buf_addv(out, fsc_view_split(&list, ','));
    }
}

static void put_line(fsc_buf *out, const value *v)
{
    fsc_buf_printf(out, "%6zu", v->count);
    for (fsc_view key = v->key; key.data;) {
        fsc_view one = fsc_view_split(&key, FSC_KEY_BORDER);
        fsc_buf_printf(out, "  %.*s", (int)one.len, one.data);
    }
    fsc_buf_char(out, '\n');
}

static int put_groups(const fsc_run_state *r, const keyed *row, size_t count, fsc_buf *out, fsc_err *err)
{
    char sep = r->export.format == FSC_OUTPUT_TSV ? '\t' : ',';
    const char *end = r->export.format == FSC_OUTPUT_CSV ? "\r\n" : "\n";
    bool table = r->export.format == FSC_OUTPUT_TABLE;
    fsc_vec(value) values = {0};
    for (size_t i = 0, j; i < count; i = j) {
        for (j = i + 1; j < count && fsc_view_eq(row[j].key, row[i].key);)
            j++;
        if (!fsc_vec_push(r->arena, &values, (value){row[i].key, j - i}))
            return fsc_err_nomem(err);
    }
    if (values.len)
        qsort(values.data, values.len, sizeof *values.data, by_count);
    if (!table) {
        put_names(out, fsc_view_cstr(r->opt->group), sep);
        fsc_buf_printf(out, "%cn%s", sep, end);
    }
    for (size_t i = 0; i < values.len; i++) {
        if (table) {
            put_line(out, &values.data[i]);
            continue;
        }
        put_values(out, values.data[i].key, sep);
        fsc_buf_printf(out, "%c%zu%s", sep, values.data[i].count, end);
    }
    return 0;
}

int fsc_concordance(const fsc_run_state *r, fsc_view rows, fsc_buf *out, fsc_err *err)
{
    keyed *row = NULL;
    size_t count = 0;
    int status = read_rows(&row, &count, rows, r->arena, err);
    if (status)
        return status;
    if (r->opt->group)
        return put_groups(r, row, count, out, err);
    for (size_t i = 0; i < count; i++)
        fsc_buf_addv(out, row[i].row);
    return 0;
}
