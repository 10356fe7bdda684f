#include "page_test.h"

typedef struct split {
    bench b;
    fsc_article *update;
    size_t count;
} split;

static void split_page(split *s, const char *html, bool text_only)
{
    fsc_err err = FSC_ERR_INIT;
    fsc_item item = {.id = FSC_LIT("page"), .format = FSC_FORMAT_HTML, .content = fsc_view_cstr(html)};
    fsc_extract_options opt = {.text_only = text_only};
    bench_open(&s->b);
    assert_int_equal(bench_item(&s->b, &item, &opt), 0);
    fsc_arena_reset(&s->b.scratch, 0);
    assert_int_equal(
        fsc_extract_updates(&s->update, &s->count, &s->b.article, &item, &opt, &s->b.arena, &s->b.scratch, &err), 0);
    for (size_t i = 0; i < s->count; i++)
        assert_tiles(&s->update[i]);
}

#define LIVE "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Vote day\"}</script>"
#define ENTRY(time, head, text)                                                                                        \
    "<div class=entry><time datetime='" time "'>at</time><h3>" head "</h3><p>" text "</p></div>"
#define ENTRIES                                                                                                        \
    ENTRY("2026-03-12T11:42:00-04:00", "Vote at seven", P1)                                                            \
    ENTRY("2026-03-12T10:18:00-04:00", "A speech", P2) ENTRY("2026-03-12T09:02:00-04:00", "It begins", P3)

static void test_updates__of_entries_side_by_side(void **state)
{
    (void)state;
    split s;
    split_page(&s, PAGE(LIVE, "<article><h1>Vote day</h1><div class=list>" ENTRIES "</div></article>"), false);
    assert_int_equal(s.count, 3);
    assert_view(s.update[0].id, "page#1");
    assert_view(s.update[2].id, "page#3");
    assert_view(s.update[1].kind, "liveblog");
    assert_view(s.update[1].title, "A speech");
    assert_view(s.update[1].published, "2026-03-12T10:18:00-04:00");
    assert_view(s.update[1].text, "A speech\n\n" P2);
    assert_int_equal(s.update[1].part[0].kind, FSC_PART_HEADLINE);
    assert_int_equal(s.update[1].text_start, 10);
    assert_string_equal(from_of(&s.update[1], "published"), "markup");
    assert_view(s.update[1].lang, "en");
    bench_close(&s.b);
    split_page(&s, PAGE(LIVE, "<article><h1>Vote day</h1><div class=list>" ENTRIES "</div></article>"), true);
    assert_view(s.update[1].text, P2);
    bench_close(&s.b);
}

static void test_updates__of_json_ld(void **state)
{
    (void)state;
    split s;
    split_page(
        &s,
        PAGE("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"LiveBlogPosting\",\"headline\":\"Vote\","
             "\"liveBlogUpdate\":[{\"@type\":\"BlogPosting\",\"headline\":\"A &amp; B\",\"datePublished\":"
             "\"2026-03-12T11:42:00Z\",\"articleBody\":\"<p>" P1 "</p><p>" P2
             "</p>\",\"author\":{\"name\":\"Ann Other\"}},"
             "{\"@type\":\"BlogPosting\",\"headline\":\"Only a head\"},"
             "{\"@type\":\"BlogPosting\",\"articleBody\":\"" P3 "\"}]}]}</script>",
             "<article><h1>Vote</h1>" ENTRIES "</article>"),
        false);
    assert_int_equal(s.count, 2);
    assert_view(s.update[0].title, "A & B");
    assert_view(s.update[0].author, "Ann Other");
    assert_view(s.update[0].published, "2026-03-12T11:42:00Z");
    assert_view(s.update[0].text, "A & B\n\n" P1 "\n\n" P2);
    assert_view(s.update[1].id, "page#2");
    assert_view(s.update[1].published, ""); // nothing says when: empty beats the time of the whole
    assert_view(s.update[1].text, P3);
    bench_close(&s.b);
}

static void test_updates__names_may_say_that_it_is_live(void **state)
{
    (void)state;
    split s;
    split_page(&s, PAGE("", "<h1>Vote day</h1><div class='news-ticker'>" ENTRIES "</div>"), false);
    assert_int_equal(s.count, 3);
    bench_close(&s.b);
}

static void test_updates__other_pages_have_none(void **state)
{
    (void)state;
    split s;
    split_page(&s, PAGE("", "<article><h1>Vote day</h1>" ENTRIES "</article>"), false); // entries, but not live
    assert_int_equal(s.count, 0);
    bench_close(&s.b);
    split_page(&s,
               PAGE(LIVE, "<article><h1>Vote day</h1><time datetime=2026-03-12>today</time>" PARAGRAPHS "</article>"),
               false);
    assert_int_equal(s.count, 0);
    bench_close(&s.b);
    split_page(&s, "", false);
    assert_int_equal(s.count, 0);
    bench_close(&s.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_updates__of_entries_side_by_side),
        cmocka_unit_test(test_updates__of_json_ld),
        cmocka_unit_test(test_updates__names_may_say_that_it_is_live),
        cmocka_unit_test(test_updates__other_pages_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
