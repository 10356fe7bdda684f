// Types of the edit: what comes from sentences, actors and quantities here, the rest in kinds.c, marks.c, agents.c.
#include "revision/revision_p.h"

static fsc_part_kind part_at(const rev_side *s, fsc_span span)
{
    uint32_t sentence = fsc_text_sentence_at(s->text, span.start);
    if (sentence >= s->text->sentence_count && s->text->sentence_count)
        sentence = (uint32_t)s->text->sentence_count - 1;
    if (sentence >= s->text->sentence_count || s->text->sentence[sentence].part >= s->text->part_count)
        return FSC_PART_BODY;
    return s->text->part[s->text->sentence[sentence].part].kind;
}

void fsc_rev_add_change(rev_changes *c, fsc_change_type type, fsc_span a, fsc_span b)
{
    fsc_part_kind part = fsc_span_is(b) ? part_at(&c->w->side[1], b) : part_at(&c->w->side[0], a);
    c->w->out->type[type] = true;
    if (!fsc_vec_push(c->w->arena, &c->item, (fsc_change){type, part, a, b}))
        c->failed = true;
}

static bool is_clause_end(const rev_side *s, uint32_t token)
{
    return s->token[token].word == REV_NONE && strchr(",;:.!?", s->text->bytes.data[s->token[token].start]) != NULL;
}

// Token i is new on its side, of the same sentence as `of`, and no border of a clause.
static bool belongs(const rev_side *s, uint32_t i, uint32_t of)
{
    return fsc_rev_partner(s, i) == REV_NONE && !is_clause_end(s, i) && s->of[i] == s->of[of];
}

fsc_span fsc_rev_phrase(const rev_work *w, int side, fsc_span span, bool leftward)
{
    enum { LONGEST = 12 };
    const rev_side *s = &w->side[side];
    uint32_t word = fsc_text_word_at(s->text, span.start);
    if (word >= s->text->word_count)
        return span;
    uint32_t first = s->word_token[word], last = first;
    while (last < s->count && s->token[last].start < span.end)
        last++;
    uint32_t start = first, end = last;
    while (leftward && start > 0 && start + LONGEST > first && belongs(s, start - 1, first))
        start--;
    while (start == first && end < s->count && end < last + LONGEST && belongs(s, end, first))
        end++;
    // nothing behind it either: what stands before belongs to it
    while (end == last && start > 0 && start + LONGEST > first && belongs(s, start - 1, first))
        start--;
    while (start < first && s->token[start].word == REV_NONE)
        start++;
    if (end > last)
        span.end = s->token[end - 1].end;
    if (start < first)
        span.start = s->token[start].start;
    return span;
}

// ---------------------------------------------------------------- sentences

static fsc_span span_of(const rev_side *s, const uint32_t *sentence, uint32_t count)
{
    if (!count)
        return FSC_NO_SPAN;
    return (fsc_span){s->unit[sentence[0]].start, s->unit[sentence[count - 1]].end};
}

static void sentence_kinds(rev_changes *c)
{
    const rev_work *w = c->w;
    for (size_t k = 0; k < w->out->sentence_count; k++) {
        const fsc_sentence_pair *p = &w->out->sentence[k];
        fsc_span a = span_of(&w->side[0], p->a, p->a_count), b = span_of(&w->side[1], p->b, p->b_count);
        if (p->kind == FSC_PAIR_MOVED && fsc_rev_is_movable(&w->side[0], w->side[0].sentence[p->a[0]]))
            fsc_rev_add_change(c, FSC_CHANGE_MOVED, a, b);
        else if (p->kind == FSC_PAIR_SPLIT)
            fsc_rev_add_change(c, FSC_CHANGE_SPLIT, a, b);
        else if (p->kind == FSC_PAIR_MERGED)
            fsc_rev_add_change(c, FSC_CHANGE_MERGED, a, b);
    }
}

// Words on both sides whatever their place.
static uint32_t shared_words(rev_work *w)
{
    const rev_side *a = &w->side[0], *b = &w->side[1];
    uint32_t shared = 0;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->token[i].word != REV_NONE)
            w->seen[a->key[i]]++;
    for (uint32_t j = 0; j < b->count; j++) {
        if (b->token[j].word == REV_NONE || !w->seen[b->key[j]])
            continue;
        w->seen[b->key[j]]--;
        shared++;
    }
    for (uint32_t i = 0; i < a->count; i++)
        w->seen[a->key[i]] = 0;
    return shared;
}

