#include "revision/revision_p.h"

static void count_words(rev_work *w)
{
    const rev_side *a = &w->side[0];
    w->out->words_a = (uint32_t)a->text->word_count;
    w->out->words_b = (uint32_t)w->side[1].text->word_count;
    for (uint32_t i = 0; i < a->count; i++)
        w->out->words_kept += a->token[i].word != REV_NONE && fsc_rev_partner(a, i) != REV_NONE;
}

// Words, sentences, moves, script.
static bool align(rev_work *w)
{
    if (!fsc_rev_tokens(w) || !fsc_rev_match(w) || !fsc_rev_clean(w) || !fsc_rev_moves(w) ||
        !fsc_rev_project(w) || !fsc_rev_link(w))
        return false;
    fsc_rev_drop_strays(w);
    return fsc_rev_group(w) && fsc_rev_ops(w) && fsc_rev_ignore(w);
}

static bool judge(rev_work *w)
{
    return fsc_rev_cues(w) && fsc_rev_relations(w) && fsc_rev_actors(w) && fsc_rev_quantities(w) &&
           fsc_rev_metadata(w) && fsc_rev_changes(w) && fsc_rev_summary(w);
}

bool fsc_revision_differs(const fsc_delta *d)
{
    for (size_t i = 0; i < d->op_count; i++)
        if (d->op[i].kind != FSC_OP_EQUAL && !d->op[i].ignored)
            return true;
    return false;
}

double fsc_revision_changed(const fsc_delta *d)
{
    double words = (double)d->words_a + d->words_b;
    return words > 0 ? (words - 2.0 * d->words_kept) / words : 0;
}

int fsc_revision_compare(fsc_delta *out, const fsc_analysis *a, const fsc_analysis *b, const fsc_revision_context *with,
                         fsc_err *err)
{
    *out = (fsc_delta){.a = a, .b = b};
    rev_work w = {
        .side = {{.doc = a, .text = &a->text}, {.doc = b, .text = &b->text}},
        .rules = with->rules,
        .types = with->types,
        .ignore = with->ignore,
        .arena = with->arena,
        .scratch = with->scratch,
        .out = out,
    };
    if (!align(&w))
        return fsc_err_nomem(err);
    count_words(&w);
    out->approximate = w.approximate;
    out->trivial = fsc_rev_trivial(&w);
    if (!judge(&w))
        return fsc_err_nomem(err);
    return FSC_OK;
}
