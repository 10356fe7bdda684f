#include "extract/meta_p.h"

// The kept blocks of one page, while rules take some away.
typedef struct cleaner {
    fsc_page *page;
    size_t first, end; /* blocks of the root */
    fsc_view title;
} cleaner;

static fsc_block *at(cleaner *c, size_t i)
{
    return &c->page->block.data[i];
}

static void drop(fsc_block *b, fsc_rule rule)
{
    if (b->keep)
        b->rule = (uint8_t)rule;
    b->keep = false;
}

static bool below(const fsc_page *page, uint32_t node, uint32_t ancestor)
{
    return node >= ancestor && node < page->node.data[ancestor].end;
}

static bool is_prose(const fsc_block *b)
{
    return !b->heading && b->chars >= 60 && b->links * 2 < b->chars;
}

static fsc_part_kind kind_of(const fsc_block *b)
{
    if (b->flags & FSC_BLOCK_CAPTION)
        return FSC_PART_CAPTION;
    if (b->flags & FSC_BLOCK_EMBED)
        return FSC_PART_EMBED;
    if (b->heading)
        return FSC_PART_SUBHEAD;
    // a cell of prose belongs to a table that lays out the page, not to one that holds data
    if (b->flags & FSC_BLOCK_CELL)
        return FSC_PART_TABLE;
    if (b->flags & FSC_BLOCK_ITEM)
        return FSC_PART_LIST;
    return b->flags & FSC_BLOCK_LEDE ? FSC_PART_LEDE : FSC_PART_BODY;
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

// Lists and tables that mostly consist of links lead away from the article; items that say something of their own stay.
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
            if (at(c, k)->links * 2 > at(c, k)->chars || at(c, k)->chars < 40)
                drop(at(c, k), FSC_RULE_LINKS);
        i = end;
    }
}

// Where a picture and a short text share a small box, the text is about the picture.
static bool beside_image(const fsc_page *page, const fsc_block *b)
{
    uint32_t i = page->node.data[b->node].parent;
    for (int level = 0; level < 2 && i; level++, i = page->node.data[i].parent) {
        const fsc_node *n = &page->node.data[i];
        if (n->chars > b->chars + b->chars / 4 + 20 || (n->holds & FSC_HOLDS_H1))
            return false;
        if (n->holds & FSC_HOLDS_IMAGE)
            return true;
    }
    return false;
}

// "Image 2 of 5", "1 / 12": the counter of a gallery.
static bool is_counter(fsc_view text)
{
    unsigned numbers = 0, words = 0;
    if (text.len > 28)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9', start = i == 0 || text.data[i - 1] == ' ';
        numbers += digit && start;
        words += !digit && start && ((text.data[i] | 32) >= 'a' || (text.data[i] & 0x80));
    }
    return numbers >= 2 && words <= 2 && text.data[text.len - 1] >= '0' && text.data[text.len - 1] <= '9';
}

#define SHORT_HINTS                                                                                                    \
    (FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(COMMENT) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(TAGS) |  \
     FSC_HINT_BIT(BIO) | FSC_HINT_BIT(FOOTER) | FSC_HINT_BIT(CAPTION))

static void drop_blocks(cleaner *c)
{
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        fsc_view text = fsc_block_text(c->page, b);
        if (b->chars < 100 && !b->heading)
            b->hints = fsc_hint_phrase(text);
        if (b->links * 10 > b->chars * 9 && b->chars < 140 && !(b->flags & (FSC_BLOCK_EMBED | FSC_BLOCK_ITEM)))
            drop(b, FSC_RULE_LINK_LINE); // a line that is one link: an insert that leads elsewhere
        if (b->hints & SHORT_HINTS)
            drop(b, FSC_RULE_PHRASE);
        if (b->chars < 200 && same_words(text, c->title))
            drop(b, FSC_RULE_TITLE);
        if (is_counter(text))
            drop(b, FSC_RULE_PHRASE);
        if (b->flags & FSC_BLOCK_CAPTION)
            drop(b, FSC_RULE_CAPTION);
    }
}

