#include "check.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

static void test_buf__is_never_null_and_ends_in_nul(void **state)
{
    (void)state;
    fsc_buf b;
    fsc_buf_init(&b, NULL, 100);
    assert_string_equal(b.data, "");
    fsc_buf_adds(&b, "abc");
    fsc_buf_char(&b, 'd');
    assert_string_equal(b.data, "abcd");
    fsc_buf_reset(&b, 1000);
    assert_string_equal(b.data, "");
    fsc_buf_release(&b);
    assert_string_equal(b.data, "");
}

static void test_buf__maximum_sticks(void **state)
{
    (void)state;
    fsc_buf b;
    fsc_buf_init(&b, NULL, 5);
    fsc_buf_adds(&b, "12345");
    assert_int_equal(b.failed, 0);
    fsc_buf_char(&b, '6');
    assert_int_equal(b.failed, FSC_E_LIMIT);
    assert_string_equal(b.data, "12345");
    assert_null(fsc_buf_take(&b, NULL));
    fsc_buf_release(&b);
}

static void test_buf__take_hands_over(void **state)
{
    (void)state;
    fsc_buf b;
    size_t len;
    fsc_buf_init(&b, NULL, 100);
    char *empty = fsc_buf_take(&b, &len);
    assert_string_equal(empty, "");
    assert_int_equal(len, 0);
    fsc_buf_adds(&b, "x");
    char *data = fsc_buf_take(&b, &len);
    assert_string_equal(data, "x");
    assert_int_equal(len, 1);
    assert_int_equal(b.len, 0);
    b.alloc->free(b.alloc->user, data);
    b.alloc->free(b.alloc->user, empty);
}

// What a spill was given.
typedef struct given {
    size_t times, bytes;
    int status;
} given;

static int give(void *user, fsc_view bytes)
{
    given *g = user;
    g->times++;
    for (size_t i = 0; i < bytes.len; i++)
        if (bytes.data[i] != (char)('a' + (g->bytes + i) % 26))
            fail_msg("another byte at %zu", i);
    g->bytes += bytes.len;
    return g->status;
}

static void test_buf__settled_bytes_go_to_the_spill_when_they_are_many(void **state)
{
    (void)state;
    given g = {0};
    const fsc_spill spill = {give, &g};
    fsc_buf b;
    size_t count = FSC_SPILL_BYTES * 2 + 1000;
    fsc_buf_init(&b, NULL, (size_t)1 << 40);
    b.spill = &spill;
    for (size_t i = 0; i < count; i++) {
        fsc_buf_char(&b, (char)('a' + i % 26));
        if (i % 100 == 99)
            fsc_buf_settle(&b);
        if (b.len > FSC_SPILL_BYTES + 100)
            fail_msg("%zu bytes are kept", b.len);
    }
    assert_int_equal(g.times, 2);
    assert_int_equal(g.bytes + b.len, count);
    // whoever settles nothing keeps all
    fsc_buf_reset(&b, 0);
    assert_ptr_equal(b.spill, &spill);
    for (size_t i = 0; i <= FSC_SPILL_BYTES; i++)
        fsc_buf_char(&b, (char)('a' + (g.bytes + i) % 26));
    assert_int_equal(g.times, 2);
    g.status = FSC_E_WRITE;
    fsc_buf_settle(&b);
    assert_int_equal(b.failed, FSC_E_WRITE);
    fsc_buf_release(&b);
}

static const char *real(double x, int decimals)
{
    static char text[64];
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1000);
    fsc_buf_real(&b, x, decimals);
    strncpy(text, b.data, sizeof text - 1);
    fsc_buf_release(&b);
    return text;
}

static void test_buf__numbers(void **state)
{
    (void)state;
    assert_string_equal(real(1.5, 4), "1.5");
    assert_string_equal(real(-0.00001, 4), "0");
    assert_string_equal(real(2.00005, 4), "2.0001");
    assert_string_equal(real(100, 2), "100");
    assert_string_equal(real(NAN, 2), "");
    assert_string_equal(real(INFINITY, 2), "");
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1000);
    fsc_buf_thousandths(&b, 1500);
    fsc_buf_char(&b, ' ');
    fsc_buf_thousandths(&b, -2);
    fsc_buf_char(&b, ' ');
    fsc_buf_i64(&b, INT64_MIN);
    fsc_buf_char(&b, ' ');
    fsc_buf_u64(&b, UINT64_MAX);
    assert_string_equal(b.data, "1.5 -0.002 -9223372036854775808 18446744073709551615");
    fsc_buf_release(&b);
}

