#include "codec/json.h"
#include "base/utf8.h"
#include "codec/string_p.h"

// The plain shape of a record. Whatever is not exactly that shape is UNUSUAL and json-c's to judge.
typedef enum scan_result { PLAIN, UNUSUAL, NO_MEMORY } scan_result;

// Deeper values are json-c's too, which has the limit.
#define MAX_DEPTH 200

typedef struct cursor {
    const char *s;
    size_t pos, len;
    fsc_arena *arena;
    fsc_json_parser *parser;
    unsigned depth, values;
} cursor;

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static char skip_blanks(cursor *c)
{
    while (c->pos < c->len && blank(c->s[c->pos]))
        c->pos++;
    return c->pos < c->len ? c->s[c->pos] : 0;
}

// ---------------------------------------------------------------- strings

static bool hex4(const char *s, uint32_t *out)
{
    uint32_t n = 0;
    for (int i = 0; i < 4; i++) {
        char c = s[i];
        uint32_t d = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                            : 16;
        if (d > 15)
            return false;
        n = n << 4 | d;
    }
    *out = n;
    return true;
}

// The escape \uXXXX at s (behind the 'u'), with its second half when it is a surrogate pair. Returns the bytes
// read, 0 when malformed.
static size_t unicode_escape(const char *s, size_t len, uint32_t *cp)
{
    uint32_t low;
    if (len < 4 || !hex4(s, cp))
        return 0;
    if (*cp >= 0xD800 && *cp < 0xDC00 && len >= 10 && s[4] == '\\' && s[5] == 'u' && hex4(s + 6, &low) &&
        low >= 0xDC00 && low < 0xE000) {
        *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
        return 10;
    }
    return 4;
}

