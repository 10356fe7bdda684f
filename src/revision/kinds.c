// Types that come from cues: attribution, causality, certainty, intensity, labels.
#include "revision/revision_p.h"

// What happened to the cues of one group; spans are of the first that counts.
typedef struct tally {
    int sources[2];             // cues that name a source, on each side
    int causes[2], concessions[2];
    int certainty;              // what came minus what went
    int64_t intensity;
    uint32_t source_cue[2], cause_cue[2], concession_cue[2], certainty_cue[2], intensity_cue[2];
} tally;

typedef struct teller {
    rev_changes *c;
    rev_work *w;
    tally *tally;               // one a group
} teller;

static const fsc_cue *cue_of(const teller *t, int side, uint32_t i)
{
    return &t->w->side[side].doc->cue[i];
}

static rev_category category_of(const teller *t, const fsc_cue *c)
{
    return (rev_category)t->w->rules->category[c->category];
}

static rev_dimension dimension_of(const teller *t, const fsc_cue *c)
{
    return (rev_dimension)t->w->rules->dimension[c->dimension];
}

static tally *tally_of(const teller *t, int side, const fsc_cue *c)
{
    const rev_work *w = t->w;
    if (c->sentence >= w->side[side].sentence_count)
        return NULL;
    return &t->tally[w->group_of[side][c->sentence]];
}

static int certainty_of(const teller *t, int side, const fsc_cue *c)
{
    switch (category_of(t, c)) {
    case REV_CAT_BOOSTER:
        return c->negated ? -1 : 1;
    case REV_CAT_HEDGE: case REV_CAT_DOUBT:
        return -1;
    default:
        return t->w->rules->entry[c->entry] & REV_ENTRY_ALLEGATION && !fsc_rev_is_source(t->w, side, c) ? -1 : 0;
    }
}

static bool has_intensity(rev_dimension d)
{
    return d == REV_DIM_INTENSITY || d == REV_DIM_THREAT || d == REV_DIM_CONFLICT || d == REV_DIM_HARM;
}

static int64_t intensity_of(const teller *t, const fsc_cue *c)
{
    if (!has_intensity(dimension_of(t, c)) || c->negated)
        return 0;
    return t->w->rules->schema->category[c->category].pole < 0 ? -c->weight : c->weight;
}

static void note(uint32_t *slot, uint32_t cue)
{
    if (*slot == REV_NONE)
        *slot = cue;
}

// Counts a cue of one side; `sign` is +1 for B, -1 for A.
static void count_cue(teller *t, int side, uint32_t i)
{
    const fsc_cue *c = cue_of(t, side, i);
    tally *sum = tally_of(t, side, c);
    if (!sum)
        return;
    bool alone = t->w->cue_pair[side][i] == REV_NONE;
    int sign = side ? 1 : -1;
    if (fsc_rev_is_source(t->w, side, c)) {
        sum->sources[side]++;
        if (alone)
            note(&sum->source_cue[side], i);
    }
    rev_category k = category_of(t, c);
    if (k == REV_CAT_CAUSE && !c->negated) {
        sum->causes[side]++;
        if (alone)
            note(&sum->cause_cue[side], i);
    }
    if (k == REV_CAT_CONCESSION) {
        sum->concessions[side]++;
        if (alone)
            note(&sum->concession_cue[side], i);
    }
    int certainty = certainty_of(t, side, c);
    sum->certainty += sign * certainty;
    if (certainty && alone)
        note(&sum->certainty_cue[side], i);
}

// A paired cue whose category changed lost or gained a role: its span is the best to show.
static void note_pair(teller *t, uint32_t a, uint32_t b)
{
    const fsc_cue *x = cue_of(t, 0, a), *y = cue_of(t, 1, b);
    tally *sum = tally_of(t, 0, x);
    if (!sum || x->category == y->category)
        return;
    rev_category was = category_of(t, x), is = category_of(t, y);
    if (was == REV_CAT_CAUSE)
        note(&sum->cause_cue[0], a);
    if (is == REV_CAT_CAUSE)
        note(&sum->cause_cue[1], b);
    if (was == REV_CAT_CONCESSION)
        note(&sum->concession_cue[0], a);
    if (is == REV_CAT_CONCESSION)
        note(&sum->concession_cue[1], b);
    if (certainty_of(t, 0, x))
        note(&sum->certainty_cue[0], a);
    if (certainty_of(t, 1, y))
        note(&sum->certainty_cue[1], b);
}

// A cue that came or went changes the intensity of what both sides tell, unless a long new passage holds it.
static bool told_on_both(const teller *t, int side, uint32_t i)
{
    enum { MODIFIER = 4 };
    const rev_side *s = &t->w->side[side];
    const rev_place *p = &t->w->cue_place[side][i];
    uint32_t first = p->first, end = p->end;
    while (first > 0 && fsc_rev_partner(s, first - 1) == REV_NONE && p->first - first <= MODIFIER)
        first--;
    while (end < s->count && fsc_rev_partner(s, end) == REV_NONE && end - p->end <= MODIFIER)
        end++;
    if (end - first <= MODIFIER)
        return true;
    // in a longer new passage: only when it takes the place of another
    const rev_side *other = &t->w->side[1 - side];
    uint32_t before = first > 0 ? s->match[first - 1] : REV_NONE;
    if (t->w->is_short)
        return true;
    return before != REV_NONE && before + 1 < other->count && fsc_rev_partner(other, before + 1) == REV_NONE;
}

