#include "page_test.h"

// Each test is a small page that shows one rule.

static void test_clean__menus_and_footers(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(
        &b,
        PAGE("", "<header><a href=/>Home</a></header><nav><ul><li><a href=1>World</a></li></ul></nav><main>" PARAGRAPHS
                 "</main><aside><p>" P1
                 " More of the same in the margin.</p></aside><footer><p>All about us.</p></footer>"),
        TEXT);
    bench_close(&b);
}

static void test_clean__headline_byline_and_date_are_not_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("<title>Bridge to be widened</title>",
                     "<article><h1>Bridge to be widened</h1><div class=byline>By Ann "
                     "Other</div><time>4 March 2020</time>" PARAGRAPHS "</article>"),
                TEXT);
    bench_close(&b);
}

static void test_clean__captions_and_counters(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("",
                     "<article><p>" P1
                     "</p><figure><img src=x><figcaption>The old bridge in a picture of last year that is "
                     "long enough to be a paragraph.</figcaption></figure><p>Image 2 of 5</p><p>" P2 "</p><div><div "
                     "class=photo-credit>Photo: A. Other</div></div><p>" P3 "</p></article>"),
                TEXT);
    bench_close(&b);
}

static void test_clean__captions_on_demand(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    fsc_extract_options opt = {.text_only = true, .score_captions = true};
    fsc_item item = {
        .format = FSC_FORMAT_HTML,
        .content = FSC_LIT(PAGE("", "<article><p>" P1 "</p><figure><img src=x><figcaption>The old bridge.</figcaption>"
                                    "</figure><p>" P2 "</p><p>" P3 "</p></article>"))};
    assert_int_equal(bench_item(&b, &item, &opt), 0);
    assert_view(b.article.text, P1 "\n\nThe old bridge.\n\n" P2 "\n\n" P3);
    assert_int_equal(b.article.part[1].kind, FSC_PART_CAPTION);
    assert_true(b.article.part[1].scored);
    bench_close(&b);
}

static void test_clean__links_that_lead_elsewhere(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(
        &b,
        PAGE(
            "",
            "<article><p>" P1 "</p><p><a href=1>The ten longest bridges of the country</a></p><ul><li><a href=2>One "
            "story</a></li><li><a href=3>Another story</a></li></ul><p>Read more: <a href=4>a third story</a></p><p>" P2
            "</p><p>" P3 " It was <a href=5>reported</a> before.</p></article>"),
        P1 "\n\n" P2 "\n\n" P3 " It was reported before.");
    bench_close(&b);
}

static void test_clean__the_tail_is_cut(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("", "<div><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p><p>" P2 "</p><h3>Verwandte Artikel</h3><p>" P1
                         " A teaser in full sentences, as they are.</p></div>"),
                TEXT "\n\n" P2);
    bench_close(&b);
}

static void test_clean__comments(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("", "<main>" PARAGRAPHS "<section id=comments><h2>3 replies</h2><div class=comment-body><p>" P1
                         " I do not think so at all, says a reader.</p></div></section></main>"),
                TEXT);
    bench_close(&b);
}

static void test_clean__a_paragraph_stands_once(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b, PAGE("", "<div><div>" PARAGRAPHS "</div><div class=mobile>" PARAGRAPHS "</div></div>"), TEXT);
    assert_text(&b, PAGE("", "<div>" PARAGRAPHS "<p>" P1 "</p></div>"), TEXT "\n\n" P1);
    bench_close(&b);
}

static void test_clean__headings_need_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("", "<div><p>" P1 "</p><h2>Kept</h2><p>" P2 "</p><h2>Empty</h2><h2>Full</h2><p>" P3
                         "</p><h2>Last</h2></div>"),
                P1 "\n\nKept\n\n" P2 "\n\nFull\n\n" P3);
    bench_close(&b);
}

static void test_clean__breaks_part_paragraphs(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b, PAGE("", "<div>" P1 "<br><br>" P2 "<br>" P3 "</div>"), P1 "\n\n" P2 "\n" P3);
    bench_close(&b);
}

static void test_clean__embedded_posts_are_kept(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    bench_page(&b, PAGE("", "<article><p>" P1
                            "</p><div class=social-embed><blockquote class=twitter-tweet><p>We said no.</p>&mdash; "
                            "Ann Other (@ann) <a href=x>March 4, 2020</a></blockquote></div><p>" P2 "</p><p>" P3
                            "</p></article>"));
    assert_true(fsc_view_find(b.article.text, FSC_LIT("We said no."), 0) != SIZE_MAX);
    assert_int_equal(b.article.part[1].kind, FSC_PART_EMBED);
    assert_true(b.article.part[1].block_quote);
    assert_true(fsc_view_find(b.article.part[1].author, FSC_LIT("Ann Other"), 0) != SIZE_MAX);
    bench_close(&b);
}

static void test_clean__the_signature_is_not_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(
        &b,
        PAGE("<meta name=author content='Ann Other'>",
             "<h1>Vote on the bridge</h1><div><p>4 March 2020 | City</p>" PARAGRAPHS "<p>" P1
             " It did.</p><p>Ann Other writes about the city and has done so for many years, mostly on foot.</p>"
             "<p>Write to ann@gazette.example or follow @ann.</p></div>"),
        TEXT "\n\n" P1 " It did.");
    bench_close(&b);
}

