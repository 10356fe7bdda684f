#include "extract/meta_p.h"

// A reader's comment is the smallest element around its text that also says who wrote it or when.

#define PERSON_MAX 80   /* bytes of a commenter's name and what stands around it */
#define DETAILS_MAX 160 /* bytes of a line about a comment */
#define INSIDE 16       /* elements of a person's that are looked at for the name alone */

enum what {
    PERSON = 1 << 0,     /* names the commenter */
    TIME = 1 << 1,       /* when it was written */
    HOLDS_P = 1 << 2,    /* a paragraph somewhere below */
    HOLDS_MARK = 1 << 3, /* a person or time somewhere below */
    SKIP = 1 << 4        /* no text of a comment: names, times, forms */
};

typedef struct finder {
    fsc_page *page;
    fsc_arena *arena;
    uint8_t *what;    /* by node */
    uint32_t *entry;  /* by node: the comment that text in it belongs to, 0: none */
    uint32_t *next;   /* by node: the first person at or after it */
    uint32_t *people; /* by node: persons below it */
    uint32_t *size;   /* by node: bytes of text below it */
    fsc_vec(fsc_comment) found;
    fsc_vec(char) text; /* of the comment that is being read */
    fsc_view author;
    uint32_t now; /* its entry */
    bool failed;
} finder;

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Words in a class or itemprop that stand for a commenter; beginnings, in the languages of the other hints.
static bool names_person(fsc_view names)
{
    static const char *const words[] = {"author", "user",   "nick",     "commenter", "autor",
                                        "auteur", "autore", "benutzer", "nutzer",    "usuario"};
    for (size_t i = 0; i < names.len; i++) {
        if (!is_letter(names.data[i]) || (i && is_letter(names.data[i - 1])))
            continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            size_t len = strlen(words[k]);
            if (fsc_view_eq_nocase(fsc_view_slice(names, i, i + len), fsc_view_cstr(words[k])))
                return true;
        }
    }
    return false;
}

static uint8_t kind_of(const finder *f, uint32_t i)
{
    const fsc_node *n = &f->page->node.data[i];
    if (n->flags & FSC_NODE_TIME)
        return TIME;
    // A citation stands in a paragraph, the one who comments does not.
    if (n->tag == FSC_TAG_CITE && f->size[i] <= PERSON_MAX && f->page->node.data[n->parent].tag != FSC_TAG_P)
        return PERSON;
    // A whole comment may carry the login of its author in its class.
    if (n->tag == FSC_TAG_TEXT || n->tag == FSC_TAG_LI || n->tag == FSC_TAG_ARTICLE || n->tag == FSC_TAG_IMG ||
        (f->what[i] & HOLDS_P) || f->size[i] == 0 || f->size[i] > PERSON_MAX)
        return 0;
    return (n->flags & FSC_NODE_AUTHOR) || names_person(fsc_page_attr(f->page, i, FSC_ATTR_CLASS)) ? PERSON : 0;
}

// Persons, times and paragraphs, and what holds them: children come after their parents.
static void mark_people(finder *f)
{
    const fsc_node *all = f->page->node.data;
    uint32_t person = 0;
    for (uint32_t i = (uint32_t)f->page->node.len; i-- > 1;) {
        uint32_t up = all[i].parent;
        f->size[i] += all[i].tag == FSC_TAG_TEXT ? all[i].count : 0;
        f->size[up] += f->size[i];
        f->what[i] |= all[i].junk == FSC_JUNK_COMMENT ? kind_of(f, i) : 0;
        person = f->what[i] & PERSON ? i : person;
        f->next[i] = person;
        f->people[up] += f->what[i] & PERSON ? 1 : f->people[i];
        f->what[up] |= f->what[i] & (HOLDS_P | HOLDS_MARK);
        if (all[i].tag == FSC_TAG_P)
            f->what[up] |= HOLDS_P;
        if (f->what[i] & (PERSON | TIME))
            f->what[up] |= HOLDS_MARK;
    }
}

static bool is_details(const finder *f, uint32_t i)
{
    const fsc_node *n = &f->page->node.data[i];
    if (n->tag == FSC_TAG_FORM || n->tag == FSC_TAG_NAV || (f->what[i] & (PERSON | TIME)))
        return true;
    return (n->hints & FSC_HINT_BIT(META)) && n->tag != FSC_TAG_LI && n->tag != FSC_TAG_ARTICLE &&
           !(f->what[i] & HOLDS_P) && f->size[i] < DETAILS_MAX;
}

static bool is_top(const fsc_page *page, uint32_t i)
{
    return page->node.data[page->node.data[i].parent].junk != FSC_JUNK_COMMENT;
}

static void mark_entries(finder *f)
{
    const fsc_node *all = f->page->node.data;
    for (uint32_t i = 1; i < f->page->node.len; i++) {
        uint32_t up = all[i].parent;
        if (all[i].junk != FSC_JUNK_COMMENT || all[i].tag == FSC_TAG_TEXT)
            continue;
        f->what[i] |= (f->what[up] & SKIP) | (is_details(f, i) ? SKIP : 0);
        bool list = all[i].tag == FSC_TAG_UL || all[i].tag == FSC_TAG_OL;
        bool several = list || (is_top(f->page, i) && f->people[i] > 1); // not one comment
        bool own = !several && ((f->what[i] & HOLDS_MARK) || (!f->entry[up] && all[i].tag == FSC_TAG_LI));
        f->entry[i] = own ? i : f->entry[up];
    }
}

// ---------------------------------------------------------------- one comment

