#include "voice_test.h"

#define FIRST "Senator Paula Grieve wrote in a post:"
#define SECOND "Our farmers fed this country and we will not give them up for anybody."

static void test_block__paragraph_behind_a_colon(void **state)
{
    static const example e[] = {
        {FIRST "\n\n" SECOND, FIRST "\n\n{Paula Grieve, Senator|" SECOND "}"},
        {"Paula Grieve credited the law for the harvest.\n\n" SECOND,
         "Paula Grieve (Paula Grieve|credited the law for the harvest).\n\n{Paula Grieve|" SECOND "}"},
    };
    CHECK(*state, e);
}

static void test_block__a_writer_who_says_we(void **state)
{
    bench *b = *state;
    bench_analyze(b, "We left early, Ida said.\n\nWe drove on.\n\nWe came to a lake that was ours.\n\nWe said it was "
                     "cold.\n\nWe all swam in it for a day.");
    for (size_t i = 0; i < b->voices.speech_count; i++)
        assert_int_not_equal(b->voices.speech[i].kind, FSC_SPEECH_BLOCK);
}

static void test_block__parts_marked_as_quotations(void **state)
{
    static const char text[] = FIRST "\n\n" SECOND "\n\nMore of it.\n\nPaul speaks.";
    uint32_t first = (uint32_t)strlen(FIRST), second = (uint32_t)strlen(SECOND);
    fsc_part part[] = {
        {.start = 0, .end = first, .kind = FSC_PART_BODY, .scored = true},
        {.start = first + 2, .end = first + 2 + second, .kind = FSC_PART_BODY, .scored = true, .block_quote = true},
        {.start = first + second + 4,
         .end = first + second + 15,
         .kind = FSC_PART_EMBED,
         .scored = true,
         .author = FSC_LIT("Ada")},
        {.start = first + second + 17, .end = first + second + 29, .kind = FSC_PART_BODY, .scored = false},
    };
    bench *b = *state;
    bench_analyze_parts(b, fsc_view_cstr(text), part, 4);
    assert_string_equal(bench_marked(b),
                        FIRST "\n\n{Paula Grieve, Senator|" SECOND "}\n\n{Ada|More of it.}\n\nPaul speaks.");
    assert_int_equal(b->voices.quoted_words, 17);
    assert_int_equal(b->voices.own_words, 7);
}

static void test_block__headline_with_a_name(void **state)
{
    static const char text[] = "Whitlock: Taxes will not rise";
    fsc_part part = {.start = 0, .end = sizeof text - 1, .kind = FSC_PART_HEADLINE, .scored = true};
    bench *b = *state;
    bench_analyze_parts(b, fsc_view_cstr(text), &part, 1);
    assert_string_equal(bench_marked(b), "Whitlock: (Whitlock|Taxes will not rise)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_block__paragraph_behind_a_colon),
        cmocka_unit_test(test_block__a_writer_who_says_we),
        cmocka_unit_test(test_block__parts_marked_as_quotations),
        cmocka_unit_test(test_block__headline_with_a_name),
    };
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
