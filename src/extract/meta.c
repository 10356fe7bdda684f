#include "extract/meta_p.h"

fsc_view fsc_meta_clean(fsc_meta *m, fsc_view v)
{
    fsc_view text = fsc_html_unescape(fsc_html_unescape(v, false, m->page->scratch), false, m->page->scratch);
    char *out = fsc_arena_alloc(m->page->scratch, text.len + 1);
    size_t n = 0;
    if (!out)
        return (fsc_view){"", 0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool tag = c == '<' && i + 1 < text.len && (text.data[i + 1] == '/' || (text.data[i + 1] | 32) >= 'a');
        const char *gt = tag ? memchr(text.data + i, '>', text.len - i) : NULL;
        if (gt) {
            i = (size_t)(gt - text.data);
            continue;
        }
        bool wide = (unsigned char)c == 0xC2 && i + 1 < text.len && (unsigned char)text.data[i + 1] == 0xA0;
        i += wide;
        if ((unsigned char)c <= ' ' || wide) {
            if (n && out[n - 1] != ' ')
                out[n++] = ' ';
        } else {
            out[n++] = c;
        }
    }
    return fsc_view_trim(fsc_view_of(out, n));
}

bool fsc_meta_set(fsc_meta *m, fsc_view *field, const char *name, fsc_view v, const char *from)
{
    if (field->len || v.len == 0)
        return false;
    *field = fsc_arena_dup(m->arena, v);
    fsc_field f = {fsc_view_cstr(name), fsc_view_cstr(from)};
    if (!field->data || !fsc_vec_push(m->arena, &m->from, f))
        m->failed = true;
    return true;
}

fsc_view fsc_meta_find(const fsc_meta *m, const char *name)
{
    for (size_t i = 0; i < m->page->meta.len; i++)
        if (fsc_view_eq_nocase(m->page->meta.data[i].name, fsc_view_cstr(name)))
            return m->page->meta.data[i].content;
    return (fsc_view){"", 0};
}

// ---------------------------------------------------------------- addresses

fsc_view fsc_meta_host(fsc_view url)
{
    size_t at = fsc_view_find(url, FSC_LIT("://"), 0);
    if (at == SIZE_MAX)
        return (fsc_view){"", 0};
    fsc_view rest = fsc_view_slice(url, at + 3, url.len);
    size_t end = 0;
    while (end < rest.len && !strchr("/?#:", rest.data[end]))
        end++;
    return fsc_view_slice(rest, 0, end);
}

// An address that can stand for one page: absolute, with more than a host.
static bool is_page_url(fsc_view url)
{
    if (!fsc_view_starts(url, FSC_LIT("http://")) && !fsc_view_starts(url, FSC_LIT("https://")))
        return false;
    fsc_view host = fsc_meta_host(url);
    size_t path = (size_t)(host.data - url.data) + host.len;
    return host.len > 3 && url.len > path + 1;
}

static fsc_view absolute(fsc_meta *m, fsc_view url, fsc_view base)
{
    url = fsc_view_trim(url);
    fsc_view host = fsc_meta_host(base);
    if (fsc_view_starts(url, FSC_LIT("//")))
        return fsc_arena_printf(m->page->scratch, "https:%.*s", (int)url.len, url.data);
    if (fsc_view_starts(url, FSC_LIT("/")) && host.len)
        return fsc_arena_printf(m->page->scratch, "%.*s%.*s", (int)(host.data + host.len - base.data), base.data,
                                (int)url.len, url.data);
    return url;
}

// SingleFile notes in its first comment where and when it saved the page.
static fsc_view saved_page(const fsc_page *page, const char *label)
{
    fsc_view head = fsc_view_slice(page->html, 0, 4096);
    size_t at = fsc_view_find(head, FSC_LIT("Page saved with SingleFile"), 0);
    at = at == SIZE_MAX ? at : fsc_view_find(head, fsc_view_cstr(label), at);
    if (at == SIZE_MAX)
        return (fsc_view){"", 0};
    at += strlen(label);
    size_t end = at;
    while (end < head.len && head.data[end] != '\n' && head.data[end] != '\r')
        end++;
    return fsc_view_trim(fsc_view_slice(head, at, end));
}

