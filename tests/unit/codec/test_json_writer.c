#include "check.h"

#include <math.h>

#include "base/err.h"
#include "base/utf8.h"
#include "codec/json.h"
#include "codec/json_writer.h"

typedef struct fixture {
    fsc_buf buf;
    fsc_json_writer w;
} fixture;

static int setup(void **state)
{
    static fixture f;
    fsc_buf_init(&f.buf, NULL, 1 << 20);
    fsc_json_writer_init(&f.w, &f.buf);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fsc_buf_release(&((fixture *)*state)->buf);
    return 0;
}

static void test_json_writer__commas_and_nesting(void **state)
{
    fixture *f = *state;
    fsc_json_writer *w = &f->w;
    fsc_json_open_object(w);
    fsc_json_key(w, "a");
    fsc_json_open_array(w);
    fsc_json_u64(w, 1);
    fsc_json_i64(w, -2);
    fsc_json_open_array(w);
    fsc_json_close_array(w);
    fsc_json_open_object(w);
    fsc_json_close_object(w);
    fsc_json_close_array(w);
    fsc_json_keyv(w, FSC_LIT("b\"c"));
    fsc_json_bool(w, true);
    fsc_json_key(w, "d");
    fsc_json_null(w);
    fsc_json_key(w, "e");
    fsc_json_string(w, FSC_LIT("x"));
    fsc_json_key(w, "f");
    fsc_json_string_or_null(w, (fsc_view){"", 0});
    fsc_json_key(w, "g");
    fsc_json_string_or_null(w, FSC_LIT("y"));
    fsc_json_close_object(w);
    assert_string_equal(f->buf.data,
                        "{\"a\":[1,-2,[],{}],\"b\\\"c\":true,\"d\":null,\"e\":\"x\",\"f\":null,\"g\":\"y\"}");
    assert_int_equal(w->depth, 0);
}

static void test_json_writer__lines_follow_each_other(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 2; i++) {
        fsc_json_open_object(&f->w);
        fsc_json_key(&f->w, "i");
        fsc_json_u64(&f->w, (uint64_t)i);
        fsc_json_close_object(&f->w);
        fsc_buf_char(&f->buf, '\n');
    }
    assert_string_equal(f->buf.data, "{\"i\":0}\n{\"i\":1}\n");
}

static void test_json_writer__numbers(void **state)
{
    fixture *f = *state;
    fsc_json_open_array(&f->w);
    fsc_json_u64(&f->w, UINT64_MAX);
    fsc_json_i64(&f->w, INT64_MIN);
    fsc_json_thousandths(&f->w, 1500);
    fsc_json_thousandths(&f->w, -2000);
    fsc_json_real(&f->w, 0.125, 2);
    fsc_json_real(&f->w, NAN, 3);
    fsc_json_real(&f->w, INFINITY, 3);
    fsc_json_close_array(&f->w);
    assert_string_equal(f->buf.data, "[18446744073709551615,-9223372036854775808,1.5,-2,0.13,null,null]");
}

static void test_json_writer__strings_are_escaped(void **state)
{
    fixture *f = *state;
    fsc_json_string(&f->w,
                    FSC_LIT("\"\\\b\f\n\r\t\x01\x1f\x7f “dash — quote” \xE2\x80\xA8\xE2\x80\xA9 é 😀 / </script>"));
    assert_string_equal(f->buf.data,
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f “dash — quote” \\u2028\\u2029 é 😀 / </script>\"");
    fsc_buf_reset(&f->buf, 0);
    fsc_json_string(&f->w, fsc_view_of("a\0b", 3));
    assert_string_equal(f->buf.data, "\"a\\u0000b\"");
}

// Each special byte at each place within and around a word of eight.
static void test_json_writer__round_trip_at_every_offset(void **state)
{
    static const char *const specials[] = {"\"", "\\", "\n", "\x02", "\xE2\x80\xA8", "\xE2\x80\x99", "é", "\x1f"};
    fixture *f = *state;
    fsc_arena arena;
    fsc_arena_init(&arena, NULL);
    for (size_t len = 0; len < 36; len++)
        for (size_t at = 0; at <= len; at++)
            for (size_t k = 0; k < sizeof specials / sizeof *specials; k++) {
                char text[64];
                memset(text, 'a', sizeof text);
                size_t n = strlen(specials[k]);
                memcpy(text + at, specials[k], n);
                fsc_view v = fsc_view_of(text, len + n);
                fsc_buf_reset(&f->buf, 4096);
                fsc_json_string(&f->w, v);
                fsc_json *back;
                assert_int_equal(fsc_json_parse(&back, NULL, fsc_buf_view(&f->buf), false, &arena, NULL), 0);
                assert_true(fsc_view_eq(back->text, v));
                fsc_arena_reset(&arena, 4096);
            }
    fsc_arena_release(&arena);
}

static void test_json_writer__too_deep_fails_the_buffer(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 64; i++)
        fsc_json_open_array(&f->w);
    assert_int_equal(f->buf.failed, 0);
    fsc_json_open_array(&f->w);
    assert_int_equal(f->buf.failed, FSC_E_LIMIT);
}

static void test_json_writer__a_close_without_open_fails_the_buffer(void **state)
{
    fixture *f = *state;
    fsc_json_close_object(&f->w);
    assert_int_equal(f->buf.failed, FSC_E_LIMIT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_json_writer__commas_and_nesting),
        TEST(test_json_writer__lines_follow_each_other),
        TEST(test_json_writer__numbers),
        TEST(test_json_writer__strings_are_escaped),
        TEST(test_json_writer__round_trip_at_every_offset),
        TEST(test_json_writer__too_deep_fails_the_buffer),
        TEST(test_json_writer__a_close_without_open_fails_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
