#include "revision/revision_p.h"

static uint32_t group_at(const rev_work *w, int side, uint32_t token)
{
    const rev_side *s = &w->side[side];
    return token < s->count && s->of[token] != REV_NONE ? w->group_of[side][s->of[token]] : REV_NONE;
}

bool fsc_rev_places(rev_place **out, rev_work *w, int side, const fsc_span *span, size_t count)
{
    const rev_side *s = &w->side[side];
    rev_place *place = fsc_arena_alloc(w->scratch, (count + 1) * sizeof *place);
    *out = place;
    if (!place)
        return false;
    // `last` is the kept token before `at`, named by its token in B so that both sides speak of the same place
    uint32_t at = 0, last = REV_NONE - 1;
    for (size_t k = 0; k < count; k++) {
        for (; at < s->count && s->token[at].end <= span[k].start; at++)
            if (s->match[at] != REV_NONE)
                last = side ? at : s->match[at];
        rev_place p = {at, at, REV_NONE, group_at(w, side, at)};
        uint32_t before = last;
        for (; p.end < s->count && s->token[p.end].start < span[k].end; p.end++) {
            if (s->match[p.end] != REV_NONE)
                before = side ? p.end : s->match[p.end];
            else if (s->move[p.end] == REV_NONE && p.gap == REV_NONE)
                p.gap = before;
        }
        place[k] = p;
    }
    return true;
}