static void set_address(fsc_meta *m)
{
    fsc_article *out = m->out;
    fsc_view og = fsc_meta_find(m, "og:url");
    fsc_meta_set(m, &out->url, "url", saved_page(m->page, "url:"), "singlefile");
    fsc_view saved = saved_page(m->page, "saved date:");
    fsc_date d;
    if (fsc_date_find(&d, saved, true))
        saved = fsc_date_format(&d, m->page->scratch);
    fsc_meta_set(m, &out->captured, "captured", saved, "singlefile");
    fsc_view base = out->url.len ? out->url : og;
    fsc_view candidates[] = {absolute(m, m->page->canonical, base), absolute(m, og, out->url),
                             fsc_ld_text(m->article, "url"),        fsc_ld_text(m->article, "mainEntityOfPage"),
                             fsc_meta_find(m, "twitter:url"),       fsc_meta_find(m, "parsely-link")};
    static const char *const from[] = {"link", "og", "json-ld", "json-ld", "meta", "meta"};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (is_page_url(candidates[i]))
            fsc_meta_set(m, &out->canonical, "canonical", candidates[i], from[i]);
    fsc_view shared = out->canonical.len ? (fsc_view){"", 0} : fsc_meta_shared(m);
    if (is_page_url(shared))
        fsc_meta_set(m, &out->canonical, "canonical", shared, "share");
}

// ---------------------------------------------------------------- site, language, kind

