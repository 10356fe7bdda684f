#include "codec/html_p.h"

#define MAX_ATTRIBUTES 256    // libxml2 compares each with all before it
#define MAX_VALUE (64u << 10) // longer ones are data: addresses

// What the rules of extraction read. Everything else (styles, handlers, data-*, sizes) is a third of a page.
static bool is_kept(fsc_view n)
{
    static const char *const names[] = {"class", "id",   "href",     "rel",       "itemprop", "content",
                                        "name",  "lang", "property", "datetime",  "role",     "hidden",
                                        "style", "type", "xml:lang", "http-equiv"};
    if (n.len < 2 || n.len > 11)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i][0] == (n.data[0] | 32) && fsc_view_eq_nocase(n, fsc_view_cstr(names[i])))
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Of style only what hides an element is of use, and most elements have another one.
static bool says_hidden(fsc_view v)
{
    return v.len < 2048 &&
           (fsc_view_find(v, FSC_LIT("none"), 0) != SIZE_MAX || fsc_view_find(v, FSC_LIT("hidden"), 0) != SIZE_MAX);
}

static void write_attribute(fsc_html_filter *f, fsc_view name, size_t from, size_t to)
{
    char lower[16];
    size_t n = name.len < sizeof lower ? name.len : sizeof lower;
    for (size_t i = 0; i < n; i++)
        lower[i] = name.data[i] >= 'A' && name.data[i] <= 'Z' ? (char)(name.data[i] | 32) : name.data[i];
    fsc_html_emit(f, " ", 1);
    fsc_html_emit(f, lower, n);
    fsc_html_emit(f, "=\"", 2);
    fsc_html_copy_text(f, from, to, true);
    fsc_html_emit(f, "\"", 1);
}

// The value that starts at *pos, as [from, to); *pos goes behind it.
static void scan_value(const fsc_html_filter *f, size_t *pos, size_t *from, size_t *to)
{
    const char *s = f->page.data;
    size_t len = f->page.len, i = *pos;
    char quote = s[i];
    if (quote == '"' || quote == '\'') {
        // A quote that is never closed would take in the rest of the page: it ends with its tag.
        bool closed = i + 1 < (quote == '"' ? f->last_double : f->last_single);
        const char *end = memchr(s + i + 1, closed ? quote : '>', len - i - 1);
        *from = i + 1;
        *to = end ? (size_t)(end - s) : len;
        *pos = *to + (end && closed);
        return;
    }
    while (i < len && !is_blank(s[i]) && s[i] != '>')
        i++;
    *from = *pos;
    *to = *pos = i;
}

size_t fsc_html_attributes(fsc_html_filter *f, size_t pos, bool write, fsc_view *type, bool *self_closed)
{
    const char *s = f->page.data;
    size_t len = f->page.len, count = 0;
    *self_closed = false;
    while (pos < len) {
        if (is_blank(s[pos]) || s[pos] == '/') {
            *self_closed = s[pos] == '/';
            pos++;
            continue;
        }
        if (s[pos] == '>')
            return pos + 1;
        *self_closed = false;
        size_t name_start = pos++;
        while (pos < len && !is_blank(s[pos]) && s[pos] != '/' && s[pos] != '>' && s[pos] != '=')
            pos++;
        fsc_view name = fsc_view_of(s + name_start, pos - name_start);
        size_t from = pos, to = pos;
        while (pos < len && is_blank(s[pos]))
            pos++;
        if (pos < len && s[pos] == '=') {
            pos++;
            while (pos < len && is_blank(s[pos]))
                pos++;
            if (pos < len && s[pos] != '>')
                scan_value(f, &pos, &from, &to);
        }
        fsc_view value = fsc_view_of(s + from, to - from);
        if (type && fsc_view_eq_nocase(name, FSC_LIT("type")))
            *type = value;
        if (!write || ++count > MAX_ATTRIBUTES || value.len > MAX_VALUE || !is_kept(name))
            continue;
        if (!fsc_view_eq_nocase(name, FSC_LIT("style")) || says_hidden(value))
            write_attribute(f, name, from, to);
    }
    return len;
}
