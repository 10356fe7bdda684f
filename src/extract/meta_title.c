#include "extract/meta_p.h"

#define MAX_WORDS 64
#define MAX_HEADINGS 64

// The words of a title in lower case, for comparing.
typedef struct words {
    char text[600];
    fsc_view word[MAX_WORDS];
    size_t count;
} words;

static bool is_word_byte(char c)
{
    return (c & 0x80) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// General punctuation (dashes, quote marks) starts with this byte in UTF-8 and parts words.
static bool is_mark(const char *s, size_t left)
{
    return left >= 3 && (unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x80;
}

static void read_words(words *w, fsc_view title)
{
    size_t n = fsc_hint_fold(title, w->text, sizeof w->text), i = 0;
    w->count = 0;
    while (i < n && w->count < MAX_WORDS) {
        while (i < n && (!is_word_byte(w->text[i]) || is_mark(w->text + i, n - i)))
            i += is_mark(w->text + i, n - i) ? 3 : 1;
        size_t from = i;
        while (i < n && is_word_byte(w->text[i]) && !is_mark(w->text + i, n - i))
            i++;
        if (i > from)
            w->word[w->count++] = fsc_view_of(w->text + from, i - from);
    }
}

// How many of a's words are in b.
static size_t shared(const words *a, const words *b)
{
    size_t n = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (fsc_view_eq(a->word[i], b->word[k])) {
                n++;
                break;
            }
    return n;
}

// ---------------------------------------------------------------- the site's name in titles

// True when a part of a title names the site: it is its name, its host, or begins or ends with them.
static bool names_site(const fsc_meta *m, fsc_view part)
{
    words p, s;
    read_words(&p, part);
    read_words(&s, m->out->site);
    if (p.count == 0 || (m->masthead.len && fsc_view_eq_nocase(fsc_view_trim(part), m->masthead)))
        return true;
    size_t n = shared(&p, &s);
    if (n == p.count || (s.count && n == s.count && p.count <= s.count + 5))
        return true;
    // "My Paper" and mypaper.com
    char flat[128];
    size_t len = 0;
    for (size_t i = 0; i < p.count && len + p.word[i].len < sizeof flat; i++) {
        memcpy(flat + len, p.word[i].data, p.word[i].len);
        len += p.word[i].len;
    }
    fsc_view host = fsc_meta_host(m->out->canonical.len ? m->out->canonical : m->out->url);
    return len >= 4 && fsc_view_find(host, fsc_view_of(flat, len), 0) != SIZE_MAX;
}

static const char *const marks[] = {" | ", " - ", " – ", " — ", " · ", " » ", " « ", " › ", " :: ", " // ", " │ ", "|"};

// Cuts parts that name the site off both ends of a title, as long as something is left.
static fsc_view without_site(const fsc_meta *m, fsc_view title)
{
    for (int round = 0; round < 4; round++) {
        fsc_view cut = title;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && cut.len == title.len; i++) {
            fsc_view mark = fsc_view_cstr(marks[i]);
            size_t first = fsc_view_find(title, mark, 0), last = first;
            if (first == SIZE_MAX)
                continue;
            for (size_t at = first; at != SIZE_MAX; at = fsc_view_find(title, mark, at + 1))
                last = at;
            fsc_view head = fsc_view_slice(title, 0, first);
            fsc_view tail = fsc_view_slice(title, last + mark.len, title.len);
            if (names_site(m, tail) && last > 3)
                cut = fsc_view_trim(fsc_view_slice(title, 0, last));
            else if (names_site(m, head) && title.len - first > 6)
                cut = fsc_view_trim(fsc_view_slice(title, first + mark.len, title.len));
        }
        if (cut.len == title.len)
            break;
        title = cut;
    }
    return title;
}

// ---------------------------------------------------------------- headings

static fsc_view title_element(fsc_meta *m)
{
    for (uint32_t i = 1; i < m->page->node.len; i++)
        if (m->page->node.data[i].tag == FSC_TAG_TITLE)
            return fsc_page_text(m->page, i, 1024);
    return (fsc_view){"", 0};
}

// How well a heading of the page is confirmed by the titles that the page gives itself, 0-100.
static int confirmed(const words *heading, const words *titles, size_t count)
{
    int best = 0;
    if (heading->count == 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = shared(heading, &titles[i]);
        int share = (int)(n * 100 / heading->count);
        // One word of a long title confirms little.
        if (n < 2 && titles[i].count > 3)
            share /= 2;
        if (share > best)
            best = share;
    }
    return best;
}

// A short heading at the end of a much longer title is the site's name: "What happened - The Paper".
static bool ends_title(const words *heading, fsc_view text, fsc_view title)
{
    while (title.len && strchr(" :|-", title.data[title.len - 1]))
        title.len--;
    return heading->count <= 4 && title.len * 2 > text.len * 5 && fsc_view_ends(title, text);
}

// The heading that readers see as the article's own: confirmed by title, og:title or JSON-LD; h1 before h2.
static void find_heading(fsc_meta *m, const words *titles, fsc_view title, size_t count)
{
    fsc_page *page = m->page;
    int best = 0;
    size_t seen = 0;
    for (uint32_t i = 1; i < page->node.len && seen < MAX_HEADINGS; i++) {
        const fsc_node *n = &page->node.data[i];
        if (n->tag < FSC_TAG_H1 || n->tag > FSC_TAG_H3 || n->junk == FSC_JUNK_COMMENT || n->junk == FSC_JUNK_HIDDEN)
            continue;
        fsc_view text = fsc_page_text(page, i, 500);
        words w;
        seen++;
        read_words(&w, text);
        int share = confirmed(&w, titles, count);
        bool first = n->tag == FSC_TAG_H1;
        bool site = names_site(m, text) || ends_title(&w, text, title);
        if (site && !m->masthead.len)
            m->masthead = text;
        if (site || text.len < 3 || share < (first ? 50 : 80) || (!first && w.count < 3))
            continue;
        int rank = share +
                   (first                  ? 60
                    : n->tag == FSC_TAG_H2 ? 20
                                           : 0) +
                   (int)(w.count > 8 ? 8 : w.count) * 2 - (n->junk ? 30 : 0);
        if (rank > best) {
            best = rank;
            m->h1 = text;
            m->h1_node = i;
        }
    }
}

// Without a confirmed one, the first h1 that is not the site's name.
static void find_h1(fsc_meta *m)
{
    fsc_page *page = m->page;
    for (uint32_t i = 1; i < page->node.len && !m->h1_node; i++) {
        const fsc_node *n = &page->node.data[i];
        if (n->tag != FSC_TAG_H1 || n->junk)
            continue;
        fsc_view text = fsc_page_text(page, i, 500);
        if (text.len < 3 || names_site(m, text))
            continue;
        m->h1_node = i;
        m->h1 = text;
    }
}

void fsc_meta_title(fsc_meta *m)
{
    fsc_view *title = &m->out->title;
    fsc_view given[] = {fsc_meta_clean(m, fsc_ld_text(m->article, "headline")),
                        fsc_meta_clean(m, fsc_meta_find(m, "og:title")),
                        title_element(m),
                        fsc_meta_clean(m, fsc_meta_find(m, "citation_title")),
                        fsc_meta_clean(m, fsc_meta_find(m, "dc.title")),
                        fsc_meta_clean(m, fsc_meta_find(m, "dcterms.title")),
                        fsc_meta_clean(m, fsc_meta_find(m, "parsely-title")),
                        fsc_meta_clean(m, fsc_meta_find(m, "sailthru.title")),
                        fsc_meta_clean(m, fsc_meta_find(m, "twitter:title")),
                        fsc_meta_clean(m, fsc_meta_find(m, "headline"))};
    static const char *const from[] = {"json-ld", "og",   "title", "meta", "meta",
                                       "meta",    "meta", "meta",  "meta", "microdata"};
    words *titles = fsc_arena_alloc(m->page->scratch, 3 * sizeof *titles);
    if (!titles) {
        m->failed = true;
        return;
    }
    for (size_t i = 0; i < 3; i++)
        read_words(&titles[i], given[i]);
    find_heading(m, titles, given[2], 3);
    bool sure = m->h1_node != 0;
    if (!sure)
        find_h1(m);
    m->page->headline = m->h1_node;
    // Readers see the heading; what is made for search and sharing often says it in other words.
    if (sure)
        fsc_meta_set(m, title, "title", m->h1, "heading");
    static const uint8_t order[] = {0, 1, 3, 4, 5, 6, 7, 8, 9, 2};
    for (size_t i = 0; i < sizeof order; i++)
        if (order[i] != 2)
            fsc_meta_set(m, title, "title", without_site(m, given[order[i]]), from[order[i]]);
    // An unconfirmed heading of a word or two is as likely that of a section.
    words own;
    read_words(&own, m->h1);
    if (own.count > 2)
        fsc_meta_set(m, title, "title", m->h1, "heading");
    fsc_meta_set(m, title, "title", without_site(m, given[2]), "title");
    fsc_meta_set(m, title, "title", m->h1, "heading");
}
