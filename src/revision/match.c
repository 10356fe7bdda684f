// In-order matches: trim, equal sentences, then box by box: weighed on a grid when small, else cut in pieces.
#include "revision/revision_p.h"

// A grid of this many cells takes below a millisecond.
#define GRID_CELLS (1u << 16)
// Basic steps of one comparison, some tenths of a second; then what is left stays unmatched.
#define BUDGET 100000000u

static void trim(rev_work *w, rev_box *box)
{
    const uint32_t *a = w->side[0].free_key, *b = w->side[1].free_key;
    while (box->a0 < box->a1 && box->b0 < box->b1 && a[box->a0] == b[box->b0]) {
        fsc_rev_tie(w, box->a0, box->b0);
        box->a0++, box->b0++;
    }
    while (box->a0 < box->a1 && box->b0 < box->b1 && a[box->a1 - 1] == b[box->b1 - 1]) {
        box->a1--, box->b1--;
        fsc_rev_tie(w, box->a1, box->b1);
    }
}

static uint32_t keep_shared(rev_work *w, int side, rev_range range)
{
    rev_side *s = &w->side[side];
    uint32_t n = 0;
    for (uint32_t i = range.first; i < range.end; i++)
        if (w->seen[s->free_key[i]] == 3)
            s->filtered[n++] = i;
    return n;
}

// Leaves in `filtered` the tokens of the box whose key stands on both sides of it.
static void filter(rev_work *w, const rev_box *box, uint32_t *n, uint32_t *m)
{
    const uint32_t *a = w->side[0].free_key, *b = w->side[1].free_key;
    for (uint32_t i = box->a0; i < box->a1; i++)
        w->seen[a[i]] |= 1;
    for (uint32_t j = box->b0; j < box->b1; j++)
        w->seen[b[j]] |= 2;
    *n = keep_shared(w, 0, (rev_range){box->a0, box->a1});
    *m = keep_shared(w, 1, (rev_range){box->b0, box->b1});
    for (uint32_t i = box->a0; i < box->a1; i++)
        w->seen[a[i]] = 0;
    for (uint32_t j = box->b0; j < box->b1; j++)
        w->seen[b[j]] = 0;
}

typedef struct balance {
    uint32_t kept, total;
} balance;

// Adds what stands around the box in the same sentences.
static void add_around(const rev_side *s, rev_range range, balance *sum)
{
    enum { REACH = 64 };
    for (uint32_t k = 1; k <= REACH && range.first >= k; k++) {
        uint32_t i = range.first - k;
        if (s->of[i] == REV_NONE || s->of[i] != s->of[range.first])
            break;
        sum->total += s->weight[i];
        sum->kept += s->match[i] != REV_NONE ? s->weight[i] : 0;
    }
    for (uint32_t i = range.end; i < s->count && i < range.end + REACH; i++) {
        if (s->of[i] == REV_NONE || s->of[i] != s->of[range.end - 1])
            break;
        sum->total += s->weight[i];
        sum->kept += s->match[i] != REV_NONE ? s->weight[i] : 0;
    }
}

static double share_kept(const rev_work *w, const rev_box *box, uint32_t n, uint32_t m)
{
    balance sum = {0, 0};
    rev_range range[2] = {{box->a0, box->a1}, {box->b0, box->b1}};
    uint32_t kept[2] = {n, m};
    for (int k = 0; k < 2; k++) {
        const rev_side *s = &w->side[k];
        for (uint32_t i = range[k].first; i < range[k].end; i++)
            sum.total += s->weight[i];
        for (uint32_t i = 0; i < kept[k]; i++)
            sum.kept += s->weight[s->filtered[i]];
        add_around(s, range[k], &sum);
    }
    return sum.total ? (double)sum.kept / sum.total : 0;
}

// Copies the keys of the filtered tokens, so that the search runs over plain arrays.
static uint32_t *keys_of(rev_work *w, int side, uint32_t n)
{
    const rev_side *s = &w->side[side];
    if (!w->plain[side])
        w->plain[side] = fsc_arena_alloc(w->scratch, ((size_t)s->count + 1) * sizeof *w->plain[side]);
    if (w->plain[side])
        for (uint32_t i = 0; i < n; i++)
            w->plain[side][i] = s->free_key[s->filtered[i]];
    return w->plain[side];
}