#define BOX_HINTS                                                                                                      \
    (FSC_HINT_BIT(RELATED) | FSC_HINT_BIT(COMMENT) | FSC_HINT_BIT(PROMO) | FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(BIO) |   \
     FSC_HINT_BIT(TAGS))

// The largest box around a block that is small against the whole.
static uint32_t small_box(const cleaner *c, const fsc_block *b)
{
    const fsc_node *all = c->page->node.data;
    uint32_t box = b->node, limit = all[c->page->root].chars / 6;
    while (all[box].parent != c->page->root && below(c->page, all[box].parent, c->page->root) &&
           all[all[box].parent].chars <= limit)
        box = all[box].parent;
    return box;
}

// What stands under "Related articles" in a box of its own is not the article's.
static void drop_boxes(cleaner *c)
{
    uint32_t end = 0; // of the last box dropped
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        if (b->node < end) {
            drop(b, FSC_RULE_TEASER);
            continue;
        }
        bool title = b->heading || (b->chars < 60 && (b->flags & FSC_BLOCK_BOLD));
        if (b->junk || !title || b->chars > 80 || !(fsc_hint_phrase(fsc_block_text(c->page, b)) & BOX_HINTS))
            continue;
        uint32_t box = small_box(c, b);
        // The title must stand first in its box, or the box is the text around it.
        bool first = i == c->first || at(c, i - 1)->node < box;
        const fsc_node *n = &c->page->node.data[box];
        bool leads_away =
            n->links * 5 > n->chars || n->chars <= 300; // running text under such a title is the article's
        if (first && box != b->node && leads_away)
            end = c->page->node.data[box].end;
        drop(b, FSC_RULE_PHRASE);
    }
}

// What stands above the headline belongs to the page, not to the article, unless hardly anything stands below it.
static void drop_above_headline(cleaner *c)
{
    uint32_t headline = c->page->headline;
    uint64_t above = 0, below_it = 0;
    if (!headline || !below(c->page, headline, c->page->root))
        return;
    for (size_t i = c->first; i < c->end; i++)
        *(at(c, i)->node < headline ? &above : &below_it) += at(c, i)->keep ? at(c, i)->chars : 0;
    // A smaller heading may be one inside the text.
    bool first = c->page->node.data[headline].tag == FSC_TAG_H1;
    for (size_t i = c->first; i < c->end && below_it * 2 > above * (first ? 1 : 8); i++)
        if (at(c, i)->node < headline)
            drop(at(c, i), FSC_RULE_ABOVE);
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
        fsc_date d;
        bool loose = !b->heading && !(b->flags & (FSC_BLOCK_CELL | FSC_BLOCK_ITEM));
        bool dated = loose && b->chars < 80 && fsc_date_find(&d, fsc_block_text(c->page, b), false);
        bool meta = dated || (b->flags & (FSC_BLOCK_META | FSC_BLOCK_TIME)) ||
                    ((b->hints | fsc_hint_phrase(fsc_block_text(c->page, b))) & FSC_HINT_BIT(META));
        if (b->heading == 1 || (meta && b->chars < 160))
            drop(b, FSC_RULE_META);
    }
}

// Once the text has begun, teasers and boxes lead away from it; before, such a name may be that of its summary.
static void drop_teasers(cleaner *c)
{
    bool begun = false;
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        if (begun && (b->flags & FSC_BLOCK_TEASER) && b->chars < 400)
            drop(b, FSC_RULE_TEASER);
        begun |= b->keep && is_prose(b);
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
        if (heading && !b->junk && (fsc_hint_phrase(fsc_block_text(c->page, b)) & TAIL_HINTS) &&
            before * 3 > total * 2) {
            for (size_t k = i; k < c->end; k++)
                drop(at(c, k), FSC_RULE_TAIL);
            return;
        }
        before += b->keep ? b->chars : 0;
    }
}

