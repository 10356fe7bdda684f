#include "export/export_p.h"

// score --by sentence: the smallest unit that hand codes are given to.

typedef struct sums {
    uint32_t n;
    int64_t weight, pos, neg;
} sums;

static uint32_t own_words(const fsc_analysis *a, const fsc_sentence *s)
{
    uint32_t n = 0;
    for (uint32_t w = s->first_word; w < s->end_word; w++)
        n += !fsc_voices_at(&a->voices, w);
    return n;
}

static void put_sums(fsc_row *r, const fsc_analysis *a, const sums *sum)
{
    for (size_t d = 0; d < a->schema->dimension_count; d++) {
        fsc_row_u64(r, sum[d].n);
        fsc_row_thousandths(r, sum[d].weight);
        if (a->schema->dimension[d].poles) {
            fsc_row_thousandths(r, sum[d].pos);
            fsc_row_thousandths(r, sum[d].neg);
        }
    }
}

static void put_sentence(const fsc_export *x, const fsc_analysis *a, const fsc_units *u, uint32_t index, const sums *sum, fsc_buf *out)
{
    const fsc_sentence *s = &a->text.sentence[index];
    fsc_row r;
    fsc_row_begin(&r, x, out);
    fsc_row_text(&r, a->article.id);
    fsc_row_text(&r, a->article.source);
    fsc_row_u64(&r, index);
    fsc_row_name(&r, fsc_part_name(a->article.part[s->part].kind));
    fsc_row_u64(&r, fsc_units_of(u, s->start));
    fsc_row_u64(&r, fsc_units_of(u, s->end));
    fsc_row_u64(&r, s->end_word - s->first_word);
    fsc_row_u64(&r, own_words(a, s));
    put_sums(&r, a, sum);
    fsc_row_text(&r, fsc_view_slice(a->article.text, s->start, s->end));
    fsc_row_keep(&r, &a->article);
    fsc_row_end(&r);
}

void fsc_export_sentences(const fsc_export *x, const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out)
{
    size_t dims = a->schema->dimension_count, cue = 0;
    fsc_units u;
    sums *sum = FSC_NEW_N(scratch, sums, dims + 1);
    if (!fsc_record_scored(a->article.status) || !a->has_language)
        return;
    if (!sum || !fsc_units_init(&u, a->article.text, x->opt.offsets, scratch)) {
        out->failed = FSC_E_NOMEM;
        return;
    }
    for (uint32_t i = 0; i < a->text.sentence_count; i++) {
        memset(sum, 0, dims * sizeof *sum);
        // cues stand in the order of the text, and so of its sentences
        for (; cue < a->cue_count && a->cue[cue].sentence <= i; cue++) {
            const fsc_cue *c = &a->cue[cue];
            int pole = a->schema->category[c->category].pole;
            if (!c->scored)
                continue;
            sum[c->dimension].n++, sum[c->dimension].weight += c->weight;
            sum[c->dimension].pos += pole > 0 ? c->weight : 0, sum[c->dimension].neg += pole < 0 ? c->weight : 0;
        }
        if (a->article.part[a->text.sentence[i].part].scored)
            put_sentence(x, a, &u, i, sum, out);
        fsc_buf_settle(out);
    }
}
