#include "extract/page_p.h"

// Parts of a page that may hold much running text and still are not the article.
#define LARGE_JUNK                                                                                                     \
    (FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(SIDEBAR) | FSC_HINT_BIT(COOKIE) | FSC_HINT_BIT(FOOTER) | FSC_HINT_BIT(BIO))
// Parts that hold little: a name like these on something large is about something else.
#define SMALL_JUNK                                                                                                     \
    (FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(AD) | FSC_HINT_BIT(NAV) | FSC_HINT_BIT(TAGS) |           \
     FSC_HINT_BIT(POPUP) | FSC_HINT_BIT(TOOLS) | FSC_HINT_BIT(INSERT) | FSC_HINT_BIT(HIDDEN))
#define SMALL_MAX 1000
#define LAYOUT_MIN 200 /* characters of running text in one cell: no table of data */

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

bool fsc_node_is_body(const fsc_node *n)
{
    if (n->tag == FSC_TAG_BODY || n->tag == FSC_TAG_HTML)
        return false; // the names on these are those of the whole page
    if (n->tag == FSC_TAG_P || n->tag == FSC_TAG_LI || (fsc_html_tag_flags((fsc_tag)n->tag) & FSC_TAG_INLINE))
        return false; // and on these those of one paragraph
    return (n->flags & FSC_NODE_BODY) || (n->hints & FSC_HINT_BIT(BODY));
}

static void note_holders(fsc_page *page)
{
    for (size_t i = 0; i < page->node.len; i++)
        page->node.data[i].holds = 0;
    for (size_t i = page->node.len; i-- > 1;) {
        fsc_node *n = &page->node.data[i];
        fsc_node *up = &page->node.data[n->parent];
        bool main = n->good >= 200 && (n->tag == FSC_TAG_MAIN || fsc_node_is_body(n));
        up->holds |= n->holds | (main ? FSC_HOLDS_MAIN : 0) | (n->tag == FSC_TAG_H1 ? FSC_HOLDS_H1 : 0) |
                     (n->tag == FSC_TAG_IMG ? FSC_HOLDS_IMAGE : 0);
    }
}

static bool inside(const fsc_page *page, uint32_t node, uint8_t tag)
{
    for (uint32_t i = page->node.data[node].parent; i; i = page->node.data[i].parent)
        if (page->node.data[i].tag == tag)
            return true;
    return false;
}

static bool is_junk_tag(const fsc_page *page, uint32_t index)
{
    switch (page->node.data[index].tag) {
    case FSC_TAG_NAV:
    case FSC_TAG_ASIDE:
    case FSC_TAG_FORM:
    case FSC_TAG_DIALOG:
    case FSC_TAG_MENU:
    case FSC_TAG_SEARCH:
    case FSC_TAG_FIELDSET:
        return true;
    case FSC_TAG_FOOTER:
        return !inside(page, index, FSC_TAG_BLOCKQUOTE);
    case FSC_TAG_HEADER:
        return !inside(page, index, FSC_TAG_ARTICLE) && !inside(page, index, FSC_TAG_MAIN);
    default:
        return false;
    }
}

