#include "extract/page_p.h"

#define MAX_DEPTH 600 /* the reader of HTML stops at 512 */

// What an open element hands down to the text inside it.
typedef struct frame {
    uint32_t end, node, group;
    uint16_t flags;
    uint8_t heading;
    bool boundary, link, bold, skip;
} frame;

typedef struct cutter {
    fsc_page *page;
    frame stack[MAX_DEPTH];
    size_t depth;
    fsc_block now; /* the block that is being filled */
    bool open;
    bool space;      /* a blank waits for the next word */
    unsigned breaks; /* br elements since the last word */
    bool all_bold;
} cutter;

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Never text: controls of forms, media, and what a browser shows only when it lacks something.
static bool is_skipped(uint8_t tag)
{
    switch (tag) {
    case FSC_TAG_NOSCRIPT:
    case FSC_TAG_SELECT:
    case FSC_TAG_DATALIST:
    case FSC_TAG_OBJECT:
    case FSC_TAG_AUDIO:
    case FSC_TAG_VIDEO:
    case FSC_TAG_CANVAS:
    case FSC_TAG_TEXTAREA:
    case FSC_TAG_TITLE:
    case FSC_TAG_BUTTON:
    case FSC_TAG_PROGRESS:
    case FSC_TAG_METER:
    case FSC_TAG_RP:
    case FSC_TAG_RT:
    case FSC_TAG_MAP:
    case FSC_TAG_OPTION:
    case FSC_TAG_NOEMBED:
    case FSC_TAG_NOFRAMES:
        return true;
    default:
        return false;
    }
}

static bool in_group(uint8_t tag)
{
    return tag == FSC_TAG_UL || tag == FSC_TAG_OL || tag == FSC_TAG_DL || tag == FSC_TAG_TABLE || tag == FSC_TAG_MENU ||
           tag == FSC_TAG_DIR;
}

static uint16_t flags_of(const fsc_node *n)
{
    uint16_t f = 0;
    if (n->tag == FSC_TAG_LI || n->tag == FSC_TAG_DD || n->tag == FSC_TAG_DT)
        f |= FSC_BLOCK_ITEM;
    if (n->tag == FSC_TAG_TD || n->tag == FSC_TAG_TH)
        f |= FSC_BLOCK_CELL;
    if (n->tag == FSC_TAG_BLOCKQUOTE)
        f |= FSC_BLOCK_QUOTE;
    if (n->tag == FSC_TAG_PRE)
        f |= FSC_BLOCK_PRE;
    if (n->flags & FSC_NODE_TIME)
        f |= FSC_BLOCK_DATED;
    return f;
}

// ---------------------------------------------------------------- blocks

static void count_stop(cutter *c, unsigned char byte)
{
    if ((byte == '.' || byte == '!' || byte == '?') && c->now.sentences < 255)
        c->now.sentences++;
}

static void finish(cutter *c)
{
    fsc_page *page = c->page;
    if (!c->open)
        return;
    c->open = false;
    c->space = false;
    c->now.end = (uint32_t)page->run.len;
    if (c->now.end > c->now.start)
        count_stop(c, (unsigned char)page->run.data[c->now.end - 1]);
    if (c->all_bold)
        c->now.flags |= FSC_BLOCK_BOLD;
    if (c->now.end > c->now.start && !fsc_vec_push(page->scratch, &page->block, c->now))
        page->failed = true;
}

static void begin(cutter *c, const frame *top, const fsc_node *text)
{
    size_t i = c->depth;
    while (i > 1 && !c->stack[i - 1].boundary)
        i--;
    c->now = (fsc_block){.start = (uint32_t)c->page->run.len,
                         .node = c->stack[i - 1].node,
                         .flags = top->flags,
                         .heading = top->heading,
                         .group = top->group,
                         .source_start = text->source};
    c->open = true;
    c->space = false;
    c->all_bold = true;
}

static unsigned weight_of(unsigned char lead)
{
    // A character of Chinese, Japanese or Korean says about as much as three letters.
    if ((lead & 0xC0) == 0x80)
        return 0;
    return lead >= 0xE3 && lead <= 0xED ? 3 : 1;
}

static void count_char(cutter *c, const frame *top, unsigned char byte, unsigned char before)
{
    unsigned w = weight_of(byte);
    c->now.chars += w;
    if (top->link)
        c->now.links += w;
    if (byte == ' ' || byte == '"')
        count_stop(c, before);
}

static void put(cutter *c, const frame *top, char byte)
{
    fsc_page *page = c->page;
    unsigned char before = page->run.len > c->now.start ? (unsigned char)page->run.data[page->run.len - 1] : 0;
    count_char(c, top, (unsigned char)byte, before);
    if (!fsc_vec_push(page->scratch, &page->run, byte))
        page->failed = true;
}