// True when it holds an address like name@host, or a handle like @name.
static bool has_address(fsc_view text)
{
    for (size_t i = 0; i + 2 < text.len; i++)
        if (text.data[i] == '@' && (text.data[i + 1] | 32) >= 'a' && (text.data[i + 1] | 32) <= 'z')
            return true;
    return false;
}

// True when the block begins with the name of the article's author.
static bool is_about_author(const fsc_page *page, const fsc_block *b)
{
    fsc_view rest = page->author, name = fsc_view_trim(fsc_view_split(&rest, ';'));
    fsc_view text = fsc_block_text(page, b);
    if (name.len < 6 || !memchr(name.data, ' ', name.len) || b->chars > 600)
        return false;
    size_t at = fsc_view_find(fsc_view_slice(text, 0, name.len + 24), name, 0);
    return at != SIZE_MAX;
}

// The last lines of many articles say who wrote it, when, and how to reach them.
static void drop_signature(cleaner *c)
{
    size_t prose = 0;
    for (size_t i = c->first; i < c->end; i++)
        prose += at(c, i)->keep && is_prose(at(c, i));
    for (size_t i = c->end; i-- > c->first;) {
        fsc_block *b = at(c, i);
        if (!b->keep)
            continue;
        bool contact = b->chars <= 220 && has_address(fsc_block_text(c->page, b));
        bool meta = !is_prose(b) && !b->heading && (b->flags & (FSC_BLOCK_META | FSC_BLOCK_TIME));
        if ((b->flags & (FSC_BLOCK_EMBED | FSC_BLOCK_QUOTE)) ||
            !(contact || meta || (prose > 3 && is_about_author(c->page, b))))
            return;
        prose -= is_prose(b);
        drop(b, FSC_RULE_META);
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
                drop(b, FSC_RULE_HEADING);
            else
                level = b->heading;
        } else {
            follows = true;
            level = 7;
        }
    }
}

// The same paragraph again in another box: a page that carries its article, or parts of it, in several forms. In the
// same box it is the author who says it twice.
static void drop_duplicates(cleaner *c)
{
    fsc_map seen;
    fsc_map_init(&seen, c->page->scratch);
    for (size_t i = c->first; i < c->end; i++) {
        fsc_block *b = at(c, i);
        bool is_new = true;
        uint32_t box = c->page->node.data[b->node].parent, *first;
        if (!b->keep || b->chars < 60 || !b->sentences || (b->flags & (FSC_BLOCK_CELL | FSC_BLOCK_ITEM)))
            continue;
        first = fsc_map_put(&seen, fsc_block_text(c->page, b), box, &is_new);
        if (!first)
            c->page->failed = true;
        else if (!is_new && *first != box)
            drop(b, FSC_RULE_DUPLICATE);
    }
}

uint64_t fsc_page_kept(const fsc_page *page)
{
    uint64_t kept = 0;
    for (size_t i = 0; i < page->block.len; i++)
        if (page->block.data[i].keep && !page->block.data[i].heading)
            kept += page->block.data[i].chars;
    return kept;
}

void fsc_page_keep_all(fsc_page *page)
{
    for (size_t i = 0; i < page->block.len; i++) {
        fsc_block *b = &page->block.data[i];
        b->keep = true;
        b->kind = kind_of(b);
    }
}

// A line that is a date and little else.
static bool is_date_line(fsc_view text)
{
    fsc_date d;
    return text.len < 160 && fsc_date_find(&d, text, false) && text.len - (d.end - d.start) < 60;
}

static bool is_summary(const cleaner *c, const fsc_block *b)
{
    fsc_view text = fsc_block_text(c->page, b);
    if (b->junk || b->heading == 1 || b->chars < 40 || b->links * 2 >= b->chars ||
        below(c->page, b->node, c->page->headline))
        return false;
    if ((b->flags & (FSC_BLOCK_CAPTION | FSC_BLOCK_ITEM | FSC_BLOCK_CELL)) ||
        ((b->flags & FSC_BLOCK_META) && !(b->flags & FSC_BLOCK_LEDE)))
        return false;
    return !beside_image(c->page, b) && !is_date_line(text) && !(fsc_hint_phrase(text) & SHORT_HINTS);
}

