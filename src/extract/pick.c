#include "extract/page_p.h"

#define LITTLE 140 /* less running text than this: every text counts, not only running text */

static bool is_text_block(uint8_t tag)
{
    return tag == FSC_TAG_P || tag == FSC_TAG_PRE || tag == FSC_TAG_LI || tag == FSC_TAG_BLOCKQUOTE ||
           tag == FSC_TAG_UL || tag == FSC_TAG_OL || tag == FSC_TAG_DL || tag == FSC_TAG_TR;
}

static uint64_t worth(const fsc_page *page, uint32_t node)
{
    const fsc_node *n = &page->node.data[node];
    return page->node.data[0].good < LITTLE ? n->chars - n->links : n->good;
}

// The child with the most running text.
static uint32_t best_child(const fsc_page *page, uint32_t node)
{
    uint32_t best = 0;
    const fsc_node *all = page->node.data;
    for (uint32_t i = node + 1; i < all[node].end; i = all[i].end)
        if (all[i].tag != FSC_TAG_TEXT && (!best || worth(page, i) > worth(page, best)))
            best = i;
    return best;
}

// The element that its names call the article's text, when it holds enough of the page's running text: less when the
// markup says so than when only a class does. Of several alike the first: others are further articles below.
static uint32_t named_body(const fsc_page *page)
{
    uint32_t best = 0;
    const fsc_node *all = page->node.data;
    for (uint32_t i = 1; i < page->node.len; i++) {
        uint32_t share = all[i].flags & FSC_NODE_BODY ? 6 : 4;
        if (!fsc_node_is_body(&all[i]) || all[i].junk || (uint64_t)all[i].good * share < all[0].good)
            continue;
        if (!best || all[i].good > 2 * (uint64_t)all[best].good)
            best = i;
    }
    return best;
}

// Where no child holds most of the text: the article below which the page's headline stands, among several.
static uint32_t headline_article(const fsc_page *page, uint32_t node)
{
    const fsc_node *all = page->node.data;
    uint32_t found = 0, articles = 0;
    for (uint32_t i = node + 1; i < all[node].end; i = all[i].end) {
        if (all[i].tag != FSC_TAG_ARTICLE || all[i].good == 0)
            continue;
        articles++;
        if (page->headline > i && page->headline < all[i].end && all[i].good >= 200)
            found = i;
    }
    return articles > 1 ? found : 0;
}

// A text in several boxes of that name side by side: what holds them, when it holds little else.
static uint32_t around_named(const fsc_page *page, uint32_t body)
{
    const fsc_node *all = page->node.data;
    uint32_t last = body;
    uint64_t sum = 0;
    for (uint32_t i = body; i && i < page->node.len;) {
        bool named = fsc_node_is_body(&all[i]) && !all[i].junk && all[i].good && all[i].parent == all[body].parent;
        if (named) {
            sum += all[i].good;
            last = i;
        }
        i = named ? all[i].end : i + 1;
    }
    uint32_t around = body;
    while (around && all[around].end <= last)
        around = all[around].parent;
    bool more = sum * 20 > (uint64_t)all[body].good * 21;
    return around && more && (uint64_t)all[around].good * 4 <= sum * 5 ? around : body;
}

void fsc_page_pick(fsc_page *page)
{
    uint32_t at = named_body(page);
    bool named = at != 0;
    at = named ? around_named(page, at) : at;
    for (;;) {
        uint32_t child = best_child(page, at);
        if (!child || is_text_block(page->node.data[child].tag) || worth(page, child) == 0)
            break;
        if (worth(page, child) * 100 < worth(page, at) * (named ? 97 : 85))
            child = headline_article(page, at);
        if (!child)
            break;
        at = child;
    }
    page->root = at;
}
