#include "extract/page_p.h"

#include "base/utf8.h"

#define MAX_SCRIPT (4u << 20)

static const char *const attr_names[FSC_ATTR_COUNT] = {"class", "id", "href", "itemprop", "content", "datetime"};

static fsc_attr_name attr_of(fsc_view name)
{
    for (unsigned i = 0; i < FSC_ATTR_COUNT; i++)
        if (attr_names[i][0] == name.data[0] && fsc_view_is(name, attr_names[i]))
            return (fsc_attr_name)i;
    return FSC_ATTR_COUNT;
}

static fsc_view find_attr(const fsc_html_attribute *attr, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_is(attr[i].name, name))
            return attr[i].value;
    return (fsc_view){"", 0};
}

static bool has_attr(const fsc_html_attribute *attr, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (fsc_view_is(attr[i].name, name))
            return true;
    return false;
}

// True when a blank-separated list holds the word, case ignored.
static bool has_word(fsc_view list, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= list.len; i++) {
        if ((i == 0 || list.data[i - 1] == ' ') && (i + n == list.len || list.data[i + n] == ' ') &&
            fsc_view_eq_nocase(fsc_view_slice(list, i, i + n), fsc_view_cstr(word)))
            return true;
    }
    return false;
}

static fsc_view keep(fsc_page *page, fsc_view v)
{
    fsc_view copy = fsc_arena_dup(page->scratch, v);
    if (!copy.data)
        page->failed = true;
    return copy.data ? copy : (fsc_view){"", 0};
}

// ---------------------------------------------------------------- head

static void note_meta(fsc_page *page, const fsc_html_attribute *attr, size_t count)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    fsc_view content = fsc_view_trim(find_attr(attr, count, "content"));
    if (content.len == 0)
        return;
    content = keep(page, content);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        fsc_view name = fsc_view_trim(find_attr(attr, count, keys[i]));
        if (name.len == 0)
            continue;
        fsc_meta_tag m = {keep(page, name), content};
        if (!fsc_vec_push(page->scratch, &page->meta, m))
            page->failed = true;
    }
}

static void note_link(fsc_page *page, const fsc_html_attribute *attr, size_t count)
{
    fsc_view rel = find_attr(attr, count, "rel");
    fsc_view href = fsc_view_trim(find_attr(attr, count, "href"));
    if (href.len && !page->canonical.len && has_word(rel, "canonical"))
        page->canonical = keep(page, href);
}

// ---------------------------------------------------------------- elements

static bool is_hidden(const fsc_html_attribute *attr, size_t count)
{
    if (has_attr(attr, count, "hidden"))
        return true;
    fsc_view style = find_attr(attr, count, "style");
    char flat[256];
    size_t n = 0;
    for (size_t i = 0; i < style.len && n < sizeof flat; i++)
        if (style.data[i] != ' ')
            flat[n++] = (char)(style.data[i] | 32);
    fsc_view v = fsc_view_of(flat, n);
    return fsc_view_find(v, FSC_LIT("display:none"), 0) != SIZE_MAX ||
           fsc_view_find(v, FSC_LIT("visibility:hidden"), 0) != SIZE_MAX;
}

// Blogs and papers keep a page for each author.
static bool is_author_path(fsc_view href)
{
    static const char *const parts[] = {"/author/", "/authors/", "/autor/",    "/autoren/",
                                        "/auteur/", "/autore/",  "/redacteur/"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t at = fsc_view_find(href, fsc_view_cstr(parts[i]), 0);
        if (at != SIZE_MAX && at + strlen(parts[i]) < href.len)
            return true;
    }
    return false;
}