static uint8_t junk_of(const fsc_page *page, uint32_t index, fsc_marking how)
{
    const fsc_node *n = &page->node.data[index];
    uint32_t all = page->node.data[0].good;
    if (n->tag == FSC_TAG_BODY || n->tag == FSC_TAG_HTML)
        return FSC_JUNK_NONE;
    if (n->hints & FSC_HINT_BIT(COMMENT) && !(n->tag == FSC_TAG_ARTICLE || n->tag == FSC_TAG_MAIN) &&
        !((n->holds & FSC_HOLDS_MAIN) && n->good * 2 > all))
        return FSC_JUNK_COMMENT;
    // A page that names its main text is believed; else what holds half of the running text is no furniture.
    bool named = page->node.data[0].holds & FSC_HOLDS_MAIN;
    // A name is no proof: what holds half of the page's running text, or its main text, is not furniture.
    if ((n->good * 2 > all && all > 0 && !named) || (n->holds & FSC_HOLDS_MAIN) || n->tag == FSC_TAG_MAIN)
        return FSC_JUNK_NONE;
    if (n->flags & FSC_NODE_HIDDEN)
        return FSC_JUNK_HIDDEN;
    if (is_junk_tag(page, index))
        return FSC_JUNK_TAG;
    if (n->tag == FSC_TAG_ARTICLE || fsc_node_is_body(n) || how == FSC_MARK_FEW)
        return FSC_JUNK_NONE;
    if ((n->hints & FSC_HINT_BIT(EMBED)) && !(n->hints & FSC_HINT_BIT(HIDDEN)))
        return FSC_JUNK_NONE;
    if (n->hints & LARGE_JUNK || (n->hints & SMALL_JUNK && n->good <= SMALL_MAX && !(n->holds & FSC_HOLDS_H1)))
        return FSC_JUNK_HINT;
    return FSC_JUNK_NONE;
}

// What a node's name says about the text in it, as long as the text is as short as such things are.
static uint16_t context_of(const fsc_page *page, const fsc_node *n)
{
    uint16_t f = 0;
    if (n->tag == FSC_TAG_TEXT || n->tag == FSC_TAG_BODY || n->tag == FSC_TAG_HTML)
        return 0;
    if (n->tag == FSC_TAG_FIGCAPTION || n->tag == FSC_TAG_CAPTION ||
        ((n->hints & FSC_HINT_BIT(CAPTION)) && n->chars < 600))
        f |= FSC_BLOCK_CAPTION;
    if ((n->hints & FSC_HINT_BIT(EMBED)) && n->chars < 4000)
        f |= FSC_BLOCK_EMBED;
    if (((n->hints & FSC_HINT_BIT(META)) || (n->flags & (FSC_NODE_AUTHOR | FSC_NODE_TIME))) && n->chars < 400)
        f |= FSC_BLOCK_META;
    if (n->tag == FSC_TAG_ADDRESS && n->chars < 300)
        f |= FSC_BLOCK_META;
    if ((n->hints & FSC_HINT_BIT(LEDE)) && n->chars < 1500)
        f |= FSC_BLOCK_LEDE;
    if ((n->hints & FSC_HINT_BIT(TEASER)) && n->chars < 900 && n->good * 4 < page->node.data[0].good)
        f |= FSC_BLOCK_TEASER;
    return f;
}

void fsc_page_mark(fsc_page *page, fsc_marking how)
{
    fsc_page_sum(page, true);
    note_holders(page);
    for (uint32_t i = 1; i < page->node.len; i++) {
        fsc_node *n = &page->node.data[i];
        const fsc_node *up = &page->node.data[n->parent];
        n->junk = up->junk;
        n->context = up->context | context_of(page, n);
        if (n->tag == FSC_TAG_TD || n->tag == FSC_TAG_TH)
            n->context =
                (uint16_t)(n->good >= LAYOUT_MIN ? n->context | FSC_BLOCK_LAYOUT : n->context & ~FSC_BLOCK_LAYOUT);
        // A post is embedded by the article, even when the box around it is named after the network.
        if (n->junk == FSC_JUNK_HINT && n->tag == FSC_TAG_BLOCKQUOTE && (n->hints & FSC_HINT_BIT(EMBED)))
            n->junk = FSC_JUNK_NONE;
        else if (!n->junk && n->tag != FSC_TAG_TEXT)
            n->junk = junk_of(page, i, how);
    }
    for (size_t i = 0; i < page->block.len; i++) {
        fsc_block *b = &page->block.data[i];
        b->junk = page->node.data[b->node].junk;
        b->flags |= page->node.data[b->node].context;
        if ((b->flags & FSC_BLOCK_LAYOUT) && (b->flags & FSC_BLOCK_CELL)) {
            b->flags &= (uint16_t)~FSC_BLOCK_CELL;
            if (page->node.data[b->group].tag == FSC_TAG_TABLE)
                b->group = 0;
        }
    }
    fsc_page_sum(page, false);
}