// True when a text that is kept already begins like this: the summary is often the first paragraph.
static bool is_said(const cleaner *c, size_t from, fsc_view text)
{
    size_t seen = 0;
    while (text.len && (text.data[text.len - 1] == '.' || text.data[text.len - 1] == ' '))
        text.len--;
    for (size_t i = from; i < c->end && seen < 4; i++) {
        const fsc_block *b = &c->page->block.data[i];
        if (!b->keep)
            continue;
        seen++;
        if (fsc_view_starts(fsc_block_text(c->page, b), text))
            return true;
    }
    return false;
}

#define DECK_MAX 140

// Between the headline and the text stands the article's own summary: a paragraph, or a line that is as good as a
// second headline.
static void take_lede(cleaner *c)
{
    uint32_t headline = c->page->headline;
    if (!headline || c->first >= c->page->block.len || below(c->page, headline, c->page->root))
        return;
    for (size_t i = c->first; i-- > 0 && at(c, i)->node > headline;) {
        fsc_block *b = at(c, i);
        if (!is_summary(c, b) || is_said(c, i + 1, fsc_block_text(c->page, b)))
            continue;
        b->keep = true;
        b->rule = FSC_RULE_NONE;
        b->kind = FSC_PART_LEDE;
        if (b->chars < DECK_MAX)
            b->flags |= FSC_BLOCK_DECK;
    }
}

void fsc_page_clean(fsc_page *page, fsc_view title)
{
    cleaner c = {.page = page, .title = title};
    size_t n = page->block.len;
    for (size_t i = 0; i < n; i++) {
        page->block.data[i].keep = false;
        page->block.data[i].rule = FSC_RULE_OUTSIDE;
    }
    while (c.first < n && !below(page, page->block.data[c.first].node, page->root))
        c.first++;
    for (c.end = c.first; c.end < n && below(page, page->block.data[c.end].node, page->root);)
        c.end++;
    for (size_t i = c.first; i < c.end; i++) {
        fsc_block *b = at(&c, i);
        b->keep = !b->junk;
        b->rule = b->junk ? FSC_RULE_JUNK : FSC_RULE_NONE;
        b->kind = kind_of(b);
    }
    drop_link_groups(&c);
    drop_blocks(&c);
    drop_boxes(&c);
    drop_above_headline(&c);
    drop_head(&c);
    drop_teasers(&c);
    drop_tail(&c);
    take_lede(&c);
    drop_signature(&c);
    drop_duplicates(&c);
    drop_lone_headings(&c);
}

#define SHORT 400 /* characters: an article this short is looked at twice */

// A page of a few words: all that is no furniture.
static void keep_lines(fsc_page *page)
{
    for (size_t i = 0; i < page->block.len; i++) {
        fsc_block *b = &page->block.data[i];
        if (b->junk || b->heading || b->links == b->chars || (b->flags & (FSC_BLOCK_META | FSC_BLOCK_CAPTION)))
            continue;
        b->keep = true;
        b->rule = FSC_RULE_NONE;
        b->kind = kind_of(b);
    }
}

// Where the names on the page leave next to nothing, they mean something else here: read again without most of them.
void fsc_page_reduce(fsc_page *page, fsc_view title)
{
    fsc_page_pick(page);
    fsc_page_clean(page, title);
    uint64_t kept = fsc_page_kept(page);
    if (kept >= SHORT)
        return;
    fsc_page_mark(page, FSC_MARK_FEW);
    fsc_page_pick(page);
    fsc_page_clean(page, title);
    if (fsc_page_kept(page) >= 2 * kept + 100)
        return;
    fsc_page_mark(page, FSC_MARK_ALL);
    fsc_page_pick(page);
    fsc_page_clean(page, title);
    if (fsc_page_kept(page) == 0)
        keep_lines(page);
}
