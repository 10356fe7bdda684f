#include "check.h"

#include "base/arena.h"
#include "base/utf8.h"

static void test_view__compare_trim_find_split(void **state)
{
    (void)state;
    assert_true(fsc_view_cmp(FSC_LIT("a"), FSC_LIT("ab")) < 0);
    assert_true(fsc_view_cmp(FSC_LIT("b"), FSC_LIT("ab")) > 0);
    assert_true(fsc_view_eq_nocase(FSC_LIT("AbC"), FSC_LIT("aBc")));
    assert_false(fsc_view_eq_nocase(FSC_LIT("Ab"), FSC_LIT("A")));
    assert_view(fsc_view_trim(FSC_LIT(" \t\r\nx y\v\f ")), "x y");
    assert_int_equal(fsc_view_find(FSC_LIT("abcabc"), FSC_LIT("bc"), 2), 4);
    assert_true(fsc_view_find(FSC_LIT("abc"), FSC_LIT("x"), 0) == SIZE_MAX);
    fsc_view rest = FSC_LIT("a,,b");
    assert_view(fsc_view_split(&rest, ','), "a");
    assert_view(fsc_view_split(&rest, ','), "");
    assert_view(fsc_view_split(&rest, ','), "b");
    assert_null(rest.data);
    assert_view(fsc_view_slice(FSC_LIT("abc"), 1, 99), "bc");
    assert_view(fsc_view_slice(FSC_LIT("abc"), 9, 1), "");
}

static void test_view__integers(void **state)
{
    (void)state;
    int64_t n;
    assert_true(fsc_view_int(FSC_LIT("-9223372036854775808"), &n) && n == INT64_MIN);
    assert_true(fsc_view_int(FSC_LIT("9223372036854775807"), &n) && n == INT64_MAX);
    assert_false(fsc_view_int(FSC_LIT("9223372036854775808"), &n));
    assert_false(fsc_view_int(FSC_LIT(""), &n));
    assert_false(fsc_view_int(FSC_LIT("-"), &n));
    assert_false(fsc_view_int(FSC_LIT("1x"), &n));
    assert_true(fsc_view_thousandths(FSC_LIT("1.5"), &n) && n == 1500);
    assert_true(fsc_view_thousandths(FSC_LIT("-2"), &n) && n == -2000);
    assert_true(fsc_view_thousandths(FSC_LIT("0.001"), &n) && n == 1);
    assert_false(fsc_view_thousandths(FSC_LIT("0.0001"), &n));
    assert_false(fsc_view_thousandths(FSC_LIT("1."), &n));
    assert_false(fsc_view_thousandths(FSC_LIT("1.2.3"), &n));
    assert_false(fsc_view_thousandths(FSC_LIT("NaN"), &n));
}

static void test_utf8__round_trip_of_all_code_points(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char s[4];
        unsigned size, n = fsc_utf8_encode(s, cp);
        uint32_t want = cp >= 0xD800 && cp <= 0xDFFF ? 0xFFFD : cp;
        assert_int_equal(fsc_utf8_decode(s, n, &size), want);
        assert_int_equal(size, n);
        assert_int_equal(fsc_utf8_valid(s, n), n);
    }
}

// What one character after the other says.
static size_t valid_prefix(const char *s, size_t len)
{
    unsigned size;
    for (size_t i = 0; i < len; i += size)
        if (fsc_utf8_decode(s + i, len - i, &size) == UINT32_MAX)
            return i;
    return len;
}

static void test_utf8__valid_is_what_decoding_says(void **state)
{
    (void)state;
    static const char *const around[] = {"abcdefghijklmnopqrstuvwxyzabcdefghijkl", "жук и юла жук и юла жук и юла", "北京大学校园里北京大学校园里", "👍🏽👍🏽👍🏽👍🏽👍🏽"};
    uint32_t seed = 1;
    // each pair of bytes, at places in short texts, in blocks and across their borders
    for (uint32_t pair = 0; pair < 1u << 16; pair++)
        for (size_t k = 0; k < 4; k++) {
            char s[64];
            strcpy(s, around[k]);
            seed = seed * 1664525u + 1013904223u;
            size_t all = strlen(s), at = (seed >> 8) % (all - 4), len = seed >> 31 ? all : at + 2 + (seed >> 20) % 3;
            s[at] = (char)(pair >> 8);
            s[at + 1] = (char)pair;
            if (seed >> 30 & 1)
                s[at + 2] = (char)(0x80 | (seed >> 24 & 0x3F));
            assert_int_equal(fsc_utf8_valid(s, len), valid_prefix(s, len));
        }
}

static void test_utf8__repairs_by_maximal_subparts(void **state)
{
    (void)state;
    fsc_arena a;
    uint32_t repaired;
    fsc_arena_init(&a, NULL);
    fsc_view same = FSC_LIT("valid é 北京");
    assert_ptr_equal(fsc_utf8_repair(&a, same, &repaired).data, same.data);
    assert_int_equal(repaired, 0);
    // the examples of the Unicode Standard, table 3-8 and around it
    assert_view(fsc_utf8_repair(&a, FSC_LIT("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"), &repaired),
                "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                "b\xEF\xBF\xBD"
                "c\xEF\xBF\xBD\xEF\xBF\xBD"
                "d");
    assert_int_equal(repaired, 6);
    assert_view(fsc_utf8_repair(&a, FSC_LIT("\xC0\xAF"), &repaired), "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_view(fsc_utf8_repair(&a, FSC_LIT("\xED\xA0\x80"), &repaired), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_view(fsc_utf8_repair(&a, FSC_LIT("abcdefgh\xE2\x82"), &repaired), "abcdefgh\xEF\xBF\xBD");
    fsc_arena_release(&a);
}

static void test_utf8__counts(void **state)
{
    (void)state;
    fsc_view v = FSC_LIT("aé北👍");
    assert_int_equal(fsc_utf8_chars(v), 4);
    assert_int_equal(fsc_utf8_utf16(v), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_view__compare_trim_find_split), cmocka_unit_test(test_view__integers),
        cmocka_unit_test(test_utf8__round_trip_of_all_code_points), cmocka_unit_test(test_utf8__repairs_by_maximal_subparts),
        cmocka_unit_test(test_utf8__valid_is_what_decoding_says), cmocka_unit_test(test_utf8__counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
