// Who did it is no longer said: an active clause or a by-phrase becomes an agentless passive or a noun, or the reverse.
#include "revision/revision_p.h"

// Letters that two forms of one verb share at least: arrested and arrests, killed and killing.
enum { STEM = 4 };

static rev_category category_of(const rev_work *w, const fsc_cue *c)
{
    return (rev_category)w->rules->category[c->category];
}

static bool is_agentless(rev_category k)
{
    return k == REV_CAT_AGENTLESS || k == REV_CAT_EVENT_NOUN;
}

static bool same_stem(fsc_view a, fsc_view b)
{
    return a.len >= STEM && b.len >= STEM && memcmp(a.data, b.data, STEM) == 0;
}

static fsc_view form_of(const rev_work *w, const rev_side *s, uint32_t word)
{
    return fsc_types_form(w->types, s->text->word[word].type);
}

static bool has_content(const rev_side *s, uint32_t word)
{
    return s->weight[s->word_token[word]] >= REV_WEIGHT_CONTENT;
}

// Some sentence of the group tells the action of the cue of the other side.
static bool tells_action(const rev_work *w, int side, const fsc_cue *cue, const uint32_t *sentence, uint32_t count)
{
    enum { LONGEST = 256 };
    const rev_side *own = &w->side[side], *other = &w->side[1 - side];
    for (uint32_t k = 0; k < count; k++) {
        const fsc_sentence *x = &other->text->sentence[sentence[k]];
        for (uint32_t i = x->first_word; i < x->end_word && i < x->first_word + LONGEST; i++)
            for (uint32_t word = cue->first_word; word < cue->end_word; word++)
                if (has_content(own, word) && has_content(other, i) && same_stem(form_of(w, own, word), form_of(w, other, i)))
                    return true;
    }
    return false;
}

static bool group_has_by_passive(const rev_work *w, int side, uint32_t group, const uint32_t *list, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const fsc_cue *c = &w->side[side].doc->cue[list[k]];
        if (category_of(w, c) == REV_CAT_BY_PASSIVE && w->group_of[side][c->sentence] == group)
            return true;
    }
    return false;
}

static void tell(rev_changes *c, int side, const fsc_cue *cue, const rev_group *g)
{
    const rev_side *other = &c->w->side[1 - side];
    uint32_t first = side ? g->a[0] : g->b[0];
    fsc_span own = {cue->start, cue->end}, there = {other->text->sentence[first].start, other->text->sentence[first].end};
    if (side)
        fsc_rev_add_change(c, FSC_CHANGE_AGENT_DROPPED, there, own);
    else
        fsc_rev_add_change(c, FSC_CHANGE_AGENT_ADDED, own, there);
}

// Agentless cues that came (side 1) drop the agent, those that went (side 0) bring it back.
static void tell_side(rev_changes *c, int side)
{
    const rev_work *w = c->w;
    const fsc_delta *d = w->out;
    const uint32_t *list = side ? d->added : d->removed, *gone = side ? d->removed : d->added;
    size_t count = side ? d->added_count : d->removed_count, gone_count = side ? d->removed_count : d->added_count;
    for (size_t k = 0; k < count; k++) {
        const fsc_cue *cue = &w->side[side].doc->cue[list[k]];
        if (!is_agentless(category_of(w, cue)) || cue->sentence >= w->side[side].sentence_count)
            continue;
        uint32_t group = w->group_of[side][cue->sentence];
        const rev_group *g = &w->group[group];
        if (!g->a_count || !g->b_count)
            continue;
        const uint32_t *sentence = side ? g->a : g->b;
        uint32_t sentences = side ? g->a_count : g->b_count;
        if (group_has_by_passive(w, 1 - side, group, gone, gone_count < 64 ? gone_count : 64) ||
            tells_action(w, side, cue, sentence, sentences < 8 ? sentences : 8))
            tell(c, side, cue, g);
    }
}

// A passive that kept its verb and lost or gained its by-phrase.
static void tell_changed(rev_changes *c)
{
    const rev_work *w = c->w;
    for (size_t k = 0; k < w->out->changed_count; k++) {
        const fsc_cue *a = &w->side[0].doc->cue[w->out->changed[k].a], *b = &w->side[1].doc->cue[w->out->changed[k].b];
        rev_category was = category_of(w, a), is = category_of(w, b);
        fsc_span x = {a->start, a->end}, y = {b->start, b->end};
        if (was == REV_CAT_BY_PASSIVE && is_agentless(is))
            fsc_rev_add_change(c, FSC_CHANGE_AGENT_DROPPED, x, y);
        else if (is_agentless(was) && is == REV_CAT_BY_PASSIVE)
            fsc_rev_add_change(c, FSC_CHANGE_AGENT_ADDED, x, y);
    }
}

bool fsc_rev_agent_kinds(rev_changes *c)
{
    tell_changed(c);
    tell_side(c, 1);
    tell_side(c, 0);
    return true;
}
