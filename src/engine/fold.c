#include <stdlib.h>

#include "engine/group_p.h"

// Copies and near-copies among the units of one group. A unit is compared with earlier ones that share one of its smallest hashes, at most
// PEERS a hash, so that a phrase which every page repeats does not make the work quadratic.

enum { INDEXED = 8, PEERS = 16 };
static const double least_resemblance = 0.8;

double fsc_sketch_resemblance(const fsc_sketch *a, const fsc_sketch *b)
{
    uint32_t i = 0, j = 0, all = 0, shared = 0, wanted = a->count < b->count ? a->count : b->count;
    // the smallest of the union, as many as the smaller sketch holds: beyond that one of the two is not known
    while (all < wanted && i < a->count && j < b->count) {
        uint32_t x = a->value[i], y = b->value[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
        all++;
    }
    return all ? (double)shared / (double)all : 0;
}

static int by_content(const void *a, const void *b)
{
    const fsc_unit_head *x = *(const fsc_unit_head *const *)a, *y = *(const fsc_unit_head *const *)b;
    if (x->content != y->content)
        return x->content < y->content ? -1 : 1;
    return (x->document > y->document) - (x->document < y->document);
}

typedef struct peers {
    uint32_t count, unit[PEERS];
} peers;

typedef struct folding {
    fsc_arena arena;
    fsc_map exact, hash;            // content -> unit; hash of a sketch -> list of peers
    fsc_vec(peers) list;
    const fsc_group *g;
} folding;

static fsc_view bytes_of(const void *p, size_t size)
{
    return fsc_view_of(p, size);
}

static bool is_near_copy(const folding *f, const fsc_unit_head *u)
{
    for (uint32_t i = 0; i < u->sketch.count && i < INDEXED; i++) {
        const uint32_t *at = fsc_map_get(&f->hash, bytes_of(&u->sketch.value[i], sizeof u->sketch.value[i]));
        for (uint32_t k = 0; at && k < f->list.data[*at].count; k++)
            if (fsc_sketch_resemblance(&f->g->unit[f->list.data[*at].unit[k]]->sketch, &u->sketch) >= least_resemblance)
                return true;
    }
    return false;
}

// makes a kept unit known to those behind it
static bool index_unit(folding *f, const fsc_unit_head *u, uint32_t place)
{
    for (uint32_t i = 0; i < u->sketch.count && i < INDEXED; i++) {
        bool is_new;
        uint32_t *at = fsc_map_put(&f->hash, bytes_of(&u->sketch.value[i], sizeof u->sketch.value[i]), (uint32_t)f->list.len, &is_new);
        if (!at || (is_new && !fsc_vec_push(&f->arena, &f->list, (peers){0})))
            return false;
        peers *p = &f->list.data[*at];
        if (p->count < PEERS)
            p->unit[p->count++] = place;
    }
    return true;
}

int fsc_units_order(fsc_group *g, bool fold, fsc_err *err)
{
    if (g->unit_count)
        qsort(g->unit, g->unit_count, sizeof *g->unit, by_content);
    if (!fold)
        return 0;
    folding f = {.g = g};
    size_t kept = 0;
    bool ok = true;
    fsc_arena_init(&f.arena, NULL);
    fsc_map_init(&f.exact, &f.arena);
    fsc_map_init(&f.hash, &f.arena);
    for (size_t i = 0; i < g->unit_count && ok; i++) {
        const fsc_unit_head *u = g->unit[i];
        bool is_new;
        ok = fsc_map_put(&f.exact, bytes_of(&u->content, sizeof u->content), 0, &is_new) != NULL;
        if (!ok || !is_new || is_near_copy(&f, u))
            continue;
        g->unit[kept] = u;
        ok = index_unit(&f, u, (uint32_t)kept++);
    }
    g->unit_count = kept;
    fsc_arena_release(&f.arena);
    return ok ? 0 : fsc_err_nomem(err);
}
