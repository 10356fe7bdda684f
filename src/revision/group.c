// Links -> sentence pairs in the order of B, and the groups that types of an edit are judged on.
#include <stdlib.h>

#include "revision/revision_p.h"

// Members of each link id on one side: item[first[id] .. first[id + 1]).
typedef struct members {
    uint32_t *first, *item;
} members;

typedef struct slot {
    uint64_t place; // where it stands in B
    uint32_t id;
} slot;

typedef struct grouper {
    rev_work *w;
    members side[2];
    uint32_t ids;
    bool *in_order; // one an id
    slot *slot;
    uint32_t slot_count;
} grouper;

static bool fill_members(grouper *g, int side)
{
    const rev_work *w = g->w;
    uint32_t n = w->side[side].sentence_count;
    members *m = &g->side[side];
    m->first = FSC_NEW_N(w->scratch, uint32_t, (size_t)g->ids + 3);
    m->item = fsc_arena_alloc(w->arena, ((size_t)n + 1) * sizeof *m->item);
    if (!m->first || !m->item)
        return false;
    // counted two places on and filled one place on, so that first[id] is a start when all is done
    for (uint32_t i = 0; i < n; i++)
        m->first[w->link[side][i] + 2]++;
    for (uint32_t id = 0; id <= g->ids; id++)
        m->first[id + 1] += m->first[id];
    for (uint32_t i = 0; i < n; i++)
        m->item[m->first[w->link[side][i] + 1]++] = i;
    return true;
}

static uint32_t size_of(const grouper *g, int side, uint32_t id)
{
    return g->side[side].first[id + 1] - g->side[side].first[id];
}

static uint32_t first_of(const grouper *g, int side, uint32_t id)
{
    return g->side[side].item[g->side[side].first[id]];
}

// Which links keep their order: the chain with most tokens.
static bool find_order(grouper *g)
{
    rev_work *w = g->w;
    uint32_t n = w->side[0].sentence_count, count = 0;
    uint32_t *room = fsc_arena_alloc(w->scratch, 3 * ((size_t)n + 1) * sizeof *room);
    bool *chosen = fsc_arena_alloc(w->scratch, (size_t)n + 1);
    g->in_order = FSC_NEW_N(w->scratch, bool, (size_t)g->ids + 1);
    if (!room || !chosen || !g->in_order)
        return false;
    uint32_t *id = room, *b = room + n, *weight = room + 2 * (size_t)n;
    for (uint32_t i = 0; i < n; i++) {
        if (w->link[0][i] != i || !size_of(g, 1, i))
            continue;
        const rev_range *r = &w->side[0].sentence[i];
        id[count] = i;
        b[count] = first_of(g, 1, i);
        weight[count++] = r->end - r->first + 1;
    }
    if (!fsc_rev_chain(chosen, b, weight, count, w->scratch))
        return false;
    for (uint32_t k = 0; k < count; k++)
        g->in_order[id[k]] = chosen[k];
    return true;
}

