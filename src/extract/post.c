#include "extract/meta_p.h"

// The page of one post, as a browser saved it: who wrote it, when, and where its text stands. What says that it is one:
// JSON-LD, or a title that names its writer and a handle, or quotes the text; and the page must bear it out.

#define NAME_MAX 80
#define MATCH_MIN 12   /* letters that the page must show of what the head says */
#define CANDIDATES 64  /* blocks that begin alike and are looked at further */
#define BLOCKS_MAX 512 /* paragraphs of one post */
#define BOX_MAX 4000   /* characters in a box that holds one post */

typedef struct fsc_post {
    fsc_meta *m;
    fsc_view name, handle; /* of the writer; handle without @, may be empty */
    fsc_view text;         /* what the head says, may be cut */
    const char *from;
    size_t first, end; /* blocks of the text */
} fsc_post;

static bool is_handle_char(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' ||
           c == '@';
}

// Length of the handle at the view's beginning, its @ included; 0: none.
static size_t handle_at(fsc_view v)
{
    size_t n = 1;
    if (v.len < 3 || v.data[0] != '@' || v.data[1] == '@')
        return 0;
    while (n < v.len && is_handle_char(v.data[n]))
        n++;
    return n > 2 ? n : 0;
}

// ---------------------------------------------------------------- the head

// "Ann Other (@ann) on Site": name and handle; what follows is short.
static bool read_named(fsc_post *p, fsc_view title)
{
    size_t open = fsc_view_find(title, FSC_LIT(" (@"), 0);
    if (open == SIZE_MAX || open == 0 || open > NAME_MAX)
        return false;
    size_t len = handle_at(fsc_view_slice(title, open + 2, title.len)), close = open + 2 + len;
    if (!len || close >= title.len || title.data[close] != ')' || title.len - close > 40)
        return false;
    p->name = fsc_view_trim(fsc_view_slice(title, 0, open));
    p->handle = fsc_view_slice(title, open + 3, close);
    return true;
}

// Ann Other on Site: "text" / Site. The name is checked against the page later.
static bool read_quoting(fsc_post *p, fsc_view title)
{
    static const char *const opening[] = {": \"", ": “", ": „", ": «", "：「"};
    static const char *const closing[] = {"\"", "”", "“", "»", "」"};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        size_t at = fsc_view_find(title, fsc_view_cstr(opening[i]), 0), end = SIZE_MAX;
        if (at == SIZE_MAX || at == 0 || at > 2 * NAME_MAX)
            continue;
        size_t from = at + strlen(opening[i]);
        for (size_t c = fsc_view_find(title, fsc_view_cstr(closing[i]), from); c != SIZE_MAX;
             c = fsc_view_find(title, fsc_view_cstr(closing[i]), c + 1))
            end = c;
        if (end == SIZE_MAX || title.len - end > 40)
            continue;
        p->name = fsc_view_slice(title, 0, at);
        p->text = fsc_view_slice(title, from, end);
        return true;
    }
    return false;
}

// "(3) Ann Other": browsers' tabs count what is new.
static fsc_view without_count(fsc_view title)
{
    size_t i = 1;
    title = fsc_view_trim(title);
    while (i < title.len && title.data[0] == '(' && title.data[i] >= '0' && title.data[i] <= '9')
        i++;
    return i > 1 && i + 1 < title.len && title.data[i] == ')' ? fsc_view_trim(fsc_view_slice(title, i + 1, title.len))
                                                              : title;
}

static fsc_view page_title(fsc_meta *m)
{
    for (uint32_t i = 1; i < m->page->node.len; i++)
        if (m->page->node.data[i].tag == FSC_TAG_TITLE)
            return fsc_page_text(m->page, i, 2000);
    return (fsc_view){"", 0};
}

// ---------------------------------------------------------------- the text on the page

