// Headers: of WARC records and of the HTTP messages in them.

#include "ingest/warc_p.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// ---------------------------------------------------------------- WARC

static const char *const types[FSC_WARC_TYPE_COUNT] = {"response", "resource", "conversion", "revisit", "continuation",
                                                       "request",  "metadata", "warcinfo",   "other"};

const char *fsc_warc_type_name(fsc_warc_type t)
{
    return (unsigned)t < FSC_WARC_TYPE_COUNT ? types[t] : "other";
}

static fsc_warc_type type_of(fsc_view name)
{
    int t = 0;
    while (t < FSC_WARC_OTHER && !fsc_view_eq_nocase(name, fsc_view_cstr(types[t])))
        t++;
    return (fsc_warc_type)t;
}

bool fsc_warc_begins(fsc_view v)
{
    return v.len > 6 && fsc_view_starts(v, FSC_LIT("WARC/")) && (v.data[5] == '0' || v.data[5] == '1') &&
           v.data[6] == '.';
}

fsc_view fsc_warc_uri(fsc_view uri)
{
    uri = fsc_view_trim(uri);
    if (uri.len >= 2 && uri.data[0] == '<' && uri.data[uri.len - 1] == '>')
        uri = fsc_view_trim(fsc_view_slice(uri, 1, uri.len - 1));
    return uri;
}

static void set_length(fsc_warc_head *out, fsc_view value)
{
    int64_t n;
    if (out->has_length || !fsc_view_int(value, &n) || n < 0)
        return;
    out->has_length = true;
    out->length = (uint64_t)n;
}

bool fsc_warc_head_parse(fsc_warc_head *out, fsc_view v)
{
    const fsc_view none = {"", 0};
    *out = (fsc_warc_head){.len = fsc_head_end(v), .type = FSC_WARC_OTHER, .uri = none, .date = none,
                           .content_type = none, .digest = none, .refers_uri = none, .refers_date = none,
                           .segment = none};
    if (out->len == 0 || !fsc_warc_begins(v))
        return false;
    const struct {
        const char *name;
        fsc_view *slot;
    } slots[] = {{"WARC-Target-URI", &out->uri},
                 {"WARC-Date", &out->date},
                 {"Content-Type", &out->content_type},
                 {"WARC-Payload-Digest", &out->digest},
                 {"WARC-Refers-To-Target-URI", &out->refers_uri},
                 {"WARC-Refers-To-Date", &out->refers_date},
                 {"WARC-Segment-Number", &out->segment}};
    fsc_view rest = fsc_view_slice(v, 0, out->len), name, value;
    fsc_head_line(&rest);
    while (fsc_head_field(&rest, &name, &value)) {
        if (fsc_view_eq_nocase(name, FSC_LIT("WARC-Type")))
            out->type = type_of(value);
        else if (fsc_view_eq_nocase(name, FSC_LIT("Content-Length")))
            set_length(out, value);
        for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
            if (slots[i].slot->len == 0 && fsc_view_eq_nocase(name, fsc_view_cstr(slots[i].name)))
                *slots[i].slot = value;
    }
    out->uri = fsc_warc_uri(out->uri);
    out->refers_uri = fsc_warc_uri(out->refers_uri);
    return true;
}

// ---------------------------------------------------------------- HTTP

fsc_media fsc_media_of(fsc_view content_type)
{
    static const struct {
        const char *name;
        fsc_media media;
    } known[] = {{"text/html", FSC_MEDIA_HTML},
                 {"application/xhtml+xml", FSC_MEDIA_HTML},
                 {"application/vnd.wap.xhtml+xml", FSC_MEDIA_HTML},
                 {"text/plain", FSC_MEDIA_TEXT},
                 {"application/json", FSC_MEDIA_JSON},
                 {"text/json", FSC_MEDIA_JSON},
                 {"application/activity+json", FSC_MEDIA_JSON}};
    fsc_view rest = content_type, type = fsc_view_trim(fsc_view_split(&rest, ';'));
    if (type.len == 0)
        return FSC_MEDIA_UNKNOWN;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (fsc_view_eq_nocase(type, fsc_view_cstr(known[i].name)))
            return known[i].media;
    return FSC_MEDIA_OTHER;
}

fsc_view fsc_media_charset(fsc_view content_type)
{
    return fsc_head_parameter(content_type, "charset");
}

// "HTTP/1.1 200 OK" -> 200; 0: something else
static int status_of(fsc_view line)
{
    int64_t n = 0;
    if (!fsc_view_starts(line, FSC_LIT("HTTP/")))
        return 0;
    fsc_view_split(&line, ' ');
    line = fsc_view_trim(line.data ? line : (fsc_view){"", 0});
    return fsc_view_int(fsc_view_slice(line, 0, 3), &n) && n >= 100 ? (int)n : 0;
}