static void test_clean__a_box_with_a_telling_title(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("", "<main>" PARAGRAPHS
                         "<div><h3>Vous aimerez aussi</h3><p><a href=1>A story</a></p><p>Of last week.</p></div><p>" P2
                         " Again.</p><p>" P3 " Again.</p><p>" P1 " Again.</p></main>"),
                TEXT "\n\n" P2 " Again.\n\n" P3 " Again.\n\n" P1 " Again.");
    bench_close(&b);
}

static void test_clean__hidden_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    assert_text(&b,
                PAGE("", "<div><p>" P1 "</p><p hidden>" P2 "</p><p style='display:none'>x</p><p>" P3
                         "<span class=sr-only> for "
                         "screen readers</span></p></div>"),
                P1 "\n\n" P3);
    bench_close(&b);
}

static void test_clean__summary_between_headline_and_text(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    static const char page[] = PAGE("<title>Bridge to be widened</title>",
                                    "<article><header><h1>Bridge to be widened</h1><p>" P1
                                    " After years of talks the work can begin soon.</p></header>"
                                    "<div class=article-body><p>" P2 "</p><p>" P3 "</p><p>" P1 "</p></div></article>");
    assert_text(&b, page, P1 " After years of talks the work can begin soon.\n\n" P2 "\n\n" P3 "\n\n" P1);
    assert_int_equal(b.article.part[0].kind, FSC_PART_LEDE);
    // A line as short as a headline goes with the headline.
    static const char deck[] =
        PAGE("<title>Bridge to be widened</title>",
             "<article><header><h1>Bridge to be widened</h1><p>After years of talks the work on it can "
             "begin soon.</p></header><div class=article-body>" PARAGRAPHS "</div></article>");
    assert_text(&b, deck, TEXT);
    fsc_item item = {.format = FSC_FORMAT_HTML, .content = fsc_view_cstr(deck)};
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, "Bridge to be widened\n\nAfter years of talks the work on it can begin soon.\n\n" TEXT);
    // Said again at the beginning of the text, or twice, it stands once; a date line is none.
    static const char twice[] = PAGE("<title>Bridge to be widened</title>",
                                     "<article><header><h1>Bridge to be widened</h1><p>" P1 "</p><p>Updated on Wednesday, 4 March "
                                     "2020, at 9 p.m.</p></header><div class=article-body>" PARAGRAPHS "</div></article>");
    item.content = fsc_view_cstr(twice);
    assert_int_equal(bench_item(&b, &item, NULL), 0);
    assert_view(b.article.text, "Bridge to be widened\n\n" TEXT);
    bench_close(&b);
}

static void test_clean__names_that_mislead(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    // The whole article in a box named after its neighbours, on a page that says it has comments.
    assert_text(
        &b, PAGE("", "<div class='has-comments no-sidebar'><div class=slider-popup-related>" PARAGRAPHS "</div></div>"),
        TEXT);
    bench_close(&b);
}

static void test_clean__a_table_for_layout(void **state)
{
    (void)state;
    bench b;
    bench_open(&b);
    bench_page(&b, PAGE("", "<table><tr><td><a href=1>Home</a><br><a href=2>News</a></td><td>" PARAGRAPHS
                            "</td></tr></table>"));
    assert_true(fsc_view_find(b.article.text, FSC_LIT(P2), 0) != SIZE_MAX);
    assert_true(fsc_view_find(b.article.text, FSC_LIT("Home"), 0) == SIZE_MAX);
    assert_int_equal(b.article.part[0].kind, FSC_PART_BODY);
    assert_true(b.article.part[0].scored);
    assert_text(&b,
                PAGE("", "<table><tr><td>" PARAGRAPHS "<ul><li>one thing</li><li>another</li></ul></td></tr></table>"),
                TEXT "\n\none thing\nanother");
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean__menus_and_footers),
        cmocka_unit_test(test_clean__headline_byline_and_date_are_not_text),
        cmocka_unit_test(test_clean__captions_and_counters),
        cmocka_unit_test(test_clean__captions_on_demand),
        cmocka_unit_test(test_clean__links_that_lead_elsewhere),
        cmocka_unit_test(test_clean__the_tail_is_cut),
        cmocka_unit_test(test_clean__comments),
        cmocka_unit_test(test_clean__a_paragraph_stands_once),
        cmocka_unit_test(test_clean__headings_need_text),
        cmocka_unit_test(test_clean__breaks_part_paragraphs),
        cmocka_unit_test(test_clean__embedded_posts_are_kept),
        cmocka_unit_test(test_clean__the_signature_is_not_text),
        cmocka_unit_test(test_clean__a_box_with_a_telling_title),
        cmocka_unit_test(test_clean__hidden_text),
        cmocka_unit_test(test_clean__summary_between_headline_and_text),
        cmocka_unit_test(test_clean__names_that_mislead),
        cmocka_unit_test(test_clean__a_table_for_layout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
