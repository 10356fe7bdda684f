#include "voice/form_p.h"
#include "voice_test.h"

// A form says of every word what comparing its bytes says, at the very end of the text too.
static void test_form__agrees_with_bytes(void **state)
{
    static const char *const forms[] = {"a", "as", "the", "that", "after", "before", "against", "although", "vs."};
    const uint64_t number[] = {FSC_FORM("a"),      FSC_FORM("as"),      FSC_FORM("the"),      FSC_FORM("that"), FSC_FORM("after"),
                               FSC_FORM("before"), FSC_FORM("against"), FSC_FORM("although"), FSC_FORM("vs.")};
    static const char *const texts[] = {
        "As the crew left, THAT'S all. After that’s done, although Against forms althoughs beforehand.", "the", "a", "As", "tha", "that's", "although",
        "Vs. x vs. y t.he 'as' `a @s ａ ás {s THÉ the\u200bre", "before", "Against", "againsts",
    };
    bench *b = *state;
    unsigned same = 0;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        // a copy that ends where the text ends: reading behind it shows under a sanitizer
        size_t size = strlen(texts[t]);
        char *copy = memcpy(malloc(size), texts[t], size);
        bench_analyze_parts(b, (fsc_view){copy, size}, NULL, 0);
        fsc_vx x = {.text = &b->text, .n = (uint32_t)b->text.word_count};
        for (uint32_t w = 0; w < x.n; w++)
            for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
                fsc_view word = fsc_voice_words(&x, w, w + 1), form = fsc_view_cstr(forms[i]);
                assert_int_equal(fsc_vx_spelled(&x, w) == number[i], fsc_view_eq(word, form));
                assert_int_equal(fsc_vx_form(&x, w) == number[i], fsc_view_eq_nocase(word, form));
                same += fsc_view_eq_nocase(word, form);
            }
        free(copy);
    }
    assert_true(same > 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_form__agrees_with_bytes)};
    return cmocka_run_group_tests(tests, bench_setup, bench_teardown);
}
