#include <stdlib.h>

#include "engine/group_p.h"

// Copies and near-copies among the units of one group.

static int by_content(const void *a, const void *b)
{
    const fsc_unit_head *x = *(const fsc_unit_head *const *)a, *y = *(const fsc_unit_head *const *)b;
    if (x->content != y->content)
        return x->content < y->content ? -1 : 1;
    return (x->document > y->document) - (x->document < y->document);
}

int fsc_units_order(fsc_group *g, bool fold, fsc_err *err)
{
    if (g->unit_count)
        qsort(g->unit, g->unit_count, sizeof *g->unit, by_content);
    if (!fold)
        return 0;
    fsc_arena arena;
    fsc_near near;
    size_t kept = 0;
    bool ok = true;
    fsc_arena_init(&arena, NULL);
    fsc_near_init(&near, &arena);
    for (size_t i = 0; i < g->unit_count && ok; i++) {
        const fsc_unit_head *u = g->unit[i];
        if (fsc_near_find(&near, &u->content, &u->sketch) != FSC_NONE)
            continue;
        ok = fsc_near_add(&near, &u->content, &u->sketch, (uint32_t)kept);
        g->unit[kept++] = u;
    }
    g->unit_count = kept;
    fsc_arena_release(&arena);
    return ok ? 0 : fsc_err_nomem(err);
}
