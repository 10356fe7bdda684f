#include "base/utf8.h"
#include "codec/codec.h"
#include "engine/engine_p.h"

// A finished CSV shown on a terminal: columns that line up, numbers to the right.

#define WIDEST 28u

static bool is_number(fsc_view v)
{
    bool digit = false;
    for (size_t i = 0; i < v.len; i++) {
        if (!strchr("0123456789.-", v.data[i]))
            return false;
        digit = digit || (v.data[i] >= '0' && v.data[i] <= '9');
    }
    return digit || !v.len;
}

typedef struct grid {

    size_t columns;
    fsc_vec(fsc_view *) row;
    size_t *width;
    bool *number;
} grid;

static int read_grid(grid *g, fsc_view csv, fsc_arena *scratch, fsc_err *err)
{
    while (csv.len) {
        fsc_csv_scan scan = {0};
        bool open;
        size_t end = fsc_csv_record_end(csv, ',', true, &scan, &open), count;
        fsc_view *cell;
        if (!end || fsc_csv_cells(&cell, &count, fsc_view_slice(csv, 0, end), ',', scratch) < 0)
            return fsc_err_nomem(err);
        csv = fsc_view_slice(csv, end, csv.len);
        g->columns = g->columns ? g->columns : count;
        if (count == g->columns && !fsc_vec_push(scratch, &g->row, cell))
            return fsc_err_nomem(err);
    }
    g->width = FSC_NEW_N(scratch, size_t, g->columns + 1);
    g->number = FSC_NEW_N(scratch, bool, g->columns + 1);
    return g->width && g->number ? 0 : fsc_err_nomem(err);
}

static void measure(grid *g)
{
    for (size_t c = 0; c < g->columns; c++) {
        g->number[c] = true;
        for (size_t r = 0; r < g->row.len; r++) {
            size_t chars = fsc_utf8_chars(g->row.data[r][c]);
            g->width[c] = chars > g->width[c] ? chars : g->width[c];
            g->number[c] = g->number[c] && (r == 0 || is_number(g->row.data[r][c]));
        }
        g->width[c] = g->width[c] > WIDEST ? WIDEST : g->width[c];
    }
}

static void put_cell(fsc_buf *out, fsc_view v, size_t width, bool right)
{
    size_t chars = fsc_utf8_chars(v), end = v.len;
    for (; chars > width; chars--)
        while (end && !fsc_utf8_is_start((unsigned char)v.data[--end]))
            ;
    for (size_t pad = chars; right && pad < width; pad++)
        fsc_buf_char(out, ' ');
    fsc_buf_add(out, v.data, end);
    for (size_t pad = chars; !right && pad < width; pad++)
        fsc_buf_char(out, ' ');
}

int fsc_align(fsc_buf *out, fsc_view csv, fsc_arena *scratch, fsc_err *err)
{
    grid g = {0};
    int status = read_grid(&g, csv, scratch, err);
    if (status)
        return status;
    measure(&g);
    for (size_t r = 0; r < g.row.len; r++) {
        for (size_t c = 0; c < g.columns; c++) {
            if (c)
                fsc_buf_adds(out, "  ");
            put_cell(out, g.row.data[r][c], g.width[c], g.number[c]);
        }
        fsc_buf_char(out, '\n');
    }
    return 0;
}

int fsc_write_rows(const fsc_run_state *r, fsc_target *target, const fsc_buf *rows, fsc_err *err)
{
    // a concordance on a terminal is made of lines already, not of CSV
    if (r->export.format != FSC_OUTPUT_TABLE || r->opt->verb == FSC_VERB_CUES)
        return fsc_target_write(target, fsc_buf_view(rows), err);
    fsc_arena scratch;
    fsc_buf table;
    fsc_arena_init(&scratch, NULL);
    fsc_buf_init(&table, NULL, (size_t)1 << 40);
    int status = fsc_align(&table, fsc_buf_view(rows), &scratch, err);
    if (!status)
        status = table.failed ? fsc_err_nomem(err) : fsc_target_write(target, fsc_buf_view(&table), err);
    fsc_buf_release(&table);
    fsc_arena_release(&scratch);
    return status;
}
