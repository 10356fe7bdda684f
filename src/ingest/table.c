// CSV and TSV: a header, then a row a record.

#include <inttypes.h>

#include "ingest/ingest_p.h"

// Recovering from an open quote reads the lines after it once more. All in all that may cost as much as the file up to
// there and this much: time stays linear whatever the file holds.
#define REREAD_BYTES (UINT64_C(64) << 20)

// ---------------------------------------------------------------- the header

// The separator that the first line uses most; `wanted` wins a tie.
static char separator_of(fsc_view line, char wanted)
{
    static const char seps[] = ",\t;|";
    char best = wanted;
    size_t most = 0;
    for (size_t k = 0; k < sizeof seps - 1; k++) {
        size_t n = 0;
        for (size_t i = 0; i < line.len; i++)
            n += line.data[i] == seps[k];
        if (n > most || (n == most && seps[k] == wanted)) {
            most = n;
            best = seps[k];
        }
    }
    return best;
}

static fsc_view first_line(fsc_view v)
{
    const char *nl = v.len ? memchr(v.data, '\n', v.len) : NULL;
    return nl ? fsc_view_slice(v, 0, (size_t)(nl - v.data)) : v;
}

// Does the first line look like a header that names a text or a title?
static fsc_sniff sniff_table(fsc_view head, char sep)
{
    static const fsc_field_map no_map;
    fsc_view line = fsc_view_trim(first_line(head)), name[64];
    if (line.len && (*line.data == '<' || *line.data == '{'))
        return FSC_SNIFF_NO;
    if (separator_of(line, sep) != sep || !memchr(line.data, sep, line.len))
        return FSC_SNIFF_MAYBE;
    size_t count = 0;
    while (line.data && count < 64) {
        fsc_view cell = fsc_view_trim(fsc_view_split(&line, sep));
        if (cell.len >= 2 && *cell.data == '"' && cell.data[cell.len - 1] == '"')
            cell = fsc_view_slice(cell, 1, cell.len - 1);
        if (cell.len > 64)
            return FSC_SNIFF_MAYBE;
        name[count++] = cell;
    }
    fsc_field_match match;
    fsc_field_match_names(&match, name, count, &no_map);
    int found = 0;
    for (int f = 0; f < FSC_FIELD_COUNT; f++)
        found += match.at[f] >= 0;
    bool content = match.at[FSC_FIELD_TEXT] >= 0 || match.at[FSC_FIELD_HTML] >= 0 || match.at[FSC_FIELD_TITLE] >= 0;
    return content && found >= 2 ? FSC_SNIFF_SURE : FSC_SNIFF_MAYBE;
}

fsc_sniff fsc_ingest_csv_sniff(fsc_view head)
{
    return sniff_table(head, ',');
}

fsc_sniff fsc_ingest_tsv_sniff(fsc_view head)
{
    return sniff_table(head, '\t');
}

// The record at hand.
typedef struct found {
    size_t len; // with its line end; 0: the end of the input, or its end is farther than a record may reach
    fsc_csv_scan scan;
    bool open_quote; // the quote at scan.quote should not be there
} found;

static int find_record(fsc_ingest *in, char sep, found *r, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    *r = (found){0};
    for (;;) {
        fsc_view rest = fsc_stream_rest(s);
        r->len = fsc_csv_record_end(rest, sep, false, &r->scan, &r->open_quote);
        if (r->len || rest.len > in->max_record)
            return FSC_OK;
        int more = fsc_stream_more(s, rest.len, err);
        if (more < 0)
            return more;
        if (more == 0) {
            r->len = fsc_csv_record_end(fsc_stream_rest(s), sep, true, &r->scan, &r->open_quote);
            return FSC_OK;
        }
    }
}

static int columns_of(fsc_view *out, const fsc_table *t, fsc_arena *arena)
{
    *out = (fsc_view){"", 0};
    for (size_t i = 0; i < t->count && out->len < 300; i++) {
        *out = fsc_arena_printf(arena, "%.*s%s%.*s", (int)out->len, out->data, i ? ", " : "", (int)t->name[i].len,
                                t->name[i].data);
        if (!out->data)
            return FSC_E_NOMEM;
    }
    return FSC_OK;
}

