#include "check.h"

#include "export/export_p.h"

static const char *wrapped(unsigned width, const char *text)
{
    static char out[1024];
    fsc_export x = {.opt = {.width = width}};
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1 << 16);
    fsc_buf_adds(&b, "before it stays as it is | ");
    size_t from = b.len;
    fsc_buf_adds(&b, text);
    fsc_wrap(&x, &b, from);
    memcpy(out, b.data + from, b.len - from);
    out[b.len - from] = 0;
    fsc_buf_release(&b);
    return out;
}

static void test_wrap__breaks_at_blanks_and_keeps_all_else(void **state)
{
    (void)state;
    assert_string_equal(wrapped(10, "aaaa bbbb cccc"), "aaaa bbbb\ncccc");
    assert_string_equal(wrapped(10, "aaaa bbbbb cccc dd e"), "aaaa bbbbb\ncccc dd e");
    assert_string_equal(wrapped(4, "aaaaaaaaa bb"), "aaaaaaaaa\nbb");
    assert_string_equal(wrapped(10, "aaaa\nbbbb cccc dddd"), "aaaa\nbbbb cccc\ndddd");
    // without a terminal nothing is broken
    assert_string_equal(wrapped(0, "aaaa bbbb cccc dddd"), "aaaa bbbb cccc dddd");
}

static void test_wrap__colours_take_no_room_and_wide_characters_two(void **state)
{
    (void)state;
    assert_string_equal(wrapped(9, "\033[1;33maaaa\033[0m bbbb cc"), "\033[1;33maaaa\033[0m bbbb\ncc");
    assert_string_equal(wrapped(5, "\u5317\u4EAC \u5317"), "\u5317\u4EAC\n\u5317");
    // an unfinished sequence is text
    assert_string_equal(wrapped(6, "aa \033[1 bb"), "aa \033[1\nbb");
}

static const char *label(size_t width, const char *text)
{
    static char out[256];
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1 << 12);
    fsc_add_label(&b, fsc_view_cstr(text), width);
    memcpy(out, b.data, b.len + 1);
    fsc_buf_release(&b);
    return out;
}

static void test_label__keeps_the_end_of_a_path(void **state)
{
    (void)state;
    assert_string_equal(label(8, "short"), "short   ");
    assert_string_equal(label(8, "archive/2026/one.html"), "\u2026ne.html");
    assert_string_equal(label(8, "a-long-identifier"), "a-long-\u2026");
    assert_string_equal(label(6, "x/\u5317\u4EAC\u5317\u4EAC"), "\u2026\u5317\u4EAC ");
}

static void test_cut_tail__to_columns(void **state)
{
    (void)state;
    static const struct {
        size_t width;
        const char *want;
    } cases[] = {{9, "ab \u5317\u4EAC …"}, {10, "ab \u5317\u4EAC cd"}, {8, "ab \u5317\u4EAC…"}, {7, "ab \u5317…"}, {6, "ab \u5317…"}, {1, "…"}, {0, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fsc_buf b;
        fsc_buf_init(&b, NULL, 1 << 12);
        fsc_buf_adds(&b, "kept|ab \u5317\u4EAC cd");
        fsc_cut_tail(&b, 5, cases[i].width);
        fsc_buf_char(&b, 0);
        // the ideographs take two columns: ten in all
        assert_string_equal(b.data + 5, cases[i].want);
        fsc_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrap__breaks_at_blanks_and_keeps_all_else),
        cmocka_unit_test(test_wrap__colours_take_no_room_and_wide_characters_two),
        cmocka_unit_test(test_label__keeps_the_end_of_a_path),
        cmocka_unit_test(test_cut_tail__to_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
