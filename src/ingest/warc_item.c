// WARC records to items: the HTTP message is undone here, on any thread.

#include "ingest/warc_p.h"

// Encodings that one body may be wrapped in.
#define ENCODINGS 4

// A header value on one line.
static int unfold(fsc_view *out, fsc_view value, fsc_arena *arena, fsc_err *err)
{
    *out = value;
    if (value.len == 0 || !memchr(value.data, '\n', value.len))
        return FSC_OK;
    char *text = fsc_arena_alloc(arena, value.len);
    if (!text)
        return fsc_err_nomem(err);
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool blank = value.data[i] == ' ' || (value.data[i] >= '\t' && value.data[i] <= '\r');
        if (!blank)
            text[len++] = value.data[i];
        else if (len && text[len - 1] != ' ')
            text[len++] = ' ';
    }
    *out = fsc_view_of(text, len);
    return FSC_OK;
}

// As it is, but for what no URI may hold: blanks and control characters become %XX.
static int set_url(fsc_item *out, fsc_view uri, fsc_arena *arena, fsc_err *err)
{
    static const char hex[] = "0123456789ABCDEF";
    int rc = unfold(&uri, uri, arena, err);
    if (!rc)
        rc = fsc_clean(&uri, uri, arena, NULL, err);
    if (rc)
        return rc;
    char *text = fsc_arena_alloc(arena, uri.len * 3);
    if (!text)
        return fsc_err_nomem(err);
    size_t len = 0;
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.data[i];
        if (c > ' ' && c != 0x7F) {
            text[len++] = (char)c;
            continue;
        }
        text[len++] = '%';
        text[len++] = hex[c >> 4];
        text[len++] = hex[c & 15];
    }
    out->url = fsc_view_of(text, len);
    return FSC_OK;
}

// ---------------------------------------------------------------- bodies

// Undoes the encodings from the last to the first: 1 done, 0 the item has failed, < 0 failed.
static int decode(const fsc_ingest *in, fsc_view *body, fsc_view encoding, fsc_item *out, fsc_arena *arena,
                  fsc_err *err)
{
    fsc_view list[ENCODINGS] = {{"", 0}};
    size_t count = 0;
    while (encoding.data && encoding.len && count < ENCODINGS)
        list[count++] = fsc_view_trim(fsc_view_split(&encoding, ','));
    while (count--) {
        fsc_err why = FSC_ERR_INIT;
        int rc = fsc_unpack_body(body, *body, list[count], (size_t)in->max_record, arena, &why);
        if (rc == FSC_E_NOMEM)
            return fsc_err_nomem(err);
        if (rc == FSC_OK)
            continue;
        fsc_record_status status = rc == FSC_E_LIMIT         ? FSC_RECORD_TOO_LARGE
                                   : rc == FSC_E_UNSUPPORTED ? FSC_RECORD_UNSUPPORTED
                                                             : FSC_RECORD_UNREADABLE;
        return fsc_item_fail(out, status, arena, err, "%s", why.text);
    }
    return 1;
}

static int json_item(const fsc_ingest *in, const fsc_raw *raw, fsc_view body, fsc_item *out, fsc_arena *arena,
                     fsc_err *err)
{
    fsc_raw inner = *raw;
    fsc_view url = out->url, captured = out->captured;
    inner.data = body;
    inner.line = 1;
    inner.table = NULL;
    int rc = fsc_ingest_jsonl_parse(in, &inner, out, arena, err);
    if (out->url.len == 0)
        out->url = url;
    if (out->captured.len == 0)
        out->captured = captured;
    return rc;
}

static int text_item(fsc_view body, fsc_view charset, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    uint32_t repaired = 0;
    out->format = FSC_FORMAT_TEXT;
    int rc = fsc_charset_decode(&out->content, body, charset, false, arena, &repaired, NULL, err);
    out->repaired = repaired;
    return rc;
}

static int document(const fsc_ingest *in, const fsc_raw *raw, const fsc_http_head *h, fsc_view body, fsc_item *out,
                    fsc_arena *arena, fsc_err *err)
{
    const char *binary;
    if (fsc_ingest_skip_blanks(body).len == 0)
        return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "the body is empty");
    if (h->media == FSC_MEDIA_JSON)
        return json_item(in, raw, body, out, arena, err);
    // UTF-16 is full of NUL
    bool wide = fsc_view_starts(body, FSC_LIT("\xFF\xFE")) || fsc_view_starts(body, FSC_LIT("\xFE\xFF")) ||
                (h->charset.len > 5 && fsc_view_eq_nocase(fsc_view_slice(h->charset, 0, 6), FSC_LIT("utf-16")));
    if (!wide && (binary = fsc_charset_binary(fsc_view_slice(body, 0, 8192))))
        return fsc_item_fail(out, FSC_RECORD_BINARY, arena, err, "%s", binary);
    if (h->media == FSC_MEDIA_TEXT)
        return text_item(body, h->charset, out, arena, err);
    const char *charset = fsc_charset_name(h->charset);
    out->format = FSC_FORMAT_HTML;
    out->content = body;
    out->charset = fsc_view_cstr(charset);
    return FSC_OK;
}

// ---------------------------------------------------------------- records

int fsc_ingest_warc_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    fsc_warc_head head;
    fsc_http_head http = {.charset = {"", 0}, .encoding = {"", 0}};
    if (!fsc_warc_head_parse(&head, raw->data))
        return fsc_item_fail(out, FSC_RECORD_UNREADABLE, arena, err, "no WARC record");
    int rc = set_url(out, head.uri, arena, err);
    if (!rc)
        rc = unfold(&out->captured, head.date, arena, err);
    if (!rc)
        rc = fsc_clean(&out->captured, out->captured, arena, NULL, err);
    if (rc)
        return rc;
    fsc_view body = fsc_view_slice(raw->data, head.len, raw->data.len);
    if (head.type == FSC_WARC_CONVERSION) {
        // its content type is that of the text, which is UTF-8 by its standard
        http.media = FSC_MEDIA_TEXT;
        http.charset = FSC_LIT("utf-8");
        return document(in, raw, &http, body, out, arena, err);
    }
    if (head.type == FSC_WARC_RESOURCE) {
        http.media = fsc_media_of(head.content_type);
        http.charset = fsc_media_charset(head.content_type);
        return document(in, raw, &http, body, out, arena, err);
    }
    fsc_http_head_parse(&http, body);
    body = fsc_view_slice(body, http.len, body.len);
    if (http.chunked)
        rc = fsc_http_dechunk(&body, body, arena, err);
    if (!rc)
        rc = decode(in, &body, http.encoding, out, arena, err);
    return rc <= 0 ? rc : document(in, raw, &http, body, out, arena, err);
}
