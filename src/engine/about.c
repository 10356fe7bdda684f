#include <math.h>

#include "base/map.h"
#include "engine/engine_p.h"
#include "stats/stats.h"

// --about and --ci: what is scored, and how sure a rate is.

static void count_word(fsc_analysis *a, uint32_t word)
{
    fsc_voices *v = &a->voices;
    uint32_t *const by_voice[FSC_VOICE_COUNT] = {&v->own_words, &v->quoted_words, &v->indirect_words, &v->scare_words};
    a->text.scored_words++;
    const fsc_voiced *at = fsc_voices_at(v, word);
    ++*by_voice[at ? at->voice : FSC_VOICE_OWN];
}

static void count_words(fsc_analysis *a, const bool *wanted)
{
    a->text.scored_words = 0;
    a->voices.own_words = a->voices.quoted_words = a->voices.indirect_words = a->voices.scare_words = 0;
    for (size_t s = 0; s < a->text.sentence_count; s++) {
        const fsc_sentence *sentence = &a->text.sentence[s];
        if (!wanted[s] || !a->article.part[sentence->part].scored)
            continue;
        for (uint32_t w = sentence->first_word; w < sentence->end_word; w++)
            count_word(a, w);
    }
}

int fsc_about_restrict(const fsc_ctx *ctx, fsc_analysis *a, fsc_arena *arena, fsc_err *err)
{
    bool *wanted = FSC_NEW_N(arena, bool, a->text.sentence_count + 1);
    if (!wanted)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < a->hits.count; i++) {
        const fsc_entry *e = &a->schema->entry[a->hits.hit[i].entry];
        if (e->dimension == FSC_NO_DIMENSION && e->category == ctx->about)
            wanted[fsc_text_sentence_at(&a->text, a->hits.hit[i].start)] = true;
    }
    count_words(a, wanted);
    for (size_t i = 0; i < a->cue_count; i++) {
        if (a->cue[i].scored && !wanted[a->cue[i].sentence]) {
            a->cue[i].scored = false;
            a->cue[i].why = FSC_WHY_PART;
        }
    }
    return fsc_framing_sum(a, arena, err);
}

// weights and words of each scored sentence, as the units of the bootstrap
static size_t sentence_units(const fsc_analysis *a, uint32_t dimension, double *x, double *y)
{
    size_t units = 0, cue = 0;
    for (size_t s = 0; s < a->text.sentence_count; s++) {
        const fsc_sentence *sentence = &a->text.sentence[s];
        double weight = 0;
        for (; cue < a->cue_count && a->cue[cue].start < sentence->end; cue++)
            if (a->cue[cue].scored && a->cue[cue].dimension == dimension)
                weight += a->cue[cue].weight;
        if (!a->article.part[sentence->part].scored)
            continue;
        x[units] = weight;
        y[units++] = sentence->end_word - sentence->first_word;
    }
    return units;
}

int fsc_score_intervals(fsc_analysis *a, fsc_arena *scratch, fsc_err *err)
{
    double *x = FSC_NEW_N(scratch, double, a->text.sentence_count + 1), *y = FSC_NEW_N(scratch, double, a->text.sentence_count + 1);
    if (!x || !y)
        return fsc_err_nomem(err);
    uint64_t seed = fsc_hash64(a->article.text.data, a->article.text.len, 0);
    for (uint32_t d = 0; d < a->schema->dimension_count; d++) {
        fsc_score *s = &a->score[d];
        s->low = s->high = NAN;
        if (!a->text.scored_words)
            continue;
        size_t units = sentence_units(a, d, x, y);
        fsc_interval i;
        if (units >= 10 && s->n) {
            int status = fsc_bootstrap_ratio(&i, x, y, units, 1, seed + d, scratch, err);
            if (status)
                return status;
        } else {
            // without a cue the mean weight is not known: one is the usual weight
            double mean = s->n ? (double)s->weight / s->n : 1000;
            i = fsc_poisson(s->n);
            i.low *= mean / a->text.scored_words;
            i.high *= mean / a->text.scored_words;
        }
        s->low = i.low;
        s->high = i.high;
    }
    return 0;
}
