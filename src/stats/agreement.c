#include <math.h>
#include <stdlib.h>

#include "stats/stats.h"

#define ROUNDS 1000

// alpha = 1 - observed / expected disagreement, from the counts of a binary coincidence matrix
static double alpha_of(double differ, double ones, double count)
{
    double n = 2 * count, zeros = n - ones;
    if (count < 2 || ones * zeros == 0)
        return NAN;
    double observed = differ / count, expected = 2 * ones * zeros / (n * (n - 1));
    return 1 - observed / expected;
}

double fsc_alpha_nominal(const uint8_t *a, const uint8_t *b, size_t count)
{
    double differ = 0, ones = 0;
    for (size_t i = 0; i < count; i++) {
        differ += (a[i] != 0) != (b[i] != 0);
        ones += (a[i] != 0) + (b[i] != 0);
    }
    return alpha_of(differ, ones, (double)count);
}

double fsc_alpha_interval(const double *a, const double *b, size_t count)
{
    if (count < 2)
        return NAN;
    // the mean squared difference of all pairs of values is twice their variance with n - 1
    double sum = 0, observed = 0, n = 2 * (double)count, spread = 0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] + b[i];
        observed += (a[i] - b[i]) * (a[i] - b[i]);
    }
    double mean = sum / n;
    for (size_t i = 0; i < count; i++)
        spread += (a[i] - mean) * (a[i] - mean) + (b[i] - mean) * (b[i] - mean);
    double expected = 2 * spread / (n - 1);
    return expected > 0 ? 1 - observed / (double)count / expected : NAN;
}

int fsc_alpha_bootstrap(fsc_interval *out, const uint8_t *a, const uint8_t *b, size_t count, uint64_t seed, fsc_arena *scratch, fsc_err *err)
{
    double *draw = FSC_NEW_N(scratch, double, ROUNDS);
    fsc_random r;
    *out = (fsc_interval){NAN, NAN};
    if (!draw)
        return fsc_err_nomem(err);
    if (isnan(fsc_alpha_nominal(a, b, count)))
        return 0;
    fsc_random_seed(&r, seed);
    for (int i = 0; i < ROUNDS; i++) {
        double differ = 0, ones = 0;
        for (size_t k = 0; k < count; k++) {
            uint32_t u = fsc_random_below(&r, (uint32_t)count);
            differ += (a[u] != 0) != (b[u] != 0);
            ones += (a[u] != 0) + (b[u] != 0);
        }
        double alpha = alpha_of(differ, ones, (double)count);
        draw[i] = isnan(alpha) ? 1 : alpha;
    }
    fsc_sort_numbers(draw, ROUNDS);
    *out = (fsc_interval){fsc_quantile(draw, ROUNDS, 0.025), fsc_quantile(draw, ROUNDS, 0.975)};
    return 0;
}

typedef struct ranked {
    double value;
    size_t index;
} ranked;

static int by_value(const void *a, const void *b)
{
    double x = ((const ranked *)a)->value, y = ((const ranked *)b)->value;
    return (x > y) - (x < y);
}

static double *ranks(const double *x, size_t count, fsc_arena *scratch)
{
    ranked *order = FSC_NEW_N(scratch, ranked, count);
    double *rank = FSC_NEW_N(scratch, double, count);
    if (!order || !rank)
        return NULL;
    for (size_t i = 0; i < count; i++)
        order[i] = (ranked){x[i], i};
    qsort(order, count, sizeof *order, by_value);
    for (size_t i = 0, j; i < count; i = j) {
        for (j = i + 1; j < count && order[j].value == order[i].value;)
            j++;
        for (size_t k = i; k < j; k++)
            rank[order[k].index] = (double)(i + j - 1) / 2;
    }
    return rank;
}

int fsc_spearman(double *out, const double *a, const double *b, size_t count, fsc_arena *scratch, fsc_err *err)
{
    *out = NAN;
    if (count < 2)
        return 0;
    double *x = ranks(a, count, scratch), *y = ranks(b, count, scratch);
    if (!x || !y)
        return fsc_err_nomem(err);
    double mean = (double)(count - 1) / 2, xy = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < count; i++) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    if (xx > 0 && yy > 0)
        *out = xy / sqrt(xx * yy);
    return 0;
}
