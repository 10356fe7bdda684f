#include "extract/meta_p.h"

#define MAX_NAMES 12
#define MAX_NAME_BYTES 64

typedef struct entry {
    const char *words;
} entry;

#define BETWEEN(language, word)
#define NOT_NAME(language, word)
#define ROLE(language, word)
#define BEFORE(language, words) {words},
static const entry before[] = {
#include "extract/names.def"
};
#undef BEFORE
#undef BETWEEN
#define BEFORE(language, words)
#define BETWEEN(language, word) {word},
static const entry between[] = {
#include "extract/names.def"
};
#undef BETWEEN
#undef NOT_NAME
#define BETWEEN(language, word)
#define NOT_NAME(language, word) {word},
static const entry not_names[] = {
#include "extract/names.def"
};
#undef NOT_NAME
#undef ROLE
#define NOT_NAME(language, word)
#define ROLE(language, word) {word},
static const entry roles[] = {
#include "extract/names.def"
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

// How much the place says that this is a person: markup for authors does, a line that happens to be there does not.
typedef enum trust { TRUST_MARKUP, TRUST_LD, TRUST_TEXT } trust;

typedef struct byline {
    fsc_meta *m;
    fsc_view name[MAX_NAMES];
    size_t count;
} byline;

static bool is_in(const entry *table, size_t count, fsc_view word)
{
    char lower[MAX_NAME_BYTES];
    size_t n = fsc_hint_fold(word, lower, sizeof lower);
    for (size_t i = 0; i < count; i++)
        if (fsc_view_eq(fsc_view_cstr(table[i].words), fsc_view_of(lower, n)))
            return true;
    return false;
}

// Blank, or punctuation that stands around names.
static bool is_edge(char c)
{
    return c == ' ' || c == ':' || c == ',' || c == '.' || c == '-' || c == '*' || c == '(' || c == ')' || c == '"' ||
           c == '|' || c == '/';
}

static fsc_view strip(fsc_view v)
{
    v = fsc_view_trim(v);
    while (v.len && is_edge(v.data[0]))
        v = fsc_view_slice(v, 1, v.len);
    while (v.len && is_edge(v.data[v.len - 1]) && !(v.data[v.len - 1] == '.' && v.len > 2 && v.data[v.len - 3] == ' '))
        v.len--;
    return v;
}

// Takes "By", "Von", "Autor:" off; says whether there was one.
static bool cut_before(fsc_view *v)
{
    char lower[64];
    size_t n = fsc_hint_fold(*v, lower, sizeof lower), best = 0;
    for (size_t i = 0; i < COUNT(before); i++) {
        size_t len = strlen(before[i].words);
        if (len > best && n > len && memcmp(lower, before[i].words, len) == 0 &&
            (is_edge(lower[len]) || (unsigned char)lower[len] >= 0xE3))
            best = len;
    }
    if (best)
        *v = strip(fsc_view_slice(*v, best, v->len));
    return best > 0;
}

static bool is_particle(fsc_view w)
{
    static const char *const particles[] = {"de",  "da",  "di",  "del", "della", "der", "den", "van",
                                            "von", "vom", "zu",  "la",  "le",    "du",  "des", "dos",
                                            "al",  "el",  "bin", "ben", "ter",   "y",   "af",  "v."};
    for (size_t i = 0; i < COUNT(particles); i++)
        if (fsc_view_is(w, particles[i]))
            return true;
    return false;
}

static bool starts_high(fsc_view w)
{
    unsigned char c = (unsigned char)w.data[0];
    char lower[8];
    if (c >= 'A' && c <= 'Z')
        return true;
    if (c >= 0xE0 || c == '\'')
        return true; // scripts without case, and apostrophes
    size_t size = c >= 0xC0 ? 2 : 1;
    return size == 2 && w.len >= 2 && fsc_hint_fold(fsc_view_slice(w, 0, 2), lower, 8) == 2 &&
           memcmp(lower, w.data, 2) != 0;
}

// The site's own name, or its host without the ending, is nobody.
static bool is_site(const fsc_meta *m, fsc_view name)
{
    char a[128], b[128];
    size_t n = fsc_hint_fold(name, a, sizeof a), k = fsc_hint_fold(m->out->site, b, sizeof b);
    fsc_view x = fsc_view_of(a, n), y = fsc_view_of(b, k);
    return k >= 3 && n >= 3 && (fsc_view_eq(x, y) || fsc_view_find(x, y, 0) != SIZE_MAX);
}

static bool looks_like_address(fsc_view v)
{
    for (size_t i = 0; i < v.len; i++) {
        if (v.data[i] == '@' || v.data[i] == '/' || v.data[i] == '<' || v.data[i] == '=' || v.data[i] == '{' ||
            v.data[i] == '_')
            return true;
        if (v.data[i] == '.' && i + 2 < v.len && i && v.data[i + 1] >= 'a' && v.data[i + 1] <= 'z' &&
            v.data[i - 1] != ' ')
            return true;
    }
    return false;
}

// A word that is no part of a name, or is made up of one with a hyphen: TV-Redaktion.
static bool is_no_name(fsc_view word)
{
    if (is_in(not_names, COUNT(not_names), word))
        return true;
    size_t last = word.len;
    while (last > 0 && word.data[last - 1] != '-')
        last--;
    return last > 1 && is_in(not_names, COUNT(not_names), fsc_view_slice(word, last, word.len));
}

static bool is_role(fsc_view word)
{
    size_t last = word.len;
    while (last > 0 && word.data[last - 1] != '-')
        last--;
    return is_in(roles, COUNT(roles), fsc_view_slice(word, last, word.len));
}

// Takes "Redakteurin" and the like off both ends, and small words like "am" that stood before a date.
static fsc_view without_roles(fsc_view name)
{
    for (;;) {
        size_t first = 0, last = name.len;
        while (first < name.len && name.data[first] != ' ')
            first++;
        while (last > 0 && name.data[last - 1] != ' ')
            last--;
        if (first == name.len || last == 0)
            return name;
        fsc_view head = fsc_view_slice(name, 0, first), tail = fsc_view_slice(name, last, name.len);
        if (is_role(strip(head)))
            name = strip(fsc_view_slice(name, first, name.len));
        else if (is_role(strip(tail)) || (tail.len <= 3 && !starts_high(tail)))
            name = strip(fsc_view_slice(name, 0, last));
        else
            return name;
    }
}

static bool is_person(const fsc_meta *m, fsc_view name, trust how)
{
    size_t words = 0, high = 0, digits = 0;
    if (name.len < 2 || name.len > MAX_NAME_BYTES || looks_like_address(name) || memchr(name.data, ':', name.len) ||
        is_site(m, name))
        return false;
    for (size_t i = 0; i < name.len; i++)
        digits += name.data[i] >= '0' && name.data[i] <= '9';
    for (fsc_view rest = name; rest.data;) {
        fsc_view w = fsc_view_split(&rest, ' '), bare = strip(w);
        if (w.len == 0 || bare.len == 0)
            continue;
        words++;
        if (is_no_name(bare) && !(words > 1 && is_particle(bare)))
            return false;
        high += starts_high(bare) || is_particle(bare);
    }
    bool wide = (unsigned char)name.data[0] >= 0xE3; // Chinese, Japanese, Korean: no blanks in names
    if (words == 1 && !wide) // a pen name; in JSON-LD a small letter means a login; three letters or less a desk's sign
        return how != TRUST_TEXT && name.len > 3 && name.len <= 24 && digits <= 2 && (high || how == TRUST_MARKUP);
    return digits == 0 && words <= 5 && (high == words || (how != TRUST_TEXT && high && words == 2));
}

static void add_name(byline *b, fsc_view name, trust how)
{
    name = strip(name);
    cut_before(&name);
    name = without_roles(name);
    if (b->count == MAX_NAMES || !is_person(b->m, name, how))
        return;
    for (size_t i = 0; i < b->count; i++)
        if (fsc_view_eq_nocase(b->name[i], name))
            return;
    b->name[b->count++] = name;
}

// Length of a separator at s[i] between two names, or 0.
static size_t separator(fsc_view v, size_t i)
{
    static const char *const marks[] = {", ", ";", " | ", "|", " / ", " & ", "•", "·", "、", " – ", " - ", "\n"};
    for (size_t k = 0; k < COUNT(marks); k++)
        if (fsc_view_starts(fsc_view_slice(v, i, v.len), fsc_view_cstr(marks[k])))
            return strlen(marks[k]);
    if (v.data[i] != ' ')
        return 0;
    size_t end = i + 1;
    while (end < v.len && v.data[end] != ' ')
        end++;
    return end < v.len && is_in(between, COUNT(between), fsc_view_slice(v, i + 1, end)) ? end - i + 1 : 0;
}

// A byline: names between separators. Of what a date, a role or a place follows, the names before it stay.
static void add_names(byline *b, fsc_view text, trust how)
{
    fsc_view v = strip(text);
    cut_before(&v);
    size_t from = 0;
    for (size_t i = 0; i <= v.len; i++) {
        size_t gap = i < v.len ? separator(v, i) : 1;
        if (!gap)
            continue;
        add_name(b, fsc_view_slice(v, from, i), how);
        i += gap - 1;
        from = i + 1;
    }
}

static bool settle(byline *b, const char *from)
{
    fsc_vec(char) all = {0};
    for (size_t i = 0; i < b->count; i++) {
        size_t at = all.len + (i ? 2 : 0);
        if (!fsc_vec_reserve(b->m->page->scratch, &all, at + b->name[i].len))
            return false;
        memcpy(all.data + all.len, "; ", at - all.len);
        memcpy(all.data + at, b->name[i].data, b->name[i].len);
        all.len = at + b->name[i].len;
    }
    return b->count && fsc_meta_set(b->m, &b->m->out->author, "author", fsc_view_of(all.data, all.len), from);
}

// ---------------------------------------------------------------- sources

static void add_ld(byline *b, const fsc_json *author)
{
    const fsc_json *item = author && author->kind == FSC_JSON_ARRAY ? author->child : author;
    for (size_t seen = 0; item && seen < 4 * MAX_NAMES; seen++, item = item == author ? NULL : item->next) {
        if (item->kind == FSC_JSON_STRING) {
            add_names(b, fsc_meta_clean(b->m, item->text), TRUST_TEXT);
        } else if (item->kind == FSC_JSON_OBJECT) {
            const fsc_json *who = fsc_ld_resolve(b->m->page, item);
            if (!fsc_ld_is(who, "Organization") && !fsc_ld_is(who, "Corporation"))
                add_names(b, fsc_meta_clean(b->m, fsc_ld_text(who, "name")), TRUST_LD);
        }
    }
}

static void add_metas(byline *b)
{
    static const char *const names[] = {
        "author",          "article:author",          "article:author_name", "byl",
        "parsely-author",  "sailthru.author",         "citation_author",     "dc.creator",
        "dcterms.creator", "dc.creator.personalname", "article.author",      "cXenseParse:author",
        "rbauthors"};
    for (size_t i = 0; i < COUNT(names) && !b->count; i++)
        for (size_t k = 0; k < b->m->page->meta.len; k++)
            if (fsc_view_eq_nocase(b->m->page->meta.data[k].name, fsc_view_cstr(names[i])))
                add_names(b, fsc_meta_clean(b->m, b->m->page->meta.data[k].content), TRUST_TEXT);
}

// True when an article element around the node is the one of the page's headline.
static bool in_own_article(const fsc_page *page, uint32_t node)
{
    for (uint32_t i = node; i; i = page->node.data[i].parent)
        if (page->node.data[i].tag == FSC_TAG_ARTICLE && page->headline > i && page->headline < page->node.data[i].end)
            return true;
    return false;
}

bool fsc_meta_is_elsewhere(const fsc_page *page, uint32_t node)
{
    for (uint32_t i = node; i; i = page->node.data[i].parent) {
        const fsc_node *n = &page->node.data[i];
        if (n->junk == FSC_JUNK_COMMENT || n->junk == FSC_JUNK_HIDDEN || n->tag == FSC_TAG_NAV ||
            n->tag == FSC_TAG_ASIDE)
            return true;
        bool around = page->headline > i && page->headline < n->end;
        if (around || n->tag == FSC_TAG_ARTICLE || n->tag == FSC_TAG_BODY || n->tag == FSC_TAG_HTML)
            continue;
        if ((n->hints & FSC_HINT_BIT(TEASER)) && n->chars < 900 && !in_own_article(page, i))
            return true;
        if (n->junk && (n->hints & FSC_HINT_BIT(RELATED)))
            return true;
        if (n->junk && (n->hints & FSC_HINT_BIT(SIDEBAR)))
            return !in_own_article(page, i);
    }
    return false;
}

// Where a line like "Posted on 4 March by Ann in City" names somebody: after the word for by (at the beginning, or in
// the middle), up to a small word, a digit or a sign. The empty view: nowhere.
static fsc_view named_in_line(fsc_view line, bool middle)
{
    static const char *const stops[] = {" am ", " on ", " um ", " at ",   " in ",   " le ",
                                        " el ", " il ", " op ", " dnia ", " under "};
    fsc_view name = strip(line);
    bool found = cut_before(&name);
    for (size_t i = 0; i + 4 < line.len && middle && !found; i++) {
        fsc_view rest = fsc_view_slice(line, i, line.len);
        size_t len = fsc_view_starts(rest, FSC_LIT(" by ")) || fsc_view_starts(rest, FSC_LIT(" By ")) ? 4
                     : fsc_view_starts(rest, FSC_LIT(" von ")) || fsc_view_starts(rest, FSC_LIT(" par ")) ||
                             fsc_view_starts(rest, FSC_LIT(" por "))
                         ? 5
                         : 0;
        found = len > 0;
        name = found ? fsc_view_slice(line, i + len, line.len) : name;
    }
    if (!found)
        return (fsc_view){"", 0};
    size_t end = name.len;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = fsc_view_find(name, fsc_view_cstr(stops[i]), 0);
        end = at < end ? at : end;
    }
    for (size_t i = 0; i < end; i++)
        if (name.data[i] == '|' || name.data[i] == '@' || name.data[i] == '(' || name.data[i] == '\n' ||
            (name.data[i] >= '0' && name.data[i] <= '9' && i && name.data[i - 1] == ' '))
            end = i;
    return strip(fsc_view_slice(name, 0, end));
}

