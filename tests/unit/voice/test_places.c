#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "voice/voice_p.h"

static void test_places__bits_are_counted(void **state)
{
    (void)state;
    assert_int_equal(fsc_vx_bits(0), 0);
    assert_int_equal(fsc_vx_bits(UINT64_MAX), 64);
    uint64_t b = 1;
    for (unsigned i = 0; i < 64; i++) {
        assert_int_equal(fsc_vx_bits((uint64_t)1 << i), 1);
        assert_int_equal(fsc_vx_bits(UINT64_MAX >> i), 64 - i);
        b = b * 6364136223846793005u + 1442695040888963407u;
        uint32_t count = 0;
        for (unsigned k = 0; k < 64; k++)
            count += b >> k & 1;
        assert_int_equal(fsc_vx_bits(b), count);
    }
}

// Rows of things with short and long ways between them, over borders of blocks: what a walk finds.
static void test_places__the_last_that_begins_before_a_word(void **state)
{
    (void)state;
    fsc_arena scratch;
    fsc_arena_init(&scratch, NULL);
    uint32_t seed = 1;
    for (uint32_t n = 1; n < 400; n += 7) {
        fsc_vx x = {.n = n, .scratch = &scratch};
        fsc_run run[400];
        size_t count = 0;
        for (uint32_t w = 0; w < n; w += 1 + (seed >> 16) % (n % 5 ? 90 : 3), seed = seed * 1103515245u + 12345u)
            run[count++] = (fsc_run){.first = w};
        assert_true(fsc_voice_places(&x, &x.run_at, &run->first, sizeof *run, count));
        for (uint32_t w = 0; w < n; w++) {
            size_t i = 0;
            while (i + 1 < count && run[i + 1].first <= w)
                i++;
            assert_int_equal(fsc_vx_place(x.run_at, w), i);
        }
        assert_true(fsc_voice_places(&x, &x.name_at, NULL, sizeof *run, 0));
    }
    fsc_arena_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places__bits_are_counted),
        cmocka_unit_test(test_places__the_last_that_begins_before_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