static uint8_t flags_of(fsc_tag tag, const fsc_html_attribute *attr, size_t count)
{
    uint8_t flags = 0;
    fsc_view prop = find_attr(attr, count, "itemprop");
    if (count && is_hidden(attr, count))
        flags |= FSC_NODE_HIDDEN;
    if (has_word(prop, "articleBody") || has_word(prop, "reviewBody") || has_word(prop, "blogPost"))
        flags |= FSC_NODE_BODY;
    if (tag == FSC_TAG_A && find_attr(attr, count, "href").len)
        flags |= FSC_NODE_LINK;
    if (tag == FSC_TAG_TIME || has_word(prop, "datePublished") || has_word(prop, "dateModified"))
        flags |= FSC_NODE_TIME;
    fsc_view names = find_attr(attr, count, "class");
    if (has_word(prop, "author") || has_word(find_attr(attr, count, "rel"), "author") || has_word(names, "fn") ||
        has_word(names, "p-author") || (tag == FSC_TAG_A && is_author_path(find_attr(attr, count, "href"))))
        flags |= FSC_NODE_AUTHOR;
    return flags;
}

static uint32_t hints_of(fsc_page *page, const fsc_html_attribute *attr, size_t count)
{
    uint32_t bits = fsc_hint_names(page->hints, find_attr(attr, count, "class")) |
                    fsc_hint_names(page->hints, find_attr(attr, count, "id"));
    fsc_view role = find_attr(attr, count, "role");
    if (fsc_view_is(role, "navigation") || fsc_view_is(role, "menu") || fsc_view_is(role, "menubar") ||
        fsc_view_is(role, "search"))
        bits |= FSC_HINT_BIT(NAV);
    if (fsc_view_is(role, "complementary"))
        bits |= FSC_HINT_BIT(SIDEBAR);
    if (fsc_view_is(role, "contentinfo"))
        bits |= FSC_HINT_BIT(FOOTER);
    if (fsc_view_is(role, "dialog") || fsc_view_is(role, "alertdialog"))
        bits |= FSC_HINT_BIT(POPUP);
    return bits;
}

static void keep_attributes(fsc_page *page, fsc_node *n, const fsc_html_attribute *attr, size_t count)
{
    n->first = (uint32_t)page->attr.len;
    for (size_t i = 0; i < count; i++) {
        fsc_attr_name name = attr[i].name.len ? attr_of(attr[i].name) : FSC_ATTR_COUNT;
        if (name == FSC_ATTR_COUNT)
            continue;
        fsc_attr a = {name, keep(page, attr[i].value)};
        if (!fsc_vec_push(page->scratch, &page->attr, a))
            page->failed = true;
    }
    n->count = (uint32_t)page->attr.len - n->first;
}

static bool on_start(void *user, fsc_view name, const fsc_html_attribute *attr, size_t count, uint32_t source)
{
    fsc_page *page = user;
    fsc_tag tag = fsc_html_tag(name);
    fsc_node n = {.parent = page->current, .source = source, .tag = (uint8_t)tag};
    if (tag == FSC_TAG_META)
        note_meta(page, attr, count);
    else if (tag == FSC_TAG_LINK)
        note_link(page, attr, count);
    else if (tag == FSC_TAG_HTML && !page->lang.len)
        page->lang = keep(page, find_attr(attr, count, has_attr(attr, count, "lang") ? "lang" : "xml:lang"));
    if (count && tag != FSC_TAG_META && tag != FSC_TAG_LINK) {
        n.flags = flags_of(tag, attr, count);
        n.hints = hints_of(page, attr, count);
        keep_attributes(page, &n, attr, count);
    } else if (tag == FSC_TAG_TIME) {
        n.flags = FSC_NODE_TIME;
    }
    page->current = (uint32_t)page->node.len;
    return fsc_vec_push(page->scratch, &page->node, n) && !page->failed;
}

static bool on_end(void *user, fsc_view name, uint32_t source)
{
    (void)name;
    (void)source;
    fsc_page *page = user;
    fsc_node *n = &page->node.data[page->current];
    n->end = (uint32_t)page->node.len;
    page->current = n->parent;
    return true;
}