static void count_intensity(teller *t)
{
    const fsc_delta *d = t->w->out;
    for (size_t k = 0; k < d->changed_count; k++) {
        const fsc_cue *a = cue_of(t, 0, d->changed[k].a), *b = cue_of(t, 1, d->changed[k].b);
        int64_t change = intensity_of(t, b) - intensity_of(t, a);
        tally *sum = tally_of(t, 0, a);
        if (!change || !sum)
            continue;
        sum->intensity += change;
        note(&sum->intensity_cue[0], d->changed[k].a);
        note(&sum->intensity_cue[1], d->changed[k].b);
    }
    for (int side = 0; side < 2; side++) {
        const uint32_t *list = side ? d->added : d->removed;
        size_t count = side ? d->added_count : d->removed_count;
        for (size_t k = 0; k < count; k++) {
            const fsc_cue *c = cue_of(t, side, list[k]);
            int64_t weight = intensity_of(t, c);
            tally *sum = tally_of(t, side, c);
            if (!weight || !sum || !told_on_both(t, side, list[k]))
                continue;
            sum->intensity += side ? weight : -weight;
            note(&sum->intensity_cue[side], list[k]);
        }
    }
}

static fsc_span cue_span(const teller *t, int side, uint32_t i)
{
    const fsc_cue *c = i == REV_NONE ? NULL : cue_of(t, side, i);
    return c ? (fsc_span){c->start, c->end} : FSC_NO_SPAN;
}

static fsc_span phrase(const teller *t, int side, uint32_t i)
{
    return i == REV_NONE ? FSC_NO_SPAN : fsc_rev_phrase(t->w, side, i);
}

// More of something on one side than on the other; both spans where both are known.
static void tell_count(teller *t, const int *count, const uint32_t *cue, fsc_change_type added, fsc_change_type dropped)
{
    if (count[1] > count[0])
        fsc_rev_add_change(t->c, added, FSC_NO_SPAN, phrase(t, 1, cue[1]));
    else if (count[0] > count[1])
        fsc_rev_add_change(t->c, dropped, phrase(t, 0, cue[0]), FSC_NO_SPAN);
}

static void tell_group(teller *t, const rev_group *g, const tally *sum)
{
    tell_count(t, sum->sources, sum->source_cue, FSC_CHANGE_ATTRIBUTION_ADDED, FSC_CHANGE_ATTRIBUTION_DROPPED);
    tell_count(t, sum->causes, sum->cause_cue, FSC_CHANGE_CAUSE_ADDED, FSC_CHANGE_CAUSE_DROPPED);
    tell_count(t, sum->concessions, sum->concession_cue, FSC_CHANGE_CONCESSION_ADDED, FSC_CHANGE_CONCESSION_DROPPED);
    if (!g->a_count || !g->b_count)
        return;
    if (sum->certainty)
        fsc_rev_add_change(t->c, sum->certainty > 0 ? FSC_CHANGE_CERTAINTY_RAISED : FSC_CHANGE_CERTAINTY_LOWERED,
                           cue_span(t, 0, sum->certainty_cue[0]), cue_span(t, 1, sum->certainty_cue[1]));
    if (sum->intensity)
        fsc_rev_add_change(t->c, sum->intensity > 0 ? FSC_CHANGE_HARDENED : FSC_CHANGE_SOFTENED,
                           cue_span(t, 0, sum->intensity_cue[0]), cue_span(t, 1, sum->intensity_cue[1]));
}

static void tell_labels(teller *t)
{
    const fsc_delta *d = t->w->out;
    for (size_t k = 0; k < d->changed_count; k++)
        if (d->changed[k].shift == FSC_SHIFT_LABEL)
            fsc_rev_add_change(t->c, FSC_CHANGE_LABEL_SWAPPED, cue_span(t, 0, d->changed[k].a), cue_span(t, 1, d->changed[k].b));
}

bool fsc_rev_cue_kinds(rev_changes *c)
{
    rev_work *w = c->w;
    teller t = {c, w, FSC_NEW_N(w->scratch, tally, (size_t)w->group_count + 1)};
    if (!t.tally)
        return false;
    for (uint32_t g = 0; g < w->group_count; g++)
        memset(t.tally[g].source_cue, 0xFF, sizeof(tally) - offsetof(tally, source_cue));
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < w->side[side].doc->cue_count; i++)
            count_cue(&t, side, i);
    for (uint32_t i = 0; i < w->side[0].doc->cue_count; i++)
        if (w->cue_pair[0][i] != REV_NONE)
            note_pair(&t, i, w->cue_pair[0][i]);
    count_intensity(&t);
    for (uint32_t g = 0; g < w->group_count; g++)
        if (w->group[g].changed)
            tell_group(&t, &w->group[g], &t.tally[g]);
    tell_labels(&t);
    return true;
}
