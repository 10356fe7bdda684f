// In-order matches by weight: each matched token earns its weight, each run of matches costs a price, so that a
// function word may extend a match but does not found one. Affine alignment after Gotoh (1982).
#include "revision/revision_p.h"

enum { FROM_LEFT = 0, FROM_ABOVE = 1, FROM_MATCH = 2, FROM_MASK = 3, EXTENDS = 4 };
#define IMPOSSIBLE (INT32_MIN / 2)

int fsc_rev_price(double share)
{
    return share >= 0.8 ? 1 : share >= 0.7 ? 3 : share >= 0.5 ? 5 : 7;
}

typedef struct grid {
    rev_work *w;
    const uint32_t *fa, *fb;
    uint32_t n, m;
    uint8_t *trace;        // n * m cells
    int32_t *match, *best; // rows of m + 1, rolling
    int price;
} grid;

static int earned(const rev_work *w, uint32_t i, uint32_t j)
{
    int weight = w->side[0].weight[i];
    if (w->side[1].weight[j] < weight)
        weight = w->side[1].weight[j];
    // The same bytes beat the same folded form where there is a choice.
    return weight * 4 - !fsc_rev_same_bytes(w, i, j);
}

static void weigh_row(grid *g, uint32_t r)
{
    const rev_work *w = g->w;
    const uint32_t *kb = w->side[1].key;
    uint32_t i = g->fa[r], key = w->side[0].key[i];
    bool follows = r > 0 && g->fa[r - 1] + 1 == i;
    int32_t match_before = IMPOSSIBLE, best_before = 0;
    uint8_t *trace = g->trace + (size_t)r * g->m;
    for (uint32_t c = 0; c < g->m; c++) {
        int32_t match_above = g->match[c + 1], best_above = g->best[c + 1], here = IMPOSSIBLE;
        uint8_t how = 0;
        if (kb[g->fb[c]] == key) {
            bool extends = follows && c > 0 && g->fb[c - 1] + 1 == g->fb[c];
            int32_t opened = best_before - g->price, extended = extends ? match_before : IMPOSSIBLE;
            how = extended >= opened ? EXTENDS : 0;
            here = earned(w, i, g->fb[c]) + (extended >= opened ? extended : opened);
        }
        int32_t best = g->best[c];
        if (best_above > best) {
            best = best_above;
            how |= FROM_ABOVE;
        }
        if (here > best) {
            best = here;
            how = (uint8_t)((how & EXTENDS) | FROM_MATCH);
        }
        match_before = match_above;
        best_before = best_above;
        g->match[c + 1] = here;
        g->best[c + 1] = best;
        trace[c] = how;
    }
}

static void trace_back(const grid *g)
{
    uint32_t r = g->n, c = g->m;
    bool in_run = false;
    while (r > 0 && c > 0) {
        uint8_t how = g->trace[(size_t)(r - 1) * g->m + c - 1];
        if (in_run || (how & FROM_MASK) == FROM_MATCH) {
            r--, c--;
            fsc_rev_tie(g->w, g->fa[r], g->fb[c]);
            in_run = how & EXTENDS;
        } else if ((how & FROM_MASK) == FROM_ABOVE) {
            r--;
        } else {
            c--;
        }
    }
}

// The grid is the largest buffer of a comparison and is needed thousands of times: one is kept and grown.
static bool reserve(rev_work *w, size_t cells, size_t row)
{
    if (cells > w->trace_room) {
        w->trace = fsc_arena_alloc(w->scratch, cells * 2);
        w->trace_room = w->trace ? cells * 2 : 0;
    }
    if (row > w->row_room) {
        w->row = fsc_arena_alloc(w->scratch, row * 2 * sizeof *w->row);
        w->row_room = w->row ? row * 2 : 0;
    }
    return w->trace && w->row;
}

bool fsc_rev_weigh(rev_work *w, uint32_t n, uint32_t m, int price)
{
    size_t width = (size_t)m + 1;
    if (!n || !m)
        return true;
    if (!reserve(w, (size_t)n * m, width * 2))
        return false;
    grid g = {w, w->side[0].filtered, w->side[1].filtered, n, m, w->trace, w->row, w->row + width, price * 4};
    for (uint32_t c = 0; c <= m; c++) {
        g.match[c] = IMPOSSIBLE;
        g.best[c] = 0;
    }
    for (uint32_t r = 0; r < n; r++)
        weigh_row(&g, r);
    trace_back(&g);
    return true;
}