static bool is_no_break_space(const char *s, size_t left)
{
    return left >= 2 && (unsigned char)s[0] == 0xC2 && (unsigned char)s[1] == 0xA0;
}

static void add_text(cutter *c, const fsc_node *n)
{
    const frame *top = &c->stack[c->depth - 1];
    const char *s = c->page->text.data + n->first;
    bool pre = top->flags & FSC_BLOCK_PRE;
    if (top->skip)
        return;
    for (uint32_t i = 0; i < n->count; i++) {
        unsigned char b = (unsigned char)s[i];
        bool blank = is_blank(b), wide = is_no_break_space(s + i, n->count - i);
        if (blank || wide) {
            i += wide;
            if (pre && c->open && b == '\n') {
                put(c, top, '\n');
                c->space = false;
            } else {
                c->space = true;
            }
            continue;
        }
        if (c->breaks > 1)
            finish(c);
        if (!c->open)
            begin(c, top, n);
        else if (c->breaks)
            put(c, top, '\n');
        else if (c->space)
            put(c, top, ' ');
        c->breaks = 0;
        c->space = false;
        put(c, top, (char)b);
        c->all_bold &= top->bold;
    }
    if (c->open) {
        c->now.source_end = n->source + n->count;
    }
}

// ---------------------------------------------------------------- elements

static bool is_bold(uint8_t tag)
{
    return tag == FSC_TAG_B || tag == FSC_TAG_STRONG || (tag >= FSC_TAG_H1 && tag <= FSC_TAG_H6);
}

#define INLINE_JUNK                                                                                                    \
    (FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(AD) | FSC_HINT_BIT(NAV) |        \
     FSC_HINT_BIT(CAPTION) | FSC_HINT_BIT(TAGS) | FSC_HINT_BIT(HIDDEN) | FSC_HINT_BIT(POPUP) | FSC_HINT_BIT(TOOLS))

static bool is_boundary(const fsc_node *n)
{
    if (!(fsc_html_tag_flags((fsc_tag)n->tag) & FSC_TAG_INLINE))
        return true;
    return (n->flags & FSC_NODE_HIDDEN) || (n->hints & INLINE_JUNK);
}

static void enter(cutter *c, const fsc_node *n, uint32_t index)
{
    const frame *up = &c->stack[c->depth - 1];
    if (n->tag == FSC_TAG_BR) {
        c->breaks++;
        return;
    }
    frame f = *up;
    f.end = n->end;
    f.node = index;
    f.boundary = is_boundary(n);
    f.flags |= flags_of(n);
    f.skip |= is_skipped(n->tag);
    f.link |= (n->flags & FSC_NODE_LINK) != 0;
    f.bold |= is_bold(n->tag);
    if (n->tag >= FSC_TAG_H1 && n->tag <= FSC_TAG_H6)
        f.heading = (uint8_t)(n->tag - FSC_TAG_H1 + 1);
    if (in_group(n->tag) && (!up->group || c->page->node.data[up->group].tag == FSC_TAG_TABLE))
        f.group = index;
    if (f.boundary) {
        finish(c);
        c->breaks = 0;
    }
    if ((n->flags & FSC_NODE_TIME) && c->open)
        c->now.flags |= FSC_BLOCK_TIME;
    if (n->end > index + 1 && c->depth < MAX_DEPTH)
        c->stack[c->depth++] = f;
    else if (f.boundary)
        c->breaks = 0;
}

static void leave(cutter *c, uint32_t index)
{
    while (c->depth > 1 && c->stack[c->depth - 1].end <= index) {
        if (c->stack[--c->depth].boundary) {
            finish(c);
            c->breaks = 0;
        }
    }
}

bool fsc_page_blocks(fsc_page *page)
{
    cutter *c = fsc_arena_calloc(page->scratch, 1, sizeof *c);
    if (!c || !fsc_vec_reserve(page->scratch, &page->run, page->text.len + 16) ||
        !fsc_vec_reserve(page->scratch, &page->block, page->node.len / 4 + 16))
        return false;
    c->page = page;
    c->stack[0] = (frame){.end = (uint32_t)page->node.len, .boundary = true};
    c->depth = 1;
    for (uint32_t i = 1; i < page->node.len && !page->failed; i++) {
        const fsc_node *n = &page->node.data[i];
        leave(c, i);
        if (n->tag == FSC_TAG_TEXT)
            add_text(c, n);
        else
            enter(c, n, i);
    }
    finish(c);
    return !page->failed;
}
