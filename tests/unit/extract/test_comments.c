#include "page_test.h"

static void read_comments(bench *b, const char *html)
{
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_view_cstr(html)};
    fsc_extract_options opt = {.text_only = true, .comments = true};
    assert_int_equal(bench_item(b, &item, &opt), 0);
    assert_true(b->article.has_comments);
    assert_tiles(&b->article);
}

static void assert_comment(const bench *b, size_t i, const char *author, const char *text)
{
    assert_true(i < b->article.comment_count);
    assert_true(fsc_view_is(b->article.comment[i].author, author));
    assert_true(fsc_view_is(b->article.comment[i].text, text));
}

#define ARTICLE "<article><h1>Bridge vote</h1>" PARAGRAPHS "</article>"

static void test_comments__stand_apart_from_the_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    read_comments(
        &b, PAGE("", ARTICLE
                 "<div id=comments><h3>2 comments</h3><ol class=comment-list>"
                 "<li class='comment comment-author-ann'><div class=comment-author><b class=fn><a href=u>Ann</a></b> "
                 "<span>says:</span></div><div class=comment-metadata><time datetime=2026-01-02>2 January</time></div>"
                 "<div class=comment-content><p>They never asked us.</p><p>Not once.</p></div>"
                 "<div class=reply><a href=r>Reply</a></div></li>"
                 "<li class=comment><div class=comment-author><b class=fn>Bob K.</b></div>"
                 "<div class=comment-content><p>Good.</p></div></li></ol>"
                 "<form><p>Your address will not be published by us, we promise you that.</p></form></div>"));
    assert_view(b.article.text, TEXT);
    assert_int_equal(b.article.comment_count, 2);
    assert_comment(&b, 0, "Ann", "They never asked us.\n\nNot once.");
    assert_comment(&b, 1, "Bob K.", "Good.");
    bench_close(&b);
}

static void test_comments__of_nested_replies(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    read_comments(
        &b, PAGE("", ARTICLE
                 "<section class=comments><div class=thread><span class=user-name>ann</span><div>First words.</div>"
                 "<div class=thread><span class=user-name>bob</span><div>An answer to them.</div></div></div>"
                 "<div class=thread><span class=user-name>cy</span><div>Last words.</div></div></section>"));
    assert_int_equal(b.article.comment_count, 3);
    assert_comment(&b, 0, "ann", "First words.");
    assert_comment(&b, 1, "bob", "An answer to them.");
    assert_comment(&b, 2, "cy", "Last words.");
    bench_close(&b);
}

static void test_comments__names_in_the_line_in_bold_or_nowhere(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    read_comments(
        &b,
        PAGE("", ARTICLE
             "<ul class=comments><li><p><cite class=author>Ann</cite>: I read <cite>The Bridge</cite> twice.</p></li>"
             "<li><strong>Bob</strong><p>No.</p></li><li><p>Nobody signed this one.</p></li>"
             "<li><span>12 likes</span></li></ul>"));
    assert_int_equal(b.article.comment_count, 3);
    assert_comment(&b, 0, "Ann", "I read The Bridge twice.");
    assert_comment(&b, 1, "Bob", "No.");
    assert_comment(&b, 2, "", "Nobody signed this one.");
    bench_close(&b);
}

static void test_comments__from_json_ld_where_the_page_shows_none(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    read_comments(
        &b, PAGE("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"comment\":[{\"@type\":\"Comment\","
                 "\"text\":\"No ferry.\",\"author\":{\"name\":\"Tom\"}},{\"@type\":\"Comment\",\"text\":\"A &amp; B\"},"
                 "7]}</script>",
                 ARTICLE));
    assert_int_equal(b.article.comment_count, 2);
    assert_comment(&b, 0, "Tom", "No ferry.");
    assert_comment(&b, 1, "", "A & B");
    bench_close(&b);
}

static void test_comments__only_when_asked_for(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    bench_page(&b, PAGE("", ARTICLE "<ul class=comments><li><b class=author>Ann</b><p>Hear, hear.</p></li></ul>"));
    assert_false(b.article.has_comments);
    assert_int_equal(b.article.comment_count, 0);
    read_comments(&b, PAGE("", ARTICLE));
    assert_int_equal(b.article.comment_count, 0);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comments__stand_apart_from_the_text),
        cmocka_unit_test(test_comments__of_nested_replies),
        cmocka_unit_test(test_comments__names_in_the_line_in_bold_or_nowhere),
        cmocka_unit_test(test_comments__from_json_ld_where_the_page_shows_none),
        cmocka_unit_test(test_comments__only_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
