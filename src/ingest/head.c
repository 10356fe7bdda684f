// Headers as mail, HTTP and WARC have them.

#include "ingest/ingest_p.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

size_t fsc_head_end(fsc_view v)
{
    const char *p = v.data, *end = v.data + v.len;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        p++;
        if (p < end && *p == '\n')
            return (size_t)(p + 1 - v.data);
        if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
            return (size_t)(p + 2 - v.data);
    }
    return 0;
}

fsc_view fsc_head_line(fsc_view *rest)
{
    size_t at = 0;
    for (;;) {
        const char *nl = at < rest->len ? memchr(rest->data + at, '\n', rest->len - at) : NULL;
        at = nl ? (size_t)(nl - rest->data) + 1 : rest->len;
        if (!nl || at == rest->len || !is_blank(rest->data[at]))
            break;
    }
    fsc_view line = fsc_view_slice(*rest, 0, at);
    *rest = fsc_view_slice(*rest, at, rest->len);
    return line;
}

bool fsc_head_field(fsc_view *rest, fsc_view *name, fsc_view *value)
{
    while (rest->len) {
        fsc_view line = fsc_head_line(rest);
        const char *colon = memchr(line.data, ':', line.len);
        if (!colon)
            continue;
        size_t at = (size_t)(colon - line.data);
        *name = fsc_view_trim(fsc_view_slice(line, 0, at));
        *value = fsc_view_trim(fsc_view_slice(line, at + 1, line.len));
        return true;
    }
    return false;
}

fsc_view fsc_head_parameter(fsc_view header, const char *name)
{
    fsc_view rest = header;
    fsc_view_split(&rest, ';');
    while (rest.data) {
        fsc_view value = fsc_view_split(&rest, ';'), found = fsc_view_trim(fsc_view_split(&value, '='));
        if (!value.data || !fsc_view_eq_nocase(found, fsc_view_cstr(name)))
            continue;
        value = fsc_view_trim(value);
        if (value.len >= 2 && (*value.data == '"' || *value.data == '\'') && value.data[value.len - 1] == *value.data)
            value = fsc_view_slice(value, 1, value.len - 1);
        return fsc_view_trim(value);
    }
    return (fsc_view){"", 0};
}
