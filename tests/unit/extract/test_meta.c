#include "page_test.h"

#define LD(json) "<script type='application/ld+json'>" json "</script>"

static void check(const char *html, const char *field, const char *want)
{
    bench b;
    bench_open(&b);
    bench_page(&b, html);
    struct {
        const char *name;
        fsc_view value;
    } fields[] = {{"title", b.article.title},       {"author", b.article.author}, {"published", b.article.published},
                  {"modified", b.article.modified}, {"site", b.article.site},     {"canonical", b.article.canonical},
                  {"lang", b.article.lang},         {"kind", b.article.kind},     {"genre", b.article.genre},
                  {"section", b.article.section},   {"url", b.article.url},       {"captured", b.article.captured}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, field) == 0)
            assert_string_equal(fsc_arena_dup(&b.arena, fields[i].value).data, want);
    bench_close(&b);
}

static void test_meta__title(void **state)
{
    (void)state;
    // What readers see wins over what search engines are told, when both say the same thing.
    check(PAGE("<title>Bridge to be widened at last | The Gazette</title><meta property=og:title content='Bridge "
               "widened'>",
               "<h1>The Gazette</h1><h1>Bridge to be widened at last</h1>" PARAGRAPHS),
          "title", "Bridge to be widened at last");
    check(
        PAGE("<title>Bridge vote | The Gazette</title><meta property=og:site_name content='The Gazette'>", PARAGRAPHS),
        "title", "Bridge vote");
    check(PAGE("<title>The Gazette - Bridge vote</title><link rel=canonical href='https://www.thegazette.example/a'>",
               PARAGRAPHS),
          "title", "Bridge vote");
    check(PAGE("<title>Vote - Costs and benefits</title>", PARAGRAPHS), "title", "Vote - Costs and benefits");
    check(PAGE(LD("{\"@type\":\"NewsArticle\",\"headline\":\"Council &amp; bridge\"}") "<title>x</title>", PARAGRAPHS),
          "title", "Council & bridge");
    check(PAGE("<title>What the council decided in the end - The Paper</title>", "<h1>The Paper</h1>" PARAGRAPHS),
          "title", "What the council decided in the end");
    check(PAGE("", PARAGRAPHS), "title", "");
}

static void test_meta__author_is_a_person(void **state)
{
    (void)state;
    check(PAGE(LD("{\"@type\":\"NewsArticle\",\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Other\"},"
                  "{\"@type\":\"Organization\",\"name\":\"Gazette Group\"},{\"@type\":\"Person\",\"name\":\"Bo de "
                  "Vries\"}]}"),
               PARAGRAPHS),
          "author", "Ann Other; Bo de Vries");
    check(
        PAGE(LD("{\"@graph\":[{\"@type\":\"Article\",\"author\":{\"@id\":\"#p\"}},{\"@id\":\"#p\",\"@type\":\"Person\","
                "\"name\":\"Ann Other\"}]}"),
             PARAGRAPHS),
        "author", "Ann Other");
    check(PAGE("<meta name=author content='Redaktion'>", PARAGRAPHS), "author", "");
    check(PAGE("<meta name=author content='Staff Reporter'>", PARAGRAPHS), "author", "");
    check(PAGE("<meta name=author content='ann.other@gazette.example'>", PARAGRAPHS), "author", "");
    check(
        PAGE("<meta name=author content='The Gazette'><meta property=og:site_name content='The Gazette'>", PARAGRAPHS),
        "author", "");
    check(PAGE("<meta name=author content='Von Ann Other und Bo Öst'>", PARAGRAPHS), "author", "Ann Other; Bo Öst");
    check(PAGE("", "<h1>Vote on the bridge</h1><p>By <a rel=author href=/ann>Ann Other</a></p>" PARAGRAPHS), "author",
          "Ann Other");
    check(
        PAGE("",
             "<h1>Vote on the bridge</h1><div class=byline>By Ann Other, Staff Writer | 4 March 2020</div>" PARAGRAPHS),
        "author", "Ann Other");
    check(PAGE("", "<h1>Vote on the bridge</h1><p>Text: Ann Other</p>" PARAGRAPHS), "author", "Ann Other");
    check(PAGE("<meta name=author content='Redakteurin Ann Other'>", PARAGRAPHS), "author", "Ann Other");
    check(PAGE("<meta name=author content='TV-Redaktion'>", PARAGRAPHS), "author", "");
    check(PAGE("", "<h1>Vote on the bridge</h1><div class=post-meta>Posted on 4 March 2020 by cooper in "
                   "City</div>" PARAGRAPHS),
          "author", "cooper");
    check(PAGE("", "<h1>Vote on the bridge</h1><p>A plan by Ann Other</p>" PARAGRAPHS), "author", "");
    check(PAGE("", "<h1>Vote on the bridge</h1><p>4 March 2020 | Ann Other</p>" PARAGRAPHS), "author", "Ann Other");
    check(PAGE("", "<h1>Vote on the bridge</h1><p>Letzte Änderung: 4. März 2020</p>" PARAGRAPHS), "author", "");
    check(PAGE("", "<main>" PARAGRAPHS
                   "</main><div id=comments><div class=comment-author><a rel=author href=1>Troll Two</a></div></div>"),
          "author", "");
}