// Less than a third of the longer text is shared; a text that was only cut or continued is not rewritten.
static void rewritten(rev_changes *c)
{
    rev_work *w = c->w;
    uint64_t a = w->out->words_a, b = w->out->words_b, longer = a > b ? a : b, shorter = a > b ? b : a;
    if (shorter < 2 || 3 * (uint64_t)w->out->words_kept >= longer)
        return;
    uint64_t shared = shared_words(w);
    if (3 * shared < longer && 3 * shared < 2 * shorter)
        fsc_rev_add_change(c, FSC_CHANGE_REWRITTEN, (fsc_span){0, (uint32_t)w->side[0].text->bytes.len},
                           (fsc_span){0, (uint32_t)w->side[1].text->bytes.len});
}

// ---------------------------------------------------------------- actors and quantities

static const fsc_actor *missing_actor(const rev_work *w, int side, size_t k)
{
    return &w->actor[side][w->missing[side][k]];
}

static fsc_span first_mention(const fsc_actor *a)
{
    return a->mention_count ? a->mention[0] : FSC_NO_SPAN;
}

static bool actor_kinds(rev_changes *c)
{
    const rev_work *w = c->w;
    bool *renamed = FSC_NEW_N(w->scratch, bool, w->missing_count[1] + 1);
    if (!renamed)
        return false;
    for (size_t i = 0; i < w->missing_count[0]; i++) {
        const fsc_actor *a = missing_actor(w, 0, i);
        size_t j = 0;
        while (j < w->missing_count[1] && (renamed[j] || !fsc_rev_same_actor(a, missing_actor(w, 1, j))))
            j++;
        if (j < w->missing_count[1]) {
            renamed[j] = true;
            fsc_rev_add_change(c, FSC_CHANGE_ACTOR_RENAMED, first_mention(a), first_mention(missing_actor(w, 1, j)));
        } else {
            fsc_rev_add_change(c, FSC_CHANGE_ACTOR_DROPPED, first_mention(a), FSC_NO_SPAN);
        }
    }
    for (size_t j = 0; j < w->missing_count[1]; j++)
        if (!renamed[j])
            fsc_rev_add_change(c, FSC_CHANGE_ACTOR_ADDED, FSC_NO_SPAN, first_mention(missing_actor(w, 1, j)));
    return true;
}

// First cue that ends at or after an offset; cues are sorted by start, nearly so by end.
static uint32_t cue_before(const fsc_analysis *doc, uint32_t offset)
{
    uint32_t low = 0, high = (uint32_t)doc->cue_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->cue[mid].start < offset)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

// The number with the words that frame it directly before: "only 9", "at least five".
static fsc_span quantity_span(const rev_work *w, int side, uint32_t k)
{
    enum { NEAR = 4 };
    const fsc_analysis *doc = w->side[side].doc;
    const fsc_quantity *q = &doc->voices.quantity[k];
    fsc_span span = {q->start, q->end};
    uint32_t at = cue_before(doc, q->start);
    for (uint32_t c = at; c > 0 && c + NEAR > at; c--) {
        const fsc_cue *cue = &doc->cue[c - 1];
        if (w->rules->dimension[cue->dimension] == REV_DIM_QUANTITY && cue->end < q->start && cue->end + 2 > q->start)
            span.start = cue->start;
    }
    return span;
}

static void quantity_kinds(rev_changes *c)
{
    const fsc_delta *d = c->w->out;
    for (size_t k = 0; k < d->quantity_changed_count; k++)
        fsc_rev_add_change(c, FSC_CHANGE_QUANTITY_CHANGED, quantity_span(c->w, 0, d->quantity_changed[k].a),
                           quantity_span(c->w, 1, d->quantity_changed[k].b));
    for (size_t k = 0; k < d->quantity_dropped_count; k++)
        fsc_rev_add_change(c, FSC_CHANGE_QUANTITY_DROPPED, quantity_span(c->w, 0, d->quantity_dropped[k]), FSC_NO_SPAN);
    for (size_t k = 0; k < d->quantity_added_count; k++)
        fsc_rev_add_change(c, FSC_CHANGE_QUANTITY_ADDED, FSC_NO_SPAN, quantity_span(c->w, 1, d->quantity_added[k]));
}

bool fsc_rev_changes(rev_work *w)
{
    rev_changes c = {.w = w};
    if (fsc_revision_differs(w->out)) {
        bool form_only = fsc_rev_is_typography(w);
        if (form_only)
            fsc_rev_add_change(&c, FSC_CHANGE_TYPOGRAPHY, (fsc_span){0, (uint32_t)w->side[0].text->bytes.len},
                               (fsc_span){0, (uint32_t)w->side[1].text->bytes.len});
        if (!fsc_rev_mark_kinds(&c))
            return false;
        if (!form_only) {
            if (!fsc_rev_cue_kinds(&c) || !fsc_rev_agent_kinds(&c) || !actor_kinds(&c))
                return false;
            quantity_kinds(&c);
            rewritten(&c);
            sentence_kinds(&c);
        }
    }
    w->out->change = c.item.data;
    w->out->change_count = c.item.len;
    return !c.failed;
}
