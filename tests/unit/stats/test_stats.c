#include "check.h"

#include <math.h>

#include "stats/stats.h"

#define assert_near(got, want, tolerance)                                                          \
    do {                                                                                           \
        double g_ = (got), w_ = (want);                                                            \
        if (!(fabs(g_ - w_) <= (tolerance)))                                                       \
            fail_msg("got %.9g, wanted %.9g", g_, w_);                                             \
    } while (0)

static fsc_arena arena;

static int set_up(void **state)
{
    (void)state;
    fsc_arena_init(&arena, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fsc_arena_release(&arena);
    return 0;
}

static void test_interval__wilson(void **state)
{
    (void)state;
    // worked by hand: p = .3, n = 10
    fsc_interval i = fsc_wilson(3, 10);
    assert_near(i.low, 0.1077913, 1e-6);
    assert_near(i.high, 0.6032219, 1e-6);
    assert_near(fsc_wilson(0, 5).low, 0, 1e-12);
    assert_near(fsc_wilson(5, 5).high, 1, 1e-12);
    assert_true(isnan(fsc_wilson(0, 0).low));
}

static void test_interval__poisson_is_exact(void **state)
{
    (void)state;
    // published tables of Garwood's limits
    const double table[][3] = {{0, 0, 3.6889}, {1, 0.0253, 5.5716}, {5, 1.6235, 11.6683}, {10, 4.7954, 18.3904}, {100, 81.3640, 121.6273}};
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        fsc_interval i = fsc_poisson(table[k][0]);
        assert_near(i.low, table[k][1], 1e-3);
        assert_near(i.high, table[k][2], 1e-3);
    }
}

static void test_interval__normal(void **state)
{
    (void)state;
    assert_near(fsc_normal_p(1.959963985), 0.05, 1e-8);
    assert_near(fsc_normal_p(0), 1, 1e-12);
}

static void test_random__is_the_same_everywhere_and_even(void **state)
{
    (void)state;
    fsc_random a, b;
    fsc_random_seed(&a, 42);
    fsc_random_seed(&b, 42);
    int seen[7] = {0};
    for (int i = 0; i < 70000; i++) {
        uint32_t k = fsc_random_below(&a, 7);
        assert_int_equal(k, fsc_random_below(&b, 7));
        seen[k]++;
    }
    for (int i = 0; i < 7; i++)
        assert_near(seen[i], 10000, 400);
    fsc_random_seed(&b, 43);
    assert_true(fsc_random_next(&a) != fsc_random_next(&b));
}

static void test_bootstrap__covers_the_ratio(void **state)
{
    (void)state;
    double x[50], y[50];
    for (int i = 0; i < 50; i++) {
        x[i] = i % 5;
        y[i] = 20;
    }
    fsc_interval i;
    assert_int_equal(fsc_bootstrap_ratio(&i, x, y, 50, 1000, 7, &arena, NULL), 0);
    // the standard error of the mean of 0..4 over 50 units is .2, a rate of 10
    assert_near(i.low, 100 - 1.96 * 10, 4);
    assert_near(i.high, 100 + 1.96 * 10, 4);
    fsc_interval again;
    fsc_bootstrap_ratio(&again, x, y, 50, 1000, 7, &arena, NULL);
    assert_true(again.low == i.low && again.high == i.high);
    assert_int_equal(fsc_bootstrap_ratio(&i, x, y, 1, 1000, 7, &arena, NULL), 0);
    assert_true(isnan(i.low));
    double zero[3] = {0};
    fsc_bootstrap_ratio(&i, x, zero, 3, 1000, 7, &arena, NULL);
    assert_true(isnan(i.low) && isnan(i.high));
}

static void test_bootstrap__difference(void **state)
{
    (void)state;
    double a[40], b[40], words[40];
    for (int i = 0; i < 40; i++) {
        a[i] = i % 4;
        b[i] = i % 4 + 2;
        words[i] = 10;
    }
    fsc_interval i;
    double p;
    fsc_bootstrap_difference(&i, &p, a, words, 40, b, words, 40, 1, 3, &arena, NULL);
    assert_true(i.low < -.2 && i.high > -.2 && i.high < 0 && p < .01);
    fsc_bootstrap_difference(&i, &p, a, words, 40, a, words, 40, 1, 3, &arena, NULL);
    assert_true(i.low < 0 && i.high > 0 && p > .5);
    fsc_bootstrap_difference(&i, &p, a, words, 1, b, words, 40, 1, 3, &arena, NULL);
    assert_true(isnan(p) && isnan(i.low));
}