// "Ann Other says:" without its last word, "By Ann Other" without its first.
static fsc_view name_of(finder *f, uint32_t entry)
{
    const fsc_node *n = &f->page->node.data[entry];
    uint32_t person = entry ? f->next[entry] : 0;
    if (!person || person >= n->end)
        return (fsc_view){"", 0};
    fsc_view name = fsc_page_text(f->page, person, 4 * PERSON_MAX);
    for (uint32_t i = person + 1; i < f->page->node.data[person].end && i < person + INSIDE; i++) {
        if (!(f->page->node.data[i].flags & (FSC_NODE_LINK | FSC_NODE_AUTHOR)))
            continue;
        fsc_view inner = fsc_page_text(f->page, i, 4 * PERSON_MAX);
        if (inner.len) {
            name = inner;
            break;
        }
    }
    if (name.len && name.data[name.len - 1] == ':') {
        size_t blank = name.len;
        while (blank > 0 && name.data[blank - 1] != ' ')
            blank--;
        name = fsc_view_trim(fsc_view_slice(name, 0, blank ? blank : name.len - 1));
    }
    return name.len && is_digit(name.data[0]) ? (fsc_view){"", 0} : name; // "12 readers"
}

static void flush(finder *f)
{
    if (f->text.len) {
        fsc_comment c = {fsc_arena_dup(f->arena, f->author),
                         fsc_arena_dup(f->arena, fsc_view_of(f->text.data, f->text.len))};
        if (!c.author.data || !c.text.data || !fsc_vec_push(f->arena, &f->found, c))
            f->failed = true;
    }
    f->text.len = 0;
}

static void add(finder *f, fsc_view text)
{
    size_t gap = f->text.len ? 2 : 0;
    if (!fsc_vec_reserve(f->page->scratch, &f->text, f->text.len + gap + text.len)) {
        f->failed = true;
        return;
    }
    memcpy(f->text.data + f->text.len, "\n\n", gap);
    memcpy(f->text.data + f->text.len + gap, text.data, text.len);
    f->text.len += gap + text.len;
}

// "12 likes", "Reply", "4 March, 10:15": what stands under or above a comment.
static bool is_control(const fsc_block *b, fsc_view text)
{
    fsc_date d;
    bool digit = is_digit(text.data[0]);
    if (b->chars < DETAILS_MAX / 2 && fsc_date_find(&d, text, false) && text.len - (d.end - d.start) < 24)
        return true;
    return b->links * 10 > b->chars * 9 || (digit && b->chars < 24 && !b->sentences) ||
           (fsc_hint_phrase(text) & (FSC_HINT_BIT(SHARE) | FSC_HINT_BIT(COMMENT)));
}

static void read_block(finder *f, const fsc_block *b)
{
    uint32_t entry = f->entry[b->node];
    fsc_view text = fsc_block_text(f->page, b);
    if ((f->what[b->node] & SKIP) || b->heading ||
        ((b->flags & (FSC_BLOCK_TIME | FSC_BLOCK_DATED)) && b->chars < PERSON_MAX) || is_control(b, text) ||
        (!entry && !fsc_block_good(b)))
        return;
    if (!entry || entry != f->now) {
        flush(f);
        f->author = name_of(f, entry);
        f->now = entry;
    }
    // Where nothing names a person, a short line in bold above the text does.
    if (entry && !f->author.len && !f->text.len && (b->flags & FSC_BLOCK_BOLD) && b->chars <= PERSON_MAX / 2 &&
        !b->sentences) {
        f->author = text;
        return;
    }
    // The name may stand in the first line of the text.
    if (f->author.len && fsc_view_starts(text, f->author) && !f->text.len) {
        text = fsc_view_trim(fsc_view_slice(text, f->author.len, text.len));
        bool says = text.len < 16 && text.len && text.data[text.len - 1] == ':';
        while (text.len && (text.data[0] == ':' || text.data[0] == ' '))
            text = fsc_view_slice(text, 1, text.len);
        if (says)
            return;
    }
    if (text.len)
        add(f, text);
}

// ---------------------------------------------------------------- what JSON-LD says

static void from_ld(finder *f)
{
    const fsc_json *all = fsc_json_get(f->page->article, "comment");
    const fsc_json *c = all && all->kind == FSC_JSON_ARRAY ? all->child : all;
    for (; c && !f->failed; c = c == all ? NULL : c->next) {
        fsc_view text = fsc_ld_body(f->page, c);
        f->author = fsc_view_trim(fsc_ld_text(c, "author"));
        if (text.len)
            add(f, text);
        flush(f);
    }
}

int fsc_page_comments(fsc_article *out, fsc_page *page, fsc_err *err)
{
    size_t n = page->node.len;
    finder f = {.page = page,
                .arena = page->arena,
                .what = FSC_NEW_N(page->scratch, uint8_t, n),
                .entry = FSC_NEW_N(page->scratch, uint32_t, n),
                .next = FSC_NEW_N(page->scratch, uint32_t, n),
                .people = FSC_NEW_N(page->scratch, uint32_t, n),
                .size = FSC_NEW_N(page->scratch, uint32_t, n)};
    if (!f.what || !f.entry || !f.next || !f.people || !f.size)
        return fsc_err_nomem(err);
    mark_people(&f);
    mark_entries(&f);
    for (size_t i = 0; i < page->block.len && !f.failed; i++)
        if (page->block.data[i].junk == FSC_JUNK_COMMENT)
            read_block(&f, &page->block.data[i]);
    flush(&f);
    if (!f.found.len)
        from_ld(&f);
    out->comment = f.found.data;
    out->comment_count = f.found.len;
    return f.failed || page->scratch->failed ? fsc_err_nomem(err) : 0;
}
