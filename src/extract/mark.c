#include "extract/page_p.h"

// Hints that make an element something else than the article's text.
#define JUNK_HINTS                                                                                                     \
    (FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(AD) | FSC_HINT_BIT(NAV) |       \
     FSC_HINT_BIT(FOOTER) | FSC_HINT_BIT(SIDEBAR) | FSC_HINT_BIT(TAGS) | FSC_HINT_BIT(COOKIE) | FSC_HINT_BIT(BIO) |   \
     FSC_HINT_BIT(POPUP) | FSC_HINT_BIT(TOOLS) | FSC_HINT_BIT(INSERT) | FSC_HINT_BIT(HIDDEN))

uint32_t fsc_block_good(const fsc_block *b)
{
    // Running text: little of it linked, and either long or punctuated as sentences are.
    if (b->heading || b->chars < 20 || b->links * 2 > b->chars)
        return 0;
    uint32_t own = b->chars - b->links;
    if (b->chars >= 80 || (b->sentences && b->chars >= 40))
        return own;
    return own / 4;
}

void fsc_page_sum(fsc_page *page, bool with_junk)
{
    for (size_t i = 0; i < page->node.len; i++)
        page->node.data[i].chars = page->node.data[i].links = page->node.data[i].good = 0;
    for (size_t i = 0; i < page->block.len; i++) {
        const fsc_block *b = &page->block.data[i];
        if (b->junk && !with_junk)
            continue;
        fsc_node *n = &page->node.data[b->node];
        n->chars += b->chars;
        n->links += b->links;
        n->good += fsc_block_good(b);
    }
    for (size_t i = page->node.len; i-- > 1;) {
        const fsc_node *n = &page->node.data[i];
        fsc_node *up = &page->node.data[n->parent];
        up->chars += n->chars;
        up->links += n->links;
        up->good += n->good;
    }
}

static bool inside(const fsc_page *page, uint32_t node, uint8_t tag)
{
    for (uint32_t i = page->node.data[node].parent; i; i = page->node.data[i].parent)
        if (page->node.data[i].tag == tag)
            return true;
    return false;
}

static uint8_t junk_of(const fsc_page *page, uint32_t index)
{
    const fsc_node *n = &page->node.data[index];
    uint32_t all = page->node.data[0].good;
    // A name is no proof: what holds half of the page's running text is not furniture.
    bool large = n->good * 2 > all && all > 0;
    if (n->flags & FSC_NODE_HIDDEN)
        return large ? FSC_JUNK_NONE : FSC_JUNK_HIDDEN;
    if (large || n->tag == FSC_TAG_BODY || n->tag == FSC_TAG_HTML)
        return FSC_JUNK_NONE;
    switch (n->tag) {
    case FSC_TAG_NAV:
    case FSC_TAG_ASIDE:
    case FSC_TAG_FORM:
    case FSC_TAG_DIALOG:
    case FSC_TAG_MENU:
    case FSC_TAG_SEARCH:
    case FSC_TAG_FIELDSET:
        return FSC_JUNK_TAG;
    case FSC_TAG_FOOTER:
        return inside(page, index, FSC_TAG_BLOCKQUOTE) ? FSC_JUNK_NONE : FSC_JUNK_TAG;
    case FSC_TAG_HEADER:
        return inside(page, index, FSC_TAG_ARTICLE) || inside(page, index, FSC_TAG_MAIN) ? FSC_JUNK_NONE : FSC_JUNK_TAG;
    default:
        break;
    }
    if (n->hints & FSC_HINT_BIT(COMMENT))
        return FSC_JUNK_COMMENT;
    if ((n->hints & FSC_HINT_BIT(BODY)) || (n->flags & FSC_NODE_BODY) || n->tag == FSC_TAG_ARTICLE ||
        n->tag == FSC_TAG_MAIN)
        return FSC_JUNK_NONE;
    if ((n->hints & FSC_HINT_BIT(EMBED)) && !(n->hints & FSC_HINT_BIT(HIDDEN)))
        return FSC_JUNK_NONE;
    return n->hints & JUNK_HINTS ? FSC_JUNK_HINT : FSC_JUNK_NONE;
}

void fsc_page_mark(fsc_page *page)
{
    fsc_page_sum(page, true);
    for (uint32_t i = 1; i < page->node.len; i++) {
        fsc_node *n = &page->node.data[i];
        n->junk = page->node.data[n->parent].junk;
        if (!n->junk && n->tag != FSC_TAG_TEXT)
            n->junk = junk_of(page, i);
    }
    for (size_t i = 0; i < page->block.len; i++)
        page->block.data[i].junk = page->node.data[page->block.data[i].node].junk;
    fsc_page_sum(page, false);
}
