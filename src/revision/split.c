// Cutting a box that is too large for the grid of weigh.c.
#include "revision/revision_p.h"

// ---------------------------------------------------------------- middle snake (Myers 1986), bounded

typedef struct frontier {
    int32_t *x; // furthest x on each diagonal; index is the diagonal + bias
    int32_t bias;
} frontier;

typedef struct search {
    const uint32_t *a, *b;
    int32_t n, m, delta;
    frontier ahead, back; // back counts from the ends
} search;

static int32_t low_of(int32_t d, int32_t m)
{
    return d <= m ? -d : d - 2 * m;
}

static int32_t high_of(int32_t d, int32_t n)
{
    return d <= n ? d : 2 * n - d;
}

static int32_t first_x(const frontier *f, int32_t k, int32_t d)
{
    const int32_t *x = f->x + f->bias;
    return k == -d || (k != d && x[k - 1] < x[k + 1]) ? x[k + 1] : x[k - 1] + 1;
}

// One step of the search from the front; true when it meets the one from the back.
static bool step_ahead(search *s, int32_t d, rev_cut *out)
{
    for (int32_t k = low_of(d, s->m); k <= high_of(d, s->n); k += 2) {
        int32_t x = first_x(&s->ahead, k, d), y = x - k;
        while (x < s->n && y < s->m && s->a[x] == s->b[y])
            x++, y++;
        s->ahead.x[s->ahead.bias + k] = x;
        int32_t mirror = s->delta - k;
        if ((s->delta & 1) && mirror > -d && mirror < d && x + s->back.x[s->back.bias + mirror] >= s->n) {
            *out = (rev_cut){(uint32_t)x, (uint32_t)y, false};
            return true;
        }
    }
    return false;
}

static bool step_back(search *s, int32_t d, rev_cut *out)
{
    for (int32_t k = low_of(d, s->m); k <= high_of(d, s->n); k += 2) {
        int32_t x = first_x(&s->back, k, d), y = x - k;
        while (x < s->n && y < s->m && s->a[s->n - 1 - x] == s->b[s->m - 1 - y])
            x++, y++;
        s->back.x[s->back.bias + k] = x;
        int32_t mirror = s->delta - k;
        if (!(s->delta & 1) && mirror >= -d && mirror <= d && x + s->ahead.x[s->ahead.bias + mirror] >= s->n) {
            *out = (rev_cut){(uint32_t)(s->n - x), (uint32_t)(s->m - y), false};
            return true;
        }
    }
    return false;
}

static int32_t root(uint64_t n)
{
    int32_t r = 0;
    while ((uint64_t)(r + 1) * (uint64_t)(r + 1) <= n)
        r++;
    return r;
}

// How far to search: 4 sqrt(n) + 256, less where the budget would not last for the whole box.
static int32_t bound_of(const rev_work *w, int32_t n, int32_t m)
{
    uint64_t size = (uint64_t)n + (uint64_t)m, afford = w->budget / (size + 1);
    int32_t bound = 4 * root(size) + 256;
    if (afford < 32)
        afford = 32;
    return afford < (uint64_t)bound ? (int32_t)afford : bound;
}

// The point furthest from the start that d steps reached.
static void furthest(const search *s, int32_t d, rev_cut *out)
{
    int64_t best = -1;
    for (int32_t k = low_of(d, s->m); k <= high_of(d, s->n); k += 2) {
        int32_t x = s->ahead.x[s->ahead.bias + k];
        if (x <= s->n && x - k <= s->m && x - k >= 0 && 2 * (int64_t)x - k > best) {
            best = 2 * (int64_t)x - k;
            *out = (rev_cut){(uint32_t)x, (uint32_t)(x - k), true};
        }
    }
}

bool fsc_rev_middle(rev_cut *out, rev_work *w, const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
    search s = {a, b, (int32_t)n, (int32_t)m, (int32_t)n - (int32_t)m, {NULL, 0}, {NULL, 0}};
    int32_t bound = bound_of(w, s.n, s.m), half = (s.n + s.m + 1) / 2;
    if (bound > half)
        bound = half;
    s.ahead.bias = s.back.bias = bound + 1;
    size_t room = 2 * (size_t)bound + 4;
    if (!w->frontier || room > w->frontier_room) {
        w->frontier = fsc_arena_alloc(w->scratch, 2 * room * sizeof *w->frontier);
        w->frontier_room = w->frontier ? room : 0;
        if (!w->frontier)
            return false;
    }
    s.ahead.x = w->frontier;
    s.back.x = w->frontier + w->frontier_room;
    memset(s.ahead.x, 0, room * sizeof *s.ahead.x);
    memset(s.back.x, 0, room * sizeof *s.back.x);
    *out = (rev_cut){n / 2, m / 2, true};
    for (int32_t d = 0; d <= bound; d++) {
        if (step_ahead(&s, d, out) || step_back(&s, d, out))
            return true;
        uint64_t steps = 4 * ((uint64_t)d + 1);
        w->budget -= steps < w->budget ? steps : w->budget;
    }
    furthest(&s, bound, out);
    return true;
}

