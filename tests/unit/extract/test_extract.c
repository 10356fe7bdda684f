#include "page_test.h"

#include <stdio.h>

static void test_extract__plain_text_is_kept_byte_for_byte(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_item item = {.content = FSC_LIT("\xEF\xBB\xBF First  line.\nSecond.\n\n \nThird. \n")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, " First  line.\nSecond.\n\n \nThird. \n");
    assert_int_equal(b.article.text_start, 0);
    assert_int_equal(b.article.part_count, 2);
    assert_int_equal(b.article.part[0].start, 1);
    assert_int_equal(b.article.part[0].end, 21);
    assert_tiles(&b.article);
    bench_close(&b);
}

static void test_extract__a_title_comes_first(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_item item = {.title = FSC_LIT(" Bridge to be widened "), .content = FSC_LIT("One.\n\nTwo.")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, "Bridge to be widened\n\nOne.\n\nTwo.");
    assert_int_equal(b.article.text_start, 22);
    assert_int_equal(b.article.part_count, 3);
    assert_int_equal(b.article.part[0].kind, FSC_PART_HEADLINE);
    fsc_extract_options opt = {.text_only = true};
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.text, "One.\n\nTwo.");
    assert_int_equal(b.article.text_start, 0);
    item.post = true;
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, "One.\n\nTwo.");
    bench_close(&b);
}

static void test_extract__first_line_as_headline(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_extract_options opt = {.headline_first_line = true};
    fsc_item item = {.content = FSC_LIT("\n Head \n\nBody.\n")};
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.title, "Head");
    assert_view(b.article.text, "Head\n\nBody.\n");
    assert_int_equal(b.article.text_start, 6);
    item.content = FSC_LIT("Only");
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.text, "Only\n\n");
    bench_close(&b);
}