static void test_buf__integers_of_every_length(void **state)
{
    (void)state;
    static const uint64_t near[] = {0, 9, 10, 99, 100, 999, 1000, 9999, 10000, 99999, 100000, 1234567, 9999999, 10000000, 99999999, 100000000, 100000007,
                                    999999999, 1000000000, UINT32_MAX, (uint64_t)UINT32_MAX + 1, UINT64_MAX};
    for (size_t cap = 0; cap < 2; cap++)
        for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
            char want[32];
            fsc_buf b;
            fsc_buf_init(&b, NULL, 20);
            if (cap)
                fsc_buf_room(&b, 20);
            fsc_buf_u64(&b, near[i]);
            snprintf(want, sizeof want, "%llu", (unsigned long long)near[i]);
            assert_string_equal(b.data, want);
            assert_int_equal(b.len, strlen(want));
            fsc_buf_release(&b);
        }
}

static void expect(fsc_buf *b, const char *want)
{
    assert_string_equal(b->data, want);
    assert_int_equal(b->len, strlen(want));
    fsc_buf_reset(b, 1000);
}

// n counts of 10^-decimals by printf, without the zeros at the end
static const char *scaled(uint64_t n, int decimals, uint64_t scale)
{
    static char text[64];
    size_t len = (size_t)snprintf(text, sizeof text, "%llu.%0*llu", (unsigned long long)(n / scale), decimals, (unsigned long long)(n % scale));
    while (text[len - 1] == '0')
        len--;
    text[len - (text[len - 1] == '.')] = 0;
    return text;
}

static void test_buf__decimals_of_every_length(void **state)
{
    (void)state;
    fsc_buf b;
    fsc_buf_init(&b, NULL, 1000);
    for (uint64_t ten = 1; ten <= UINT64_MAX / 10; ten *= 10)
        for (uint64_t n = ten - 1; n <= ten + 1; n++) {
            fsc_buf_thousandths(&b, (int64_t)n);
            expect(&b, scaled(n, 3, 1000));
            if (n > UINT64_C(1) << 50)
                continue;
            fsc_buf_real(&b, (double)n / 10000, 4);
            expect(&b, scaled(n, 4, 10000));
            fsc_buf_real(&b, (double)n / 100000, 5);
            expect(&b, scaled(n, 5, 100000));
        }
    fsc_buf_release(&b);
}

static void test_err__first_error_wins(void **state)
{
    (void)state;
    fsc_err e = FSC_ERR_INIT;
    char text[200];
    assert_int_equal(fsc_err_at(&e, FSC_E_LEXICON, FSC_LIT("a.tsv"), 3, 7, "bad\nweight %d", 5), FSC_E_LEXICON);
    assert_int_equal(fsc_err_set(&e, FSC_E_NOMEM, "later"), FSC_E_NOMEM);
    assert_int_equal(e.code, FSC_E_LEXICON);
    assert_string_equal(fsc_err_format(&e, text, sizeof text), "a.tsv:3:7: bad weight 5");
    assert_int_equal(fsc_err_set(NULL, FSC_E_READ, "x"), FSC_E_READ);
    assert_string_equal(fsc_status_text(FSC_E_READ), "cannot read");
    assert_string_equal(fsc_status_text(12345), "unknown status");
}

static void test_err__long_source_keeps_its_end(void **state)
{
    (void)state;
    char path[1000];
    memset(path, 'd', sizeof path);
    memcpy(path + sizeof path - 6, "/f.tsv", 6);
    fsc_err e = FSC_ERR_INIT;
    fsc_err_at(&e, FSC_E_READ, fsc_view_of(path, sizeof path), 0, 0, "x");
    assert_int_equal(strlen(e.source), sizeof e.source - 1);
    assert_string_equal(e.source + strlen(e.source) - 6, "/f.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf__is_never_null_and_ends_in_nul), cmocka_unit_test(test_buf__maximum_sticks),
        cmocka_unit_test(test_buf__take_hands_over),
        cmocka_unit_test(test_buf__settled_bytes_go_to_the_spill_when_they_are_many),               cmocka_unit_test(test_buf__numbers),
        cmocka_unit_test(test_buf__decimals_of_every_length),
        cmocka_unit_test(test_buf__integers_of_every_length),
        cmocka_unit_test(test_err__first_error_wins),              cmocka_unit_test(test_err__long_source_keeps_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
