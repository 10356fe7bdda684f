#include <math.h>

#include "codec/codec.h"
#include "engine/group_p.h"
#include "stats/stats.h"

// score --by: one row a group. compare --by: each dimension of each group against all the others, with intervals.

static double rate_of(int64_t weight, uint64_t words)
{
    return words ? (double)weight / (double)words : NAN;
}

void fsc_cell_text(fsc_buf *out, char sep, fsc_view v)
{
    fsc_buf_char(out, sep);
    fsc_csv_cell(out, v, sep);
}

void fsc_cell_real(fsc_buf *out, char sep, double x)
{
    fsc_buf_char(out, sep);
    fsc_buf_real(out, x, 4);
}

void fsc_cell_count(fsc_buf *out, char sep, uint64_t n)
{
    fsc_buf_char(out, sep);
    fsc_buf_u64(out, n);
}

const char *fsc_row_end_of(const fsc_run_state *r)
{
    return r->export.format == FSC_OUTPUT_CSV ? "\r\n" : "\n";
}

char fsc_row_sep_of(const fsc_run_state *r)
{
    return r->export.format == FSC_OUTPUT_TSV ? '\t' : ',';
}

// x: weights, y: words of each unit
static bool columns_of(const fsc_group *g, size_t d, double **x, double **y, fsc_arena *arena)
{
    *x = FSC_NEW_N(arena, double, g->unit_count + 1);
    *y = FSC_NEW_N(arena, double, g->unit_count + 1);
    for (size_t i = 0; *x && *y && i < g->unit_count; i++) {
        (*x)[i] = (double)fsc_unit_sums_of(g->unit[i])[d].weight;
        (*y)[i] = g->unit[i]->words;
    }
    return *x && *y;
}

static uint64_t seed_of(fsc_view key, fsc_view dimension)
{
    return fsc_hash64(key.data, key.len, fsc_hash64(dimension.data, dimension.len, 0));
}

// ---------------------------------------------------------------- score --by

static void by_header(const fsc_run_state *r, char sep, fsc_buf *out)
{
    const fsc_schema *s = r->ctx->schema;
    fsc_buf_adds(out, r->opt->by);
    fsc_buf_printf(out, "%cdocuments%cwords%cown_words%cword_share", sep, sep, sep, sep);
    for (size_t d = 0; d < s->dimension_count; d++) {
        const char *name = r->ctx->dimension[d];
        fsc_buf_printf(out, "%c%s_n%c%s%c%s_own_n%c%s_own", sep, name, sep, name, sep, name, sep, name);
        if (s->dimension[d].poles)
            fsc_buf_printf(out, "%c%s_pos%c%s_neg%c%s_balance%c%s_logit", sep, name, sep, name, sep, name, sep, name);
        if (r->opt->ci)
            fsc_buf_printf(out, "%c%s_lo%c%s_hi", sep, name, sep, name);
    }
    fsc_buf_adds(out, fsc_row_end_of(r));
}

static void put_poles(fsc_buf *out, char sep, const fsc_unit_sums *s)
{
    double pos = (double)s->pos / 1000, neg = (double)s->neg / 1000;
    fsc_cell_real(out, sep, pos);
    fsc_cell_real(out, sep, neg);
    fsc_cell_real(out, sep, pos + neg > 0 ? (pos - neg) / (pos + neg) : NAN);
    fsc_cell_real(out, sep, pos + neg > 0 ? log((pos + .5) / (neg + .5)) : NAN);
}

static int by_row(const fsc_run_state *r, const fsc_group *g, uint64_t all_words, char sep, fsc_arena *scratch, fsc_buf *out, fsc_err *err)
{
    const fsc_schema *s = r->ctx->schema;
    fsc_csv_cell(out, g->key, sep);
    fsc_cell_count(out, sep, g->documents);
    fsc_cell_count(out, sep, g->words);
    fsc_cell_count(out, sep, g->own_words);
    fsc_cell_real(out, sep, all_words ? (double)g->words / (double)all_words : NAN);
    for (size_t d = 0; d < s->dimension_count; d++) {
        const fsc_unit_sums *u = &g->sums[d];
        fsc_cell_count(out, sep, u->n);
        fsc_cell_real(out, sep, rate_of(u->weight, g->words));
        fsc_cell_count(out, sep, u->own_n);
        fsc_cell_real(out, sep, rate_of(u->own_weight, g->own_words));
        if (s->dimension[d].poles)
            put_poles(out, sep, u);
        if (!r->opt->ci)
            continue;
        double *x, *y;
        fsc_interval i;
        if (!columns_of(g, d, &x, &y, scratch))
            return fsc_err_nomem(err);
        int status = fsc_bootstrap_ratio(&i, x, y, g->unit_count, 1, seed_of(g->key, s->dimension[d].name), scratch, err);
        if (status)
            return status;
        fsc_cell_real(out, sep, i.low);
        fsc_cell_real(out, sep, i.high);
        fsc_arena_reset(scratch, 1u << 20);
    }
    fsc_buf_adds(out, fsc_row_end_of(r));
    return 0;
}

int fsc_groups_by(const fsc_run_state *r, fsc_view bytes, fsc_buf *out, fsc_err *err)
{
    fsc_arena scratch;
    fsc_group *group;
    size_t count;
    char sep = fsc_row_sep_of(r);
    int status = fsc_groups_read(&group, &count, bytes, r->ctx->schema->dimension_count, false, r->arena, err);
    uint64_t all = 0;
    fsc_arena_init(&scratch, NULL);
    for (size_t i = 0; !status && i < count; i++)
        all += group[i].words;
    if (!status)
        by_header(r, sep, out);
    for (size_t i = 0; !status && i < count; i++)
        status = by_row(r, &group[i], all, sep, &scratch, out, err);
    fsc_arena_release(&scratch);
    return status;
}

