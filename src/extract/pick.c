#include "extract/page_p.h"

static bool is_text_block(uint8_t tag)
{
    return tag == FSC_TAG_P || tag == FSC_TAG_PRE || tag == FSC_TAG_LI || tag == FSC_TAG_BLOCKQUOTE ||
           tag == FSC_TAG_UL || tag == FSC_TAG_OL || tag == FSC_TAG_DL || tag == FSC_TAG_TR;
}

// The child with the most running text.
static uint32_t best_child(const fsc_page *page, uint32_t node)
{
    uint32_t best = 0;
    const fsc_node *all = page->node.data;
    for (uint32_t i = node + 1; i < all[node].end; i = all[i].end)
        if (all[i].tag != FSC_TAG_TEXT && (!best || all[i].good > all[best].good))
            best = i;
    return best;
}

// The element that its names call the article's text, when it holds enough of the page's running text.
static uint32_t named_body(const fsc_page *page)
{
    uint32_t best = 0;
    const fsc_node *all = page->node.data;
    for (uint32_t i = 1; i < page->node.len; i++) {
        bool named = (all[i].flags & FSC_NODE_BODY) || (all[i].hints & FSC_HINT_BIT(BODY));
        if (named && !all[i].junk && (!best || all[i].good > all[best].good))
            best = i;
    }
    return best && all[best].good * 2 > all[0].good ? best : 0;
}

void fsc_page_pick(fsc_page *page)
{
    const fsc_node *all = page->node.data;
    uint32_t at = named_body(page);
    for (;;) {
        uint32_t child = best_child(page, at);
        if (!child || is_text_block(all[child].tag) || (uint64_t)all[child].good * 100 < (uint64_t)all[at].good * 85)
            break;
        at = child;
    }
    page->root = at;
}
