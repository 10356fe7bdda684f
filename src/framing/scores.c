/* scores: sums over scored cues, in integer thousandths until the last step. */
#include <math.h>

#include "framing/framing_p.h"

/* Nothing here is foretold, so that nothing is a branch: a cue that is not scored adds 0. */
static void add(fsc_score *s, const fsc_cue *cue, bool headline, int pole)
{
    uint32_t n = cue->scored;
    int64_t w = cue->scored ? cue->weight : 0;
    s->n += n;
    s->weight += w;
    s->headline_n += headline & n;
    s->voice_n[cue->voice] += n;
    s->voice_weight[cue->voice] += w;
    s->pos += pole > 0 ? w : 0;
    s->neg += pole < 0 ? w : 0;
}

/* Weights are thousandths, so a rate per 1000 words is weight / words. */
static double rate(int64_t weight, uint32_t words)
{
    return words ? (double)weight / words : NAN;
}

static void finish(fsc_score *s, const fsc_dimension *d, uint32_t words, uint32_t own_words)
{
    s->rate = rate(s->weight, words);
    s->own_rate = rate(s->own_weight, own_words);
    s->balance = s->logit = NAN;
    if (!d->poles || s->pos + s->neg == 0 || words == 0)
        return;
    s->balance = (double)(s->pos - s->neg) / (double)(s->pos + s->neg);
    s->logit = log(((double)s->pos / 1000 + .5) / ((double)s->neg / 1000 + .5));
}

int fsc_scores_sum(fsc_context *c, fsc_err *err)
{
    return fsc_framing_sum(c->a, c->arena, err);
}

int fsc_framing_sum(fsc_analysis *a, fsc_arena *arena, fsc_err *err)
{
    const fsc_schema *s = a->schema;
    a->score = FSC_NEW_N(arena, fsc_score, s->dimension_count + 1);
    a->category_n = fsc_arena_calloc(arena, s->category_count + 1, sizeof *a->category_n);
    if (!a->score || !a->category_n)
        return fsc_err_nomem(err);
    for (size_t k = 0; k < a->cue_count; k++) {
        const fsc_cue *cue = &a->cue[k];
        bool headline = cue->part < a->text.part_count && a->text.part[cue->part].kind == FSC_PART_HEADLINE;
        add(&a->score[cue->dimension], cue, headline, s->category[cue->category].pole);
        a->category_n[cue->category][cue->voice] += cue->scored;
    }
    for (size_t d = 0; d < s->dimension_count; d++)
        finish(&a->score[d], &s->dimension[d], a->text.scored_words, a->voices.own_words);
    return 0;
}