static int header_error(fsc_ingest *in, const fsc_table *t, fsc_err *err, const char *what, fsc_view which)
{
    fsc_view columns;
    if (columns_of(&columns, t, &in->arena))
        return fsc_err_nomem(err);
    return fsc_err_at(err, FSC_E_USAGE, in->cut.input->path, 1, 0, "%s%.*s; the columns are: %.*s", what,
                      (int)which.len, which.data, (int)columns.len, columns.data);
}

// The columns that --keep carries. With '*' the first input decides and later tables must agree with it.
static int match_keep(fsc_ingest *in, fsc_table *t, fsc_err *err)
{
    if (in->keep_all && !in->keep_known) {
        in->keep = t->name;
        in->keep_count = t->count;
    }
    bool same = !in->keep_all || in->keep_count == t->count;
    t->keep = FSC_NEW_N(&in->arena, int32_t, in->keep_count);
    if (!t->keep)
        return fsc_err_nomem(err);
    for (size_t k = 0; k < in->keep_count; k++) {
        t->keep[k] = -1;
        for (size_t i = t->count; i-- > 0;)
            if (fsc_view_eq(t->name[i], in->keep[k]))
                t->keep[k] = (int32_t)i;
        if (in->keep_all && same) {
            same = fsc_view_eq(t->name[k], in->keep[k]);
            t->keep[k] = (int32_t)k;
        }
        if (!in->keep_all && t->keep[k] < 0)
            return header_error(in, t, err, "--keep: there is no column ", in->keep[k]);
    }
    if (!same)
        return header_error(in, t, err, "--keep of all columns needs the header of the first input; name the columns, --keep=a,b",
                            (fsc_view){"", 0});
    return FSC_OK;
}

static int match_columns(fsc_ingest *in, fsc_table *t, fsc_err *err)
{
    fsc_field_match *m = &t->match;
    const fsc_view none = {"", 0};
    fsc_field_map map;
    t->service = fsc_service_of(t->name, t->count);
    fsc_service_map(&map, t->service, &in->map, t->name, t->count);
    int absent = fsc_field_match_names(m, t->name, t->count, &map);
    if (absent >= 0)
        return header_error(in, t, err, "--map: there is no column ", in->map.name[absent]);
    if (m->rival >= 0) {
        int32_t a = m->at[FSC_FIELD_TEXT], b = m->rival;
        fsc_view first = t->name[a < b ? a : b], second = t->name[a < b ? b : a];
        fsc_view both =
            fsc_arena_printf(&in->arena, "%.*s or %.*s", (int)first.len, first.data, (int)second.len, second.data);
        return both.data ? header_error(in, t, err, "which column is the text? Choose with --map text=NAME: ", both)
                         : fsc_err_nomem(err);
    }
    if (m->at[FSC_FIELD_TEXT] < 0 && m->at[FSC_FIELD_HTML] < 0 && m->at[FSC_FIELD_TITLE] < 0)
        return header_error(in, t, err, "no column for the text: name it with --map text=COLUMN", none);
    int rc = match_keep(in, t, err);
    return rc ? rc : fsc_field_note(in, "columns", t->service, m, t->name, err);
}

// Nothing but a line end and spaces. Tabs may be empty cells.
static bool blank_record(fsc_view v)
{
    for (size_t i = 0; i < v.len; i++)
        if (v.data[i] != ' ' && v.data[i] != '\r' && v.data[i] != '\n')
            return false;
    return true;
}

static int read_header(fsc_ingest *in, char sep, fsc_err *err)
{
    found r;
    fsc_table *t = FSC_NEW(&in->arena, fsc_table);
    if (!t)
        return fsc_err_nomem(err);
    t->sep = sep;
    int rc = find_record(in, sep, &r, err);
    if (rc)
        return rc;
    fsc_view header = fsc_arena_dup(&in->arena, fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, r.len));
    if (!header.data)
        return fsc_err_nomem(err);
    if (r.len == 0 || r.open_quote || r.len > in->max_record || blank_record(header))
        return fsc_err_at(
            err, FSC_E_USAGE, in->cut.input->path, (uint32_t)in->cut.line, 0,
            "no header line with the names of the columns; --from text or --from jsonl reads other kinds");
    if (fsc_csv_cells(&t->name, &t->count, header, sep, &in->arena))
        return fsc_err_nomem(err);
    for (size_t i = 0; i < t->count; i++)
        if ((rc = fsc_clean(&t->name[i], fsc_view_trim(t->name[i]), &in->arena, NULL, err)))
            return rc;
    fsc_cut_skip(in, r.len);
    in->cut.table = t;
    return match_columns(in, t, err);
}