static void add_node(byline *b, uint32_t node, trust how)
{
    fsc_page *page = b->m->page;
    fsc_view named = fsc_page_attr(page, node, FSC_ATTR_CONTENT);
    if (named.len) {
        add_names(b, named, how);
        return;
    }
    // Names are mostly links to their pages; other links in a byline share or count comments.
    for (uint32_t i = node; i < page->node.data[node].end; i++)
        if ((page->node.data[i].flags & FSC_NODE_LINK) ||
            fsc_view_is(fsc_page_attr(page, i, FSC_ATTR_ITEMPROP), "name"))
            add_names(b, fsc_page_text(page, i, 200), how);
    if (b->count)
        return;
    fsc_view text = fsc_page_text(page, node, 200), name = named_in_line(text, true);
    fsc_date d;
    if (name.len) {
        add_names(b, name, TRUST_MARKUP);
        return;
    }
    if (fsc_date_find(&d, text, false))
        text = fsc_view_slice(text, 0, d.start);
    add_names(b, text, how);
}

static bool is_author_node(const fsc_page *page, uint32_t i, bool markup)
{
    const fsc_node *n = &page->node.data[i];
    if (n->tag == FSC_TAG_TEXT || n->tag == FSC_TAG_META || n->tag == FSC_TAG_LINK || n->tag == FSC_TAG_BODY ||
        n->tag == FSC_TAG_HTML || n->tag == FSC_TAG_ARTICLE || n->chars > 300)
        return false;
    return markup ? (n->flags & FSC_NODE_AUTHOR) != 0 : (n->hints & FSC_HINT_BIT(BYLINE)) != 0;
}