static void set_site(fsc_meta *m)
{
    fsc_view *site = &m->out->site;
    fsc_meta_set(m, site, "site", fsc_meta_clean(m, fsc_meta_find(m, "og:site_name")), "og");
    fsc_view publisher = fsc_meta_clean(m, fsc_ld_text(m->article, "publisher"));
    if (!fsc_view_starts(publisher, FSC_LIT("http")))
        fsc_meta_set(m, site, "site", publisher, "json-ld");
    static const char *const names[] = {"application-name",  "apple-mobile-web-app-title", "DC.publisher",
                                        "dcterms.publisher", "citation_journal_title",     "twitter:site"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        fsc_meta_set(m, site, "site", fsc_meta_clean(m, fsc_meta_find(m, names[i])), "meta");
    fsc_view host = fsc_meta_host(m->out->canonical.len ? m->out->canonical : m->out->url);
    if (fsc_view_starts(host, FSC_LIT("www.")))
        host = fsc_view_slice(host, 4, host.len);
    fsc_meta_set(m, site, "site", host, "host");
}

// "en_US" and "en-us" are one language; what is no language tag is none.
static fsc_view language_tag(fsc_meta *m, fsc_view v)
{
    fsc_view copy = fsc_arena_dup(m->page->scratch, fsc_view_trim(v));
    size_t n = 0;
    if (!copy.data || copy.len < 2)
        return (fsc_view){"", 0};
    char *s = (char *)(uintptr_t)copy.data;
    for (; n < copy.len && n < 12; n++) {
        if (s[n] == '_')
            s[n] = '-';
        bool letter = (s[n] | 32) >= 'a' && (s[n] | 32) <= 'z';
        if (!letter && s[n] != '-' && !(n > 2 && s[n] >= '0' && s[n] <= '9'))
            break;
        if (n < 3 && letter)
            s[n] = (char)(s[n] | 32);
    }
    bool primary = n >= 2 && s[0] != '-' && s[1] != '-' && (n == 2 || n == 3 || s[2] == '-' || s[3] == '-');
    return primary ? fsc_view_of(s, n) : (fsc_view){"", 0};
}

static void set_language(fsc_meta *m)
{
    fsc_view *lang = &m->out->lang;
    fsc_meta_set(m, lang, "lang", language_tag(m, m->page->lang), "html");
    fsc_meta_set(m, lang, "lang", language_tag(m, fsc_ld_text(m->article, "inLanguage")), "json-ld");
    fsc_meta_set(m, lang, "lang", language_tag(m, fsc_meta_find(m, "og:locale")), "og");
    fsc_meta_set(m, lang, "lang", language_tag(m, fsc_meta_find(m, "content-language")), "meta");
    fsc_meta_set(m, lang, "lang", language_tag(m, fsc_meta_find(m, "language")), "meta");
    fsc_meta_set(m, lang, "lang", language_tag(m, fsc_meta_find(m, "DC.language")), "meta");
}

static fsc_view genre_of(fsc_view section)
{
    static const struct {
        const char *genre, *section;
    } genres[] = {
#define GENRE(genre, language, section) {genre, section},
#include "extract/genres.def"
#undef GENRE
    };
    char lower[64];
    fsc_view v = fsc_view_of(lower, fsc_hint_fold(section, lower, sizeof lower));
    for (size_t i = 0; i < sizeof genres / sizeof *genres; i++)
        if (fsc_view_starts(v, fsc_view_cstr(genres[i].section)))
            return fsc_view_cstr(genres[i].genre);
    return (fsc_view){"", 0};
}

static void set_kind(fsc_meta *m)
{
    static const struct {
        const char *type, *kind, *genre;
    } types[] = {{"LiveBlogPosting", "liveblog", ""},
                 {"OpinionNewsArticle", "article", "opinion"},
                 {"AnalysisNewsArticle", "article", "analysis"},
                 {"BackgroundNewsArticle", "article", "background"},
                 {"ReviewNewsArticle", "article", "review"},
                 {"ReportageNewsArticle", "article", "report"},
                 {"AdvertiserContentArticle", "article", "advertisement"},
                 {"SatiricalArticle", "article", "satire"},
                 {"SocialMediaPosting", "post", ""},
                 {"DiscussionForumPosting", "post", ""},
                 {"BlogPosting", "article", "blog"},
                 {"Article", "article", ""}};
    for (size_t i = 0; m->article && i < sizeof types / sizeof *types; i++) {
        if (!fsc_ld_is(m->article, types[i].type))
            continue;
        fsc_meta_set(m, &m->out->kind, "kind", fsc_view_cstr(types[i].kind), "json-ld");
        fsc_meta_set(m, &m->out->genre, "genre", fsc_view_cstr(types[i].genre), "json-ld");
        break;
    }
    fsc_meta_set(m, &m->out->section, "section", fsc_meta_clean(m, fsc_ld_text(m->article, "articleSection")),
                 "json-ld");
    fsc_meta_set(m, &m->out->section, "section", fsc_meta_clean(m, fsc_meta_find(m, "article:section")), "og");
    fsc_meta_set(m, &m->out->section, "section", fsc_meta_clean(m, fsc_meta_find(m, "parsely-section")), "meta");
    fsc_meta_set(m, &m->out->genre, "genre", genre_of(m->out->section), "section");
    if (m->out->kind.len == 0)
        m->out->kind = FSC_LIT("article");
}

// ---------------------------------------------------------------- the whole

static void take_record(fsc_meta *m, const fsc_item *item)
{
    fsc_article *out = m->out;
    struct {
        fsc_view *field;
        const char *name;
        fsc_view value;
    } fields[] = {{&out->url, "url", item->url},
                  {&out->canonical, "canonical", item->canonical},
                  {&out->title, "title", item->title},
                  {&out->author, "author", item->author},
                  {&out->site, "site", item->site},
                  {&out->published, "published", item->published},
                  {&out->modified, "modified", item->modified},
                  {&out->captured, "captured", item->captured},
                  {&out->lang, "lang", item->lang},
                  {&out->kind, "kind", item->kind},
                  {&out->genre, "genre", item->genre},
                  {&out->section, "section", item->section}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *fields[i].field = (fsc_view){"", 0};
        fsc_meta_set(m, fields[i].field, fields[i].name, fields[i].value, "record");
    }
}

int fsc_page_meta(fsc_article *out, const fsc_item *item, fsc_page *page, fsc_err *err)
{
    fsc_meta m = {.out = out, .page = page, .arena = page->arena};
    take_record(&m, item);
    m.article = page->article = fsc_ld_article(page);
    set_address(&m);
    set_site(&m);
    set_language(&m);
    if (!fsc_meta_post(&m, item)) {
        fsc_meta_title(&m);
        fsc_meta_dates(&m);
        fsc_meta_author(&m);
    }
    set_kind(&m);
    page->author = out->author;
    out->from = m.from.data;
    out->from_count = m.from.len;
    return m.failed || page->failed ? fsc_err_nomem(err) : 0;
}
