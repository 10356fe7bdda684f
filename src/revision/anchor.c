// Sentences that stand once on each side and are equal hold the rest in place.
#include "revision/revision_p.h"

typedef struct entry {
    uint64_t hash; // 0: free
    uint32_t a, b; // sentence on each side
    uint8_t a_count, b_count;
} entry;

typedef struct table {
    entry *slot;
    uint32_t mask;
} table;

typedef struct anchors {
    uint32_t *a, *b, *weight; // sentences, in the order of A
    bool *chosen;
    uint32_t count;
} anchors;

uint64_t fsc_rev_hash_unit(const rev_side *s, uint32_t unit)
{
    rev_range r = s->sentence[unit];
    uint64_t h = fsc_rev_hash_keys(s->key + r.first, r.end - r.first);
    return h ? h : 1;
}

static entry *find(table *t, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 20) & t->mask;
    while (t->slot[at].hash && t->slot[at].hash != hash)
        at = (at + 1) & t->mask;
    return &t->slot[at];
}

static bool inside(rev_range r, uint32_t first, uint32_t end)
{
    return r.first >= first && r.end <= end && r.first < r.end;
}

static bool fill(table *t, const rev_work *w, rev_box box)
{
    const rev_side *a = &w->side[0], *b = &w->side[1];
    uint32_t size = 16;
    while (size < 2 * ((uint64_t)a->sentence_count + b->sentence_count))
        size *= 2;
    t->slot = FSC_NEW_N(w->scratch, entry, size);
    t->mask = size - 1;
    if (!t->slot)
        return false;
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        if (!inside(a->sentence[i], box.a0, box.a1))
            continue;
        uint64_t hash = fsc_rev_hash_unit(a, i);
        entry *e = find(t, hash);
        e->hash = hash;
        e->a = i;
        e->a_count = e->a_count < 2 ? e->a_count + 1 : 2;
    }
    for (uint32_t j = 0; j < b->sentence_count; j++) {
        if (!inside(b->sentence[j], box.b0, box.b1))
            continue;
        entry *e = find(t, fsc_rev_hash_unit(b, j));
        if (!e->hash)
            continue;
        e->b = j;
        e->b_count = e->b_count < 2 ? e->b_count + 1 : 2;
    }
    return true;
}

bool fsc_rev_equal_units(const rev_work *w, uint32_t i, uint32_t j)
{
    rev_range a = w->side[0].sentence[i], b = w->side[1].sentence[j];
    return a.end - a.first == b.end - b.first &&
           memcmp(w->side[0].key + a.first, w->side[1].key + b.first, (a.end - a.first) * sizeof(uint32_t)) == 0;
}

static bool collect(anchors *out, table *t, const rev_work *w, rev_box box)
{
    const rev_side *a = &w->side[0];
    uint32_t *room = fsc_arena_alloc(w->scratch, 3 * ((size_t)a->sentence_count + 1) * sizeof *room);
    out->chosen = fsc_arena_alloc(w->scratch, (size_t)a->sentence_count + 1);
    if (!room || !out->chosen)
        return false;
    out->a = room;
    out->b = room + a->sentence_count;
    out->weight = room + 2 * (size_t)a->sentence_count;
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        if (!inside(a->sentence[i], box.a0, box.a1))
            continue;
        const entry *e = find(t, fsc_rev_hash_unit(a, i));
        if (e->a_count != 1 || e->b_count != 1 || !fsc_rev_equal_units(w, i, e->b))
            continue;
        out->a[out->count] = i;
        out->b[out->count] = e->b;
        out->weight[out->count++] = a->sentence[i].end - a->sentence[i].first;
    }
    return true;
}

bool fsc_rev_is_movable(const rev_side *s, rev_range r)
{
    uint32_t words = 0, content = 0;
    for (uint32_t i = r.first; i < r.end; i++) {
        words += s->weight[i] > REV_WEIGHT_MARK;
        content += s->weight[i] >= REV_WEIGHT_CONTENT;
    }
    return words >= 3 && content >= 1;
}

// Copies the keys of both sides before some are blocked.
static bool own_keys(rev_work *w)
{
    for (int k = 0; k < 2; k++) {
        rev_side *s = &w->side[k];
        if (s->free_key != s->key)
            continue;
        s->free_key = fsc_arena_alloc(w->scratch, ((size_t)s->count + 1) * sizeof *s->free_key);
        if (!s->free_key)
            return false;
        memcpy(s->free_key, s->key, s->count * sizeof *s->key);
    }
    return true;
}

static bool mark_moved(rev_work *w, uint32_t i, uint32_t j)
{
    rev_range a = w->side[0].sentence[i], b = w->side[1].sentence[j];
    if (!fsc_rev_is_movable(&w->side[0], a))
        return true;
    if (!own_keys(w))
        return false;
    for (uint32_t k = 0; k < a.end - a.first; k++) {
        w->side[0].move[a.first + k] = b.first + k;
        w->side[1].move[b.first + k] = a.first + k;
        w->side[0].free_key[a.first + k] = w->key_count;
        w->side[1].free_key[b.first + k] = w->key_count + 1;
    }
    return true;
}

bool fsc_rev_anchor(rev_work *w, rev_box box, rev_boxes *out)
{
    table t;
    anchors found = {0};
    if (w->side[0].sentence_count < 2 || w->side[1].sentence_count < 2)
        return fsc_vec_push(w->scratch, out, box);
    if (!fill(&t, w, box) || !collect(&found, &t, w, box) ||
        !fsc_rev_chain(found.chosen, found.b, found.weight, found.count, w->scratch))
        return false;
    for (uint32_t k = 0; k < found.count; k++) {
        rev_range a = w->side[0].sentence[found.a[k]], b = w->side[1].sentence[found.b[k]];
        if (!found.chosen[k]) {
            if (!mark_moved(w, found.a[k], found.b[k]))
                return false;
            continue;
        }
        for (uint32_t i = 0; i < a.end - a.first; i++)
            fsc_rev_tie(w, a.first + i, b.first + i);
        if (box.a0 < a.first && box.b0 < b.first &&
            !fsc_vec_push(w->scratch, out, (rev_box){box.a0, a.first, box.b0, b.first}))
            return false;
        box.a0 = a.end;
        box.b0 = b.end;
    }
    return box.a0 == box.a1 || box.b0 == box.b1 || fsc_vec_push(w->scratch, out, box);
}

uint64_t fsc_rev_hash_keys(const uint32_t *key, uint32_t count)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ count;
    for (uint32_t i = 0; i < count; i++)
        h = ((h << 5 | h >> 59) ^ key[i]) * 0x9FB21C651E98DF25u;
    return h ^ h >> 29;
}