// The first author element after the headline, else the last one before it.
static void add_nodes(byline *b, bool markup)
{
    fsc_page *page = b->m->page;
    uint32_t before_it = 0;
    for (uint32_t i = 1; i < page->node.len && !b->count; i++) {
        if (!is_author_node(page, i, markup) || fsc_meta_is_elsewhere(page, i))
            continue;
        if (i < page->headline)
            before_it = i;
        else
            add_node(b, i, markup ? TRUST_MARKUP : TRUST_TEXT);
    }
    if (!b->count && before_it)
        add_node(b, before_it, markup ? TRUST_MARKUP : TRUST_TEXT);
}

// A name of two or three words, not a label like "Last change:".
static void add_beside_date(byline *b, fsc_view text)
{
    text = fsc_view_trim(text);
    if (text.len == 0 || text.data[text.len - 1] == ':')
        return;
    fsc_view name = strip(text);
    size_t gaps = 0;
    for (size_t i = 0; i < name.len; i++)
        gaps += name.data[i] == ' ';
    if (gaps < 3)
        add_names(b, name, TRUST_TEXT);
}

// A line of its own that says "By ...", above the text, or one that the page calls a byline or dates itself with.
static void add_lines(byline *b)
{
    fsc_page *page = b->m->page;
    size_t seen = 0;
    for (size_t i = 0; i < page->block.len && !b->count; i++) {
        const fsc_block *block = &page->block.data[i];
        bool after = page->headline && block->node >= page->headline;
        bool meta = block->flags & (FSC_BLOCK_META | FSC_BLOCK_TIME);
        if (block->chars > 140 || (block->heading && block->heading < 4) || (block->flags & FSC_BLOCK_CAPTION) ||
            block->junk == FSC_JUNK_COMMENT || (!meta && !(after && seen < 12))) {
            seen += after;
            continue;
        }
        seen += after;
        fsc_date d;
        fsc_view text = fsc_block_text(page, block);
        bool dated = fsc_date_find(&d, text, false);
        fsc_view name = named_in_line(text, meta && dated);
        if (fsc_meta_is_elsewhere(page, block->node))
            continue;
        add_names(b, name, meta ? TRUST_MARKUP : TRUST_TEXT);
        if (!dated || name.len || block->chars > 80 || !after)
            continue;
        // "4 March 2020 | Ann Other": what stands beside the date.
        add_beside_date(b, fsc_view_slice(text, 0, d.start));
        add_beside_date(b, fsc_view_slice(text, d.end, text.len));
    }
}

void fsc_meta_author(fsc_meta *m)
{
    byline b = {.m = m};
    if (m->out->author.len)
        return;
    add_ld(&b, fsc_json_get(m->article, "author"));
    if (settle(&b, "json-ld"))
        return;
    add_metas(&b);
    if (settle(&b, "meta"))
        return;
    add_nodes(&b, true);
    if (settle(&b, "markup"))
        return;
    add_nodes(&b, false);
    if (settle(&b, "class"))
        return;
    add_lines(&b);
    settle(&b, "byline");
}
