// Heaviest rising chain: a Fenwick tree over ranks of b holds the best chain that ends at or below a rank.
#include <stdlib.h>

#include "revision/revision_p.h"

typedef struct link {
    uint64_t total;  // weight of the best chain that ends here
    uint32_t before; // pair before it in that chain, or REV_NONE
} link;

static int by_value(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

static uint32_t rank_of(const uint32_t *sorted, uint32_t count, uint32_t value)
{
    uint32_t low = 0;
    while (count > 1) {
        uint32_t half = count / 2;
        if (sorted[low + half] <= value)
            low += half;
        count -= half;
    }
    return low + (sorted[low] == value);
}

static uint32_t best_below(const uint32_t *tree, const link *links, uint32_t rank)
{
    uint32_t best = REV_NONE;
    for (; rank > 0; rank &= rank - 1)
        if (tree[rank] != REV_NONE && (best == REV_NONE || links[tree[rank]].total > links[best].total))
            best = tree[rank];
    return best;
}

static void put(uint32_t *tree, const link *links, uint32_t size, uint32_t rank, uint32_t pair)
{
    for (; rank <= size; rank += rank & -rank)
        if (tree[rank] == REV_NONE || links[pair].total > links[tree[rank]].total)
            tree[rank] = pair;
}

bool fsc_rev_chain(bool *chosen, const uint32_t *b, const uint32_t *weight, uint32_t count, fsc_arena *scratch)
{
    uint32_t *sorted = fsc_arena_alloc(scratch, ((size_t)count + 1) * sizeof *sorted);
    uint32_t *tree = fsc_arena_alloc(scratch, ((size_t)count + 1) * sizeof *tree);
    link *links = fsc_arena_alloc(scratch, ((size_t)count + 1) * sizeof *links);
    if (!sorted || !tree || !links)
        return false;
    if (count)
        memcpy(sorted, b, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_value);
    memset(tree, 0xFF, ((size_t)count + 1) * sizeof *tree);
    uint32_t best = REV_NONE;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t rank = rank_of(sorted, count, b[k]);
        uint32_t before = best_below(tree, links, rank - 1);
        links[k] = (link){weight[k] + (before == REV_NONE ? 0 : links[before].total), before};
        put(tree, links, count, rank, k);
        if (best == REV_NONE || links[k].total > links[best].total)
            best = k;
        chosen[k] = false;
    }
    for (; best != REV_NONE; best = links[best].before)
        chosen[best] = true;
    return true;
}
