#include "extract/meta_p.h"

static bool month_first(const fsc_meta *m)
{
    // Only the United States and the Philippines write 3/4/2020 for the fourth of March.
    fsc_view lang = m->out->lang;
    return lang.len < 2 || (fsc_view_starts(lang, FSC_LIT("en")) &&
                            (lang.len == 2 || fsc_view_ends(lang, FSC_LIT("US")) || fsc_view_ends(lang, FSC_LIT("us"))));
}

static bool set_date(fsc_meta *m, fsc_view *field, const char *name, fsc_view text, const char *from)
{
    fsc_date d;
    if (field->len || text.len == 0 || !fsc_date_find(&d, fsc_view_slice(text, 0, 200), month_first(m)))
        return false;
    return fsc_meta_set(m, field, name, fsc_date_format(&d, m->page->scratch), from);
}

static void from_metas(fsc_meta *m, fsc_view *field, const char *name, const char *const *metas, size_t count)
{
    for (size_t i = 0; i < count; i++)
        set_date(m, field, name, fsc_meta_find(m, metas[i]), "meta");
}

static void from_nodes(fsc_meta *m, fsc_view *field, const char *name, const char *prop)
{
    for (uint32_t i = 1; i < m->page->node.len && !field->len; i++) {
        if (!fsc_view_is(fsc_page_attr(m->page, i, FSC_ATTR_ITEMPROP), prop))
            continue;
        if (!set_date(m, field, name, fsc_page_attr(m->page, i, FSC_ATTR_DATETIME), "microdata") &&
            !set_date(m, field, name, fsc_page_attr(m->page, i, FSC_ATTR_CONTENT), "microdata"))
            set_date(m, field, name, fsc_page_text(m->page, i, 100), "microdata");
    }
}

void fsc_meta_dates(fsc_meta *m)
{
    static const char *const published[] = {
        "article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date", "DC.date.issued",
        "dcterms.created", "dcterms.date", "DC.date", "DC.date.created", "pubdate", "publish-date", "publish_date",
        "rnews:datePublished", "datePublished", "citation_publication_date", "citation_date", "date", "article.published",
        "published_time_telegram", "og:article:published_time", "article_date_original", "cXenseParse:recs:publishtime",
        "dateCreated", "last-modified"};
    static const char *const modified[] = {"article:modified_time", "og:updated_time", "DC.date.modified",
                                           "dcterms.modified", "dateModified", "last-modified", "revised"};
    fsc_view *p = &m->out->published, *u = &m->out->modified;
    set_date(m, p, "published", fsc_ld_text(m->article, "datePublished"), "json-ld");
    set_date(m, u, "modified", fsc_ld_text(m->article, "dateModified"), "json-ld");
    from_metas(m, p, "published", published, sizeof published / sizeof *published - 1);
    from_metas(m, u, "modified", modified, sizeof modified / sizeof *modified);
    from_nodes(m, p, "published", "datePublished");
    from_nodes(m, u, "modified", "dateModified");
    for (uint32_t i = 1; i < m->page->node.len && !p->len; i++) {
        const fsc_node *n = &m->page->node.data[i];
        if (n->tag != FSC_TAG_TIME || n->junk)
            continue;
        if (!set_date(m, p, "published", fsc_page_attr(m->page, i, FSC_ATTR_DATETIME), "time"))
            set_date(m, p, "published", fsc_page_text(m->page, i, 100), "time");
    }
    set_date(m, p, "published", m->out->canonical.len ? m->out->canonical : m->out->url, "url");
}
