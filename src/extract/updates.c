#include "extract/meta_p.h"

// The updates of a live blog as articles of their own.

typedef struct splitter {
    fsc_page *page;
    const fsc_article *parent;
    const fsc_extract_options *opt;
    fsc_vec(fsc_article) found;
    fsc_meta meta; /* cleans what JSON-LD says */
    bool failed;
} splitter;

// A record of its own that shares what the whole has: address, site, author, language.
static fsc_article child_of(splitter *s, size_t number)
{
    fsc_article a = *s->parent;
    fsc_arena *arena = s->page->arena;
    a.id = fsc_arena_printf(arena, "%.*s#%zu", (int)a.id.len, a.id.data, number);
    a.kind = FSC_LIT("liveblog");
    a.title = a.published = a.modified = a.reason = (fsc_view){"", 0};
    a.status = FSC_RECORD_OK;
    a.text_start = 0;
    a.part = NULL;
    a.part_count = a.comment_count = 0;
    a.has_comments = false;
    a.from = FSC_NEW_N(arena, fsc_field, s->parent->from_count + 4);
    a.from_count = 0;
    s->failed |= !a.from || !a.id.data;
    return a;
}

static void take(splitter *s, fsc_article *a, fsc_view *field, const char *name, fsc_view v, const char *from)
{
    if (s->failed || !v.len)
        return;
    *field = fsc_arena_dup(s->page->arena, v);
    s->failed |= !field->data;
    a->from[a->from_count++] = (fsc_field){fsc_view_cstr(name), fsc_view_cstr(from)};
}

static bool is_own(const fsc_article *a, fsc_view name)
{
    for (size_t i = 0; i < a->from_count; i++)
        if (fsc_view_eq(a->from[i].name, name))
            return true;
    return fsc_view_is(name, "title") || fsc_view_is(name, "published") || fsc_view_is(name, "modified") ||
           fsc_view_is(name, "kind");
}

static void put(splitter *s, fsc_article *a, fsc_writer *w, fsc_err *err)
{
    for (size_t i = 0; i < s->parent->from_count && !s->failed; i++)
        if (!is_own(a, s->parent->from[i].name))
            a->from[a->from_count++] = s->parent->from[i];
    if (s->failed || fsc_writer_finish(a, w, err) || !fsc_vec_push(s->page->arena, &s->found, *a))
        s->failed = true;
}

static fsc_view date_in(splitter *s, fsc_view text)
{
    fsc_date d;
    return fsc_date_find(&d, text, false) ? fsc_date_format(&d, s->page->scratch) : (fsc_view){"", 0};
}

static size_t headline(splitter *s, const fsc_article *a, fsc_writer *w)
{
    if (!s->opt->text_only)
        fsc_writer_part(w, "", a->title, (fsc_part){.kind = FSC_PART_HEADLINE, .scored = true});
    return w->text.len;
}

// ---------------------------------------------------------------- JSON-LD

// The list of updates: of a script, of one of its items, or of its graph.
static const fsc_json *ld_updates(const fsc_page *page)
{
    for (size_t i = 0; i < page->script.len; i++) {
        const fsc_json *root = page->script.data[i], *own = fsc_json_get(root, "liveBlogUpdate");
        const fsc_json *list = root->kind == FSC_JSON_ARRAY ? root : fsc_json_get(root, "@graph");
        if (own)
            return own;
        for (const fsc_json *v = list ? list->child : NULL; v; v = v->next)
            if ((own = fsc_json_get(v, "liveBlogUpdate")))
                return own;
    }
    return NULL;
}

static void add_ld(splitter *s, const fsc_json *update, fsc_err *err)
{
    fsc_view body = fsc_ld_body(s->page, update);
    fsc_view title = fsc_meta_clean(&s->meta, fsc_ld_text(update, "headline"));
    if (!body.len)
        return;
    fsc_article a = child_of(s, s->found.len + 1);
    fsc_writer w = {.arena = s->page->arena};
    take(s, &a, &a.title, "title", title, "json-ld");
    take(s, &a, &a.published, "published", date_in(s, fsc_ld_text(update, "datePublished")), "json-ld");
    take(s, &a, &a.modified, "modified", date_in(s, fsc_ld_text(update, "dateModified")), "json-ld");
    take(s, &a, &a.author, "author", fsc_meta_clean(&s->meta, fsc_ld_text(update, "author")), "json-ld");
    size_t head = headline(s, &a, &w);
    fsc_writer_paragraphs(&w, body);
    a.text_start = head && w.text.len > head ? (uint32_t)head + 2 : 0;
    put(s, &a, &w, err);
}

static void from_ld(splitter *s, fsc_err *err)
{
    const fsc_json *all = ld_updates(s->page);
    const fsc_json *u = all && all->kind == FSC_JSON_ARRAY ? all->child : all;
    for (; u && !s->failed; u = u == all ? NULL : u->next)
        if (u->kind == FSC_JSON_OBJECT)
            add_ld(s, u, err);
}

// ---------------------------------------------------------------- entries on the page

typedef struct tally {
    uint32_t kept;    /* characters of kept text inside */
    uint32_t time;    /* the first time inside, 0: none */
    uint32_t entries; /* children that have both */
    uint32_t inside;  /* kept characters of these */
} tally;