// ---------------------------------------------------------------- rare tokens (patience)

typedef struct rare {
    uint32_t *a, *b, *weight; // pairs of tokens in the order of A
    bool *chosen;
    uint32_t count;
} rare;

// Counts of a key on both sides, saturating: A below, B above.
enum { ONE_A = 1, ONE_B = 1 << 16, FEW = 3 };

static void count_keys(rev_work *w, uint32_t n, uint32_t m)
{
    const rev_side *a = &w->side[0], *b = &w->side[1];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *seen = &w->seen[a->free_key[a->filtered[i]]];
        *seen += (*seen & 0xFFFF) < FEW ? ONE_A : 0;
    }
    for (uint32_t j = 0; j < m; j++) {
        uint32_t key = b->free_key[b->filtered[j]];
        w->seen[key] += w->seen[key] >> 16 < FEW ? ONE_B : 0;
        w->place[key] = b->filtered[j];
    }
}

static void clear_keys(rev_work *w, uint32_t n, uint32_t m)
{
    for (uint32_t i = 0; i < n; i++)
        w->seen[w->side[0].free_key[w->side[0].filtered[i]]] = 0;
    for (uint32_t j = 0; j < m; j++)
        w->seen[w->side[1].free_key[w->side[1].filtered[j]]] = 0;
}

// A pair whose neighbours are equal too is worth more than one that stands alone.
static uint32_t support(const rev_work *w, rev_box box, uint32_t i, uint32_t j)
{
    const uint32_t *a = w->side[0].free_key, *b = w->side[1].free_key;
    uint32_t weight = 1;
    for (uint32_t k = 1; k <= 3 && i >= box.a0 + k && j >= box.b0 + k && a[i - k] == b[j - k]; k++)
        weight += 2;
    for (uint32_t k = 1; k <= 3 && i + k < box.a1 && j + k < box.b1 && a[i + k] == b[j + k]; k++)
        weight += 2;
    return weight;
}

static bool collect(rare *r, rev_work *w, rev_box box, uint32_t n)
{
    const rev_side *a = &w->side[0];
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += w->seen[a->free_key[a->filtered[i]]] == ONE_A + ONE_B;
    uint32_t *room = fsc_arena_alloc(w->scratch, 3 * ((size_t)count + 1) * sizeof *room);
    r->chosen = fsc_arena_alloc(w->scratch, (size_t)count + 1);
    if (!room || !r->chosen)
        return false;
    r->a = room;
    r->b = room + count;
    r->weight = room + 2 * (size_t)count;
    r->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t token = a->filtered[i], key = a->free_key[token];
        if (w->seen[key] != ONE_A + ONE_B)
            continue;
        uint32_t other = w->place[key], weight = support(w, box, token, other);
        if (a->weight[token] < REV_WEIGHT_CONTENT && weight == 1)
            continue;
        r->a[r->count] = token;
        r->b[r->count] = other;
        r->weight[r->count++] = weight;
    }
    return true;
}

bool fsc_rev_split_rare(bool *found, rev_work *w, rev_box box, uint32_t n, uint32_t m, rev_boxes *out)
{
    rare r = {0};
    *found = false;
    count_keys(w, n, m);
    bool ok = collect(&r, w, box, n);
    clear_keys(w, n, m);
    if (!ok || !fsc_rev_chain(r.chosen, r.b, r.weight, r.count, w->scratch))
        return false;
    rev_box rest = box;
    for (uint32_t k = 0; k < r.count; k++) {
        if (!r.chosen[k])
            continue;
        *found = true;
        fsc_rev_tie(w, r.a[k], r.b[k]);
        if (rest.a0 < r.a[k] && rest.b0 < r.b[k] &&
            !fsc_vec_push(w->scratch, out, (rev_box){rest.a0, r.a[k], rest.b0, r.b[k]}))
            return false;
        rest.a0 = r.a[k] + 1;
        rest.b0 = r.b[k] + 1;
    }
    if (*found && rest.a0 < rest.a1 && rest.b0 < rest.b1)
        return fsc_vec_push(w->scratch, out, rest);
    return true;
}
