#include "extract/meta_p.h"

static bool month_first(const fsc_meta *m)
{
    // Only the United States and the Philippines write 3/4/2020 for the fourth of March.
    fsc_view lang = m->out->lang;
    return lang.len < 2 ||
           (fsc_view_starts(lang, FSC_LIT("en")) &&
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

// time elements: the first one after the headline, else the last before it.
static void from_time(fsc_meta *m)
{
    fsc_page *page = m->page;
    fsc_view *p = &m->out->published;
    uint32_t before = 0;
    for (uint32_t i = 1; i < page->node.len && !p->len; i++) {
        if (page->node.data[i].tag != FSC_TAG_TIME || fsc_meta_is_elsewhere(page, i))
            continue;
        if (i < page->headline)
            before = i;
        else if (!set_date(m, p, "published", fsc_page_attr(page, i, FSC_ATTR_DATETIME), "time"))
            set_date(m, p, "published", fsc_page_text(page, i, 100), "time");
    }
    if (!before || p->len)
        return;
    if (!set_date(m, p, "published", fsc_page_attr(page, before, FSC_ATTR_DATETIME), "time"))
        set_date(m, p, "published", fsc_page_text(page, before, 100), "time");
}

// An address with /2020/03/04/ or 2020-03-04 in its path.
static void from_url(fsc_meta *m)
{
    fsc_view url = m->out->canonical.len ? m->out->canonical : m->out->url;
    for (size_t i = 0; i + 10 <= url.len; i++) {
        fsc_view part = fsc_view_slice(url, i, i + 10);
        bool cut = i > 0 && (url.data[i - 1] == '/' || url.data[i - 1] == '-') &&
                   (i + 10 == url.len || url.data[i + 10] == '/' || url.data[i + 10] == '-');
        if (cut && (part.data[4] == '/' || part.data[4] == '-') && part.data[7] == part.data[4]) {
            set_date(m, &m->out->published, "published", part, "url");
            return;
        }
    }
}

// How much a line with a date looks like the line that dates the article; 0: not at all.
static int line_rank(const fsc_page *page, const fsc_block *b, size_t distance)
{
    fsc_view text = fsc_block_text(page, b);
    if (b->junk == FSC_JUNK_COMMENT || fsc_meta_is_elsewhere(page, b->node))
        return 0;
    int rank = b->chars < 60 ? 20 : b->chars < 160 ? 10 : 0;
    if ((b->flags & (FSC_BLOCK_META | FSC_BLOCK_TIME)) && b->chars < 300)
        rank += 20;
    if (b->chars < 200 && (fsc_hint_phrase(text) & FSC_HINT_BIT(META)))
        rank += 15;
    if (distance < 10)
        rank += 20 - 2 * (int)distance;
    return rank >= 20 || distance == 0 ? rank : 0;
}

static bool starts_with_digit(const fsc_page *page, const fsc_block *b)
{
    char c = page->run.data[b->start];
    return c >= '0' && c <= '9';
}

// Lines that hold a date, those near the headline first. A date in running text counts only at its very beginning.
static void from_lines(fsc_meta *m)
{
    fsc_page *page = m->page;
    size_t head = 0;
    int best_rank = 0;
    fsc_date best;
    if (m->out->published.len)
        return;
    while (head < page->block.len && page->block.data[head].node < page->headline)
        head++;
    for (size_t i = 0; i < page->block.len; i++) {
        const fsc_block *b = &page->block.data[i];
        fsc_date d;
        int rank = line_rank(page, b, i > head ? i - head : head - i);
        // "29.11.2022 - The ministry ...": a paragraph that begins with its date.
        bool opens = b->chars > 160 && starts_with_digit(page, b) && i >= head && i < head + 12;
        rank = opens && rank < 15 ? 15 : rank;
        if (rank <= best_rank || !fsc_date_find(&d, fsc_view_slice(fsc_block_text(page, b), 0, 160), month_first(m)))
            continue;
        if ((b->chars > 200 && d.start > 60) || (rank == 15 && d.start > 0))
            continue;
        best = d;
        best_rank = rank;
    }
    if (best_rank)
        fsc_meta_set(m, &m->out->published, "published", fsc_date_format(&best, page->scratch), "text");
}

void fsc_meta_dates(fsc_meta *m)
{
    static const char *const published[] = {"article:published_time",
                                            "og:published_time",
                                            "parsely-pub-date",
                                            "sailthru.date",
                                            "DC.date.issued",
                                            "dcterms.created",
                                            "dcterms.date",
                                            "DC.date",
                                            "DC.date.created",
                                            "pubdate",
                                            "publish-date",
                                            "publish_date",
                                            "rnews:datePublished",
                                            "datePublished",
                                            "citation_publication_date",
                                            "citation_date",
                                            "date",
                                            "article.published",
                                            "published_time_telegram",
                                            "og:article:published_time",
                                            "article_date_original",
                                            "cXenseParse:recs:publishtime",
                                            "dateCreated",
                                            "last-modified"};
    static const char *const modified[] = {
        "article:modified_time", "og:updated_time", "DC.date.modified", "dcterms.modified",
        "dateModified",          "last-modified",   "revised"};
    fsc_view *p = &m->out->published, *u = &m->out->modified;
    set_date(m, p, "published", fsc_ld_text(m->article, "datePublished"), "json-ld");
    set_date(m, u, "modified", fsc_ld_text(m->article, "dateModified"), "json-ld");
    from_metas(m, p, "published", published, sizeof published / sizeof *published - 1);
    from_metas(m, u, "modified", modified, sizeof modified / sizeof *modified);
    from_nodes(m, p, "published", "datePublished");
    from_nodes(m, u, "modified", "dateModified");
    from_time(m);
    from_url(m);
    from_lines(m);
}