static void test_benjamini_hochberg__keeps_order_and_nan(void **state)
{
    (void)state;
    double p[] = {0.01, 0.04, NAN, 0.03, 0.02, 0.5};
    assert_int_equal(fsc_benjamini_hochberg(p, 6, &arena, NULL), 0);
    const double want[] = {0.05, 0.05, NAN, 0.05, 0.05, 0.5};
    for (int i = 0; i < 6; i++)
        if (i != 2)
            assert_near(p[i], want[i], 1e-12);
    assert_true(isnan(p[2]));
}

static void test_log_odds__monroe(void **state)
{
    (void)state;
    double z;
    // (10 + 1) / (100 + 50 - 11) against (5 + 1) / (100 + 50 - 6)
    assert_near(fsc_log_odds(10, 100, 5, 100, 1, 50, &z), log(11.0 / 139) - log(6.0 / 144), 1e-12);
    assert_near(z, (log(11.0 / 139) - log(6.0 / 144)) / sqrt(1 / 11.0 + 1 / 6.0), 1e-12);
    assert_true(isnan(fsc_log_odds(0, 0, 0, 0, 0, 0, &z)) && isnan(z));
}

static void test_alpha__nominal(void **state)
{
    (void)state;
    // Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example A: ten units, two coders, alpha = 0.095
    const uint8_t a[] = {0, 1, 0, 0, 0, 0, 0, 0, 1, 0}, b[] = {1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
    assert_near(fsc_alpha_nominal(a, b, 10), 0.095, 0.0005);
    assert_near(fsc_alpha_nominal(a, a, 10), 1, 1e-12);
    const uint8_t none[5] = {0};
    assert_true(isnan(fsc_alpha_nominal(none, none, 5)));
    fsc_interval i;
    fsc_alpha_bootstrap(&i, a, b, 10, 1, &arena, NULL);
    assert_true(i.low < 0.095 && i.high > 0.095 && i.low >= -1 && i.high <= 1);
}

static void test_alpha__interval(void **state)
{
    (void)state;
    const double a[] = {1, 2, 3, 4}, b[] = {1, 2, 3, 5};
    // observed 1/4; values 1 1 2 2 3 3 4 5: variance with n - 1 is 13.875 / 7, expected twice that
    assert_near(fsc_alpha_interval(a, b, 4), 1 - .25 / (2 * 13.875 / 7), 1e-12);
    const double same[] = {2, 2};
    assert_true(isnan(fsc_alpha_interval(same, same, 2)));
}

static void test_spearman__ties(void **state)
{
    (void)state;
    double rho;
    const double a[] = {1, 2, 3, 4, 5}, b[] = {5, 6, 7, 8, 7}, c[] = {3, 3, 3, 3, 3};
    fsc_spearman(&rho, a, b, 5, &arena, NULL);
    assert_near(rho, 0.8207826816681233, 1e-12);
    fsc_spearman(&rho, a, c, 5, &arena, NULL);
    assert_true(isnan(rho));
    fsc_spearman(&rho, a, a, 1, &arena, NULL);
    assert_true(isnan(rho));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_interval__wilson),         cmocka_unit_test(test_interval__poisson_is_exact),
        cmocka_unit_test(test_interval__normal),         cmocka_unit_test(test_random__is_the_same_everywhere_and_even),
        cmocka_unit_test(test_bootstrap__covers_the_ratio), cmocka_unit_test(test_bootstrap__difference),
        cmocka_unit_test(test_benjamini_hochberg__keeps_order_and_nan), cmocka_unit_test(test_log_odds__monroe),
        cmocka_unit_test(test_alpha__nominal),           cmocka_unit_test(test_alpha__interval),
        cmocka_unit_test(test_spearman__ties),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