static bool on_text(void *user, fsc_view text, uint32_t source)
{
    fsc_page *page = user;
    size_t at = page->text.len;
    if (!fsc_vec_reserve(page->scratch, &page->text, at + text.len)) {
        page->failed = true;
        return false;
    }
    memcpy(page->text.data + at, text.data, text.len);
    page->text.len += text.len;
    fsc_node *last = &page->node.data[page->node.len - 1];
    if (last->tag == FSC_TAG_TEXT && last->parent == page->current) {
        last->count += (uint32_t)text.len; // libxml2 cuts long text into pieces
        return true;
    }
    fsc_node n = {.parent = page->current,
                  .source = source,
                  .tag = FSC_TAG_TEXT,
                  .first = (uint32_t)at,
                  .count = (uint32_t)text.len,
                  .end = (uint32_t)page->node.len + 1};
    return fsc_vec_push(page->scratch, &page->node, n);
}

static bool on_script(void *user, fsc_view type, fsc_view content)
{
    (void)type;
    fsc_page *page = user;
    fsc_json *value = NULL;
    if (content.len > MAX_SCRIPT)
        return true;
    fsc_err ignored = FSC_ERR_INIT;
    int status = fsc_json_parse(&value, NULL, content, true, page->scratch, &ignored);
    if (status == FSC_E_NOMEM)
        return false;
    return status || fsc_vec_push(page->scratch, &page->script, value); // a broken script says nothing
}

int fsc_page_parse(fsc_page *page, fsc_err *err)
{
    fsc_html_handler handler = {on_start, on_end, on_text, on_script, page};
    page->hints = fsc_arena_alloc(page->scratch, sizeof *page->hints);
    if (!page->hints)
        return fsc_err_nomem(err);
    fsc_hint_index_fill(page->hints);
    // Sized by what pages are like, so that growing leaves few old copies.
    if (!fsc_vec_reserve(page->scratch, &page->node, page->html.len / 64 + 64) ||
        !fsc_vec_reserve(page->scratch, &page->text, page->html.len / 6 + 256) ||
        !fsc_vec_push(page->scratch, &page->node, (fsc_node){.tag = FSC_TAG_HTML}))
        return fsc_err_nomem(err);
    page->current = 0;
    fsc_err local = FSC_ERR_INIT;
    int status = fsc_html_parse(page->html, &handler, page->scratch, &local);
    if (status == FSC_E_CANCELLED || page->failed)
        return fsc_err_nomem(err);
    if (status)
        return fsc_err_set(err, status, "%s", local.text);
    for (uint32_t i = page->current; i != 0; i = page->node.data[i].parent)
        page->node.data[i].end = (uint32_t)page->node.len;
    page->node.data[0].end = (uint32_t)page->node.len;
    return 0;
}

fsc_view fsc_page_attr(const fsc_page *page, uint32_t node, fsc_attr_name name)
{
    const fsc_node *n = &page->node.data[node];
    if (n->tag != FSC_TAG_TEXT)
        for (uint32_t i = n->first; i < n->first + n->count; i++)
            if (page->attr.data[i].name == name)
                return page->attr.data[i].value;
    return (fsc_view){"", 0};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

fsc_view fsc_page_text(fsc_page *page, uint32_t node, size_t max)
{
    char *out = fsc_arena_alloc(page->scratch, max + 1);
    size_t n = 0;
    if (!out)
        return (fsc_view){"", 0};
    for (uint32_t i = node; i < page->node.data[node].end && n < max; i++) {
        const fsc_node *t = &page->node.data[i];
        if (t->tag != FSC_TAG_TEXT) {
            if (n && out[n - 1] != ' ' && !(fsc_html_tag_flags((fsc_tag)t->tag) & FSC_TAG_INLINE))
                out[n++] = ' ';
            continue;
        }
        for (uint32_t k = 0; k < t->count && n < max; k++) {
            char c = page->text.data[t->first + k];
            if (!is_blank(c))
                out[n++] = c;
            else if (n && out[n - 1] != ' ')
                out[n++] = ' ';
        }
    }
    return fsc_view_trim(fsc_view_of(out, fsc_utf8_valid(out, n)));
}
