// Names that voice leaves open: the first word of a sentence has a capital whatever it is, but before "administration"
// or "campaign" it is the name of one.
#include "revision/revision_p.h"

enum { WORD_NO_NAME = 1 << 0, WORD_BODY = 1 << 1, WORD_TAKEN = 1 << 2 };

static void mark_span(const fsc_text *t, uint8_t *mark, fsc_span span)
{
    for (uint32_t i = fsc_text_word_at(t, span.start); i < t->word_count && t->word[i].start < span.end; i++)
        mark[i] |= WORD_TAKEN;
}

static uint8_t mark_of(uint32_t role)
{
    return (role & REV_ENTRY_NO_NAME ? WORD_NO_NAME : 0) | (role & REV_ENTRY_BODY ? WORD_BODY : 0);
}

static void mark_words(const rev_work *w, int side, uint8_t *mark)
{
    const fsc_analysis *doc = w->side[side].doc;
    const fsc_text *t = w->side[side].text;
    for (size_t i = 0; i < t->word_count; i++)
        mark[i] |= mark_of(w->side[side].tag[i]);
    for (size_t k = 0; k < doc->voices.actor_count; k++)
        for (size_t m = 0; m < doc->voices.actor[k].mention_count; m++)
            mark_span(t, mark, doc->voices.actor[k].mention[m]);
}

// A sentence that begins with a capital, then a body in lower case, neither of them of an actor already.
static bool is_body(const fsc_text *t, const uint8_t *mark, uint32_t first)
{
    const fsc_word *a = &t->word[first], *b = a + 1;
    unsigned no_name = FSC_WORD_NUMBER | FSC_WORD_URL | FSC_WORD_HASHTAG | FSC_WORD_BREAK;
    return a->flags & FSC_WORD_CAPITAL && !(a->flags & no_name) && a->end - a->start >= 3 && mark[first] == 0 &&
           !(b->flags & FSC_WORD_CAPITAL) && mark[first + 1] & WORD_BODY && !(mark[first + 1] & WORD_TAKEN);
}

bool fsc_rev_list_actors(rev_work *w, int side)
{
    const fsc_text *t = w->side[side].text;
    const fsc_voices *v = &w->side[side].doc->voices;
    fsc_vec(fsc_actor) found = {0};
    uint8_t *mark = FSC_NEW_N(w->scratch, uint8_t, t->word_count + 1);
    w->actor[side] = v->actor;
    w->actor_count[side] = v->actor_count;
    if (!mark)
        return false;
    mark_words(w, side, mark);
    for (size_t k = 0; k < t->sentence_count; k++) {
        const fsc_sentence *x = &t->sentence[k];
        if (x->end_word < x->first_word + 2 || !is_body(t, mark, x->first_word))
            continue;
        fsc_span *span = FSC_NEW(w->scratch, fsc_span);
        if (!span)
            return false;
        *span = (fsc_span){t->word[x->first_word].start, t->word[x->first_word + 1].end};
        fsc_actor actor = {.name = fsc_view_slice(t->bytes, span->start, span->end),
                           .kind = FSC_ACTOR_ORGANIZATION,
                           .mention = span,
                           .mention_count = 1,
                           .named = true};
        if (!fsc_vec_push(w->scratch, &found, actor))
            return false;
    }
    if (!found.len)
        return true;
    fsc_actor *all = FSC_NEW_N(w->scratch, fsc_actor, v->actor_count + found.len);
    if (!all)
        return false;
    if (v->actor_count)
        memcpy(all, v->actor, v->actor_count * sizeof *all);
    memcpy(all + v->actor_count, found.data, found.len * sizeof *all);
    w->actor[side] = all;
    w->actor_count[side] = v->actor_count + found.len;
    return true;
}
