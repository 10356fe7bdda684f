#include "voice/voice_p.h"

#include <math.h>

// Two figures of one measure: "from 1,224 to 990 arrests", "990, down from 1,224 in June", "990 compared with 1,224".
// The older one is the base of the other; they share their unit, and the direction when no word gives it.

#define MOST_BETWEEN 9 // words between the two
#define MOST_LEAD 4    // words before a figure that only soften or point at it

typedef enum lead { LEAD_NONE, LEAD_FROM, LEAD_TO, LEAD_THAN } lead;

static uint32_t word_of(const fsc_vx *x, const fsc_quantity *q)
{
    uint32_t w = fsc_text_word_at(x->text, q->start);
    return w < x->n && x->text->word[w].end <= q->start ? w + 1 : w; // $ stands before its word
}

// The word that leads to the figure, over "about", "the", "only".
static lead lead_of(const fsc_vx *x, const fsc_quantity *q)
{
    static const char *const versus[] = {"versus", "vs", "vs.", "against", NULL}, *const with[] = {"with", "to", NULL};
    uint32_t w = word_of(x, q);
    bool pointed = false;
    for (unsigned i = 0; i < MOST_LEAD && w > 0 && w < x->n && !fsc_vx_ends_sentence(x, w - 1); i++) {
        w--;
        if (x->after[w] & (P_CLAUSE | P_STOP | P_ASK))
            return LEAD_NONE;
        bool compared = w > 0 && fsc_voice_any_word(x, w, with) && fsc_voice_is_word(x, w - 1, "compared");
        if (compared || fsc_voice_any_word(x, w, versus) || (pointed && fsc_voice_is_word(x, w, "than")))
            return LEAD_THAN;
        if (x->tag[w] & T_TO)
            return LEAD_TO;
        if (fsc_voice_is_word(x, w, "from"))
            return LEAD_FROM;
        bool softens = (x->tag[w] & (T_ADV | T_DET | T_POSS | T_ADJ)) || fsc_voice_is_word(x, w, "about") ||
                       fsc_voice_is_word(x, w, "around") || fsc_voice_is_word(x, w, "over");
        if (!softens)
            return LEAD_NONE;
        pointed = pointed || fsc_voice_is_word(x, w, "the");
    }
    return LEAD_NONE;
}

static bool are_close(const fsc_vx *x, const fsc_quantity *a, const fsc_quantity *b)
{
    uint32_t from = word_of(x, a), to = word_of(x, b);
    return from < to && to < x->n && to - from <= MOST_BETWEEN && x->sentence[from] == x->sentence[to];
}

static bool are_alike(const fsc_quantity *a, const fsc_quantity *b)
{
    bool percent = fsc_view_is(a->unit, "percent") != fsc_view_is(b->unit, "percent");
    return !percent && (!a->unit.len || !b->unit.len || fsc_view_eq(a->unit, b->unit));
}

static void compare(fsc_quantity *now, fsc_quantity *base)
{
    now->base = (fsc_span){base->start, base->end};
    if (!now->unit.len)
        now->unit = base->unit;
    else if (!base->unit.len)
        base->unit = now->unit;
    if (now->direction == FSC_DIRECTION_NONE && isfinite(now->value) && isfinite(base->value) &&
        now->value != base->value)
        now->direction = now->value > base->value ? FSC_DIRECTION_UP : FSC_DIRECTION_DOWN;
}

void fsc_voice_series(fsc_vx *x)
{
    lead before = LEAD_NONE; // of the figure before
    for (size_t i = 0; i < x->quantity.len; i++) {
        fsc_quantity *b = &x->quantity.data[i], *a = i ? b - 1 : NULL;
        lead how = lead_of(x, b);
        if (a && are_close(x, a, b) && are_alike(a, b)) {
            // "fell 10% from 1,224 to 990": 1,224 is the base of 990
            bool goes_on = i + 1 < x->quantity.len && lead_of(x, b + 1) == LEAD_TO && are_close(x, b, b + 1);
            if (how == LEAD_TO && before == LEAD_FROM)
                compare(b, a);
            else if ((how == LEAD_FROM && !goes_on) || how == LEAD_THAN)
                compare(a, b);
        }
        before = how;
    }
}
