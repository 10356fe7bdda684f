#include <math.h>
#include <stdlib.h>

#include "engine/group_p.h"
#include "stats/stats.h"

/*
 * compare --show cues|words: which terms set a group apart from all others (Monroe, Colaresi and Quinn 2008). The prior of a term is its
 * share of all words here, weighing as much as PRIOR words in all, or all of them when there are fewer: terms that are rare everywhere are
 * drawn to no difference. Totals are words, for cues too: the odds are those of meeting the cue at a word.
 */
enum { PRIOR = 500 };

typedef struct odds {
    uint32_t term;
    double ratio, z, p;
} odds;

static int by_distance(const void *a, const void *b)
{
    const odds *x = a, *y = b;
    double dx = fabs(x->z), dy = fabs(y->z);
    if (dx != dy)
        return dx < dy ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

static int by_z(const void *a, const void *b)
{
    const odds *x = a, *y = b;
    if (x->z != y->z)
        return x->z < y->z ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

static void put_odds(const fsc_run_state *r, const fsc_term_table *t, const fsc_group *g, const odds *o, double q, const uint32_t *n, uint64_t rest,
                     fsc_buf *out)
{
    char sep = fsc_row_sep_of(r);
    uint64_t here = n[o->term], there = t->total[o->term] - here;
    fsc_csv_cell(out, g->key, sep);
    for (fsc_view term = t->text[o->term]; term.data;)
        fsc_cell_text(out, sep, fsc_view_split(&term, '\t'));
    fsc_cell_count(out, sep, here);
    fsc_cell_count(out, sep, there);
    fsc_cell_real(out, sep, g->words ? 1000.0 * (double)here / (double)g->words : NAN);
    fsc_cell_real(out, sep, rest ? 1000.0 * (double)there / (double)rest : NAN);
    const double cells[] = {o->ratio, o->z, o->p, q};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        fsc_cell_real(out, sep, cells[i]);
    fsc_buf_adds(out, fsc_row_end_of(r));
}

// rows of one group: the `most` that stand out furthest, both ways, from the group's own to the others'
static int put_group(const fsc_run_state *r, const fsc_term_table *t, const fsc_group *g, uint64_t words, fsc_arena *scratch, fsc_buf *out, fsc_err *err)
{
    uint32_t *n = FSC_NEW_N(scratch, uint32_t, t->count + 1);
    odds *o = FSC_NEW_N(scratch, odds, t->count + 1);
    double *q = FSC_NEW_N(scratch, double, t->count + 1), prior = words < PRIOR ? (double)words : PRIOR;
    if (!n || !o || !q)
        return fsc_err_nomem(err);
    uint64_t rest = words - g->words;
    fsc_term_table_group(t, g, r->ctx->schema->dimension_count, n);
    for (uint32_t i = 0; i < t->count; i++) {
        o[i] = (odds){.term = i, .ratio = NAN, .z = NAN, .p = NAN};
        if (g->words && rest)
            o[i].ratio = fsc_log_odds(n[i], (double)g->words, (double)(t->total[i] - n[i]), (double)rest, prior * t->total[i] / (double)words, prior, &o[i].z);
        if (!isnan(o[i].z))
            o[i].p = fsc_normal_p(o[i].z);
        else
            o[i].z = 0;
        q[i] = o[i].p;
    }
    int status = fsc_benjamini_hochberg(q, t->count, scratch, err);
    if (status)
        return status;
    size_t most = r->opt->top > 0 ? (size_t)r->opt->top : 100;
    if (t->count)
        qsort(o, t->count, sizeof *o, by_distance);
    most = most < t->count ? most : t->count;
    if (most)
        qsort(o, most, sizeof *o, by_z);
    for (size_t i = 0; i < most; i++)
        put_odds(r, t, g, &o[i], q[o[i].term], n, rest, out);
    return 0;
}

int fsc_compare_odds(const fsc_run_state *r, fsc_show show, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err)
{
    fsc_term_table t;
    uint64_t words = 0;
    char sep = fsc_row_sep_of(r);
    int status = fsc_term_table_read(&t, group, count, r->ctx->schema->dimension_count, r->arena, err);
    if (status)
        return status;
    if (t.pruned)
        fsc_run_message(r->sink, 0, "more than 1,048,576 different terms: the rarest were left out");
    fsc_buf_adds(out, "group");
    if (show == FSC_SHOW_CUES)
        fsc_buf_printf(out, "%cdimension%ccategory%centry", sep, sep, sep);
    else
        fsc_buf_printf(out, "%cword", sep);
    fsc_buf_printf(out, "%cn%crest_n%cper_1000%crest_per_1000%clog_odds%cz%cp%cq%s", sep, sep, sep, sep, sep, sep, sep, sep, fsc_row_end_of(r));
    for (size_t g = 0; g < count; g++)
        words += group[g].words;
    fsc_arena scratch;
    fsc_arena_init(&scratch, NULL);
    for (size_t g = 0; g < count && !status; g++) {
        status = put_group(r, &t, &group[g], words, &scratch, out, err);
        fsc_arena_reset(&scratch, 1u << 20);
    }
    fsc_arena_release(&scratch);
    return status;
}