// Where a place among the filtered tokens is in the box.
static rev_cut token_at(const rev_work *w, const rev_box *box, rev_cut filtered, uint32_t n, uint32_t m)
{
    return (rev_cut){filtered.a < n ? w->side[0].filtered[filtered.a] : box->a1,
                     filtered.b < m ? w->side[1].filtered[filtered.b] : box->b1, false};
}

// Cuts a box at the middle of its best path. Where the search is stopped first, what it reached is cut off and the
// search goes on from there, so that the whole box costs one pass.
static bool cut_box(rev_work *w, rev_box box, uint32_t n, uint32_t m, rev_boxes *out)
{
    const uint32_t *a = keys_of(w, 0, n), *b = keys_of(w, 1, m);
    rev_cut at = {0, 0, true};
    if (!a || !b)
        return false;
    // with equal ends tied two differences or more are left between them, so that a middle is inside the box
    rev_cut end = {n, m, false};
    while (end.a > 0 && end.b > 0 && a[end.a - 1] == b[end.b - 1])
        fsc_rev_tie(w, w->side[0].filtered[--end.a], w->side[1].filtered[--end.b]);
    while (at.cut_short && at.a < end.a && at.b < end.b) {
        rev_cut cut, from = token_at(w, &box, at, n, m);
        if (a[at.a] == b[at.b]) {
            fsc_rev_tie(w, w->side[0].filtered[at.a++], w->side[1].filtered[at.b++]);
            continue;
        }
        if (!fsc_rev_middle(&cut, w, a + at.a, end.a - at.a, b + at.b, end.b - at.b))
            return false;
        at = (rev_cut){at.a + cut.a, at.b + cut.b, cut.cut_short};
        w->approximate |= cut.cut_short;
        rev_cut to = token_at(w, &box, at, n, m);
        if (!fsc_vec_push(w->scratch, out, (rev_box){from.a, to.a, from.b, to.b}))
            return false;
    }
    rev_cut first = token_at(w, &box, at, n, m), last = token_at(w, &box, end, n, m);
    return first.a >= last.a || first.b >= last.b ||
           fsc_vec_push(w->scratch, out, (rev_box){first.a, last.a, first.b, last.b});
}

static bool solve_box(rev_work *w, rev_box box, rev_boxes *todo)
{
    uint32_t n, m;
    trim(w, &box);
    if (box.a0 == box.a1 || box.b0 == box.b1)
        return true;
    uint64_t size = (uint64_t)(box.a1 - box.a0) + (box.b1 - box.b0);
    if (w->budget < size) {
        w->approximate = true;
        return true;
    }
    w->budget -= size;
    filter(w, &box, &n, &m);
    if (!n || !m)
        return true;
    if ((uint64_t)n * m <= GRID_CELLS)
        return fsc_rev_weigh(w, n, m, fsc_rev_price(share_kept(w, &box, n, m)));
    bool found = false;
    if (!fsc_rev_split_rare(&found, w, box, n, m, todo))
        return false;
    return found || cut_box(w, box, n, m, todo);
}

// A stop that both texts happen to end in is left to its sentence, which may have moved.
static void give_back_stops(rev_work *w, rev_box *box)
{
    const rev_side *a = &w->side[0], *b = &w->side[1];
    uint32_t n = 0;
    while (box->a1 + n < a->count && a->weight[box->a1 + n] == REV_WEIGHT_MARK && box->a1 > 0 && box->b1 > 0 &&
           a->of[box->a1 + n] == a->of[box->a1 - 1] && b->of[box->b1 + n] == b->of[box->b1 - 1])
        n++;
    if (box->a1 + n < a->count && a->of[box->a1 + n] == a->of[box->a1 - 1])
        return;
    for (uint32_t k = 0; k < n; k++)
        w->side[0].match[box->a1 + k] = w->side[1].match[box->b1 + k] = REV_NONE;
    box->a1 += n;
    box->b1 += n;
}

bool fsc_rev_match(rev_work *w)
{
    rev_box whole = {0, w->side[0].count, 0, w->side[1].count};
    rev_boxes todo = {0};
    w->budget = BUDGET;
    trim(w, &whole);
    if (whole.a0 == whole.a1 || whole.b0 == whole.b1)
        return true;
    give_back_stops(w, &whole);
    if (!fsc_rev_anchor(w, whole, &todo))
        return false;
    while (todo.len)
        if (!solve_box(w, todo.data[--todo.len], &todo))
            return false;
    return true;
}
