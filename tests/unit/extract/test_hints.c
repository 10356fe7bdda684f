#include "page_test.h"

static uint32_t names(const char *text)
{
    static fsc_hint_index index;
    fsc_hint_index_fill(&index);
    return fsc_hint_names(&index, fsc_view_cstr(text));
}

static void test_hints__names(void **state)
{
    (void)state;
    assert_true(names("article-body") & FSC_HINT_BIT(BODY));
    assert_true(names("x articleBody y") & FSC_HINT_BIT(BODY));
    assert_true(names("article_body") & FSC_HINT_BIT(BODY));
    assert_true(names("post__comments") & FSC_HINT_BIT(COMMENT));
    assert_true(names("RelatedPosts") & FSC_HINT_BIT(RELATED));
    assert_true(names("sharedaddy") & FSC_HINT_BIT(SHARE));
    assert_true(names("ad") & FSC_HINT_BIT(AD));
    assert_true(names("ad-top") & FSC_HINT_BIT(AD));
    assert_int_equal(names("head shadow reading") & (FSC_HINT_BIT(AD) | FSC_HINT_BIT(SHARE)), 0);
    assert_int_equal(names(""), 0);
}

static void test_hints__only_told_of(void **state)
{
    (void)state;
    assert_int_equal(names("no-comments"), 0);
    assert_int_equal(names("has-sidebar with-comments"), 0);
    assert_true(names("no-js comments") & FSC_HINT_BIT(COMMENT));
}

static void test_hints__very_long_names(void **state)
{
    (void)state;
    char text[5000];
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 2 ? '-' : 'A';
    text[sizeof text - 1] = 0;
    assert_int_equal(names(text), 0);
}

static void test_hints__phrases(void **state)
{
    (void)state;
    assert_true(fsc_hint_phrase(FSC_LIT("Read more: the bridge")) & FSC_HINT_BIT(RELATED));
    assert_true(fsc_hint_phrase(FSC_LIT("LESEN SIE AUCH: Brücke")) & FSC_HINT_BIT(RELATED));
    assert_true(fsc_hint_phrase(FSC_LIT("ЧИТАЙТЕ ТАКЖЕ")) & FSC_HINT_BIT(RELATED));
    assert_true(fsc_hint_phrase(FSC_LIT("ΔΙΑΒΆΣΤΕ επίσης")) == 0);
    assert_true(fsc_hint_phrase(FSC_LIT("Διαβάστε επίσης")) & FSC_HINT_BIT(RELATED));
    assert_true(fsc_hint_phrase(FSC_LIT("CZYTAJ TEŻ")) & FSC_HINT_BIT(RELATED));
    assert_true(fsc_hint_phrase(FSC_LIT("関連記事")) & FSC_HINT_BIT(RELATED));
    assert_true(fsc_hint_phrase(FSC_LIT("Share")) & FSC_HINT_BIT(SHARE));
    assert_int_equal(fsc_hint_phrase(FSC_LIT("Share prices fell")) & FSC_HINT_BIT(SHARE), 0);
    assert_int_equal(fsc_hint_phrase(FSC_LIT("")), 0);
}

static void test_hints__fold(void **state)
{
    (void)state;
    char out[16];
    size_t n = fsc_hint_fold(FSC_LIT("ÄŻŁΩЯx"), out, sizeof out);
    assert_view(fsc_view_of(out, n), "äżłωяx");
    n = fsc_hint_fold(FSC_LIT("aaaÄ"), out, 4);
    assert_view(fsc_view_of(out, n), "aaa");
    n = fsc_hint_fold(fsc_view_of("a\xC3", 2), out, sizeof out);
    assert_view(fsc_view_of(out, n), "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hints__names),
        cmocka_unit_test(test_hints__only_told_of),
        cmocka_unit_test(test_hints__very_long_names),
        cmocka_unit_test(test_hints__phrases),
        cmocka_unit_test(test_hints__fold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
