#include "page_test.h"

static void check(const char *text, bool month_first, const char *want)
{
    fsc_arena arena;
    fsc_date d;
    fsc_arena_init(&arena, NULL);
    bool found = fsc_date_find(&d, fsc_view_cstr(text), month_first);
    assert_string_equal(found ? fsc_date_format(&d, &arena).data : "none", want);
    fsc_arena_release(&arena);
}

static void test_date__iso(void **state)
{
    (void)state;
    check("2020-03-04", false, "2020-03-04");
    check("2020-03-04T10:11:12Z", false, "2020-03-04T10:11:12Z");
    check("2020-03-04T10:11:12.345+01:00", false, "2020-03-04T10:11:12+01:00");
    check("2020-03-04T10:11-0530", false, "2020-03-04T10:11:00-05:30");
    check("2020-03-04 10:11:12 +0000", false, "2020-03-04T10:11:12Z");
    check("2020-03-04 10:11", false, "2020-03-04T10:11:00");
    check("20200304", false, "2020-03-04");
    check("/news/2020/3/4/bridge", false, "2020-03-04");
}

static void test_date__numbers(void **state)
{
    (void)state;
    check("am 4.3.2020 um", false, "2020-03-04");
    check("04. 03. 2020", false, "2020-03-04");
    check("3/4/2020", true, "2020-03-04");
    check("3/4/2020", false, "2020-04-03");
    check("13/4/2020", true, "2020-04-13");
    check("4/13/2020", false, "2020-04-13");
    check("04.03.20", false, "2020-03-04");
}

static void test_date__words_in_thirteen_languages(void **state)
{
    (void)state;
    check("Wednesday, March 4, 2020 9:05 PM EST", true, "2020-03-04T21:05:00");
    check("Mar. 4th 2020", true, "2020-03-04");
    check("4th of March, 2020", true, "2020-03-04");
    check("Wed, 04 Mar 2020 10:00:00 +0000", true, "2020-03-04T10:00:00Z");
    check("Mittwoch, den 4. März 2020", false, "2020-03-04");
    check("4. Jänner 2020", false, "2020-01-04");
    check("le 1er août 2020", false, "2020-08-01");
    check("4 de marzo de 2020", false, "2020-03-04");
    check("4 marzo 2020", false, "2020-03-04");
    check("4 de março de 2020", false, "2020-03-04");
    check("4 maart 2020", false, "2020-03-04");
    check("4 marca 2020", false, "2020-03-04");
    check("4 Mart 2020", false, "2020-03-04");
    check("4 Μαρτίου 2020", false, "2020-03-04");
    check("4 марта 2020", false, "2020-03-04");
    check("2020年3月4日", false, "2020-03-04");
    check("MÄRZ 2020 und 4. MÄRZ 2020", false, "2020-03-04");
}

static void test_date__what_is_none(void **state)
{
    (void)state;
    check("", false, "none");
    check("no date here, only 2020", false, "none");
    check("version 1.2.3", false, "none");
    check("31 people in 2020", false, "none");
    check("2020-13-04", false, "none");
    check("4 March 1066", false, "none");
    check("tel. 0123 45678901234567890", false, "none");
    check("1234567890123-03-04", false, "none");
}

static void test_date__place_in_the_text(void **state)
{
    (void)state;
    fsc_date d;
    assert_true(fsc_date_find(&d, FSC_LIT("By Ann, 4 March 2020 at home"), false));
    assert_int_equal(d.start, 8);
    assert_int_equal(d.end, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_date__iso),
        cmocka_unit_test(test_date__numbers),
        cmocka_unit_test(test_date__words_in_thirteen_languages),
        cmocka_unit_test(test_date__what_is_none),
        cmocka_unit_test(test_date__place_in_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
