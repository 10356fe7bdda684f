#include "extract/meta_p.h"

#define MAX_OBJECTS 4096

static const char *const article_types[] = {"Article", "BlogPosting", "NewsArticle", "Posting",      "Report",
                                            "Review",  "Recipe",      "HowTo",       "CreativeWork", "WebPage"};

bool fsc_ld_is(const fsc_json *object, const char *suffix)
{
    const fsc_json *type = fsc_json_get(object, "@type");
    fsc_view end = fsc_view_cstr(suffix);
    if (type && type->kind == FSC_JSON_STRING)
        return fsc_view_ends(type->text, end);
    for (const fsc_json *t = type && type->kind == FSC_JSON_ARRAY ? type->child : NULL; t; t = t->next)
        if (t->kind == FSC_JSON_STRING && fsc_view_ends(t->text, end))
            return true;
    return false;
}

static int rank_of(const fsc_json *object)
{
    for (size_t i = 0; i < sizeof article_types / sizeof *article_types; i++)
        if (fsc_ld_is(object, article_types[i]))
            return (i < 6 ? 20 : 0) + 10 - (int)i;
    return 0;
}

// Objects are looked at breadth first, so that the outer ones come before those they mention.
const fsc_json *fsc_ld_article(fsc_page *page)
{
    static const char *const members[] = {"@graph", "mainEntity", "mainEntityOfPage", "hasPart"};
    fsc_vec(const fsc_json *) queue = {0};
    const fsc_json *best = NULL;
    int best_rank = 0;
    for (size_t i = 0; i < page->script.len; i++)
        if (!fsc_vec_push(page->scratch, &queue, page->script.data[i]))
            return NULL;
    for (size_t i = 0; i < queue.len && i < MAX_OBJECTS; i++) {
        const fsc_json *v = queue.data[i];
        for (const fsc_json *item = v->kind == FSC_JSON_ARRAY ? v->child : NULL; item; item = item->next)
            if (!fsc_vec_push(page->scratch, &queue, item))
                return best;
        if (v->kind != FSC_JSON_OBJECT)
            continue;
        int rank = rank_of(v) * 2 + (fsc_json_get(v, "headline") ? 1 : 0);
        if (rank > best_rank) {
            best = v;
            best_rank = rank;
        }
        for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
            const fsc_json *inner = fsc_json_get(v, members[k]);
            if (inner && (inner->kind == FSC_JSON_ARRAY || inner->kind == FSC_JSON_OBJECT) &&
                !fsc_vec_push(page->scratch, &queue, inner))
                return best;
        }
    }
    return best;
}

static fsc_view text_of(const fsc_json *v)
{
    static const char *const members[] = {"name", "@id", "url"};
    if (v && v->kind == FSC_JSON_ARRAY)
        v = v->child;
    if (!v || v->kind != FSC_JSON_OBJECT)
        return fsc_json_text(v);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        fsc_view t = fsc_json_text(fsc_json_get(v, members[i]));
        if (t.len)
            return t;
    }
    return (fsc_view){"", 0};
}

fsc_view fsc_ld_text(const fsc_json *object, const char *key)
{
    return object ? text_of(fsc_json_get(object, key)) : (fsc_view){"", 0};
}

// An object that only names another by @id stands for it.
const fsc_json *fsc_ld_resolve(fsc_page *page, const fsc_json *object)
{
    fsc_view id = fsc_json_text(fsc_json_get(object, "@id"));
    if (id.len == 0 || fsc_json_get(object, "name"))
        return object;
    for (size_t i = 0; i < page->script.len; i++) {
        const fsc_json *root = page->script.data[i];
        const fsc_json *graph = root->kind == FSC_JSON_ARRAY ? root : fsc_json_get(root, "@graph");
        for (const fsc_json *v = graph ? graph->child : NULL; v; v = v->next)
            if (v->kind == FSC_JSON_OBJECT && fsc_json_get(v, "name") &&
                fsc_view_eq(fsc_json_text(fsc_json_get(v, "@id")), id))
                return v;
    }
    return object;
}

fsc_view fsc_ld_body(fsc_page *page, const fsc_json *object)
{
    fsc_view text = fsc_json_text(fsc_json_get(object, "articleBody"));
    if (!text.len)
        text = fsc_json_text(fsc_json_get(object, "text"));
    text = fsc_html_unescape(text, false, page->scratch);
    char *out = fsc_arena_alloc(page->scratch, text.len + 1);
    size_t n = 0;
    if (!out)
        return (fsc_view){"", 0};
    // Markup is dropped; what closes a block ends its line.
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool tag = c == '<' && i + 1 < text.len && (text.data[i + 1] == '/' || (text.data[i + 1] | 32) >= 'a');
        const char *gt = tag ? memchr(text.data + i, '>', text.len - i) : NULL;
        if (gt) {
            bool ends = text.data[i + 1] == '/' && (text.data[i + 2] | 32) == 'p';
            if (ends || (text.data[i + 1] | 32) == 'b')
                out[n++] = ends ? '\n' : ' ';
            i = (size_t)(gt - text.data);
        } else {
            out[n++] = c == '\r' || c == '\t' ? ' ' : c;
        }
    }
    return fsc_view_trim(fsc_view_of(out, n));
}

bool fsc_ld_walled(const fsc_page *page)
{
    const fsc_json *free_to_read = fsc_json_get(page->article, "isAccessibleForFree");
    if (!free_to_read)
        return false;
    if (free_to_read->kind == FSC_JSON_BOOL)
        return !free_to_read->boolean;
    return fsc_view_eq_nocase(fsc_json_text(free_to_read), FSC_LIT("false"));
}
