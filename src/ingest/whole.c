// Files that are one record: pages and plain text.

#include "ingest/ingest_p.h"

static bool starts_nocase(fsc_view v, const char *prefix)
{
    fsc_view p = fsc_view_cstr(prefix);
    return fsc_view_eq_nocase(fsc_view_slice(v, 0, p.len), p);
}

fsc_sniff fsc_ingest_html_sniff(fsc_view head)
{
    static const char *const tags[] = {"<!doctype html", "<html",    "<head", "<body", "<meta", "<title", "<script",
                                       "<link",          "<article", "<div",  "<p>",   "<p ",   "<h1",    "<section",
                                       "<main",          "<table",   "<span"};
    fsc_view v = fsc_ingest_skip_blanks(head);
    // comments (licence texts, SingleFile) and an XML declaration may come first
    for (;;) {
        const char *close = starts_nocase(v, "<!--") ? "-->" : starts_nocase(v, "<?xml") ? "?>" : NULL;
        if (!close)
            break;
        size_t end = fsc_view_find(v, fsc_view_cstr(close), 2);
        if (end == SIZE_MAX)
            return *close == '-' ? FSC_SNIFF_SURE : FSC_SNIFF_NO;
        v = fsc_ingest_skip_blanks(fsc_view_slice(v, end + strlen(close), v.len));
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (starts_nocase(v, tags[i]))
            return FSC_SNIFF_SURE;
    return v.len && *v.data == '<' ? FSC_SNIFF_MAYBE : FSC_SNIFF_NO;
}

// A name .txt stands unless the first bytes are those of a page, of JSON records, or of a news database.
fsc_sniff fsc_ingest_text_sniff(fsc_view head)
{
    fsc_view v = fsc_ingest_skip_blanks(head);
    if (starts_nocase(v, "<!doctype html") || starts_nocase(v, "<html") || fsc_ingest_nexis_sniff(head) == FSC_SNIFF_SURE)
        return FSC_SNIFF_NO;
    return v.len && *v.data == '{' && fsc_ingest_jsonl_sniff(head) == FSC_SNIFF_SURE ? FSC_SNIFF_NO : FSC_SNIFF_MAYBE;
}

int fsc_cut_whole(fsc_ingest *in, fsc_err *err)
{
    fsc_stream *s = &in->cut.stream;
    // the size of a regular file spares reading what is too large
    if (in->cut.input->size > in->max_record)
        return 0;
    int rc = 1;
    while (rc > 0) {
        size_t have = fsc_stream_rest(s).len;
        if (have > in->max_record)
            return 0;
        rc = fsc_stream_more(s, have, err);
    }
    return rc < 0 ? rc : 1;
}

int fsc_ingest_whole_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err)
{
    if (in->cut.ended)
        return 0;
    in->cut.ended = true;
    int rc = fsc_raw_start(in, out, FSC_PLACE_PATH, 0, arena, err);
    if (rc)
        return rc;
    int whole = fsc_cut_whole(in, err);
    if (whole < 0)
        return whole;
    if (whole == 0)
        rc = fsc_raw_too_large(in, out, arena, err);
    else
        rc = fsc_cut_take(in, out, fsc_stream_rest(&in->cut.stream).len, arena, err);
    fsc_stream_give_back(&in->cut.stream);
    return rc ? rc : 1;
}

static bool only_blanks(fsc_view v)
{
    return fsc_ingest_skip_blanks(v).len == 0;
}

int fsc_ingest_html_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    (void)in;
    if (only_blanks(raw->data))
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "nothing but blanks");
    out->format = FSC_FORMAT_HTML;
    out->content = raw->data;
    if (raw->utf8)
        out->charset = FSC_LIT("utf-8");
    return FSC_OK;
}

int fsc_ingest_text_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    (void)in;
    out->format = FSC_FORMAT_TEXT;
    out->repaired = raw->repaired;
    out->marked = raw->marked;
    int rc = fsc_clean(&out->content, raw->data, arena, &out->repaired, err);
    if (!rc && only_blanks(raw->data))
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "nothing but blanks");
    return rc;
}
