#include "check.h"

#include "base/lanes.h"

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

// Bytes near each other and near the borders of the tests, so that many of them qualify.
static void fill(unsigned char *s, size_t n, uint32_t *seed)
{
    static const unsigned char few[] = {0, 1, 0x1F, 0x20, 0x21, '"', '\\', 0x7E, 0x7F, 0x80, 0x81, 0xBF, 0xC0, 0xE2, 0xFE, 0xFF};
    for (size_t i = 0; i < n; i++)
        s[i] = random_next(seed) % 3 ? few[random_next(seed) % sizeof few] : (unsigned char)random_next(seed);
}

static void test_lanes__both_ways_say_what_a_loop_says(void **state)
{
    (void)state;
    static const unsigned char asked[] = {0, 1, 0x20, '"', 0x7F, 0x80, 0xE2, 0xFF}, bounds[] = {1, 2, 0x20, 0x7F, 0x80};
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        unsigned char s[16];
        fill(s, 16, &seed);
        unsigned char c = asked[random_next(&seed) % sizeof asked], bound = bounds[random_next(&seed) % sizeof bounds];
        unsigned is = 0, below = 0, top = 0;
        for (unsigned i = 0; i < 16; i++) {
            is |= (unsigned)(s[i] == c) << i;
            below |= (unsigned)(s[i] < bound) << i;
            top |= (unsigned)(s[i] >= 0x80) << i;
        }
        fsc_lanes l = fsc_lanes_load(s);
        fsc_swar w = fsc_swar_two(s, s + 8);
        assert_int_equal(fsc_lanes_bits(l), top);
        assert_int_equal(fsc_swar_bits(w), top);
        assert_int_equal(fsc_lanes_bits(fsc_lanes_is(l, c)), is);
        assert_int_equal(fsc_swar_bits(fsc_swar_is(w, c)), is);
        assert_int_equal(fsc_lanes_bits(fsc_lanes_below(l, bound)), below);
        assert_int_equal(fsc_swar_bits(fsc_swar_below(w, bound)), below);
        assert_int_equal(fsc_lanes_bits(fsc_lanes_or(fsc_lanes_is(l, c), fsc_lanes_below(l, bound))), is | below);
        assert_int_equal(fsc_swar_bits(fsc_swar_or(fsc_swar_is(w, c), fsc_swar_below(w, bound))), is | below);
    }
}

static void test_lanes__a_few_bytes_and_no_others(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 16; n++)
        for (size_t at = 0; at < 18; at++) {
            char s[18];
            memset(s, 'a', sizeof s);
            s[at] = '!'; // s[0] and what follows s[n] are outside
            assert_int_equal(fsc_lanes_bits(fsc_lanes_is(fsc_lanes_some(s + 1, n), '!')) != 0, at >= 1 && at <= n);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes__both_ways_say_what_a_loop_says),
        cmocka_unit_test(test_lanes__a_few_bytes_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
