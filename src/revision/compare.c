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
    return fsc_rev_group(w) && fsc_rev_ops(w);
}

static bool judge(rev_work *w)
{
    return fsc_rev_cues(w) && fsc_rev_relations(w) && fsc_rev_actors(w) && fsc_rev_quantities(w) &&
           fsc_rev_changes(w) && fsc_rev_summary(w);
}

int fsc_revision_compare(fsc_delta *out, const fsc_analysis *a, const fsc_analysis *b, const fsc_revision_rules *rules,
                         const fsc_types *types, fsc_arena *arena, fsc_arena *scratch, fsc_err *err)
{
    *out = (fsc_delta){.a = a, .b = b};
    rev_work w = {
        .side = {{.doc = a, .text = &a->text}, {.doc = b, .text = &b->text}},
        .rules = rules,
        .types = types,
        .arena = arena,
        .scratch = scratch,
        .out = out,
    };
    if (!align(&w))
        return fsc_err_nomem(err);
    count_words(&w);
    out->approximate = w.approximate;
    if (!judge(&w))
        return fsc_err_nomem(err);
    return FSC_OK;
}
