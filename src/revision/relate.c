// Relations removed, added, changed: they follow their cues.
#include "revision/revision_p.h"

static bool has_cue(const fsc_analysis *doc, const fsc_relation *r)
{
    return r->cue < doc->cue_count;
}

// Relation of each cue of a document, or REV_NONE.
static uint32_t *by_cue(rev_work *w, const fsc_analysis *doc)
{
    uint32_t *of = fsc_arena_alloc(w->scratch, (doc->cue_count + 1) * sizeof *of);
    if (!of)
        return NULL;
    memset(of, 0xFF, doc->cue_count * sizeof *of);
    for (size_t r = 0; r < doc->relation_count; r++)
        if (has_cue(doc, &doc->relation[r]))
            of[doc->relation[r].cue] = (uint32_t)r;
    return of;
}

static bool token_range(const rev_side *s, fsc_span span, rev_range *out)
{
    if (!fsc_span_is(span) || !s->text->word_count)
        return false;
    uint32_t word = fsc_text_word_at(s->text, span.start), end = word;
    while (end < s->text->word_count && s->text->word[end].start < span.end)
        end++;
    *out = (rev_range){word, end};
    return end > word;
}

// True when some word of the span of A was kept as or moved to a word in the span of B.
static bool share_words(const rev_work *w, fsc_span a, fsc_span b)
{
    const rev_side *s = &w->side[0];
    rev_range r;
    if (!fsc_span_is(b) || !token_range(s, a, &r))
        return false;
    for (uint32_t word = r.first; word < r.end; word++) {
        uint32_t token = s->word_token[word], to = fsc_rev_partner(s, token);
        if (to == REV_NONE || s->weight[token] < REV_WEIGHT_CONTENT)
            continue;
        const rev_token *t = &w->side[1].token[to];
        if (t->start < b.end && b.start < t->end)
            return true;
    }
    return false;
}

// Cause and effect changed places.
static bool is_reversed(const rev_work *w, const fsc_relation *a, const fsc_relation *b)
{
    return share_words(w, a->cause, b->effect) && !share_words(w, a->cause, b->cause);
}

static bool same_relation(const rev_work *w, const fsc_relation *a, const fsc_relation *b)
{
    return a->type == b->type && a->status == b->status && a->valence == b->valence && a->voice == b->voice &&
           fsc_span_is(a->cause) == fsc_span_is(b->cause) && fsc_span_is(a->effect) == fsc_span_is(b->effect) &&
           !is_reversed(w, a, b);
}

bool fsc_rev_relations(rev_work *w)
{
    const fsc_analysis *a = w->side[0].doc, *b = w->side[1].doc;
    fsc_delta *out = w->out;
    fsc_vec(uint32_t) removed = {0}, added = {0};
    fsc_vec(fsc_relation_change) changed = {0};
    uint32_t *of_a = by_cue(w, a), *of_b = by_cue(w, b);
    if (!of_a || !of_b)
        return false;
    for (uint32_t r = 0; r < a->relation_count; r++) {
        uint32_t cue = has_cue(a, &a->relation[r]) ? w->cue_pair[0][a->relation[r].cue] : REV_NONE;
        uint32_t to = cue != REV_NONE ? of_b[cue] : REV_NONE;
        if (to == REV_NONE ? !fsc_vec_push(w->scratch, &removed, r)
                           : !same_relation(w, &a->relation[r], &b->relation[to]) &&
                                 !fsc_vec_push(w->scratch, &changed, (fsc_relation_change){r, to}))
            return false;
    }
    for (uint32_t r = 0; r < b->relation_count; r++) {
        uint32_t cue = has_cue(b, &b->relation[r]) ? w->cue_pair[1][b->relation[r].cue] : REV_NONE;
        if ((cue == REV_NONE || of_a[cue] == REV_NONE) && !fsc_vec_push(w->scratch, &added, r))
            return false;
    }
    out->relation_removed = fsc_rev_keep(w, removed.data, removed.len * sizeof *removed.data);
    out->relation_added = fsc_rev_keep(w, added.data, added.len * sizeof *added.data);
    out->relation_changed = fsc_rev_keep(w, changed.data, changed.len * sizeof *changed.data);
    out->relation_removed_count = removed.len;
    out->relation_added_count = added.len;
    out->relation_changed_count = changed.len;
    return out->relation_removed && out->relation_added && out->relation_changed;
}
