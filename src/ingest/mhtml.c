// MHTML: a page with its images as one MIME message (RFC 2557), as browsers save it. The page is the first part of
// HTML.

#include "ingest/ingest_p.h"

// Is this the header of such a message? Its first line is a field, and it says what it is before its parts begin.
fsc_sniff fsc_ingest_mhtml_sniff(fsc_view head)
{
    fsc_view v = fsc_ingest_skip_blanks(head), rest, name, value;
    size_t end = fsc_head_end(v);
    fsc_view first = v;
    first = fsc_view_split(&first, '\n');
    const char *colon = memchr(first.data ? first.data : "", ':', first.data ? first.len : 0);
    if (!colon || memchr(first.data, ' ', (size_t)(colon - first.data)))
        return FSC_SNIFF_NO;
    rest = fsc_view_slice(v, 0, end ? end : v.len);
    while (fsc_head_field(&rest, &name, &value))
        if (fsc_view_eq_nocase(name, FSC_LIT("Content-Type")) &&
            fsc_view_eq_nocase(fsc_view_slice(value, 0, 17), FSC_LIT("multipart/related")))
            return FSC_SNIFF_SURE;
    return FSC_SNIFF_NO;
}

// ---------------------------------------------------------------- encodings

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

// Quoted-printable (RFC 2045): "=41" is a byte, "=" at the end of a line joins it with the next.
static size_t decode_quoted(char *out, fsc_view v)
{
    size_t len = 0;
    for (size_t i = 0; i < v.len; i++) {
        int high = v.data[i] == '=' && i + 2 < v.len ? hex_digit(v.data[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(v.data[i + 2]) : -1;
        if (low >= 0) {
            out[len++] = (char)(high << 4 | low);
            i += 2;
        } else if (v.data[i] == '=' && i + 1 < v.len && v.data[i + 1] == '\n') {
            i++;
        } else if (v.data[i] == '=' && i + 2 < v.len && v.data[i + 1] == '\r' && v.data[i + 2] == '\n') {
            i += 2;
        } else {
            out[len++] = v.data[i];
        }
    }
    return len;
}

static size_t decode_base64(char *out, fsc_view v)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t len = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < v.len && v.data[i] != '='; i++) {
        const char *at = v.data[i] ? strchr(digits, v.data[i]) : NULL;
        if (!at)
            continue;
        bits = bits << 6 | (uint32_t)(at - digits);
        have += 6;
        if (have >= 8)
            out[len++] = (char)(bits >> (have -= 8));
    }
    return len;
}

static int decode(fsc_view *out, fsc_view body, fsc_view encoding, fsc_arena *arena, fsc_err *err)
{
    bool quoted = fsc_view_eq_nocase(encoding, FSC_LIT("quoted-printable"));
    *out = body;
    if (!quoted && !fsc_view_eq_nocase(encoding, FSC_LIT("base64")))
        return FSC_OK;
    char *data = fsc_arena_alloc(arena, body.len);
    if (!data)
        return fsc_err_nomem(err);
    *out = fsc_view_of(data, quoted ? decode_quoted(data, body) : decode_base64(data, body));
    return FSC_OK;
}

// ---------------------------------------------------------------- parts

typedef struct part {
    fsc_view type, encoding, location, body;
} part;

// The next part: what stands between two lines "--boundary". False at the end.
static bool next_part(fsc_view *rest, fsc_view line, part *out)
{
    size_t open = fsc_view_find(*rest, line, 0);
    if (open == SIZE_MAX)
        return false;
    fsc_view v = fsc_view_slice(*rest, open + line.len, rest->len);
    if (fsc_view_starts(v, FSC_LIT("--")))
        return false;
    size_t close = fsc_view_find(v, line, 0);
    *rest = fsc_view_slice(v, close == SIZE_MAX ? v.len : close, v.len);
    v = fsc_view_slice(v, 0, close);
    fsc_view end_of_line = v;
    fsc_view_split(&end_of_line, '\n');
    v = end_of_line.data ? end_of_line : fsc_view_slice(v, v.len, v.len);
    size_t head = fsc_head_end(v);
    fsc_view fields = fsc_view_slice(v, 0, head), name, value;
    const fsc_view none = {"", 0};
    *out = (part){none, none, none, fsc_view_slice(v, head, v.len)};
    while (fsc_head_field(&fields, &name, &value)) {
        if (fsc_view_eq_nocase(name, FSC_LIT("Content-Type")))
            out->type = value;
        else if (fsc_view_eq_nocase(name, FSC_LIT("Content-Transfer-Encoding")))
            out->encoding = value;
        else if (fsc_view_eq_nocase(name, FSC_LIT("Content-Location")))
            out->location = value;
    }
    return true;
}

static bool is_page(fsc_view type)
{
    fsc_view rest = type, name = fsc_view_trim(fsc_view_split(&rest, ';'));
    return fsc_view_eq_nocase(name, FSC_LIT("text/html")) || fsc_view_eq_nocase(name, FSC_LIT("application/xhtml+xml"));
}

// The message's own header. False: no boundary is given.
static int read_head(fsc_view v, fsc_view *line, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    fsc_view rest = fsc_view_slice(v, 0, fsc_head_end(v)), name, value, boundary = {"", 0};
    int rc = FSC_OK;
    while (!rc && fsc_head_field(&rest, &name, &value)) {
        if (fsc_view_eq_nocase(name, FSC_LIT("Content-Type")))
            boundary = fsc_head_parameter(value, "boundary");
        else if (fsc_view_eq_nocase(name, FSC_LIT("Snapshot-Content-Location")))
            rc = fsc_clean(&out->url, value, arena, NULL, err);
        else if (fsc_view_eq_nocase(name, FSC_LIT("Date")) &&
                 !(rc = fsc_clean(&out->captured, value, arena, NULL, err)))
            rc = fsc_ingest_date(&out->captured, out->captured, arena, err);
    }
    *line = boundary.len ? fsc_arena_printf(arena, "\n--%.*s", (int)boundary.len, boundary.data) : (fsc_view){"", 0};
    return rc ? rc : line->data ? FSC_OK : fsc_err_nomem(err);
}

int fsc_ingest_mhtml_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)
{
    (void)in;
    fsc_view v = fsc_ingest_skip_blanks(raw->data), line;
    int rc = read_head(v, &line, out, arena, err);
    if (rc)
        return rc;
    part p;
    fsc_view rest = fsc_view_slice(v, line.len ? fsc_head_end(v) - 1 : v.len, v.len);
    while (line.len && next_part(&rest, line, &p)) {
        if (!is_page(p.type))
            continue;
        if (out->url.len == 0)
            rc = fsc_clean(&out->url, p.location, arena, NULL, err);
        if (!rc)
            rc = decode(&out->content, p.body, p.encoding, arena, err);
        out->format = FSC_FORMAT_HTML;
        out->charset = fsc_view_cstr(fsc_charset_name(fsc_head_parameter(p.type, "charset")));
        if (!rc && fsc_ingest_skip_blanks(out->content).len == 0)
            return fsc_item_fail(out, FSC_RECORD_EMPTY, arena, err, "its page is empty");
        return rc;
    }
    return fsc_item_fail(out, FSC_RECORD_UNSUPPORTED, arena, err, "an MHTML message without a part of HTML");
}