static void test_meta__dates(void **state)
{
    (void)state;
    static const char page[] =
        PAGE(LD("{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-03-04T10:00:00Z\",\"dateModified\":"
                "\"2020-03-05\"}") "<meta property=article:published_time content=2019-01-01>",
             PARAGRAPHS);
    check(page, "published", "2020-03-04T10:00:00Z");
    check(page, "modified", "2020-03-05");
    check(PAGE("<meta property=article:published_time content='2020-03-04T10:00:00+01:00'>", PARAGRAPHS), "published",
          "2020-03-04T10:00:00+01:00");
    check(PAGE("", "<h1>Vote</h1><time datetime=2020-03-04>yesterday</time>" PARAGRAPHS), "published", "2020-03-04");
    check(PAGE("<link rel=canonical href='https://a.example/2020/03/04/vote'>", PARAGRAPHS), "published", "2020-03-04");
    check(PAGE("", "<h1>Vote on the bridge</h1><div class=date>4. März 2020</div>" PARAGRAPHS), "published",
          "2020-03-04");
    check(PAGE("", "<main>" PARAGRAPHS "</main><div id=comments><time datetime=2021-01-01>1 January 2021</time></div>"),
          "published", "");
}

static void test_meta__genre_of_a_section(void **state)
{
    (void)state;
    check(PAGE("<meta property=article:section content='Opinion'>", PARAGRAPHS), "genre", "opinion");
    check(PAGE("<meta property=article:section content='MEINUNG'>", PARAGRAPHS), "genre", "opinion");
    check(PAGE("<meta property=article:section content='Politics'>", PARAGRAPHS), "genre", "");
}

static void test_meta__addresses(void **state)
{
    (void)state;
    check(PAGE("<link rel=canonical href='https://a.example/x'>", PARAGRAPHS), "canonical", "https://a.example/x");
    check(PAGE("<link rel=canonical href='https://a.example/'><meta property=og:url content='https://a.example/x'>",
               PARAGRAPHS),
          "canonical", "https://a.example/x");
    check(PAGE("<link rel=canonical href=/x><meta property=og:url content='https://a.example/y'>", PARAGRAPHS),
          "canonical", "https://a.example/x");
    // Links that hand the page's address to two other hosts.
    check(PAGE("", "<a href='https://one.example/share?u=https%3A%2F%2Fa.example%2Fx&t=1'>s</a><a href='https://two.example/?url="
                   "https://a.example/x'>t</a>" PARAGRAPHS),
          "canonical", "https://a.example/x");
    check(PAGE("", "<a href='https://one.example/share?u=https%3A%2F%2Fa.example%2Fx'>s</a>" PARAGRAPHS), "canonical", "");
    check(PAGE("<link rel=canonical href='javascript:x'>", PARAGRAPHS), "canonical", "");
    check("<!--\n Page saved with SingleFile \n url: https://a.example/x \n saved date: Wed Mar 04 2020\n-->" PAGE(
              "", PARAGRAPHS),
          "url", "https://a.example/x");
}

static void test_meta__site_language_kind(void **state)
{
    (void)state;
    check(PAGE("<meta property=og:site_name content='The Gazette'>", PARAGRAPHS), "site", "The Gazette");
    check(PAGE("<link rel=canonical href='https://www.gazette.example/x'>", PARAGRAPHS), "site", "gazette.example");
    check(PAGE("", PARAGRAPHS), "lang", "en");
    check("<html lang=DE_at><body>" PARAGRAPHS, "lang", "de-at");
    check("<body>" PARAGRAPHS "<html lang=fr>", "lang", "fr");
    check("<meta property=og:locale content=pt_BR><body>" PARAGRAPHS, "lang", "pt-BR");
    check(PAGE(LD("{\"@type\":\"LiveBlogPosting\"}"), PARAGRAPHS), "kind", "liveblog");
    check(PAGE(LD("{\"@type\":[\"x\",\"OpinionNewsArticle\"]}"), PARAGRAPHS), "genre", "opinion");
    check(PAGE(LD("{\"@type\":\"NewsArticle\",\"articleSection\":[\"Politics\",\"City\"]}"), PARAGRAPHS), "section",
          "Politics");
    check(PAGE("", PARAGRAPHS), "kind", "article");
}

static void test_meta__damaged_json_ld(void **state)
{
    (void)state;
    check(PAGE(LD("<!-- {\"@type\":\"NewsArticle\",\n\"headline\":\"Line\nbreak\",} -->"), PARAGRAPHS), "title",
          "Line break");
    check(PAGE(LD("{\"@type\":\"NewsArticle\",\"headline\":") LD("{\"@type\":\"Article\",\"headline\":\"Good one\"}"),
               PARAGRAPHS),
          "title", "Good one");
    check(PAGE(LD("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"In CDATA\"}\n//]]>"), PARAGRAPHS), "title", "In CDATA");
    check(PAGE(LD("{\"@type\":\"NewsArticle\",\"headline\":\"One\"};"), PARAGRAPHS), "title", "One");
    check(PAGE(LD("null") LD("[]") LD("\"x\"") LD("[[[{}]]]"), PARAGRAPHS), "title", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meta__title),           cmocka_unit_test(test_meta__author_is_a_person),
        cmocka_unit_test(test_meta__dates),           cmocka_unit_test(test_meta__genre_of_a_section),
        cmocka_unit_test(test_meta__addresses),       cmocka_unit_test(test_meta__site_language_kind),
        cmocka_unit_test(test_meta__damaged_json_ld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