// A line "Name: value" with a name that HTTP allows.
static bool is_field(fsc_view line)
{
    size_t i = 0;
    while (i < line.len && i < 64 && (line.data[i] == '-' || (line.data[i] | 32) >= 'a') && (line.data[i] | 32) <= 'z')
        i++;
    return i > 0 && i < line.len && line.data[i] == ':';
}

static void take_type(fsc_http_head *out, fsc_view value)
{
    if (out->media != FSC_MEDIA_UNKNOWN)
        return;
    out->typed = true;
    out->media = fsc_media_of(value);
    out->charset = fsc_media_charset(value);
}

// No type is given: only a page that says so is one.
static fsc_media guess_media(const fsc_http_head *h, fsc_view body)
{
    size_t nl = h->chunked ? fsc_view_find(fsc_view_slice(body, 0, 32), FSC_LIT("\n"), 0) : SIZE_MAX;
    if (nl != SIZE_MAX)
        body = fsc_view_slice(body, nl + 1, body.len);
    return fsc_ingest_html_sniff(fsc_view_slice(body, 0, 1024)) == FSC_SNIFF_SURE ? FSC_MEDIA_HTML : FSC_MEDIA_OTHER;
}

void fsc_http_head_parse(fsc_http_head *out, fsc_view block)
{
    *out = (fsc_http_head){.media = FSC_MEDIA_UNKNOWN, .charset = {"", 0}, .encoding = {"", 0}};
    fsc_view head = fsc_view_slice(block, 0, FSC_HEAD_MAX), rest = head, name, value;
    fsc_view first = fsc_head_line(&rest);
    out->status = status_of(fsc_view_trim(first));
    if (out->status || is_field(first)) {
        out->len = fsc_head_end(head);
        if (out->len == 0)
            out->len = head.len;
        rest = fsc_view_slice(head, out->status ? first.len : 0, out->len);
    } else {
        rest = (fsc_view){"", 0};
    }
    while (fsc_head_field(&rest, &name, &value)) {
        if (fsc_view_eq_nocase(name, FSC_LIT("Content-Type")))
            take_type(out, value);
        else if (fsc_view_eq_nocase(name, FSC_LIT("Content-Encoding")))
            out->encoding = value;
        else if (fsc_view_eq_nocase(name, FSC_LIT("Transfer-Encoding")))
            out->chunked |= value.len >= 7 && fsc_view_eq_nocase(fsc_view_slice(value, value.len - 7, value.len),
                                                                 FSC_LIT("chunked"));
    }
    if (out->media == FSC_MEDIA_UNKNOWN)
        out->media = guess_media(out, fsc_view_slice(block, out->len, block.len));
}

// ---------------------------------------------------------------- chunks

// The size line of a chunk: its length with the line end, 0: there is none.
static size_t chunk_size(fsc_view v, uint64_t *size)
{
    size_t i = 0;
    *size = 0;
    for (; i < v.len && i < 15; i++) {
        char c = v.data[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0)
            break;
        *size = *size << 4 | (unsigned)digit;
    }
    // blanks and extensions may follow the number
    fsc_view tail = fsc_view_slice(v, i, i + 256);
    const char *nl = i && tail.len ? memchr(tail.data, '\n', tail.len) : NULL;
    bool fits = nl && (*tail.data == '\r' || *tail.data == '\n' || *tail.data == ';' || is_blank(*tail.data));
    return fits ? i + (size_t)(nl - tail.data) + 1 : 0;
}

int fsc_http_dechunk(fsc_view *out, fsc_view body, fsc_arena *arena, fsc_err *err)
{
    uint64_t size;
    size_t len = 0;
    *out = body;
    if (chunk_size(body, &size) == 0)
        return FSC_OK;
    char *data = fsc_arena_alloc(arena, body.len);
    if (!data)
        return fsc_err_nomem(err);
    while (body.len) {
        size_t line = chunk_size(body, &size);
        if (line && size == 0)
            break;
        size_t n = line == 0 || size > body.len - line ? body.len - line : (size_t)size;
        memcpy(data + len, body.data + line, n);
        len += n;
        body = fsc_view_slice(body, line + n, body.len);
        if (body.len && *body.data == '\r')
            body = fsc_view_slice(body, 1, body.len);
        if (body.len && *body.data == '\n')
            body = fsc_view_slice(body, 1, body.len);
    }
    *out = fsc_view_of(data, len);
    return FSC_OK;
}
