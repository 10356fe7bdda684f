// Counting as LIWC and quanteda do, and the small change of formats: terms, weights, lines.
#include "../../check.h"

#include "dict/dict_p.h"

static void test_count__liwc(void **state)
{
    (void)state;
    // words 0..5: a phrase of two with two keys, its first word alone, a word of the phrase's end, the same word twice in a key
    fsc_dict_hit hit[] = {{1, 3, 0}, {1, 3, 2}, {1, 2, 1}, {2, 3, 1}, {4, 5, 1}, {4, 5, 1}, {5, 6, 0}};
    uint64_t n[3] = {0}, captured;
    fsc_dict_count_liwc(n, &captured, hit, sizeof hit / sizeof *hit);
    assert_int_equal(n[0], 2);
    assert_int_equal(n[1], 1);
    assert_int_equal(n[2], 1);
    assert_int_equal(captured, 4);
    fsc_dict_count_liwc(n, &captured, hit, 0);
    assert_int_equal(captured, 0);
}

static void test_count__quanteda(void **state)
{
    (void)state;
    // "x y z": key 0 has "x y" and "y z", key 1 has "y z" and "z"
    static const fsc_dict_hit hits[] = {{0, 2, 0}, {1, 3, 0}, {1, 3, 1}, {2, 3, 1}, {2, 3, 0}};
    for (int dictionary = 0; dictionary < 2; dictionary++) {
        fsc_dict_hit hit[5];
        fsc_arena arena;
        uint64_t n[2] = {0};
        bool covered[4] = {false};
        fsc_dict_scope scope = {dictionary, 3};
        memcpy(hit, hits, sizeof hit);
        fsc_arena_init(&arena, NULL);
        assert_int_equal(fsc_dict_count_quanteda(n, covered, hit, 5, &scope, &arena), 0);
        // within a key overlapping terms exclude each other: "x y" has y, so key 0 gets z by itself; in the dictionary z is gone by then
        assert_int_equal(n[0], dictionary ? 1 : 2);
        assert_int_equal(n[1], 1);
        assert_true(covered[0] && covered[1] && covered[2] && !covered[3]);
        fsc_arena_release(&arena);
    }
}

static void test_dict__weights(void **state)
{
    (void)state;
    static const struct {
        const char *weight;
        int decimals;
        const char *want;
        bool rounded;
    } cases[] = {{"1.5", 3, "1.5", false},  {"0.12345", 3, "0.123", true}, {"0.1235", 3, "0.124", true}, {"2.50", 0, "3", true},
                 {"2.4", 0, "2", true},     {"-2.5", 0, "-3", true},       {".5", 3, "0.5", false},      {"+1", 3, "1", false},
                 {"3.000", 0, "3", false},  {"0.123456789", 9, "0.123456789", false}, {"12", 3, "12", false},    {"0.9996", 3, "1", true},
                 {"0.12345678951", 9, "0.12345679", true}, {"-0.0001", 3, "0", true}, {"100", 0, "100", false}, {"1.050", 3, "1.05", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fsc_dict d = {0};
        fsc_buf out;
        fsc_dict_entry e = {.weight = fsc_view_cstr(cases[i].weight), .line = 7};
        fsc_buf_init(&out, NULL, 100);
        fsc_dict_weight(&out, &d, &e, cases[i].decimals, false);
        assert_string_equal(out.data, cases[i].want);
        assert_int_equal(d.loss[FSC_DICT_LOSS_ROUNDED], cases[i].rounded);
        fsc_buf_release(&out);
    }
}

static void test_dict__terms_and_lines(void **state)
{
    (void)state;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    fsc_dict d = {.arena = &arena};
    assert_view(fsc_dict_term(&d, FSC_LIT("  two \xC2\xA0 words\t"), ""), "two words");
    assert_view(fsc_dict_term(&d, FSC_LIT("a*b? c\\d"), "?"), "a*b\\? c\\\\d");
    assert_view(fsc_dict_term(&d, FSC_LIT(" \t"), ""), "");
    fsc_view text = FSC_LIT("one\r\n\nthree"), line;
    uint32_t number = 0;
    assert_true(fsc_dict_line(&text, &line, &number) && number == 1 && fsc_view_is(line, "one"));
    assert_true(fsc_dict_line(&text, &line, &number) && number == 2 && line.len == 0);
    assert_true(fsc_dict_line(&text, &line, &number) && number == 3 && fsc_view_is(line, "three"));
    assert_false(fsc_dict_line(&text, &line, &number));
    assert_true(fsc_dict_is_number(FSC_LIT("-1.5")) && !fsc_dict_is_number(FSC_LIT("1.5.2")) && !fsc_dict_is_number(FSC_LIT("-")));
    fsc_arena_release(&arena);
}

static void test_dict__formats_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *path, *text;
        fsc_dict_format want;
    } cases[] = {
        {"a.dic", "", FSC_DICT_liwc},          {"a.DICX", "", FSC_DICT_dicx},     {"a/b.yaml", "", FSC_DICT_yaml},
        {"a.nfo", "", FSC_DICT_cat},           {"a.txt", "%\n1\tx\n%\n", FSC_DICT_liwc}, {"a.txt", "good\t1.9\t0.3\n", FSC_DICT_vader},
        {"a.txt", "good\nbad\n", FSC_DICT_list}, {"a.txt", "+x\ngood\n", FSC_DICT_lc3}, {"a", "A\n\tx (1)\n\ty (1)\n", FSC_DICT_cat},
        {"a", "<?xml version=\"1.0\"?><dictionary/>", FSC_DICT_ykd}, {"a", "DicTerm,x\na,X\n", FSC_DICT_dicx},
        {"a.tsv", "#lexicon\tx\n", FSC_DICT_framescope}, {"a.tsv", "good\t1.9\n", FSC_DICT_vader}, {"a.tsv", "", FSC_DICT_framescope},
        {"a.tsv", "#colour\tx\ngood\t1.9\n", FSC_DICT_framescope}, {"a", "#lexicon\tx\n", FSC_DICT_framescope},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(fsc_dict_format_of(fsc_view_cstr(cases[i].path), fsc_view_cstr(cases[i].text)), cases[i].want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_count__liwc),           cmocka_unit_test(test_count__quanteda),
        cmocka_unit_test(test_dict__weights),         cmocka_unit_test(test_dict__terms_and_lines),
        cmocka_unit_test(test_dict__formats_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
