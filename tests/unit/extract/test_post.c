#include "page_test.h"

#include <stdlib.h>

// Pages of posts as browsers save them; outlets and people are invented.
#define POST1 "The harbour bridge closes on Monday. Bring a coat."
#define POST2 "They promised a ferry, and there is none."
#define REPLY "A ferry would not help anybody at all this spring."
#define NAVIGATION "<nav><a href=h>Home</a><a href=e>Explore</a></nav>"
#define TIME "<a href=p><time datetime='2026-04-02T08:15:00Z'>8:15</time></a>"

static void assert_post(bench *b, const char *html, const char *text, const char *from)
{
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_view_cstr(html)};
    assert_int_equal(bench_item(b, &item, NULL), 0);
    assert_true(b->article.post);
    assert_view(b->article.kind, "post");
    assert_string_equal(from_of(&b->article, "kind"), from);
    assert_view(b->article.author, "Mira Holt");
    assert_view(b->article.published, "2026-04-02T08:15:00Z");
    assert_view(b->article.title, "");
    assert_string_equal(fsc_arena_dup(&b->arena, b->article.text).data, text);
    assert_tiles(&b->article);
}

static void assert_no_post(bench *b, const char *html)
{
    bench_page(b, html);
    assert_false(b->article.post);
    assert_view(b->article.kind, "article");
}

static void test_post__named_with_a_handle_in_the_head(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_post(&b,
                PAGE("<meta property=og:type content=article><meta property=og:title content='Mira Holt "
                     "(@mira@harbour.example)'>"
                     "<meta property=og:description content='" POST1 "\n\n" POST2 "'>",
                     NAVIGATION
                     "<div class=status><a href=u><b>Mira Holt</b> <span>@mira@harbour.example</span></a><div><p>" POST1
                     "</p><p>" POST2 "</p></div><div>" TIME
                     " · 12 boosts</div></div><div class=status><a href=t><b>Tom</b> "
                     "<span>@tom@harbour.example</span></a><p>" REPLY "</p></div>"),
                POST1 "\n\n" POST2, "og");
    bench_close(&b);
}

static void test_post__goes_on_where_the_head_is_cut(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_post(&b,
                PAGE("<meta property=og:title content='Mira Holt (@mira) on Site'>"
                     "<meta property=og:description content='The harbour bridge closes on…'>",
                     "<div><div>Mira Holt</div><div>@mira</div><div><p>" POST1 "</p><p>" POST2 "</p></div>" TIME
                     "</div><div><div>Tom</div><div>@tom</div><p>" REPLY "</p></div>"),
                POST1 "\n\n" POST2, "og");
    bench_close(&b);
}

static void test_post__quoted_in_the_title(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_post(
        &b,
        PAGE("<title>(3) Mira Holt auf Site: „" POST1 " https://s.example/x“ / Site</title>",
             "<article role=article><a href=u>Mira Holt</a><div><a href=u>@mira</a></div><div lang=en><span>" POST1
             " </span><a href=x>harbour.example/cl…</a></div>" TIME "</article><article role=article><a href=t>Tom</a>"
             "<div>@tom</div><div>" REPLY "</div></article>"),
        POST1 " harbour.example/cl…", "title");
    bench_close(&b);
}

static void test_post__in_json_ld(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
#define LD(body)                                                                                                       \
    "<script type='application/ld+json'>{\"@type\":\"SocialMediaPosting\",\"datePublished\":\"2026-04-02T08:15:00Z\"," \
    "\"author\":{\"@type\":\"Person\",\"name\":\"Mira Holt\"},\"articleBody\":\"" body "\"}</script>"
    assert_post(&b,
                PAGE(LD(POST1 "\\n" POST2),
                     "<div role=article><h2><a href=m>Mira Holt</a></h2><div><div>" POST1 "</div><div>" POST2
                     "</div></div><div>30 likes</div><div>" REPLY "</div></div>"),
                POST1 "\n\n" POST2, "json-ld");
    assert_post(&b, PAGE(LD(POST1 "\\n" POST2), "<div id=app></div>"), POST1 "\n\n" POST2, "json-ld");
    bench_close(&b);
}

static void test_post__by_its_box_alone(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_post(&b,
                PAGE("<title>Details | Site</title>", NAVIGATION
                     "<div class=status><div><a href=m><p>Mira Holt</p></a></div><div><p>@mira</p></div><div><p>" POST1
                     "</p><p>" POST2 "</p></div><div><span>8 shares</span> " TIME
                     "</div></div><div class=status><p>Tom</p><p>@tom</p><p>" REPLY "</p></div>"),
                POST1 "\n\n" POST2, "markup");
    bench_close(&b);
}

static void test_post__articles_and_profiles_are_none(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_no_post(&b, PAGE("<meta property=og:title content='Ann Other (@ann)'><meta property=og:type content=profile>"
                            "<meta property=og:description content='" P1 "'>",
                            "<p>@ann</p>" PARAGRAPHS));
    assert_no_post(&b, PAGE("<title>Mayor: \"" POST1 "\"</title>", "<h1>Mayor: \"" POST1 "\"</h1>" PARAGRAPHS));
    assert_no_post(&b, PAGE("<script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>",
                            "<p>Mira Holt</p><p>@mira</p><p>" P1 "</p>" TIME));
    assert_no_post(
        &b, PAGE("", "<h1>What they wrote</h1><p>" P1 "</p><div><p>Mira</p><p>@mira</p><p>" P2 "</p>" TIME "</div>"));
    bench_close(&b);
}

static void test_post__saved_with_singlefile(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    size_t big = 4u << 20;
    char *data = malloc(big + 1);
    assert_non_null(data);
    memset(data, 'A', big);
    data[big] = 0;
    fsc_arena input;
    fsc_arena_init(&input, NULL);
    fsc_view page = fsc_arena_printf(
        &input,
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: "
        "https://site.example/bridge \n saved date: Thu Apr 02 2026 10:15:30 GMT+0200 (CEST)\n-->"
        "<link rel=icon href=\"data:image/png;base64,%s\"><style>.a{background:url(data:,%s)}</style>"
        "<body><img src=\"data:image/png;base64,%s\" alt=x>" PARAGRAPHS "<a href='data:text/plain,%s'>file</a>",
        data, data, data, data);
    free(data);
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = page};
    fsc_extract_options opt = {.text_only = true};
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.url, "https://site.example/bridge");
    assert_view(b.article.captured, "2026-04-02T10:15:30+02:00");
    assert_true(fsc_view_starts(b.article.text, FSC_LIT(TEXT)));
    assert_true(b.arena.held < 1u << 20); // none of the data is copied to the article
    fsc_arena_release(&input);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_post__named_with_a_handle_in_the_head),
        cmocka_unit_test(test_post__goes_on_where_the_head_is_cut),
        cmocka_unit_test(test_post__quoted_in_the_title),
        cmocka_unit_test(test_post__in_json_ld),
        cmocka_unit_test(test_post__by_its_box_alone),
        cmocka_unit_test(test_post__articles_and_profiles_are_none),
        cmocka_unit_test(test_post__saved_with_singlefile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
