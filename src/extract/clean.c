#include "extract/page_p.h"

// The kept blocks of one page, while rules take some away.
typedef struct cleaner {
    fsc_page *page;
    size_t first, end;  /* blocks of the root */
    fsc_view title;
} cleaner;

static fsc_block *at(cleaner *c, size_t i)
{
    return &c->page->block.data[i];
}

static bool below(const fsc_page *page, uint32_t node, uint32_t ancestor)
{
    return node >= ancestor && node < page->node.data[ancestor].end;
}

static fsc_part_kind kind_of(const fsc_block *b)
{
    if (b->flags & FSC_BLOCK_CAPTION)
        return FSC_PART_CAPTION;
    if (b->flags & FSC_BLOCK_EMBED)
        return FSC_PART_EMBED;
    if (b->heading)
        return FSC_PART_SUBHEAD;
    if (b->flags & FSC_BLOCK_CELL)
        return FSC_PART_TABLE;
    if (b->flags & FSC_BLOCK_ITEM)
        return FSC_PART_LIST;
    return b->flags & FSC_BLOCK_LEDE ? FSC_PART_LEDE : FSC_PART_BODY;
}

static bool is_prose(const fsc_block *b)
{
    return !b->heading && b->chars >= 60 && b->links * 2 < b->chars;
}

// Same letters and digits, whatever the case and punctuation.
static bool same_words(fsc_view a, fsc_view b)
{
    char x[400], y[400];
    size_t n = fsc_hint_fold(a, x, sizeof x), m = fsc_hint_fold(b, y, sizeof y), i = 0, j = 0;
    if (n == 0 || m == 0)
        return false;
    for (;;) {
        while (i < n && !(x[i] & 0x80) && !((x[i] >= 'a' && x[i] <= 'z') || (x[i] >= '0' && x[i] <= '9')))
            i++;
        while (j < m && !(y[j] & 0x80) && !((y[j] >= 'a' && y[j] <= 'z') || (y[j] >= '0' && y[j] <= '9')))
            j++;
        if (i == n || j == m)
            return i == n && j == m;
        if (x[i++] != y[j++])
            return false;
    }
}

// ---------------------------------------------------------------- rules

// Lists and tables that mostly consist of links lead away from the article.
static void drop_link_groups(cleaner *c)
{
    for (size_t i = c->first; i < c->end;) {
        uint32_t group = at(c, i)->group;
        size_t end = i + 1;
        while (group && end < c->end && at(c, end)->group == group)
            end++;
        uint64_t chars = 0, links = 0;
        for (size_t k = i; k < end; k++) {
            chars += at(c, k)->chars;
            links += at(c, k)->links;
        }
        for (size_t k = i; group && links * 2 > chars && k < end; k++)
            at(c, k)->keep = false;
        i = end;
    }
}

#define SHORT_HINTS                                                                                                    \
    (FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(COMMENT) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(TAGS) | \
     FSC_HINT_BIT(BIO) | FSC_HINT_BIT(FOOTER) | FSC_HINT_BIT(CAPTION))

static void drop_blocks(cleaner *c)
{
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        fsc_view text = fsc_block_text(c->page, b);
        if (b->chars < 100 && !b->heading)
            b->hints = fsc_hint_phrase(text);
        if (b->links * 10 > b->chars * 9 && b->chars < 140 && !(b->flags & (FSC_BLOCK_EMBED | FSC_BLOCK_ITEM)))
            b->keep = false; // a line that is one link: an insert that leads elsewhere
        if (b->hints & SHORT_HINTS)
            b->keep = false;
        if (b->chars < 200 && same_words(text, c->title))
            b->keep = false;
        if (b->flags & FSC_BLOCK_CAPTION)
            b->keep = false;
    }
}

// Before the first paragraph stand section, headline, byline and date.
static void drop_head(cleaner *c)
{
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        if (!b->keep)
            continue;
        if (is_prose(b) && !(b->flags & FSC_BLOCK_META))
            break;
        bool meta = (b->flags & (FSC_BLOCK_META | FSC_BLOCK_TIME)) ||
                    ((b->hints | fsc_hint_phrase(fsc_block_text(c->page, b))) & FSC_HINT_BIT(META));
        if (b->heading == 1 || (meta && b->chars < 160))
            b->keep = false;
    }
}

#define TAIL_HINTS                                                                                                     \
    (FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(COMMENT) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(BIO) | FSC_HINT_BIT(TAGS))

// From the first heading that announces something else on, when less follows than stood before.
static void drop_tail(cleaner *c)
{
    uint64_t total = 0, before = 0;
    for (size_t i = c->first; i < c->end; i++)
        total += at(c, i)->keep ? at(c, i)->chars : 0;
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        bool heading = b->heading || ((b->flags & FSC_BLOCK_BOLD) && b->chars < 60);
        if (heading && (fsc_hint_phrase(fsc_block_text(c->page, b)) & TAIL_HINTS) && before * 2 > total) {
            for (size_t k = i; k < c->end; k++)
                at(c, k)->keep = false;
            return;
        }
        before += b->keep ? b->chars : 0;
    }
}

// A heading with nothing left under it.
static void drop_lone_headings(cleaner *c)
{
    unsigned level = 7; // of the heading or text that follows: 7 is text
    bool follows = false;
    for (size_t i = c->end; i-- > c->first;) {
        fsc_block *b = at(c, i);
        if (!b->keep)
            continue;
        if (b->heading) {
            if (!follows || level <= b->heading)
                b->keep = false;
            else
                level = b->heading;
        } else {
            follows = true;
            level = 7;
        }
    }
}

// The same paragraph twice: a page that carries its article in several forms.
static void drop_duplicates(cleaner *c)
{
    fsc_map seen;
    fsc_map_init(&seen, c->page->scratch);
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        bool is_new = true;
        if (!b->keep || b->chars < 40 || (b->flags & FSC_BLOCK_CELL))
            continue;
        if (!fsc_map_put(&seen, fsc_block_text(c->page, b), 0, &is_new))
            c->page->failed = true;
        else if (!is_new)
            b->keep = false;
    }
}

void fsc_page_keep_all(fsc_page *page)
{
    for (size_t i = 0; i < page->block.len; i++) {
        fsc_block *b = &page->block.data[i];
        b->keep = true;
        b->kind = kind_of(b);
    }
}

void fsc_page_clean(fsc_page *page, fsc_view title)
{
    cleaner c = {.page = page, .title = title};
    size_t n = page->block.len;
    while (c.first < n && !below(page, page->block.data[c.first].node, page->root))
        c.first++;
    for (c.end = c.first; c.end < n && below(page, page->block.data[c.end].node, page->root);)
        c.end++;
    for (size_t i = c.first; i < c.end; i++) {
        fsc_block *b = at(&c, i);
        b->keep = !b->junk;
        b->kind = kind_of(b);
    }
    drop_link_groups(&c);
    drop_blocks(&c);
    drop_head(&c);
    drop_tail(&c);
    drop_duplicates(&c);
    drop_lone_headings(&c);
}