// Reads on until the first line that is not blank is complete.
static int find_header(fsc_ingest *in, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (int more = 1; more > 0;) {
        fsc_view rest = fsc_stream_rest(s), line = first_line(rest);
        if (line.len < rest.len && !blank_record(line))
            return FSC_OK;
        if (line.len < rest.len) {
            fsc_cut_skip(in, line.len + 1);
            continue;
        }
        if (rest.len > in->max_record)
            return FSC_OK;
        more = fsc_stream_more(s, rest.len, err);
        if (more < 0)
            return more;
    }
    return FSC_OK;
}

static int begin_table(fsc_ingest *in, char wanted, fsc_err *err)
{
    int rc = find_header(in, err);
    if (rc)
        return rc;
    fsc_view line = first_line(fsc_stream_rest(&in->cut.stream));
    return read_header(in, wanted == ',' ? separator_of(line, wanted) : wanted, err);
}

int fsc_ingest_csv_begin(fsc_ingest *in, fsc_err *err)
{
    return begin_table(in, ',', err);
}

int fsc_ingest_tsv_begin(fsc_ingest *in, fsc_err *err)
{
    return begin_table(in, '\t', err);
}

// ---------------------------------------------------------------- rows

// Skips a record that is too large, as far as it reaches.
static int skip_record(fsc_ingest *in, found *r, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (int more = 1; r->len == 0;) {
        r->len = fsc_csv_record_end(fsc_stream_rest(s), in->cut.table->sep, more == 0, &r->scan, &r->open_quote);
        if (r->len || more == 0)
            break;
        fsc_cut_skip(in, r->scan.pos);
        r->scan.pos = 0;
        more = fsc_stream_more(s, fsc_stream_rest(s).len, err);
        if (more < 0)
            return more;
    }
    fsc_cut_skip(in, r->len);
    return FSC_OK;
}

static int too_large(fsc_ingest *in, fsc_raw *out, found *r, fsc_arena *arena, fsc_err *err)
{
    int rc = skip_record(in, r, err);
    if (rc)
        return rc;
    if (!r->open_quote)
        return fsc_raw_too_large(in, out, arena, err);
    return fsc_raw_fail(out, FSC_RECORD_TOO_LARGE, arena, err,
                        "a quote opened here is not closed where it should be: lines %" PRIu64 " to %" PRIu64
                        " were skipped",
                        out->line, in->cut.line);
}

// A quote that was not meant to open: the record fails, and reading goes on in the line after the quote.
static int open_quote_row(fsc_ingest *in, fsc_raw *out, const found *r, fsc_arena *arena, fsc_err *err)
{
    fsc_cut *cut = &in->cut;
    size_t len = r->len, quote = r->scan.quote;
    fsc_view record = fsc_view_slice(fsc_stream_rest(&cut->stream), 0, len);
    uint64_t line = cut->line;
    size_t start = 0;
    for (size_t i = 0; i < quote; i++)
        if (record.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    const char *nl = memchr(record.data + quote, '\n', len - quote);
    size_t next = nl ? (size_t)(nl + 1 - record.data) : len;
    bool again = cut->reread + (len - next) <= REREAD_BYTES + cut->stream.offset;
    cut->reread += again ? len - next : 0;
    int rc = fsc_raw_fail(out, FSC_RECORD_UNSUPPORTED, arena, err,
                          "line %" PRIu64
                          ", column %zu: a quote is opened and not closed before the next row; reading went on %s",
                          line, quote - start + 1, again ? "in the next line" : "far behind it: rows are missing");
    fsc_cut_skip(in, again ? next : len);
    return rc;
}

int fsc_ingest_table_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    for (;;) {
        found r;
        int rc = find_record(in, in->cut.table->sep, &r, err);
        if (rc)
            return rc;
        fsc_view rest = fsc_stream_rest(&in->cut.stream);
        if (rest.len == 0)
            return 0;
        bool fits = r.len > 0 && r.len <= in->max_record;
        if (fits && blank_record(fsc_view_slice(rest, 0, r.len))) {
            fsc_cut_skip(in, r.len);
            continue;
        }
        if ((rc = fsc_raw_start(in, out, FSC_PLACE_LINE, in->cut.line, arena, err)))
            return rc;
        if (!fits)
            rc = too_large(in, out, &r, arena, err);
        else if (r.open_quote)
            rc = open_quote_row(in, out, &r, arena, err);
        else
            rc = fsc_cut_take(in, out, r.len, arena, err);
        return rc ? rc : 1;
    }
}

