#include "extract/meta_p.h"

static fsc_view title_element(fsc_meta *m)
{
    for (uint32_t i = 1; i < m->page->node.len; i++)
        if (m->page->node.data[i].tag == FSC_TAG_TITLE)
            return fsc_page_text(m->page, i, 1024);
    return (fsc_view){"", 0};
}

// The first h1 outside page furniture; the first of all when there is no other.
static void find_h1(fsc_meta *m)
{
    fsc_page *page = m->page;
    for (int strict = 1; strict >= 0 && !m->h1_node; strict--)
        for (uint32_t i = 1; i < page->node.len && !m->h1_node; i++) {
            const fsc_node *n = &page->node.data[i];
            if (n->tag != FSC_TAG_H1 || (strict && n->junk))
                continue;
            fsc_view text = fsc_page_text(page, i, 600);
            if (text.len < 3)
                continue;
            m->h1_node = i;
            m->h1 = text;
        }
}

// Cuts " - Site" and the like off a title when the rest stands on its own.
static fsc_view without_site(fsc_view title, fsc_view site)
{
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " · ", " » ", " « ", " :: ", " // ", ": "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        fsc_view mark = fsc_view_cstr(marks[i]);
        size_t last = SIZE_MAX;
        for (size_t at = fsc_view_find(title, mark, 0); at != SIZE_MAX; at = fsc_view_find(title, mark, at + 1))
            last = at;
        if (last == SIZE_MAX)
            continue;
        fsc_view tail = fsc_view_trim(fsc_view_slice(title, last + mark.len, title.len));
        if (site.len && fsc_view_eq_nocase(tail, site))
            return fsc_view_trim(fsc_view_slice(title, 0, last));
    }
    return title;
}

void fsc_meta_title(fsc_meta *m)
{
    fsc_view *title = &m->out->title, site = m->out->site;
    find_h1(m);
    m->page->headline = m->h1_node;
    fsc_meta_set(m, title, "title", without_site(fsc_meta_clean(m, fsc_ld_text(m->article, "headline")), site), "json-ld");
    static const char *const names[] = {"og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title",
                                        "sailthru.title", "twitter:title", "headline"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        fsc_meta_set(m, title, "title", without_site(fsc_meta_clean(m, fsc_meta_find(m, names[i])), site), i ? "meta" : "og");
    fsc_meta_set(m, title, "title", m->h1, "h1");
    fsc_meta_set(m, title, "title", without_site(title_element(m), site), "title");
}
