#include <math.h>
#include <stdlib.h>

#include "stats/stats.h"

#define ROUNDS 1000
#define Z95 1.959963984540054

static const fsc_interval undefined = {NAN, NAN};

fsc_interval fsc_wilson(double k, double n)
{
    if (!(n > 0))
        return undefined;
    double p = k / n, z2 = Z95 * Z95, middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return (fsc_interval){fmax(0, middle - half), fmin(1, middle + half)};
}

// regularised lower incomplete gamma: series below shape + 1, continued fraction (Lentz) above
static double gamma_below(double shape, double x)
{
    if (x <= 0)
        return 0;
    double scale = exp(shape * log(x) - x - lgamma(shape));
    if (x < shape + 1) {
        double term = 1 / shape, sum = term;
        for (int i = 1; i < 10000 && term > sum * 1e-16; i++)
            sum += term *= x / (shape + i);
        return sum * scale;
    }
    double b = x + 1 - shape, c = 1e300, d = 1 / b, h = d;
    for (int i = 1; i < 10000; i++) {
        double an = -i * (i - shape);
        b += 2;
        d = 1 / (fabs(an * d + b) < 1e-300 ? 1e-300 : an * d + b);
        c = fabs(b + an / c) < 1e-300 ? 1e-300 : b + an / c;
        double step = d * c;
        h *= step;
        if (fabs(step - 1) < 1e-15)
            break;
    }
    return 1 - scale * h;
}

double fsc_gamma_quantile(double shape, double p)
{
    if (!(shape > 0) || p <= 0)
        return 0;
    double low = 0, high = shape + 10;
    while (gamma_below(shape, high) < p)
        high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
        double middle = (low + high) / 2;
        if (gamma_below(shape, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

fsc_interval fsc_poisson(double count)
{
    if (!(count >= 0))
        return undefined;
    return (fsc_interval){count > 0 ? fsc_gamma_quantile(count, 0.025) : 0, fsc_gamma_quantile(count + 1, 0.975)};
}

double fsc_normal_p(double z)
{
    return erfc(fabs(z) / sqrt(2));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    if (isnan(x) || isnan(y))
        return isnan(x) - isnan(y);
    return (x > y) - (x < y);
}

void fsc_sort_numbers(double *x, size_t count)
{
    if (count)
        qsort(x, count, sizeof *x, by_value);
}

double fsc_quantile(const double *sorted, size_t count, double q)
{
    if (!count)
        return NAN;
    double at = q * (double)(count - 1), below = floor(at);
    size_t i = (size_t)below;
    return i + 1 < count ? sorted[i] + (at - below) * (sorted[i + 1] - sorted[i]) : sorted[count - 1];
}

// one draw of `count` units: ratio of sums, NAN with a zero denominator
static double draw_ratio(const double *x, const double *y, size_t count, fsc_random *r)
{
    double sx = 0, sy = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t k = fsc_random_below(r, (uint32_t)count);
        sx += x[k];
        sy += y[k];
    }
    return sy > 0 ? sx / sy : NAN;
}

static fsc_interval percentiles(double *draw, size_t count)
{
    if (count < 2)
        return undefined;
    fsc_sort_numbers(draw, count);
    return (fsc_interval){fsc_quantile(draw, count, 0.025), fsc_quantile(draw, count, 0.975)};
}

int fsc_bootstrap_ratio(fsc_interval *out, const double *x, const double *y, size_t count, double factor, uint64_t seed,
                        fsc_arena *scratch, fsc_err *err)
{
    double *draw = FSC_NEW_N(scratch, double, ROUNDS);
    fsc_random r;
    *out = undefined;
    if (!draw)
        return fsc_err_nomem(err);
    if (count < 2)
        return 0;
    fsc_random_seed(&r, seed);
    size_t kept = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double ratio = draw_ratio(x, y, count, &r);
        if (!isnan(ratio))
            draw[kept++] = ratio * factor;
    }
    *out = percentiles(draw, kept);
    return 0;
}

int fsc_bootstrap_difference(fsc_interval *out, double *p, const double *ax, const double *ay, size_t a_count, const double *bx,
                             const double *by, size_t b_count, double factor, uint64_t seed, fsc_arena *scratch, fsc_err *err)
{
    double *draw = FSC_NEW_N(scratch, double, ROUNDS);
    fsc_random r;
    *out = undefined;
    *p = NAN;
    if (!draw)
        return fsc_err_nomem(err);
    if (a_count < 2 || b_count < 2)
        return 0;
    fsc_random_seed(&r, seed);
    size_t kept = 0, above = 0, below = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double d = draw_ratio(ax, ay, a_count, &r) - draw_ratio(bx, by, b_count, &r);
        if (isnan(d))
            continue;
        draw[kept++] = d * factor;
        above += d >= 0;
        below += d <= 0;
    }
    *out = percentiles(draw, kept);
    // add one to both: a bootstrap of so many rounds can never show a probability of zero
    if (kept >= 2)
        *p = fmin(1, 2.0 * (double)((above < below ? above : below) + 1) / (double)(kept + 1));
    return 0;
}

int fsc_benjamini_hochberg(double *p, size_t count, fsc_arena *scratch, fsc_err *err)
{
    double *sorted = FSC_NEW_N(scratch, double, count + 1);
    if (!sorted)
        return fsc_err_nomem(err);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(p[i]))
            sorted[n++] = p[i];
    fsc_sort_numbers(sorted, n);
    double *q = FSC_NEW_N(scratch, double, n + 1);
    if (!q)
        return fsc_err_nomem(err);
    double least = 1;
    for (size_t i = n; i-- > 0;)
        q[i] = least = fmin(least, sorted[i] * (double)n / (double)(i + 1));
    for (size_t i = 0; i < count; i++) {
        // the first place of equal values has the same q after the running minimum
        size_t low = 0, high = n;
        while (!isnan(p[i]) && low < high) {
            size_t middle = (low + high) / 2;
            if (sorted[middle] < p[i])
                low = middle + 1;
            else
                high = middle;
        }
        if (!isnan(p[i]))
            p[i] = q[low];
    }
    return 0;
}

double fsc_log_odds(double a, double a_total, double b, double b_total, double prior, double prior_total, double *z)
{
    double ya = a + prior, yb = b + prior;
    double ra = a_total + prior_total - ya, rb = b_total + prior_total - yb;
    *z = NAN;
    if (!(ya > 0 && yb > 0 && ra > 0 && rb > 0))
        return NAN;
    double delta = log(ya / ra) - log(yb / rb);
    *z = delta / sqrt(1 / ya + 1 / yb);
    return delta;
}