static void test_extract__statuses(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_item item = {.content = FSC_LIT(" \n")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_int_equal(b.article.status, FSC_RECORD_EMPTY);
    item = (fsc_item){.status = FSC_RECORD_TOO_LARGE, .reason = FSC_LIT("why")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_int_equal(b.article.status, FSC_RECORD_TOO_LARGE);
    assert_view(b.article.reason, "why");
    item = (fsc_item){.format = FSC_FORMAT_HTML, .content = FSC_LIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_int_equal(b.article.status, FSC_RECORD_BINARY);
    item = (fsc_item){.format = FSC_FORMAT_HTML, .content = FSC_LIT("<html><body><img src=x></body></html>")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_int_equal(b.article.status, FSC_RECORD_EMPTY);
    item = (fsc_item){.format = FSC_FORMAT_HTML, .content = FSC_LIT("")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_int_equal(b.article.status, FSC_RECORD_EMPTY);
    bench_close(&b);
}

static void test_extract__a_post_as_fragment(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_item item = {.format = FSC_FORMAT_FRAGMENT,
                     .post = true,
                     .title = FSC_LIT("no title in posts"),
                     .content =
                         FSC_LIT("<p>Read <a href=\"x\">@<span>ann</span></a> on<br>the <a href=\"y\">#vote</a></p>"
                                 "<p>a &amp; b</p>")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, "Read @ann on\nthe #vote\n\na & b");
    assert_int_equal(b.article.part_count, 2);
    assert_int_equal(b.article.status, FSC_RECORD_OK);
    item = (fsc_item){.format = FSC_FORMAT_FRAGMENT, .title = FSC_LIT("T"), .content = FSC_LIT("<p>x</p>")};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, "T\n\nx");
    assert_int_equal(b.article.text_start, 3);
    bench_close(&b);
}

static void test_extract__parts_of_a_page(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_item item = {
        .format = FSC_FORMAT_HTML,
        .content = FSC_LIT(PAGE("<title>Bridge vote</title>",
                                "<article><h1>Bridge vote</h1><p>" P1 "</p><h2>Costs</h2><ul><li>First thing</li>"
                                "<li>Second thing</li></ul><blockquote><p>" P2 "</p></blockquote><table><tr><td>a</td>"
                                "<td>b</td></tr><tr><td>c</td><td>d</td></tr></table><p>" P3 "</p></article>"))};
    fsc_extract_options opt = {.source_offsets = true};
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.text,
                "Bridge vote\n\n" P1 "\n\nCosts\n\nFirst thing\nSecond thing\n\n" P2 "\n\na\tb\nc\td\n\n" P3);
    static const fsc_part_kind kinds[] = {FSC_PART_HEADLINE, FSC_PART_BODY,  FSC_PART_SUBHEAD, FSC_PART_LIST,
                                          FSC_PART_LIST,     FSC_PART_BODY,  FSC_PART_TABLE,   FSC_PART_TABLE,
                                          FSC_PART_TABLE,    FSC_PART_TABLE, FSC_PART_BODY};
    assert_int_equal(b.article.part_count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < b.article.part_count; i++) {
        assert_int_equal(b.article.part[i].kind, kinds[i]);
        assert_int_equal(b.article.part[i].scored, kinds[i] != FSC_PART_TABLE);
        assert_int_equal(b.article.part[i].block_quote, i == 5);
    }
    assert_tiles(&b.article);
    // A part's place in the page holds the part's text.
    fsc_part last = b.article.part[10];
    assert_memory_equal(item.content.data + last.source_start, P3, sizeof P3 - 1);
    bench_close(&b);
}

static void test_extract__charset_of_the_page(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b, PAGE("<meta charset=iso-8859-1>", "<p>Caf\xE9 - " P1 "</p><p>" P2 "</p>"), "Café - " P1 "\n\n" P2);
    bench_close(&b);
}

static void test_extract__charset_beyond_the_first_kilobyte(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    static char page[4096];
    size_t n = (size_t)snprintf(page, sizeof page,
                                "<html><head><title>x</title>%*s<meta http-equiv=Content-Type "
                                "content='text/html; charset=iso-8859-2'></head><body><p>\xB3\xF3"
                                "d\xBC - " P1 "</p></body>",
                                1500, "");
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_view_of(page, n)};
    fsc_extract_options opt = {.text_only = true};
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.text, "łódź - " P1);
    bench_close(&b);
}

static void test_extract__a_text_that_only_json_ld_holds(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" P1 "\\n\\n" P2
                     " &amp; " P3 "\"}</script>",
                     "<div id=app></div><noscript>Turn scripts on.</noscript>"),
                P1 "\n\n" P2 " & " P3);
    assert_int_equal(b.article.status, FSC_RECORD_OK);
    bench_close(&b);
}

static void test_extract__a_paywall_leaves_a_teaser(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(
        &b,
        PAGE(
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}</script>",
            "<article><p>" P1 "</p><p>" P2 "</p></article>"),
        P1 "\n\n" P2);
    assert_int_equal(b.article.status, FSC_RECORD_TRUNCATED);
    assert_true(b.article.reason.len > 0);
    bench_close(&b);
}

static void test_extract__damaged_pages_keep_their_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b, "<html><head><meta charset=no-such-thing></head><body>" PARAGRAPHS, TEXT);
    assert_text(&b, "<html><body><article><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p><div class=\"tea", TEXT);
    assert_text(&b, "<div><p>" P1 "</p><p>" P2 "</p><!-- never closed <p>" P3 "</p>", TEXT);
    assert_text(&b, "</div></body></html><p>" P1 "</p></html><p>" P2 "</p><body><p>" P3, TEXT);
    bench_page(&b, "{\"status\": \"ok\", \"items\": [1, 2, 3]}");
    assert_tiles(&b.article);
    bench_page(&b, "<html><body><div>" P1 "\xFF\xFE" P2 "</div>");
    assert_true(fsc_view_find(b.article.text, FSC_LIT(P2), 0) != SIZE_MAX);
    bench_close(&b);
}