// The element with the most children that each have a time and text, and together half of the text.
static uint32_t find_list(const fsc_page *page, tally *t)
{
    const fsc_node *all = page->node.data;
    for (size_t i = 0; i < page->block.len; i++)
        if (page->block.data[i].keep)
            t[page->block.data[i].node].kept += page->block.data[i].chars;
    for (uint32_t i = (uint32_t)page->node.len; i-- > 1;) {
        tally *up = &t[all[i].parent];
        if ((all[i].flags & FSC_NODE_TIME) && !all[i].junk)
            t[i].time = i;
        up->kept += t[i].kept;
        if (t[i].time)
            up->time = t[i].time;
        if (t[i].time && t[i].kept) {
            up->entries++;
            up->inside += t[i].kept;
        }
    }
    uint32_t best = 0;
    for (uint32_t i = 1; i < page->node.len; i++)
        if (t[i].entries > 1 && t[i].inside * 2ull >= t[0].kept &&
            (!best || t[i].entries > t[best].entries ||
             (t[i].entries == t[best].entries && t[i].inside > t[best].inside)))
            best = i;
    return best;
}

// Says by its names that it is followed live: a word that begins like that, in class or id.
static bool is_live(const fsc_page *page, uint32_t node)
{
    static const char *const words[] = {"live", "ticker", "direct", "directo", "diretta"};
    for (int k = 0; k < 2; k++) {
        fsc_view v = fsc_page_attr(page, node, k ? FSC_ATTR_ID : FSC_ATTR_CLASS);
        for (size_t i = 0; i < v.len; i++)
            for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
                bool start = i == 0 || v.data[i - 1] == ' ' || v.data[i - 1] == '-' || v.data[i - 1] == '_';
                size_t len = strlen(words[w]);
                if (start && fsc_view_eq_nocase(fsc_view_slice(v, i, i + len), fsc_view_cstr(words[w])))
                    return true;
            }
    }
    return false;
}

static fsc_view time_of(splitter *s, uint32_t node)
{
    fsc_view v = date_in(s, fsc_page_attr(s->page, node, FSC_ATTR_DATETIME));
    v = v.len ? v : date_in(s, fsc_page_attr(s->page, node, FSC_ATTR_CONTENT));
    return v.len ? v : date_in(s, fsc_page_text(s->page, node, 160));
}

// The blocks of one entry: its first heading, when nothing stands before it, is its headline.
static void add_entry(splitter *s, uint32_t node, uint32_t time, size_t *at, fsc_err *err)
{
    fsc_page *page = s->page;
    size_t from = *at, end;
    while (from < page->block.len && page->block.data[from].node < node)
        from++;
    fsc_view title = {"", 0};
    bool begun = false;
    for (end = from; end < page->block.len && page->block.data[end].node < page->node.data[node].end; end++) {
        fsc_block *b = &page->block.data[end];
        bool clock = (b->flags & (FSC_BLOCK_TIME | FSC_BLOCK_DATED)) && b->chars < 60; // said by `published`
        if (b->heading && !begun && !title.len && !b->junk) {
            title = fsc_block_text(page, b);
            clock = true;
        }
        b->keep = b->keep && !clock;
        begun |= b->keep;
    }
    *at = end;
    fsc_article a = child_of(s, s->found.len + 1);
    fsc_writer w = {.arena = page->arena};
    take(s, &a, &a.title, "title", title, "markup");
    take(s, &a, &a.published, "published", time_of(s, time), "markup");
    size_t head = headline(s, &a, &w);
    fsc_page_write(page, from, end, &w, s->opt);
    a.text_start = head && w.text.len > head ? (uint32_t)head + 2 : 0;
    if (w.text.len > head || w.failed)
        put(s, &a, &w, err);
}

static void from_page(splitter *s, fsc_err *err)
{
    const fsc_node *all = s->page->node.data;
    tally *t = FSC_NEW_N(s->page->scratch, tally, s->page->node.len);
    size_t block = 0;
    if (!t) {
        s->failed = true;
        return;
    }
    uint32_t list = find_list(s->page, t);
    if (!list)
        return;
    bool live = fsc_view_is(s->parent->kind, "liveblog") || is_live(s->page, list);
    for (uint32_t i = list + 1; i < all[list].end && !s->failed; i = all[i].end)
        if (t[i].time && t[i].kept && (live || is_live(s->page, i)))
            add_entry(s, i, t[i].time, &block, err);
}

int fsc_extract_updates(fsc_article **out, size_t *count, const fsc_article *parent, const fsc_item *item,
                        const fsc_extract_options *opt, fsc_arena *arena, fsc_arena *scratch, fsc_err *err)
{
    static const fsc_extract_options none = {0};
    fsc_page page = {.scratch = scratch, .arena = arena};
    splitter s = {.page = &page, .parent = parent, .opt = opt ? opt : &none};
    fsc_article ignored = {0};
    *out = NULL;
    *count = 0;
    if (item->format != FSC_FORMAT_HTML || !fsc_record_scored(parent->status) || parent->post)
        return 0;
    int status = fsc_page_load(&page, &ignored, item, err);
    if (status)
        return status;
    s.meta = (fsc_meta){.out = &ignored, .page = &page, .arena = arena};
    from_ld(&s, err);
    if (!s.found.len && !s.failed)
        from_page(&s, err);
    if (s.failed || s.meta.failed || page.failed || scratch->failed)
        return fsc_err_nomem(err);
    *out = s.found.data;
    *count = s.found.len;
    return 0;
}
