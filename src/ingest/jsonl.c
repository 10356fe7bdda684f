// JSON records, one a line.

#include <inttypes.h>

#include "ingest/ingest_p.h"

// Where the first line of v ends; SIZE_MAX without a line end.
static size_t line_end(fsc_view v)
{
    const char *nl = v.len ? memchr(v.data, '\n', v.len) : NULL;
    return nl ? (size_t)(nl - v.data) : SIZE_MAX;
}

static bool is_object(fsc_view v)
{
    v = fsc_ingest_skip_blanks(v);
    if (v.len == 0 || *v.data != '{')
        return false;
    v = fsc_ingest_skip_blanks(fsc_view_slice(v, 1, v.len));
    return v.len == 0 || *v.data == '"' || *v.data == '}';
}

fsc_sniff fsc_ingest_jsonl_sniff(fsc_view head)
{
    fsc_view v = fsc_ingest_skip_blanks(head);
    size_t end = line_end(v);
    if (v.len == 0 || *v.data != '{' || (end == SIZE_MAX && !is_object(v)))
        return FSC_SNIFF_NO;
    if (end == SIZE_MAX)
        // one long line: an export in an envelope is a document
        return fsc_view_find(v, FSC_LIT("\"OrderedCollection"), 0) == SIZE_MAX ? FSC_SNIFF_SURE : FSC_SNIFF_MAYBE;
    fsc_json_scan scan = {0};
    fsc_view first = fsc_view_slice(v, 0, end), rest = fsc_view_slice(v, end, v.len);
    fsc_json_value_end(first, true, &scan);
    if (scan.complete && is_object(v))
        return FSC_SNIFF_SURE;
    // a broken first line among records, not a document over several lines, which goes on behind an open bracket
    fsc_view trimmed = fsc_view_trim(first);
    if (trimmed.len && strchr("[{,:", trimmed.data[trimmed.len - 1]))
        return FSC_SNIFF_NO;
    return rest.len > 1 && rest.data[1] == '{' && is_object(rest) ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
}

int fsc_ingest_jsonl_begin(fsc_ingest *in, fsc_err *err)
{
    if (in->keep_all && in->cut.kind->cut == fsc_ingest_jsonl_cut)
        return fsc_err_at(err, FSC_E_USAGE, in->cut.input->path, 0, 0,
                          "--keep needs the names of the fields for JSON: write --keep=a,b");
    return FSC_OK;
}

// Skips what is left of a line that is too large.
static int skip_line(fsc_ingest *in, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (;;) {
        fsc_view rest = fsc_stream_rest(s);
        size_t end = line_end(rest);
        fsc_cut_skip(in, end == SIZE_MAX ? rest.len : end + 1);
        if (end != SIZE_MAX)
            return FSC_OK;
        int rc = fsc_stream_more(s, 0, err);
        if (rc <= 0)
            return rc;
    }
}

// Finds the end of the next line: its length with the line end, 0 at the end of the input. 1 fits, 0 is too large.
static int find_line(fsc_ingest *in, size_t *len, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    for (size_t seen = 0;;) {
        fsc_view rest = fsc_stream_rest(s);
        size_t end = line_end(fsc_view_slice(rest, seen, rest.len));
        *len = end == SIZE_MAX ? rest.len : seen + end + 1;
        if (*len > in->max_record)
            return 0;
        if (end != SIZE_MAX)
            return 1;
        seen = rest.len;
        int rc = fsc_stream_more(s, rest.len, err);
        if (rc <= 0)
            return rc < 0 ? rc : 1;
    }
}

// The line before a block that says how many follow. 1 read, 0 the input ends, < 0 failed.
static int chunk_line(fsc_ingest *in, fsc_err *err)
{
    size_t len;
    int64_t count;
    uint64_t line = in->cut.line;
    int fits = find_line(in, &len, err);
    if (fits < 0 || len == 0)
        return fits < 0 ? fits : 0;
    fsc_view text = fsc_view_trim(fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, len));
    if (!fits || !fsc_view_int(text, &count) || count < 0)
        return fsc_err_at(err, FSC_E_SYNTAX, in->cut.input->path, (uint32_t)line, 0,
                          "--chunk-header: the number of the lines that follow should stand here");
    in->cut.chunk_left = (uint64_t)count;
    fsc_cut_skip(in, len);
    return 1;
}

int fsc_ingest_jsonl_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    for (;;) {
        size_t len;
        int more = 1;
        while (in->chunk_header && !in->cut.chunk_left && more == 1)
            more = chunk_line(in, err);
        if (more != 1)
            return more;
        int fits = find_line(in, &len, err);
        if (fits < 0)
            return fits;
        if (len == 0)
            return 0;
        in->cut.chunk_left -= in->chunk_header;
        if (!in->every_line && fits && fsc_ingest_skip_blanks(fsc_view_slice(fsc_stream_rest(&in->cut.stream), 0, len)).len == 0) {
            fsc_cut_skip(in, len);
            continue;
        }
        int rc = fsc_raw_start(in, out, FSC_PLACE_LINE, in->cut.line, arena, err);
        if (!rc && fits)
            rc = fsc_cut_take_line(in, out, len, arena, err);
        else if (!rc && !(rc = fsc_raw_too_large(in, out, arena, err)))
            rc = skip_line(in, err);
        fsc_stream_give_back(&in->cut.stream);
        return rc ? rc : 1;
    }
}

// "line 5, column 17: ..." for an offset inside the record.
static int bad_json(const fsc_raw *raw, const fsc_err *why, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    uint64_t line = raw->line;
    size_t offset = why->offset == UINT64_MAX ? 0 : (size_t)why->offset, start = 0;
    if (offset > raw->data.len)
        offset = raw->data.len;
    for (size_t i = 0; i < offset; i++)
        if (raw->data.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    return fsc_item_fail(out, FSC_RECORD_BAD_JSON, arena, err, "line %" PRIu64 ", column %zu: %s", line,
                         offset - start + 1, why->text);
}

int fsc_ingest_jsonl_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    fsc_err why = FSC_ERR_INIT;
    fsc_json *v;
    fsc_view data = raw->data;
    while (data.len && (data.data[data.len - 1] == '\n' || data.data[data.len - 1] == '\r'))
        data.len--;
    // only a filter is given blank lines, and a byte order mark
    if (in->every_line && raw->at == 0 && fsc_view_starts(data, FSC_LIT("\xEF\xBB\xBF")))
        data = fsc_view_slice(data, 3, data.len);
    if (fsc_ingest_skip_blanks(data).len == 0)
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "a blank line");
    int rc = fsc_json_record(&v, NULL, data, arena, &why);
    if (rc == FSC_E_NOMEM)
        return fsc_err_nomem(err);
    if (rc)
        return bad_json(raw, &why, out, arena, err);
    return fsc_record_parse(in, raw, v, out, arena, err);
}
