/*
 * stats: intervals, tests and agreement over many analyses. Plain numbers in and out: no room above sees text here.
 *
 * Every function is pure: the same input gives the same bits on every machine with IEEE doubles; random draws come from a
 * generator seeded by the caller (with a hash of the data, never the time). A result that is not defined is NAN, never infinity and never
 * a division crash. Thread rule: none of these keeps state.
 */
#ifndef FSC_STATS_STATS_H
#define FSC_STATS_STATS_H

#include "base/arena.h"
#include "base/err.h"

/* An interval; both NAN when not defined. Level 0.95 throughout. */
typedef struct fsc_interval {
    double low, high;
} fsc_interval;

/* xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64. */
typedef struct fsc_random {
    uint64_t s[4];
} fsc_random;
void fsc_random_seed(fsc_random *r, uint64_t seed);
uint64_t fsc_random_next(fsc_random *r);
/* Uniform in 0 .. n-1, n >= 1, without bias (Lemire 2019). */
uint32_t fsc_random_below(fsc_random *r, uint32_t n);

/* Share k / n: the score interval of Wilson (1927). n 0: NAN. */
fsc_interval fsc_wilson(double k, double n);

/* Mean of a Poisson count: the exact interval of Garwood (1936) by quantiles of the gamma distribution. */
fsc_interval fsc_poisson(double count);

/* Quantile p of the gamma distribution with that shape and scale 1. */
double fsc_gamma_quantile(double shape, double p);

/* Standard normal: upper tail probability doubled for |z|. */
double fsc_normal_p(double z);

/*
 * Percentile bootstrap of a ratio sum(x) / sum(y) * factor over units drawn with replacement (Efron and Tibshirani 1993). Draws with a zero
 * denominator are left out. Fewer than two units, or a zero denominator: NAN. 1,000 rounds. Memory from scratch.
 */
int fsc_bootstrap_ratio(fsc_interval *out, const double *x, const double *y, size_t count, double factor, uint64_t seed,
                        fsc_arena *scratch, fsc_err *err);

/* Difference of two such ratios, group a minus group b, units resampled within each group; *p is the doubled share of draws beyond zero. */
int fsc_bootstrap_difference(fsc_interval *out, double *p, const double *ax, const double *ay, size_t a_count, const double *bx,
                             const double *by, size_t b_count, double factor, uint64_t seed, fsc_arena *scratch, fsc_err *err);

/* q values after Benjamini and Hochberg (1995), in place; NAN stays NAN and is not counted. */
int fsc_benjamini_hochberg(double *p, size_t count, fsc_arena *scratch, fsc_err *err);

/*
 * Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 16, 22, 23): counts of
 * one type in groups a and b with totals, prior count of the type and prior total. *z is the ratio over its standard error.
 */
double fsc_log_odds(double a, double a_total, double b, double b_total, double prior, double prior_total, double *z);

/* Krippendorff's alpha for two coders without missing values: nominal (0 or 1) and interval data (Krippendorff 2004, ch. 11). NAN when nothing
 * varies or fewer than two units. */
double fsc_alpha_nominal(const uint8_t *a, const uint8_t *b, size_t count);
double fsc_alpha_interval(const double *a, const double *b, size_t count);

/* Bootstrap over units for nominal alpha; draws in which nothing varies count as 1 when the coders agree. */
int fsc_alpha_bootstrap(fsc_interval *out, const uint8_t *a, const uint8_t *b, size_t count, uint64_t seed, fsc_arena *scratch, fsc_err *err);

/* Spearman's rank correlation with mean ranks for ties; NAN when a side does not vary. */
int fsc_spearman(double *out, const double *a, const double *b, size_t count, fsc_arena *scratch, fsc_err *err);

/* Sorts numbers; NAN last. Returns quantile q (0..1) of sorted numbers by linear interpolation (type 7). */
void fsc_sort_numbers(double *x, size_t count);
double fsc_quantile(const double *sorted, size_t count, double q);

#endif
