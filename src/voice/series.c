#include "voice/form_p.h"

#include <math.h>

// Two figures of one measure: "from 1,224 to 990 arrests", "990, down from 1,224 in June", "990 compared with 1,224".
// The older one is the base of the other; they share their unit, and the direction when no word gives it.

#define MOST_BETWEEN 9 // words between the two
#define MOST_LEAD 4    // words before a figure that only soften or point at it

typedef enum lead { LEAD_NONE, LEAD_FROM, LEAD_TO, LEAD_THAN } lead;

static bool is_with_or_to(uint64_t form)
{
    return form == FSC_FORM("with") || form == FSC_FORM("to");
}

static bool is_versus(uint64_t form)
{
    return form == FSC_FORM("versus") || form == FSC_FORM("vs") || form == FSC_FORM("vs.") || form == FSC_FORM("against");
}

// The word that leads to the figure at word w, over "about", "the", "only".
static lead lead_of(const fsc_vx *x, uint32_t w)
{
    bool pointed = false;
    for (unsigned i = 0; i < MOST_LEAD && w > 0 && w < x->n && !fsc_vx_ends_sentence(x, w - 1); i++) {
        w--;
        if (x->after[w] & (P_CLAUSE | P_STOP | P_ASK))
            return LEAD_NONE;
        uint64_t form = fsc_vx_form(x, w);
        bool compared = w > 0 && is_with_or_to(form) && fsc_vx_form(x, w - 1) == FSC_FORM("compared");
        if (compared || is_versus(form) || (pointed && form == FSC_FORM("than")))
            return LEAD_THAN;
        if (x->tag[w] & T_TO)
            return LEAD_TO;
        if (form == FSC_FORM("from"))
            return LEAD_FROM;
        bool softens = (x->tag[w] & (T_ADV | T_DET | T_POSS | T_ADJ)) || form == FSC_FORM("about") ||
                       form == FSC_FORM("around") || form == FSC_FORM("over");
        if (!softens)
            return LEAD_NONE;
        pointed = pointed || form == FSC_FORM("the");
    }
    return LEAD_NONE;
}

// Whether two figures, at words `from` and `to`, may belong together.
static bool are_close(const fsc_vx *x, uint32_t from, uint32_t to)
{
    return from < to && to < x->n && to - from <= MOST_BETWEEN && fsc_vx_same_sentence(x, from, to);
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

// Whether the figure behind number i, which stands at word w, is where it leads to.
static bool goes_on(const fsc_vx *x, size_t i, uint32_t w)
{
    if (i + 1 == x->quantity.len)
        return false;
    uint32_t next = x->quantity_at.data[i + 1];
    return are_close(x, w, next) && lead_of(x, next) == LEAD_TO;
}

void fsc_voice_series(fsc_vx *x)
{
    for (size_t i = 1; i < x->quantity.len; i++) {
        fsc_quantity *b = &x->quantity.data[i], *a = b - 1;
        uint32_t from = x->quantity_at.data[i - 1], to = x->quantity_at.data[i];
        if (!are_close(x, from, to) || !are_alike(a, b))
            continue;
        // "fell 10% from 1,224 to 990": 1,224 is the base of 990
        lead before = lead_of(x, from), how = lead_of(x, to);
        if (how == LEAD_TO && before == LEAD_FROM)
            compare(b, a);
        else if (how == LEAD_THAN || (how == LEAD_FROM && !goes_on(x, i, to)))
            compare(a, b);
    }
}