// ---------------------------------------------------------------- cells to an item

typedef struct row {
    const fsc_table *t;
    fsc_view *cell;
    size_t count;
} row;

static fsc_view cell_at(const row *r, int32_t column)
{
    return column >= 0 && (size_t)column < r->count ? r->cell[column] : (fsc_view){"", 0};
}

// Cells beyond the header that hold something, or too few cells to hold the text: the row is out of step.
static const char *out_of_step(const row *r)
{
    for (size_t i = r->t->count; i < r->count; i++)
        if (r->cell[i].len)
            return "a cell with a separator in it needs quotes";
    int32_t text = r->t->match.at[FSC_FIELD_TEXT], html = r->t->match.at[FSC_FIELD_HTML];
    int32_t need = text >= 0 ? text : html;
    return need >= 0 && (size_t)need >= r->count ? "the text is missing" : NULL;
}

static int row_metadata(const row *r, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    for (int f = FSC_FIELD_ID; f < FSC_FIELD_COUNT; f++) {
        fsc_view *slot = fsc_field_slot(out, (fsc_field_id)f);
        int rc = fsc_clean(slot, fsc_view_trim(cell_at(r, r->t->match.at[f])), arena, NULL, err);
        if (!rc && (f == FSC_FIELD_PUBLISHED || f == FSC_FIELD_MODIFIED || f == FSC_FIELD_CAPTURED))
            rc = fsc_ingest_date(slot, *slot, arena, err);
        if (rc)
            return rc;
    }
    for (size_t k = 0; k < out->keep_count; k++) {
        int rc = fsc_clean(&out->keep[k].value, cell_at(r, r->t->keep[k]), arena, NULL, err);
        if (rc)
            return rc;
    }
    return FSC_OK;
}

static int row_content(const row *r, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    const fsc_field_match *m = &r->t->match;
    fsc_view text = cell_at(r, m->at[FSC_FIELD_TEXT]), html = cell_at(r, m->at[FSC_FIELD_HTML]);
    if (m->at[FSC_FIELD_TEXT] < 0 && m->at[FSC_FIELD_HTML] < 0 && out->title.len) {
        // titles without texts, as some news databases export them
        if (out->kind.len == 0)
            out->kind = FSC_LIT("headline");
        out->content = (fsc_view){"", 0};
        return FSC_OK;
    }
    bool use_html = html.len > 0 && fsc_ingest_skip_blanks(text).len == 0;
    fsc_view content = use_html ? html : text;
    out->format = use_html ? fsc_html_format(html) : FSC_FORMAT_TEXT;
    if (use_html)
        out->charset = FSC_LIT("utf-8");
    int rc = fsc_clean(&out->content, content, arena, &out->repaired, err);
    if (!rc && fsc_ingest_skip_blanks(content).len == 0)
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "the cell of the text is empty");
    return rc;
}

// The cell under a name, for what is special to a service.
static fsc_view value_of(const void *record, const char *name)
{
    const row *r = record;
    for (size_t i = 0; i < r->t->count; i++)
        if (fsc_field_same_name(r->t->name[i], fsc_view_cstr(name)))
            return fsc_view_trim(cell_at(r, (int32_t)i));
    return (fsc_view){"", 0};
}

int fsc_ingest_table_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    (void)in;
    row r = {.t = raw->table};
    if (fsc_csv_cells(&r.cell, &r.count, raw->data, r.t->sep, arena))
        return fsc_err_nomem(err);
    int rc = row_metadata(&r, out, arena, err);
    if (rc)
        return rc;
    const char *why = out_of_step(&r);
    if (why)
        return fsc_item_fail(out, FSC_RECORD_UNSUPPORTED, arena, err,
                             "line %" PRIu64 ": %zu cells where the header has %zu: %s", raw->line, r.count, r.t->count,
                             why);
    rc = row_content(&r, out, arena, err);
    return rc || !r.t->service ? rc : fsc_service_finish(r.t->service, value_of, &r, out, arena, err);
}
