#include "export/export_p.h"

static char separator(const fsc_export *x)
{
    fsc_output f = x->opt.format;
    return f == FSC_OUTPUT_TSV ? '\t' : f == FSC_OUTPUT_JSONL || f == FSC_OUTPUT_JSON ? 0 : ',';
}

static bool is_json(const fsc_row *r)
{
    return !r->separator;
}

void fsc_row_begin(fsc_row *r, const fsc_export *x, fsc_buf *out)
{
    *r = (fsc_row){.x = x, .out = out, .separator = separator(x)};
    if (is_json(r)) {
        fsc_json_writer_init(&r->json, out);
        fsc_json_open_object(&r->json);
    }
}

// what stands before a cell's value
static void next_cell(fsc_row *r)
{
    if (is_json(r))
        fsc_json_keyv(&r->json, r->x->column[r->at]);
    else if (r->at)
        fsc_buf_char(r->out, r->separator);
    r->at++;
}

void fsc_row_end(fsc_row *r)
{
    while (r->at < r->x->column_count)
        fsc_row_empty(r);
    if (is_json(r))
        fsc_json_close_object(&r->json);
    else if (r->x->opt.format == FSC_OUTPUT_CSV)
        fsc_buf_char(r->out, '\r');
    fsc_buf_char(r->out, '\n');
}

void fsc_row_empty(fsc_row *r)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_null(&r->json);
}

// a plain number may begin with a sign and still be no formula
static bool is_number(fsc_view v)
{
    size_t digits = 0;
    for (size_t i = v.len && (v.data[0] == '-' || v.data[0] == '+'); i < v.len; i++) {
        if (v.data[i] >= '0' && v.data[i] <= '9')
            digits++;
        else if (v.data[i] != '.')
            return false;
    }
    return digits > 0;
}

// A cell that a spreadsheet would run gets an apostrophe; quoting alone does not stop it. Source: OWASP, "CSV Injection".
static void put_guarded(fsc_row *r, fsc_view v)
{
    fsc_buf guarded;
    if (!v.len || !strchr("=+-@\t\r\n", v.data[0]) || is_number(v)) {
        fsc_csv_cell(r->out, v, r->separator);
        return;
    }
    fsc_buf_init(&guarded, NULL, v.len + 2);
    fsc_buf_char(&guarded, '\'');
    fsc_buf_addv(&guarded, v);
    fsc_csv_cell(r->out, fsc_buf_view(&guarded), r->separator);
    if (guarded.failed)
        r->out->failed = guarded.failed;
    fsc_buf_release(&guarded);
}

void fsc_row_text(fsc_row *r, fsc_view v)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_string_or_null(&r->json, v);
    else if (!v.len)
        return;
    else if (r->x->opt.excel)
        put_guarded(r, v);
    else
        fsc_csv_cell(r->out, v, r->separator);
}

void fsc_row_name(fsc_row *r, const char *s)
{
    fsc_row_text(r, fsc_view_cstr(s));
}

void fsc_row_u64(fsc_row *r, uint64_t n)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_u64(&r->json, n);
    else
        fsc_buf_u64(r->out, n);
}

void fsc_row_thousandths(fsc_row *r, int64_t n)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_thousandths(&r->json, n);
    else
        fsc_buf_thousandths(r->out, n);
}

void fsc_row_real(fsc_row *r, double x)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_real(&r->json, x, FSC_DECIMALS);
    else
        fsc_buf_real(r->out, x, FSC_DECIMALS);
}

void fsc_row_bool(fsc_row *r, bool b)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_bool(&r->json, b);
    else
        fsc_buf_adds(r->out, b ? "true" : "false");
}

void fsc_export_footer(const fsc_export *x, fsc_buf *out)
{
    if (x->opt.format == FSC_OUTPUT_HTML)
        fsc_html_foot(out);
}

void fsc_export_header(const fsc_export *x, fsc_buf *out)
{
    if (x->opt.format == FSC_OUTPUT_HTML)
        fsc_html_head(out);
    if (x->opt.format != FSC_OUTPUT_CSV && x->opt.format != FSC_OUTPUT_TSV)
        return;
    if (x->opt.excel)
        fsc_buf_adds(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < x->column_count; i++) {
        if (i)
            fsc_buf_char(out, separator(x));
        fsc_csv_cell(out, x->column[i], separator(x));
    }
    fsc_buf_adds(out, x->opt.format == FSC_OUTPUT_CSV ? "\r\n" : "\n");
}

void fsc_export_table(fsc_export *x, const fsc_export_options *opt, fsc_view *column, size_t count)
{
    *x = (fsc_export){.opt = *opt, .column = column, .column_count = count};
}

static void put_integer(fsc_row *r, int64_t n)
{
    next_cell(r);
    if (is_json(r))
        fsc_json_i64(&r->json, n);
    else
        fsc_buf_i64(r->out, n);
}

void fsc_export_cells(const fsc_export *x, const fsc_cell *cell, fsc_buf *out)
{
    fsc_row r;
    fsc_row_begin(&r, x, out);
    for (size_t i = 0; i < x->column_count; i++) {
        switch (cell[i].kind) {
        case FSC_CELL_INT:
            put_integer(&r, cell[i].integer);
            break;
        case FSC_CELL_REAL:
            fsc_row_real(&r, cell[i].real);
            break;
        case FSC_CELL_TEXT:
            fsc_row_text(&r, cell[i].text);
            break;
        default:
            fsc_row_empty(&r);
        }
    }
    fsc_row_end(&r);
}
