#include "codec/charset.h"
#include "codec/charset_p.h"

static const fsc_charset charsets[] = {
#define FSC_CHARSET(name, decoder, iconv_name, labels) {name, FSC_DECODER_##decoder, iconv_name, labels},
#include "codec/charset_labels.def"
#undef FSC_CHARSET
};

#define PRESCAN_BYTES 1024

const fsc_charset *fsc_charset_find(fsc_view label)
{
    label = fsc_view_trim(label);
    if (label.len == 0)
        return NULL;
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
        fsc_view rest = fsc_view_cstr(charsets[i].labels);
        while (rest.data)
            if (fsc_view_eq_nocase(fsc_view_split(&rest, ' '), label))
                return &charsets[i];
    }
    return NULL;
}

const char *fsc_charset_name(fsc_view label)
{
    const fsc_charset *c = fsc_charset_find(label);
    return c ? c->name : NULL;
}

// ---------------------------------------------------------------- the prescan of the HTML standard

typedef struct scan {
    fsc_view v;
    size_t pos;
} scan;

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The byte at pos, or 0 at the end: no loop below runs past it.
static char peek(const scan *s)
{
    return s->pos < s->v.len ? s->v.data[s->pos] : 0;
}

static bool starts_nocase(const scan *s, const char *word)
{
    fsc_view w = fsc_view_cstr(word);
    return s->v.len - s->pos >= w.len && fsc_view_eq_nocase(fsc_view_slice(s->v, s->pos, s->pos + w.len), w);
}

static void skip_to(scan *s, fsc_view what)
{
    size_t at = fsc_view_find(s->v, what, s->pos);
    s->pos = at == SIZE_MAX ? s->v.len : at + what.len;
}

// A value in quotes, or up to a blank or '>'.
static fsc_view attribute_value(scan *s)
{
    char quote = peek(s);
    if (quote == '"' || quote == '\'') {
        size_t start = ++s->pos;
        while (s->pos < s->v.len && s->v.data[s->pos] != quote)
            s->pos++;
        fsc_view value = fsc_view_slice(s->v, start, s->pos);
        s->pos += s->pos < s->v.len;
        return value;
    }
    size_t start = s->pos;
    while (s->pos < s->v.len && !blank(peek(s)) && peek(s) != '>')
        s->pos++;
    return fsc_view_slice(s->v, start, s->pos);
}

// "Get an attribute". False: the tag ends here.
static bool attribute(scan *s, fsc_view *name, fsc_view *value)
{
    while (s->pos < s->v.len && (blank(peek(s)) || peek(s) == '/'))
        s->pos++;
    if (s->pos >= s->v.len || peek(s) == '>')
        return false;
    size_t start = s->pos++;
    while (s->pos < s->v.len && !blank(peek(s)) && !memchr("=/>", peek(s), 3))
        s->pos++;
    *name = fsc_view_slice(s->v, start, s->pos);
    *value = (fsc_view){"", 0};
    while (blank(peek(s)))
        s->pos++;
    if (peek(s) != '=')
        return true;
    s->pos++;
    while (blank(peek(s)))
        s->pos++;
    *value = attribute_value(s);
    return true;
}

// The charset=... inside a content attribute.
static fsc_view charset_of_content(fsc_view content)
{
    scan s = {content, 0};
    for (; s.pos < s.v.len; s.pos++) {
        if (!starts_nocase(&s, "charset"))
            continue;
        scan at = {content, s.pos + 7};
        while (blank(peek(&at)))
            at.pos++;
        if (peek(&at) != '=')
            continue;
        at.pos++;
        while (blank(peek(&at)))
            at.pos++;
        fsc_view value = attribute_value(&at);
        size_t semicolon = fsc_view_find(value, FSC_LIT(";"), 0);
        return semicolon == SIZE_MAX ? value : fsc_view_slice(value, 0, semicolon);
    }
    return (fsc_view){"", 0};
}

static bool seen_before(const fsc_view *seen, size_t count, fsc_view name)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_eq_nocase(seen[i], name))
            return true;
    return false;
}

// What a <meta declares; its attributes are read from pos on.
static const fsc_charset *meta(scan *s)
{
    static const char *const names[] = {"http-equiv", "content", "charset"};
    fsc_view value[3] = {{"", 0}, {"", 0}, {"", 0}}, seen[3], name, v;
    size_t seen_count = 0;
    while (attribute(s, &name, &v)) {
        for (size_t i = 0; i < 3; i++)
            if (fsc_view_eq_nocase(name, fsc_view_cstr(names[i])) && !seen_before(seen, seen_count, name)) {
                value[i] = v;
                seen[seen_count++] = name;
            }
    }
    const fsc_charset *found = NULL;
    if (value[2].len)
        found = fsc_charset_find(value[2]);
    else if (fsc_view_eq_nocase(value[0], FSC_LIT("content-type")))
        found = fsc_charset_find(charset_of_content(value[1]));
    if (!found)
        return NULL;
    // a page whose <meta> could be read is not UTF-16
    if (found->decoder == FSC_DECODER_UTF16BE || found->decoder == FSC_DECODER_UTF16LE)
        return fsc_charset_find(FSC_LIT("utf-8"));
    if (found->decoder == FSC_DECODER_USER_DEFINED)
        return fsc_charset_find(FSC_LIT("windows-1252"));
    return found;
}

const fsc_charset *fsc_charset_prescan(fsc_view page)
{
    scan s = {fsc_view_slice(page, 0, PRESCAN_BYTES), 0};
    while (s.pos < s.v.len) {
        const char *lt = memchr(s.v.data + s.pos, '<', s.v.len - s.pos);
        if (!lt)
            break;
        s.pos = (size_t)(lt - s.v.data);
        char next = s.pos + 1 < s.v.len ? s.v.data[s.pos + 1] : 0;
        size_t name = s.pos + 1 + (next == '/');
        if (starts_nocase(&s, "<!--")) {
            s.pos += 2;
            skip_to(&s, FSC_LIT("-->"));
        } else if (starts_nocase(&s, "<meta") && s.pos + 5 < s.v.len &&
                   (blank(s.v.data[s.pos + 5]) || s.v.data[s.pos + 5] == '/')) {
            s.pos += 5;
            const fsc_charset *found = meta(&s);
            if (found)
                return found;
        } else if (name < s.v.len && letter(s.v.data[name])) {
            fsc_view n, v;
            s.pos = name;
            while (s.pos < s.v.len && !blank(peek(&s)) && peek(&s) != '>')
                s.pos++;
            while (attribute(&s, &n, &v))
                ;
        } else if (next == '!' || next == '/' || next == '?') {
            skip_to(&s, FSC_LIT(">"));
        } else {
            s.pos++;
        }
    }
    return NULL;
}
