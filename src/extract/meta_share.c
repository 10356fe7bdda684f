#include "extract/meta_p.h"

#include "base/utf8.h"

#define MAX_SHARED 32

static int hex_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static fsc_view percent_decode(fsc_view v, fsc_arena *arena)
{
    char *out = fsc_arena_alloc(arena, v.len + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < v.len; i++) {
        bool coded = v.data[i] == '%' && i + 2 < v.len && hex_of(v.data[i + 1]) >= 0 && hex_of(v.data[i + 2]) >= 0;
        if (coded && hex_of(v.data[i + 1]) == 0)
            return (fsc_view){"", 0}; // a control character: no address
        out[n++] = coded ? (char)(hex_of(v.data[i + 1]) * 16 + hex_of(v.data[i + 2])) : v.data[i];
        i += coded ? 2 : 0;
    }
    bool ok = out && fsc_utf8_valid(out, n) == n;
    return ok ? fsc_view_of(out, n) : (fsc_view){"", 0};
}

// The address that a link hands on: its parameter u or url.
static fsc_view handed_on(fsc_meta *m, fsc_view href)
{
    static const char *const names[] = {"?u=http", "&u=http", "?url=http", "&url=http"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = fsc_view_find(href, fsc_view_cstr(names[i]), 0);
        if (at == SIZE_MAX)
            continue;
        at += strlen(names[i]) - 4;
        size_t end = at;
        while (end < href.len && href.data[end] != '&')
            end++;
        return percent_decode(fsc_view_slice(href, at, end), m->page->scratch);
    }
    return (fsc_view){"", 0};
}

fsc_view fsc_meta_shared(fsc_meta *m)
{
    struct {
        fsc_view url, host;
    } seen[MAX_SHARED];
    size_t count = 0;
    for (uint32_t i = 1; i < m->page->node.len && count < MAX_SHARED; i++) {
        if (!(m->page->node.data[i].flags & FSC_NODE_LINK))
            continue;
        fsc_view href = fsc_page_attr(m->page, i, FSC_ATTR_HREF), host = fsc_meta_host(href);
        fsc_view url = host.len ? handed_on(m, href) : host;
        if (url.len == 0 || fsc_view_eq(fsc_meta_host(url), host))
            continue;
        for (size_t k = 0; k < count; k++)
            if (fsc_view_eq(seen[k].url, url) && !fsc_view_eq(seen[k].host, host))
                return url;
        seen[count].url = url;
        seen[count++].host = host;
    }
    return (fsc_view){"", 0};
}