// The next byte of v from *i on that counts: letters in lower case, digits, bytes of other scripts; 0: the end.
static unsigned char next_byte(fsc_view v, size_t *i)
{
    while (*i < v.len) {
        unsigned char c = (unsigned char)v.data[(*i)++];
        if (c >= 'A' && c <= 'Z')
            return (unsigned char)(c | 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            return c;
        bool general = c == 0xE2 && *i + 1 < v.len && ((unsigned char)v.data[*i] & 0xFE) == 0x80; // dashes, quotes
        bool wide = c == 0xC2 && *i < v.len && (unsigned char)v.data[*i] == 0xA0;
        if (general || wide)
            *i += general ? 2 : 1;
        else if (c >= 0x80)
            return c;
    }
    return 0;
}

// How many bytes of the text the blocks from `first` on show; *end: the block after the last one that takes part.
static size_t match_at(const fsc_post *p, size_t first, size_t *end)
{
    const fsc_page *page = p->m->page;
    size_t at = 0, matched = 0;
    *end = first;
    for (size_t k = first; k < page->block.len && k < first + BLOCKS_MAX; k++) {
        fsc_view block = fsc_block_text(page, &page->block.data[k]);
        size_t i = 0, before = matched;
        for (;;) {
            size_t saved = at;
            unsigned char want = next_byte(p->text, &at), got = want ? next_byte(block, &i) : 0;
            if (!want || !got || want != got) {
                bool whole = want && !got;
                if (matched > before)
                    *end = k + 1;
                if (!whole)
                    return matched;
                at = saved;
                break;
            }
            matched++;
        }
    }
    return matched;
}

static size_t count_bytes(fsc_view v)
{
    size_t n = 0;
    for (size_t i = 0; next_byte(v, &i);)
        n++;
    return n;
}

static bool is_cut(fsc_view text)
{
    return fsc_view_ends(text, FSC_LIT("…")) || fsc_view_ends(text, FSC_LIT("..."));
}

// What the blocks first..end - 1 stand in, as far as it is only theirs: their parent, or a single line's own element.
static uint32_t holder(const fsc_page *page, size_t first, size_t end)
{
    const fsc_node *all = page->node.data;
    uint32_t box = page->block.data[first].node, last = page->block.data[end - 1].node;
    if (all[box].tag == FSC_TAG_P)
        box = all[box].parent;
    while (box && all[box].end <= last)
        box = all[box].parent;
    return box;
}

// Finds the blocks that say the text, the longest match first found.
static bool find_text(fsc_post *p)
{
    const fsc_page *page = p->m->page;
    size_t all = count_bytes(p->text), best = 0, tried = 0;
    for (size_t i = 0; i < page->block.len && tried < CANDIDATES && best < all; i++) {
        size_t a = 0, b = 0, end;
        fsc_view block = fsc_block_text(page, &page->block.data[i]);
        unsigned char x = next_byte(p->text, &a), y = next_byte(block, &b);
        bool alike = x && x == y && (x = next_byte(p->text, &a)) == next_byte(block, &b);
        size_t n = alike ? match_at(p, i, &end) : 0;
        tried += n >= MATCH_MIN;
        if (n > best) {
            best = n;
            p->first = i;
            p->end = end;
        }
    }
    if (best == 0 || (best < MATCH_MIN && best < all))
        return false;
    // What the head cut off goes on in the same element; links may be written in another way there.
    uint32_t box = holder(page, p->first, p->end), box_end = page->node.data[box].end;
    for (; (is_cut(p->text) || best < all) && p->end < page->block.len; p->end++) {
        const fsc_block *b = &page->block.data[p->end];
        if (b->node >= box_end || (b->flags & (FSC_BLOCK_TIME | FSC_BLOCK_DATED)) || handle_at(fsc_block_text(page, b)))
            break;
    }
    return true;
}

// ---------------------------------------------------------------- what stands around it

static bool shows_handle(const fsc_post *p)
{
    fsc_view run = fsc_view_of(p->m->page->run.data, p->m->page->run.len);
    for (size_t at = fsc_view_find(run, FSC_LIT("@"), 0); at != SIZE_MAX;
         at = fsc_view_find(run, FSC_LIT("@"), at + 1)) {
        fsc_view rest = fsc_view_slice(run, at, run.len);
        size_t len = handle_at(rest);
        if (p->handle.len ? fsc_view_eq_nocase(fsc_view_slice(rest, 1, 1 + p->handle.len), p->handle) : len > 0)
            return true;
    }
    return false;
}

// The longest beginning of "Ann Other on Site" that is a line, or begins one, on the page before the text.
static fsc_view name_on_page(const fsc_post *p)
{
    const fsc_page *page = p->m->page;
    size_t from = p->first > 40 ? p->first - 40 : 0;
    for (size_t len = p->name.len; len > 1; len--) {
        if (len < p->name.len && p->name.data[len] != ' ')
            continue;
        fsc_view name = fsc_view_slice(p->name, 0, len);
        for (size_t i = from; i < p->first; i++) {
            fsc_view text = fsc_block_text(page, &page->block.data[i]);
            if (fsc_view_starts(text, name) && (text.len == len || text.data[len] == ' '))
                return name;
        }
    }
    return (fsc_view){"", 0};
}

static fsc_view date_of(fsc_meta *m, fsc_view text)
{
    fsc_date d;
    return fsc_date_find(&d, text, false) ? fsc_date_format(&d, m->page->scratch) : (fsc_view){"", 0};
}

// The first time in the smallest element around the text that has one.
static fsc_view time_around(const fsc_post *p)
{
    fsc_page *page = p->m->page;
    const fsc_node *all = page->node.data;
    uint32_t seen = 0, seen_end = 0; // what has been looked at already
    for (uint32_t box = all[page->block.data[p->first].node].parent; box && all[box].chars < BOX_MAX;
         box = all[box].parent) {
        for (uint32_t i = box + 1; i < all[box].end; i = i + 1 == seen ? seen_end : i + 1) {
            if (!(all[i].flags & FSC_NODE_TIME))
                continue;
            fsc_view v = date_of(p->m, fsc_page_attr(page, i, FSC_ATTR_DATETIME));
            v = v.len ? v : date_of(p->m, fsc_page_attr(page, i, FSC_ATTR_CONTENT));
            v = v.len ? v : date_of(p->m, fsc_page_text(page, i, 160));
            if (v.len)
                return v;
        }
        seen = box;
        seen_end = all[box].end;
    }
    return (fsc_view){"", 0};
}

// ---------------------------------------------------------------- kinds of evidence

static bool from_ld(fsc_post *p)
{
    const fsc_json *o = p->m->article;
    if (!o || !fsc_ld_is(o, "SocialMediaPosting"))
        return false;
    static const char *const texts[] = {"articleBody", "text", "description", "headline"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts && !p->text.len; i++)
        p->text = fsc_html_unescape(fsc_ld_text(o, texts[i]), false, p->m->page->scratch);
    const fsc_json *author = fsc_json_get(o, "author");
    author = author && author->kind == FSC_JSON_ARRAY ? author->child : author;
    p->name = author && author->kind == FSC_JSON_OBJECT ? fsc_ld_text(fsc_ld_resolve(p->m->page, author), "name")
                                                        : fsc_ld_text(o, "author");
    p->from = "json-ld";
    if (!p->text.len)
        return false;
    find_text(p);
    return true;
}

// A page that calls itself an article, or a profile, is not the page of a post.
static bool is_other(const fsc_meta *m)
{
    static const char *const types[] = {"Article", "BlogPosting", "LiveBlogPosting",       "Report",
                                        "Review",  "Recipe",      "DiscussionForumPosting"}; // threads have a title
    for (size_t i = 0; m->article && i < sizeof types / sizeof *types; i++)
        if (fsc_ld_is(m->article, types[i]))
            return true;
    return fsc_view_is(fsc_meta_find(m, "og:type"), "profile");
}

static bool from_head(fsc_post *p)
{
    const fsc_view titles[] = {fsc_meta_find(p->m, "og:title"), fsc_meta_find(p->m, "twitter:title"), page_title(p->m)};
    static const char *const from[] = {"og", "meta", "title"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        fsc_view title = without_count(titles[i]);
        *p = (fsc_post){.m = p->m, .from = from[i]};
        if (read_named(p, title)) {
            p->text = fsc_meta_find(p->m, "og:description");
            p->text = p->text.len ? p->text : fsc_meta_find(p->m, "description");
            if (p->text.len && shows_handle(p) && find_text(p))
                return true;
        } else if (read_quoting(p, title) && p->text.len && shows_handle(p) && find_text(p)) {
            p->name = name_on_page(p);
            if (p->name.len)
                return true;
        }
    }
    return false;
}

// The handle that a block ends with, alone or after a name; *name: what stands before it.
static bool is_handle_line(fsc_view text, fsc_view *name)
{
    size_t at = text.len;
    while (at > 0 && is_handle_char(text.data[at - 1]))
        at--;
    *name = fsc_view_trim(fsc_view_slice(text, 0, at));
    return at < text.len && text.len < NAME_MAX && handle_at(fsc_view_slice(text, at, text.len)) == text.len - at;
}

// True when a block can be the text of a post: no link, time, count or handle.
static bool is_post_text(const fsc_page *page, const fsc_block *b)
{
    fsc_view text = fsc_block_text(page, b), name;
    bool count = text.data[0] >= '0' && text.data[0] <= '9' && b->chars < 24;
    return !b->heading && !(b->flags & (FSC_BLOCK_TIME | FSC_BLOCK_DATED)) && !count && b->links * 10 <= b->chars * 9 &&
           !is_handle_line(text, &name) && b->chars > 1 && !(fsc_hint_phrase(text) & FSC_HINT_BIT(SHARE));
}

// No word in the head: a name, a handle, then text in a box that also has a time, and no headline anywhere.
static bool from_box(fsc_post *p)
{
    const fsc_page *page = p->m->page;
    const fsc_node *all = page->node.data;
    size_t line = 0;
    fsc_view name = {"", 0};
    for (uint32_t i = 1; i < page->node.len; i++)
        if (all[i].tag == FSC_TAG_H1)
            return false;
    while (line < page->block.len && (page->block.data[line].junk == FSC_JUNK_TAG ||
                                      !is_handle_line(fsc_block_text(page, &page->block.data[line]), &name)))
        line++;
    if (line == page->block.len || (!name.len && line == 0))
        return false;
    *p = (fsc_post){.m = p->m, .from = "markup", .name = name, .first = line + 1};
    if (!name.len)
        p->name = fsc_block_text(page, &page->block.data[line - 1]);
    while (p->first < page->block.len && p->first < line + 6 && !is_post_text(page, &page->block.data[p->first]))
        p->first++;
    if (p->name.len > NAME_MAX || p->first >= page->block.len || !is_post_text(page, &page->block.data[p->first]))
        return false;
    uint32_t box = all[page->block.data[line].node].parent; // around handle and text
    while (box && all[box].end <= page->block.data[p->first].node)
        box = all[box].parent;
    uint32_t text_end = all[holder(page, p->first, p->first + 1)].end;
    for (p->end = p->first + 1; p->end < page->block.len && page->block.data[p->end].node < text_end &&
                                is_post_text(page, &page->block.data[p->end]);)
        p->end++;
    return box && all[box].tag != FSC_TAG_BODY && all[box].chars < BOX_MAX && time_around(p).len;
}

bool fsc_meta_post(fsc_meta *m, const fsc_item *item)
{
    fsc_post p = {.m = m};
    fsc_article *out = m->out;
    if (item->kind.len && !fsc_view_is(item->kind, "post"))
        return false;
    if (!from_ld(&p) && (is_other(m) || (!from_head(&p) && !from_box(&p))))
        return false;
    out->post = true;
    fsc_meta_set(m, &out->kind, "kind", FSC_LIT("post"), p.from);
    fsc_meta_set(m, &out->author, "author", fsc_meta_clean(m, p.name), p.from);
    fsc_meta_set(m, &out->published, "published", date_of(m, fsc_ld_text(m->article, "datePublished")), "json-ld");
    fsc_meta_set(m, &out->modified, "modified", date_of(m, fsc_ld_text(m->article, "dateModified")), "json-ld");
    fsc_meta_set(m, &out->published, "published", date_of(m, fsc_meta_find(m, "article:published_time")), "og");
    fsc_meta_set(m, &out->published, "published", date_of(m, fsc_meta_find(m, "og:published_time")), "og");
    if (p.end)
        fsc_meta_set(m, &out->published, "published", time_around(&p), "time");
    m->page->post_first = p.first;
    m->page->post_end = p.end;
    m->page->post_text = p.text;
    return true;
}

void fsc_page_keep_post(fsc_page *page)
{
    for (size_t i = 0; i < page->block.len; i++) {
        fsc_block *b = &page->block.data[i];
        b->keep = i >= page->post_first && i < page->post_end;
        b->rule = b->keep ? FSC_RULE_NONE : FSC_RULE_OUTSIDE;
        b->kind = FSC_PART_BODY;
    }
}