// ---------------------------------------------------------------- compare

typedef struct comparison {
    const fsc_group *g;
    size_t d;
    double rate, rest, difference, p;
    fsc_interval ci, between;
} comparison;

// all units of the other groups, one after the other
static bool rest_of(const fsc_group *group, size_t count, size_t without, size_t d, double **x, double **y, size_t *n, fsc_arena *arena)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += i == without ? 0 : group[i].unit_count;
    *x = FSC_NEW_N(arena, double, total + 1);
    *y = FSC_NEW_N(arena, double, total + 1);
    *n = 0;
    for (size_t i = 0; *x && *y && i < count; i++)
        for (size_t k = 0; i != without && k < group[i].unit_count; k++, (*n)++) {
            (*x)[*n] = (double)fsc_unit_sums_of(group[i].unit[k])[d].weight;
            (*y)[*n] = group[i].unit[k]->words;
        }
    return *x && *y;
}

static double ratio(const double *x, const double *y, size_t n)
{
    double sx = 0, sy = 0;
    for (size_t i = 0; i < n; i++)
        sx += x[i], sy += y[i];
    return sy > 0 ? sx / sy : NAN;
}

static int compare_one(comparison *c, const fsc_schema *s, const fsc_group *group, size_t count, size_t i, fsc_arena *scratch, fsc_err *err)
{
    double *x, *y, *rx, *ry;
    size_t n;
    const fsc_group *g = &group[i];
    if (!columns_of(g, c->d, &x, &y, scratch) || !rest_of(group, count, i, c->d, &rx, &ry, &n, scratch))
        return fsc_err_nomem(err);
    uint64_t seed = seed_of(g->key, s->dimension[c->d].name);
    c->rate = ratio(x, y, g->unit_count);
    c->rest = ratio(rx, ry, n);
    c->difference = c->rate - c->rest;
    int status = fsc_bootstrap_ratio(&c->ci, x, y, g->unit_count, 1, seed, scratch, err);
    if (!status)
        status = fsc_bootstrap_difference(&c->between, &c->p, x, y, g->unit_count, rx, ry, n, 1, seed, scratch, err);
    return status;
}

// why cells of a row are empty: null has a reason
static const char *reason_of(const comparison *c)
{
    if (!c->g->words)
        return "no words";
    if (isnan(c->rest))
        return "no other group";
    return isnan(c->p) ? "fewer than two documents on a side" : "";
}

static void put_comparison(const fsc_run_state *r, const comparison *c, double q, char sep, fsc_buf *out)
{
    fsc_csv_cell(out, c->g->key, sep);
    fsc_cell_text(out, sep, r->ctx->schema->dimension[c->d].name);
    fsc_cell_count(out, sep, c->g->unit_count);
    fsc_cell_count(out, sep, c->g->words);
    fsc_cell_count(out, sep, c->g->sums[c->d].n);
    const double cells[] = {c->rate, c->ci.low, c->ci.high, c->rest, c->difference, c->between.low, c->between.high, c->p, q};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        fsc_cell_real(out, sep, cells[i]);
    fsc_cell_text(out, sep, fsc_view_cstr(reason_of(c)));
    fsc_buf_adds(out, fsc_row_end_of(r));
}

static int compare_rates(const fsc_run_state *r, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err)
{
    const fsc_schema *s = r->ctx->schema;
    char sep = fsc_row_sep_of(r);
    fsc_arena scratch;
    size_t k = 0;
    int status = 0;
    comparison *all = FSC_NEW_N(r->arena, comparison, count * s->dimension_count + 1);
    double *q = FSC_NEW_N(r->arena, double, count * s->dimension_count + 1);
    if (!all || !q)
        return fsc_err_nomem(err);
    fsc_arena_init(&scratch, NULL);
    for (size_t i = 0; !status && i < count; i++)
        for (size_t d = 0; !status && d < s->dimension_count; d++) {
            all[k] = (comparison){.g = &group[i], .d = d, .p = NAN};
            status = compare_one(&all[k], s, group, count, i, &scratch, err);
            q[k] = all[k].p;
            k++;
            fsc_arena_reset(&scratch, 1u << 20);
        }
    if (!status)
        status = fsc_benjamini_hochberg(q, k, &scratch, err);
    fsc_buf_printf(out, "group%cdimension%cdocuments%cwords%cn%crate%crate_lo%crate_hi%crest_rate%cdifference%cdifference_lo%cdifference_hi%cp%cq%creason%s",
                   sep, sep, sep, sep, sep, sep, sep, sep, sep, sep, sep, sep, sep, sep, fsc_row_end_of(r));
    for (size_t i = 0; !status && i < k; i++)
        put_comparison(r, &all[i], q[i], sep, out);
    fsc_arena_release(&scratch);
    return status;
}

int fsc_groups_compare(const fsc_run_state *r, fsc_show show, fsc_view bytes, fsc_buf *out, fsc_err *err)
{
    fsc_group *group;
    size_t count;
    int status = fsc_groups_read(&group, &count, bytes, r->ctx->schema->dimension_count, true, r->arena, err);
    if (status)
        return status;
    switch (show) {
    case FSC_SHOW_CUES:
    case FSC_SHOW_WORDS: return fsc_compare_odds(r, show, group, count, out, err);
    case FSC_SHOW_LABELS: return fsc_compare_labels(r, group, count, out, err);
    case FSC_SHOW_CAUSES: return fsc_compare_causes(r, group, count, out, err);
    default: return compare_rates(r, group, count, out, err);
    }
}