// Writes the string s[0..len), escapes undone, to out (no longer than the source). Returns its length, or SIZE_MAX.
static size_t unescape(char *out, const char *s, size_t len)
{
    size_t o = 0;
    for (size_t i = 0; i < len;) {
        size_t run = fsc_string_run(s + i, len - i);
        memcpy(out + o, s + i, run);
        o += run;
        i += run;
        if (i >= len)
            break;
        if (i + 1 >= len)
            return SIZE_MAX;
        static const char plain[128] = {['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
        unsigned char name = (unsigned char)s[i + 1];
        uint32_t cp;
        size_t used;
        if (name < 128 && plain[name]) {
            out[o++] = plain[name];
            i += 2;
        } else if (s[i + 1] == 'u' && (used = unicode_escape(s + i + 2, len - i - 2, &cp)) > 0) {
            o += fsc_utf8_encode(out + o, cp);
            i += 2 + used;
        } else {
            return SIZE_MAX;
        }
    }
    return o;
}

// The closing quote of the string that begins at `start`, or SIZE_MAX.
static size_t string_end(const cursor *c, size_t start, bool *escaped)
{
    // most strings hold no backslash: then the next quote ends them
    const char *q = memchr(c->s + start, '"', c->len - start);
    if (!q)
        return SIZE_MAX;
    size_t end = (size_t)(q - c->s);
    const char *b = memchr(c->s + start, '\\', end - start);
    *escaped = b != NULL;
    if (!b)
        return end;
    for (end = (size_t)(b - c->s); end < c->len; end += fsc_string_run(c->s + end, c->len - end)) {
        if (c->s[end] == '"')
            return end;
        if ((end += 2) > c->len)
            break;
    }
    return SIZE_MAX;
}

// A string whose opening quote is at pos. *escaped says that the result is a copy.
static scan_result string(cursor *c, fsc_view *out, bool *escaped)
{
    size_t start = ++c->pos, end = string_end(c, start, escaped);
    if (end == SIZE_MAX)
        return UNUSUAL;
    c->pos = end + 1;
    *out = fsc_view_of(c->s + start, end - start);
    if (!*escaped)
        return PLAIN;
    char *copy = fsc_arena_alloc(c->arena, out->len);
    if (!copy)
        return NO_MEMORY;
    size_t len = unescape(copy, out->data, out->len);
    *out = fsc_view_of(copy, len);
    return len == SIZE_MAX ? UNUSUAL : PLAIN;
}

// ---------------------------------------------------------------- other values

static size_t digits(const cursor *c, size_t at)
{
    while (at < c->len && digit(c->s[at]))
        at++;
    return at;
}

// End of the number at pos by the grammar of RFC 8259, or 0.
static size_t number_end(const cursor *c)
{
    size_t at = c->pos + (c->s[c->pos] == '-'), start = at;
    at = digits(c, at);
    if (at == start || (at > start + 1 && c->s[start] == '0'))
        return 0;
    if (at < c->len && c->s[at] == '.') {
        size_t fraction = ++at;
        if ((at = digits(c, at)) == fraction)
            return 0;
    }
    if (at < c->len && (c->s[at] == 'e' || c->s[at] == 'E')) {
        at++;
        at += at < c->len && (c->s[at] == '+' || c->s[at] == '-');
        size_t exponent = at;
        if ((at = digits(c, at)) == exponent)
            return 0;
    }
    return at;
}

// An integer of up to 18 digits, rounded by its conversion; or a decimal of up to 15 digits with a power of ten up to
// 22: both are exact doubles, so one division or product rounds as it must (W. D. Clinger, How to read floating point
// numbers accurately, 1990).
static bool exact_number(fsc_view text, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool negative = text.data[0] == '-';
    int64_t mantissa = 0, exponent = 0;
    int count = 0, decimals = 0;
    size_t i = negative;
    for (bool fraction = false; i < text.len && (digit(text.data[i]) || text.data[i] == '.'); i++) {
        if (text.data[i] == '.') {
            fraction = true;
            continue;
        }
        if (++count > 18)
            return false;
        mantissa = mantissa * 10 + (text.data[i] - '0');
        decimals += fraction;
    }
    if (i == text.len && decimals == 0) {
        *out = (double)(negative ? -mantissa : mantissa);
        return true;
    }
    if (count > 15)
        return false;
    if (i < text.len) {
        i += 1 + (text.data[i + 1] == '+');
        if (text.len - i > 4 || !fsc_view_int(fsc_view_slice(text, i, text.len), &exponent))
            return false;
    }
    exponent -= decimals;
    if (exponent < -22 || exponent > 22)
        return false;
    double value = exponent < 0 ? (double)mantissa / powers[-exponent] : (double)mantissa * powers[exponent];
    *out = negative ? -value : value;
    return true;
}

// json-c reads the number at [start, end) by itself; the node keeps its key and place.
static scan_result delegate(cursor *c, fsc_json *v, size_t start, size_t end)
{
    fsc_json *parsed;
    int rc = fsc_json_parse(&parsed, c->parser, fsc_view_of(c->s + start, end - start), false, c->arena, NULL);
    if (rc)
        return rc == FSC_E_NOMEM ? NO_MEMORY : UNUSUAL;
    v->kind = parsed->kind;
    v->number = parsed->number;
    return PLAIN;
}

static scan_result number(cursor *c, fsc_json *v)
{
    size_t start = c->pos, end = number_end(c);
    if (end == 0)
        return UNUSUAL;
    c->pos = end;
    v->kind = FSC_JSON_NUMBER;
    v->text = fsc_view_of(c->s + start, end - start);
    return exact_number(v->text, &v->number) ? PLAIN : delegate(c, v, start, end);
}

static scan_result literal(cursor *c, fsc_json *v)
{
    static const struct {
        fsc_view text;
        fsc_json_kind kind;
        bool boolean;
    } words[] = {{FSC_LIT_INIT("true"), FSC_JSON_BOOL, true},
                 {FSC_LIT_INIT("false"), FSC_JSON_BOOL, false},
                 {FSC_LIT_INIT("null"), FSC_JSON_NULL, false}};
    fsc_view rest = fsc_view_of(c->s + c->pos, c->len - c->pos);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (fsc_view_starts(rest, words[i].text)) {
            v->kind = words[i].kind;
            v->boolean = words[i].boolean;
            c->pos += words[i].text.len;
            return PLAIN;
        }
    return UNUSUAL;
}

static scan_result container(cursor *c, fsc_json *v, char close);

static scan_result value(cursor *c, fsc_json *v)
{
    char first = skip_blanks(c);
    bool escaped;
    if (first == '"') {
        v->kind = FSC_JSON_STRING;
        return string(c, &v->text, &escaped);
    }
    if (first == '-' || digit(first))
        return number(c, v);
    if (first != '{' && first != '[')
        return literal(c, v);
    v->kind = first == '{' ? FSC_JSON_OBJECT : FSC_JSON_ARRAY;
    return container(c, v, first == '{' ? '}' : ']');
}

static scan_result name(cursor *c, fsc_view *key)
{
    bool escaped;
    if (skip_blanks(c) != '"')
        return UNUSUAL;
    scan_result r = string(c, key, &escaped);
    if (r != PLAIN)
        return r;
    // json-c ends a name at a NUL
    if (escaped || memchr(key->data, 0, key->len) || skip_blanks(c) != ':')
        return UNUSUAL;
    c->pos++;
    return PLAIN;
}

// Items or members up to the closing bracket; pos stands at the opening one. Recursion is bounded by MAX_DEPTH.
static scan_result container(cursor *c, fsc_json *v, char close)
{
    if (++c->depth > MAX_DEPTH)
        return UNUSUAL;
    c->pos++;
    fsc_json **tail = &v->child;
    char next = skip_blanks(c) == close ? close : ',';
    while (next == ',') {
        // too many are counted again, and refused, by the parser
        if (++c->values >= FSC_JSON_MAX_VALUES)
            return UNUSUAL;
        fsc_json *item = *tail = FSC_NEW(c->arena, fsc_json);
        if (!item)
            return NO_MEMORY;
        scan_result r = PLAIN;
        if (v->kind == FSC_JSON_OBJECT) {
            r = name(c, &item->key);
            v->names |= r == PLAIN ? fsc_json_name_bit(item->key) : 0;
        }
        if (r == PLAIN)
            r = value(c, item);
        if (r != PLAIN)
            return r;
        tail = &item->next;
        next = skip_blanks(c);
        if (next == ',')
            c->pos++;
    }
    if (next != close)
        return UNUSUAL;
    c->pos++;
    c->depth--;
    return PLAIN;
}

static scan_result object(cursor *c, fsc_json **out)
{
    fsc_json *o = *out = FSC_NEW(c->arena, fsc_json);
    if (!o)
        return NO_MEMORY;
    if (skip_blanks(c) != '{')
        return UNUSUAL;
    scan_result r = value(c, o);
    skip_blanks(c);
    return r != PLAIN ? r : c->pos == c->len ? PLAIN : UNUSUAL;
}

int fsc_json_record(fsc_json **out, fsc_json_parser *p, fsc_view bytes, fsc_arena *arena, fsc_err *err)
{
    cursor c = {bytes.data, 0, bytes.len, arena, p, 0, 0};
    scan_result r = object(&c, out);
    if (r == PLAIN)
        return FSC_OK;
    *out = NULL;
    return r == NO_MEMORY ? fsc_err_nomem(err) : fsc_json_parse(out, p, bytes, false, arena, err);
}

// ---------------------------------------------------------------- borders of values

static bool ends_scalar(char c)
{
    return blank(c) || c == ',' || c == ']' || c == '}';
}

// Steps over the inside of a string. False: it does not end here.
static bool leave_string(fsc_view v, bool at_end, fsc_json_scan *scan)
{
    while (scan->pos < v.len) {
        scan->pos += fsc_string_run(v.data + scan->pos, v.len - scan->pos);
        if (scan->pos >= v.len)
            return false;
        if (v.data[scan->pos] == '"') {
            scan->pos++;
            scan->quoted = false;
            return true;
        }
        // an escape is taken whole, so that a scan never resumes inside one
        if (scan->pos + 2 > v.len) {
            scan->pos += at_end;
            return false;
        }
        scan->pos += 2;
    }
    return false;
}

// One step outside strings. True: the value ended before or at pos.
static bool step(fsc_view v, fsc_json_scan *scan)
{
    char c = v.data[scan->pos];
    if (!scan->depth && scan->begun && ends_scalar(c))
        return true;
    scan->pos++;
    if (blank(c))
        return false;
    scan->begun = true;
    if (c == '"')
        scan->quoted = true;
    else if (c == '{' || c == '[')
        scan->depth++;
    else if ((c == '}' || c == ']') && scan->depth > 0)
        return --scan->depth == 0;
    return false;
}

size_t fsc_json_value_end(fsc_view v, bool at_end, fsc_json_scan *scan)
{
    while (scan->pos < v.len && !scan->complete) {
        if (!scan->quoted)
            scan->complete = step(v, scan);
        else if (leave_string(v, at_end, scan))
            scan->complete = scan->depth == 0;
        else
            break;
    }
    if (scan->complete)
        return scan->pos;
    if (!at_end)
        return 0;
    scan->complete = scan->begun && !scan->quoted && scan->depth == 0;
    return v.len;
}