static void test_extract__a_record_wins_over_the_page(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_item item = {.format = FSC_FORMAT_HTML,
                     .title = FSC_LIT("Mine"),
                     .author = FSC_LIT("Me"),
                     .published = FSC_LIT("2001"),
                     .content =
                         FSC_LIT(PAGE("<title>Theirs</title><meta name=author content='Ann Other'>", PARAGRAPHS))};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.title, "Mine");
    assert_view(b.article.author, "Me");
    assert_view(b.article.published, "2001");
    assert_string_equal(from_of(&b.article, "title"), "record");
    assert_memory_equal(b.article.text.data, "Mine\n\n", 6);
    bench_close(&b);
}

// Allocation n fails, then n + 1, and so on until the call goes through: an error each time, never a crash.
typedef struct failing {
    size_t left;
} failing;

static void *failing_alloc(void *user, size_t size)
{
    failing *f = user;
    return f->left ? f->left--, fsc_alloc_default()->alloc(NULL, size) : NULL;
}

static void *failing_resize(void *user, void *ptr, size_t size)
{
    failing *f = user;
    return f->left ? f->left--, fsc_alloc_default()->resize(NULL, ptr, size) : NULL;
}

static void failing_free(void *user, void *ptr)
{
    (void)user;
    fsc_alloc_default()->free(NULL, ptr);
}

static void test_extract__running_out_of_memory(void **state)
{
    (void)state;
    fsc_item item = {.format = FSC_FORMAT_HTML,
                     .content = FSC_LIT(PAGE(
                         "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"H\"}</script>",
                         "<p>" P3 "</p><ul><li>a<li>b</ul>"
                                    "<div class=live><p><time datetime=2026-01-02>x</time></p><p>" P1 "</p></div>"
                                    "<div class=live><p><time datetime=2026-01-03>x</time></p><p>" P2 "</p></div>"
                                    "<ul class=comments><li><b class=author>Ann</b><p>No.</p></ul>"))};
    fsc_extract_options opt = {.comments = true};
    for (size_t n = 0;; n++) {
        failing f = {n};
        fsc_alloc alloc = {failing_alloc, failing_resize, failing_free, &f};
        bench b;
        fsc_err err = FSC_ERR_INIT;
        fsc_arena_init(&b.arena, &alloc);
        fsc_arena_init(&b.scratch, &alloc);
        fsc_article *update;
        size_t count = 0;
        int status = fsc_extract(&b.article, &item, &opt, &b.arena, &b.scratch, &err);
        size_t comments = b.article.comment_count;
        if (!status)
            status = fsc_extract_updates(&update, &count, &b.article, &item, &opt, &b.arena, &b.scratch, &err);
        bench_close(&b);
        if (status == 0)
            assert_int_equal(comments * 10 + count, 12);
        if (status == 0)
            break;
        assert_int_equal(status, FSC_E_NOMEM);
        assert_true(n < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_extract__plain_text_is_kept_byte_for_byte),
        cmocka_unit_test(test_extract__a_title_comes_first),
        cmocka_unit_test(test_extract__first_line_as_headline),
        cmocka_unit_test(test_extract__statuses),
        cmocka_unit_test(test_extract__a_post_as_fragment),
        cmocka_unit_test(test_extract__parts_of_a_page),
        cmocka_unit_test(test_extract__charset_of_the_page),
        cmocka_unit_test(test_extract__charset_beyond_the_first_kilobyte),
        cmocka_unit_test(test_extract__a_text_that_only_json_ld_holds),
        cmocka_unit_test(test_extract__a_paywall_leaves_a_teaser),
        cmocka_unit_test(test_extract__damaged_pages_keep_their_text),
        cmocka_unit_test(test_extract__a_record_wins_over_the_page),
        cmocka_unit_test(test_extract__running_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
