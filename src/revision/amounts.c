// Quantities dropped, added, changed.
#include <math.h>

#include "revision/revision_p.h"

enum { WINDOW = 64 };

typedef struct amounts {
    rev_work *w;
    rev_place *place[2];
    const fsc_quantity *item[2];
    uint32_t count[2];
    uint32_t *pair[2];
} amounts;

static bool place_side(amounts *m, int side)
{
    rev_work *w = m->w;
    const fsc_voices *v = &w->side[side].doc->voices;
    m->item[side] = v->quantity;
    m->count[side] = (uint32_t)v->quantity_count;
    fsc_span *span = fsc_arena_alloc(w->scratch, (v->quantity_count + 1) * sizeof *span);
    m->pair[side] = fsc_arena_alloc(w->scratch, (v->quantity_count + 1) * sizeof(uint32_t));
    if (!span || !m->pair[side])
        return false;
    for (size_t i = 0; i < v->quantity_count; i++) {
        span[i] = (fsc_span){v->quantity[i].start, v->quantity[i].end};
        m->pair[side][i] = REV_NONE;
    }
    return fsc_rev_places(&m->place[side], w, side, span, v->quantity_count);
}

static bool same_value(const fsc_quantity *a, const fsc_quantity *b)
{
    return isnan(a->value) ? isnan(b->value) : fabs(a->value - b->value) <= 1e-9 * fabs(a->value);
}

static bool same_unit(const fsc_quantity *a, const fsc_quantity *b)
{
    return fsc_view_eq(a->unit, b->unit);
}

static bool units_meet(const fsc_quantity *a, const fsc_quantity *b)
{
    return same_unit(a, b) || !a->unit.len || !b->unit.len;
}

typedef enum step { KEPT, EQUAL, SAME_GAP, SAME_GROUP, STEP_COUNT } step;

static bool fits(const amounts *m, uint32_t i, uint32_t j, step how)
{
    const rev_place *p = &m->place[0][i], *q = &m->place[1][j];
    const fsc_quantity *a = &m->item[0][i], *b = &m->item[1][j];
    if (how == KEPT)
        return p->first < p->end && q->first < q->end && fsc_rev_partner(&m->w->side[0], p->first) == q->first;
    if (p->group == REV_NONE || p->group != q->group || !units_meet(a, b))
        return false;
    if (how == EQUAL)
        return same_value(a, b);
    return how == SAME_GAP ? p->gap == q->gap && !fsc_rev_is_kept(p) : same_unit(a, b) && a->unit.len > 0;
}

static void pair_step(amounts *m, step how)
{
    uint32_t from = 0;
    for (uint32_t i = 0; i < m->count[0]; i++) {
        if (m->pair[0][i] != REV_NONE)
            continue;
        while (from < m->count[1] && (m->pair[1][from] != REV_NONE))
            from++;
        // both lists are in order of the text: what fits stands near
        for (uint32_t j = from, tried = 0; j < m->count[1] && tried < WINDOW; j++) {
            if (m->pair[1][j] != REV_NONE)
                continue;
            tried++;
            if (!fits(m, i, j, how))
                continue;
            m->pair[0][i] = j;
            m->pair[1][j] = i;
            break;
        }
    }
}

// Quantities on kept words find theirs by position, however many stand between.
static void pair_kept(amounts *m)
{
    for (uint32_t i = 0; i < m->count[0]; i++) {
        const rev_place *p = &m->place[0][i];
        uint32_t to = p->first < p->end ? fsc_rev_partner(&m->w->side[0], p->first) : REV_NONE;
        uint32_t low = 0, high = m->count[1];
        while (to != REV_NONE && low < high) {
            uint32_t mid = low + (high - low) / 2;
            if (m->place[1][mid].first < to)
                low = mid + 1;
            else
                high = mid;
        }
        if (to == REV_NONE || low == m->count[1] || m->pair[1][low] != REV_NONE || !fits(m, i, low, KEPT))
            continue;
        m->pair[0][i] = low;
        m->pair[1][low] = i;
    }
}

static bool same_quantity(const fsc_quantity *a, const fsc_quantity *b)
{
    return same_value(a, b) && units_meet(a, b) && a->framing == b->framing &&
           (a->direction == b->direction || !a->direction || !b->direction);
}

static bool report(amounts *m)
{
    rev_work *w = m->w;
    fsc_delta *out = w->out;
    fsc_vec(uint32_t) dropped = {0}, added = {0};
    fsc_vec(fsc_quantity_change) changed = {0};
    for (uint32_t i = 0; i < m->count[0]; i++) {
        uint32_t j = m->pair[0][i];
        if (j == REV_NONE ? !fsc_vec_push(w->scratch, &dropped, i)
                          : !same_quantity(&m->item[0][i], &m->item[1][j]) &&
                                !fsc_vec_push(w->scratch, &changed, (fsc_quantity_change){i, j}))
            return false;
    }
    for (uint32_t j = 0; j < m->count[1]; j++)
        if (m->pair[1][j] == REV_NONE && !fsc_vec_push(w->scratch, &added, j))
            return false;
    out->quantity_dropped = fsc_rev_keep(w, dropped.data, dropped.len * sizeof *dropped.data);
    out->quantity_added = fsc_rev_keep(w, added.data, added.len * sizeof *added.data);
    out->quantity_changed = fsc_rev_keep(w, changed.data, changed.len * sizeof *changed.data);
    out->quantity_dropped_count = dropped.len;
    out->quantity_added_count = added.len;
    out->quantity_changed_count = changed.len;
    return out->quantity_dropped && out->quantity_added && out->quantity_changed;
}

bool fsc_rev_quantities(rev_work *w)
{
    amounts m = {.w = w};
    if (!place_side(&m, 0) || !place_side(&m, 1))
        return false;
    pair_kept(&m);
    for (int how = EQUAL; how < STEP_COUNT; how++)
        pair_step(&m, (step)how);
    return report(&m);
}