static int by_place(const void *x, const void *y)
{
    const slot *a = x, *b = y;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

// Links stand at their first sentence of B; what was deleted behind the kept sentence before it.
static bool order_slots(grouper *g)
{
    rev_work *w = g->w;
    uint64_t before = 0;
    g->slot = fsc_arena_alloc(w->scratch, ((size_t)g->ids + 1) * sizeof *g->slot);
    if (!g->slot)
        return false;
    for (uint32_t i = 0; i < w->side[0].sentence_count; i++) {
        if (w->link[0][i] != i)
            continue;
        if (size_of(g, 1, i)) {
            uint64_t place = 2 * (uint64_t)first_of(g, 1, i) + 1;
            g->slot[g->slot_count++] = (slot){place, i};
            before = g->in_order[i] ? place + 1 : before;
        } else {
            g->slot[g->slot_count++] = (slot){before, i};
        }
    }
    for (uint32_t j = 0; j < w->side[1].sentence_count; j++)
        if (w->link[1][j] >= w->side[0].sentence_count)
            g->slot[g->slot_count++] = (slot){2 * (uint64_t)j + 1, w->link[1][j]};
    qsort(g->slot, g->slot_count, sizeof *g->slot, by_place);
    return true;
}

static bool same_sentence(const rev_work *w, uint32_t i, uint32_t j)
{
    const fsc_sentence *a = &w->side[0].unit[i], *b = &w->side[1].unit[j];
    return a->end - a->start == b->end - b->start &&
           memcmp(w->side[0].text->bytes.data + a->start, w->side[1].text->bytes.data + b->start, a->end - a->start) ==
               0;
}

static fsc_pair_kind kind_of(const grouper *g, uint32_t id)
{
    uint32_t n = size_of(g, 0, id), m = size_of(g, 1, id);
    if (!n || !m)
        return n ? FSC_PAIR_DELETED : FSC_PAIR_ADDED;
    if (m > 1)
        return FSC_PAIR_SPLIT;
    if (n > 1)
        return FSC_PAIR_MERGED;
    if (!g->in_order[id])
        return FSC_PAIR_MOVED;
    return same_sentence(g->w, first_of(g, 0, id), first_of(g, 1, id)) ? FSC_PAIR_SAME : FSC_PAIR_EDITED;
}

static bool write_pairs(grouper *g)
{
    fsc_delta *out = g->w->out;
    out->sentence = fsc_arena_alloc(g->w->arena, ((size_t)g->slot_count + 1) * sizeof *out->sentence);
    if (!out->sentence)
        return false;
    for (uint32_t k = 0; k < g->slot_count; k++) {
        uint32_t id = g->slot[k].id, n = size_of(g, 0, id), m = size_of(g, 1, id);
        out->sentence[k] = (fsc_sentence_pair){
            .kind = kind_of(g, id),
            .a = g->side[0].item + g->side[0].first[id],
            .b = g->side[1].item + g->side[1].first[id],
            .a_count = n,
            .b_count = m,
        };
    }
    out->sentence_count = g->slot_count;
    return true;
}

// ---------------------------------------------------------------- groups

// Short texts (a headline, a post) are judged as one whole: what left one sentence may have entered another.
enum { SHORT_TEXT = 3 };

static bool is_changed(const rev_work *w, const fsc_sentence_pair *p)
{
    if (p->kind == FSC_PAIR_MOVED)
        return !same_sentence(w, p->a[0], p->b[0]);
    return p->kind != FSC_PAIR_SAME;
}

static uint32_t *count_up(rev_work *w, uint32_t count)
{
    uint32_t *list = fsc_arena_alloc(w->scratch, ((size_t)count + 1) * sizeof *list);
    for (uint32_t i = 0; list && i < count; i++)
        list[i] = i;
    return list;
}

static bool group_whole(rev_work *w)
{
    uint32_t n = w->side[0].sentence_count, m = w->side[1].sentence_count;
    const uint32_t *a = count_up(w, n), *b = count_up(w, m);
    w->group = fsc_arena_alloc(w->scratch, sizeof *w->group);
    if (!a || !b || !w->group)
        return false;
    bool changed = n != m;
    for (size_t k = 0; k < w->out->sentence_count; k++)
        changed |= w->out->sentence[k].kind != FSC_PAIR_SAME;
    fsc_pair_kind kind = n && m ? FSC_PAIR_EDITED : n ? FSC_PAIR_DELETED : FSC_PAIR_ADDED;
    w->group[0] = (rev_group){a, b, n, m, changed ? kind : FSC_PAIR_SAME, changed};
    w->group_count = n || m;
    return true;
}

static bool is_single(fsc_pair_kind kind)
{
    return kind == FSC_PAIR_ADDED || kind == FSC_PAIR_DELETED;
}

static bool same_whole(const rev_side *s, uint32_t unit)
{
    const fsc_sentence *u = &s->unit[unit];
    return unit > 0 && fsc_text_sentence_at(s->text, u[-1].start) == fsc_text_sentence_at(s->text, u->start);
}

// Pair p goes on with the sentence of the pair before it, on both sides.
static bool goes_on(const rev_work *w, const fsc_sentence_pair *p)
{
    const fsc_sentence_pair *before = p - 1;
    return !is_single(p->kind) && p->a[0] == before->a[before->a_count - 1] + 1 &&
           p->b[0] == before->b[before->b_count - 1] + 1 && same_whole(&w->side[0], p->a[0]) &&
           same_whole(&w->side[1], p->b[0]);
}

// Where the group that starts with pair k ends: a run of added and deleted sentences, or the units of one sentence.
static size_t group_end(const rev_work *w, size_t k)
{
    const fsc_sentence_pair *p = w->out->sentence;
    size_t end = k + 1, count = w->out->sentence_count;
    if (is_single(p[k].kind))
        while (end < count && is_single(p[end].kind))
            end++;
    else
        while (end < count && goes_on(w, &p[end]))
            end++;
    return end;
}

// Pairs [k, end) as one group: its lists are gathered into `room`.
static rev_group gather(const rev_work *w, size_t k, size_t end, uint32_t *room)
{
    const fsc_sentence_pair *p = w->out->sentence;
    rev_group g = {room, NULL, 0, 0, p[k].kind, false};
    for (size_t x = k; x < end; x++) {
        for (uint32_t i = 0; i < p[x].a_count; i++)
            room[g.a_count++] = p[x].a[i];
        g.changed |= is_changed(w, &p[x]);
    }
    g.b = room + g.a_count;
    for (size_t x = k; x < end; x++)
        for (uint32_t i = 0; i < p[x].b_count; i++)
            room[g.a_count + g.b_count++] = p[x].b[i];
    if (!g.a_count || !g.b_count)
        g.kind = g.a_count ? FSC_PAIR_DELETED : FSC_PAIR_ADDED;
    else if (end > k + 1)
        g.kind = g.changed ? FSC_PAIR_EDITED : FSC_PAIR_SAME;
    return g;
}

static bool group_pairs(rev_work *w)
{
    size_t count = w->out->sentence_count;
    size_t units = (size_t)w->side[0].sentence_count + w->side[1].sentence_count;
    w->group = fsc_arena_alloc(w->scratch, (count + 1) * sizeof *w->group);
    uint32_t *room = fsc_arena_alloc(w->scratch, (units + 1) * sizeof *room);
    if (!w->group || !room)
        return false;
    for (size_t k = 0, end; k < count; k = end) {
        end = group_end(w, k);
        rev_group g = gather(w, k, end, room);
        room += g.a_count + g.b_count;
        w->group[w->group_count++] = g;
    }
    return true;
}

static bool name_groups(rev_work *w)
{
    for (int k = 0; k < 2; k++) {
        w->group_of[k] = fsc_arena_alloc(w->scratch, ((size_t)w->side[k].sentence_count + 1) * sizeof(uint32_t));
        if (!w->group_of[k])
            return false;
    }
    for (uint32_t g = 0; g < w->group_count; g++) {
        for (uint32_t x = 0; x < w->group[g].a_count; x++)
            w->group_of[0][w->group[g].a[x]] = g;
        for (uint32_t x = 0; x < w->group[g].b_count; x++)
            w->group_of[1][w->group[g].b[x]] = g;
    }
    return true;
}

bool fsc_rev_group(rev_work *w)
{
    grouper g = {.w = w, .ids = w->side[0].sentence_count + w->side[1].sentence_count};
    if (!fill_members(&g, 0) || !fill_members(&g, 1) || !find_order(&g) || !order_slots(&g) || !write_pairs(&g))
        return false;
    w->is_short = w->side[0].text->sentence_count <= SHORT_TEXT && w->side[1].text->sentence_count <= SHORT_TEXT;
    return (w->is_short ? group_whole(w) : group_pairs(w)) && name_groups(w);
}
