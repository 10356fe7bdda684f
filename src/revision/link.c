// Which sentences belong together: fully kept ones first, then maximum-weight matching of candidates that share rare
// words or kept tokens, then leftovers that are contained in a partner's sentence (split, merged).
#include <math.h>
#include <stdlib.h>

#include "revision/similar_p.h"

enum { COMPONENT = 64, LONG_ENOUGH = 4, SLOT = 24 };
// Two sentences are one, edited, from this likeness on; a leftover is part of one from this containment on.
#define LIKE 0.36
#define LIKE_KEPT 0.25
#define KEPT 0.4
#define WITHIN 0.75
// A pair that crosses others needs more: it says that a sentence was moved.
#define LIKE_MOVED 0.66
// A pair between linked neighbours needs less; more where one side has more sentences there than the other.
#define LIKE_SLOT 0.25F
#define LIKE_UNEVEN 0.25F

typedef struct linker {
    rev_work *w;
    uint32_t *partner[2]; // sentence of the other side, or REV_NONE
    uint32_t *joined[2];  // leftover joined to this sentence of the other side, or REV_NONE
    bool *takes[2];       // a leftover was joined to this sentence
    rev_candidates pair;
} linker;

static bool fully_kept(const rev_work *w, uint32_t i, uint32_t j)
{
    rev_range a = w->side[0].sentence[i], b = w->side[1].sentence[j];
    if (a.end - a.first != b.end - b.first || a.first == a.end)
        return false;
    const uint32_t *tie = w->side[0].match[a.first] != REV_NONE ? w->side[0].match : w->side[0].move;
    for (uint32_t k = 0; k < a.end - a.first; k++)
        if (tie[a.first + k] != b.first + k)
            return false;
    return true;
}

static void link_kept(linker *l)
{
    const rev_side *a = &l->w->side[0], *b = &l->w->side[1];
    for (uint32_t i = 0; i < a->sentence_count; i++) {
        rev_range r = a->sentence[i];
        if (r.first == r.end)
            continue;
        uint32_t to = a->match[r.first] != REV_NONE ? a->match[r.first] : a->move[r.first];
        if (to == REV_NONE || b->of[to] == REV_NONE || !fully_kept(l->w, i, b->of[to]))
            continue;
        l->partner[0][i] = b->of[to];
        l->partner[1][b->of[to]] = i;
    }
}

// ---------------------------------------------------------------- equal ones

typedef struct twin {
    uint64_t hash;
    uint32_t index;
} twin;

static int by_hash(const void *x, const void *y)
{
    const twin *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static twin *list_free(const linker *l, int side, uint32_t *count)
{
    const rev_side *s = &l->w->side[side];
    twin *list = fsc_arena_alloc(l->w->scratch, ((size_t)s->sentence_count + 1) * sizeof *list);
    *count = 0;
    for (uint32_t i = 0; list && i < s->sentence_count; i++)
        if (l->partner[side][i] == REV_NONE && s->sentence[i].first < s->sentence[i].end)
            list[(*count)++] = (twin){fsc_rev_hash_unit(s, i), i};
    if (list)
        qsort(list, *count, sizeof *list, by_hash);
    return list;
}

static void link_twins(linker *l, uint32_t i, uint32_t j)
{
    if (l->partner[0][i] != REV_NONE || l->partner[1][j] != REV_NONE || !fsc_rev_equal_units(l->w, i, j))
        return;
    l->partner[0][i] = j;
    l->partner[1][j] = i;
}

// Of several equal ones those beside linked neighbours belong together: forwards, then backwards, for whole runs.
static void link_beside(linker *l)
{
    uint32_t n = l->w->side[0].sentence_count, m = l->w->side[1].sentence_count;
    for (uint32_t i = 1; i < n; i++) {
        uint32_t before = l->partner[0][i - 1];
        if (before != REV_NONE && before + 1 < m)
            link_twins(l, i, before + 1);
    }
    for (uint32_t i = n; i-- > 1;) {
        uint32_t after = l->partner[0][i];
        if (after != REV_NONE && after > 0)
            link_twins(l, i - 1, after - 1);
    }
}

static uint32_t run_of(const twin *list, uint32_t first, uint32_t count)
{
    uint32_t end = first + 1;
    while (end < count && list[end].hash == list[first].hash)
        end++;
    return end - first;
}

// Equal sentences that the word matching left apart, in order, where there are as many on both sides: of fewer some were
// edited, and which is known only after those (`uneven`).
static bool link_equal(linker *l, bool uneven)
{
    uint32_t n, m, i = 0, j = 0;
    link_beside(l);
    twin *a = list_free(l, 0, &n), *b = list_free(l, 1, &m);
    if (!a || !b)
        return false;
    while (i < n && j < m) {
        uint32_t in_a = run_of(a, i, n), in_b = run_of(b, j, m);
        uint64_t x = a[i].hash, y = b[j].hash;
        uint32_t pairs = x != y || (in_a != in_b && !uneven) ? 0 : in_a < in_b ? in_a : in_b;
        for (uint32_t k = 0; k < pairs; k++)
            link_twins(l, a[i + k].index, b[j + k].index);
        i += x <= y ? in_a : 0;
        j += y <= x ? in_b : 0;
    }
    return true;
}

// ---------------------------------------------------------------- edited ones

// A candidate's worth for the matching; 0: not alike.
static double worth(const linker *l, const rev_candidate *c)
{
    const rev_work *w = l->w;
    if (c->dice < LIKE && !(c->kept >= KEPT && c->dice >= LIKE_KEPT))
        return 0;
    double x = (double)c->a / w->side[0].sentence_count, y = (double)c->b / w->side[1].sentence_count;
    return c->dice + 0.3 * c->kept + 1e-3 * (1 - fabs(x - y));
}

static uint32_t root_of(uint32_t *up, uint32_t x)
{
    while (up[x] != x)
        x = up[x] = up[up[x]];
    return x;
}

typedef struct edge {
    uint32_t component, pair;
    double worth;
} edge;

static int by_component(const void *x, const void *y)
{
    const edge *a = x, *b = y;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    return a->pair < b->pair ? -1 : a->pair > b->pair;
}

static void link_pair(linker *l, const rev_candidate *c)
{
    l->partner[0][c->a] = c->b;
    l->partner[1][c->b] = c->a;
}

// Best first: for components too large for the exact matching.
static void match_greedy(linker *l, const edge *e, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const rev_candidate *c = &l->pair.data[e[k].pair];
        if (l->partner[0][c->a] == REV_NONE && l->partner[1][c->b] == REV_NONE)
            link_pair(l, c);
    }
}

static uint32_t local_index(uint32_t *list, uint32_t *count, uint32_t sentence)
{
    for (uint32_t k = 0; k < *count; k++)
        if (list[k] == sentence)
            return k;
    if (*count == COMPONENT)
        return REV_NONE;
    list[*count] = sentence;
    return (*count)++;
}

static bool match_component(linker *l, const edge *e, size_t count)
{
    uint32_t a[COMPONENT], b[COMPONENT], rows = 0, columns = 0, partner[COMPONENT];
    if (count == 1) {
        link_pair(l, &l->pair.data[e->pair]);
        return true;
    }
    for (size_t k = 0; k < count; k++) {
        const rev_candidate *c = &l->pair.data[e[k].pair];
        if (local_index(a, &rows, c->a) == REV_NONE || local_index(b, &columns, c->b) == REV_NONE) {
            match_greedy(l, e, count);
            return true;
        }
    }
    double *weight = FSC_NEW_N(l->w->scratch, double, (size_t)rows *columns);
    if (!weight)
        return false;
    for (size_t k = 0; k < count; k++) {
        const rev_candidate *c = &l->pair.data[e[k].pair];
        weight[(size_t)local_index(a, &rows, c->a) * columns + local_index(b, &columns, c->b)] = e[k].worth;
    }
    if (!fsc_rev_assign(partner, weight, rows, columns, l->w->scratch))
        return false;
    for (uint32_t r = 0; r < rows; r++)
        if (partner[r] != REV_NONE)
            link_pair(l, &(rev_candidate){a[r], b[partner[r]], 0, 0, 0, 0});
    return true;
}

static bool match_all(linker *l)
{
    const rev_work *w = l->w;
    uint32_t n = w->side[0].sentence_count, m = w->side[1].sentence_count;
    uint32_t *up = fsc_arena_alloc(w->scratch, ((size_t)n + m + 1) * sizeof *up);
    edge *e = fsc_arena_alloc(w->scratch, (l->pair.len + 1) * sizeof *e);
    if (!up || !e)
        return false;
    for (uint32_t k = 0; k < n + m; k++)
        up[k] = k;
    size_t count = 0;
    for (size_t k = 0; k < l->pair.len; k++) {
        double value = worth(l, &l->pair.data[k]);
        if (value <= 0)
            continue;
        up[root_of(up, l->pair.data[k].a)] = root_of(up, n + l->pair.data[k].b);
        e[count++] = (edge){0, (uint32_t)k, value};
    }
    for (size_t k = 0; k < count; k++)
        e[k].component = root_of(up, l->pair.data[e[k].pair].a);
    qsort(e, count, sizeof *e, by_component);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first; end < count && e[end].component == e[first].component; end++)
            continue;
        if (!match_component(l, e + first, end - first))
            return false;
    }
    return true;
}

// Pairs by sentence of A with the weight of their sentence, and which of them keep their order.
static bool find_crossing(const linker *l, bool **in_order)
{
    const rev_work *w = l->w;
    uint32_t n = w->side[0].sentence_count, count = 0;
    uint32_t *room = fsc_arena_alloc(w->scratch, 3 * ((size_t)n + 1) * sizeof *room);
    bool *chosen = fsc_arena_alloc(w->scratch, (size_t)n + 1);
    *in_order = FSC_NEW_N(w->scratch, bool, (size_t)n + 1);
    if (!room || !chosen || !*in_order)
        return false;
    uint32_t *a = room, *b = room + n, *weight = room + 2 * (size_t)n;
    for (uint32_t i = 0; i < n; i++) {
        if (l->partner[0][i] == REV_NONE)
            continue;
        a[count] = i;
        b[count] = l->partner[0][i];
        weight[count++] = w->side[0].sentence[i].end - w->side[0].sentence[i].first + 1;
    }
    if (!fsc_rev_chain(chosen, b, weight, count, w->scratch))
        return false;
    for (uint32_t k = 0; k < count; k++)
        (*in_order)[a[k]] = chosen[k];
    return true;
}

static bool drop_weak_crossings(linker *l)
{
    bool *in_order;
    if (!find_crossing(l, &in_order))
        return false;
    for (size_t k = 0; k < l->pair.len; k++) {
        const rev_candidate *c = &l->pair.data[k];
        if (l->partner[0][c->a] != c->b || in_order[c->a] || c->dice >= LIKE_MOVED)
            continue;
        l->partner[0][c->a] = REV_NONE;
        l->partner[1][c->b] = REV_NONE;
    }
    return true;
}

// ---------------------------------------------------------------- slots

static fsc_part_kind part_of(const rev_side *s, uint32_t sentence)
{
    uint32_t part = s->unit[sentence].part;
    return part < s->text->part_count ? s->text->part[part].kind : FSC_PART_BODY;
}

// The one sentence of a part of this kind, or REV_NONE. Headlines stand first, so the search is short.
static uint32_t only_sentence(const rev_side *s, fsc_part_kind kind)
{
    enum { REACH = 16 };
    uint32_t found = REV_NONE;
    for (uint32_t i = 0; i < s->sentence_count && i < REACH; i++) {
        if (part_of(s, i) != kind)
            continue;
        if (found != REV_NONE)
            return REV_NONE;
        found = i;
    }
    return found;
}

// A headline answers to the headline, however much of it is new.
static void link_headlines(linker *l)
{
    static const fsc_part_kind kinds[] = {FSC_PART_HEADLINE, FSC_PART_SUBHEAD};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t i = only_sentence(&l->w->side[0], kinds[k]), j = only_sentence(&l->w->side[1], kinds[k]);
        if (i != REV_NONE && j != REV_NONE && l->partner[0][i] == REV_NONE && l->partner[1][j] == REV_NONE)
            link_pair(l, &(rev_candidate){i, j, 0, 0, 0, 0});
    }
}

// A stretch between neighbours that are linked and keep their order: what is free in it on both sides.
typedef struct slot {
    uint32_t a[SLOT], b[SLOT], rows, columns;
    float like[SLOT][SLOT], best[SLOT + 1][SLOT + 1];
} slot;

static uint32_t place_in(uint32_t *list, uint32_t *count, uint32_t sentence)
{
    for (uint32_t k = 0; k < *count; k++)
        if (list[k] == sentence)
            return k;
    return REV_NONE;
}

// The in-order pairs of a slot with most likeness above what it takes there: less where both sides have as many.
static void fill_slot(linker *l, slot *s)
{
    float need = s->rows == s->columns ? LIKE_SLOT : LIKE_UNEVEN;
    memset(s->best, 0, sizeof s->best);
    for (uint32_t r = s->rows; r-- > 0;)
        for (uint32_t c = s->columns; c-- > 0;) {
            float skip = s->best[r + 1][c] > s->best[r][c + 1] ? s->best[r + 1][c] : s->best[r][c + 1];
            float take = s->like[r][c] < need ? 0 : s->like[r][c] - need + 0.01F + s->best[r + 1][c + 1];
            s->best[r][c] = take > skip ? take : skip;
        }
    for (uint32_t r = 0, c = 0; r < s->rows && c < s->columns;) {
        if (s->best[r][c] == s->best[r + 1][c])
            r++;
        else if (s->best[r][c] == s->best[r][c + 1])
            c++;
        else
            link_pair(l, &(rev_candidate){s->a[r++], s->b[c++], 0, 0, 0, 0});
    }
}

// Number of in-order links before each sentence of a side: what stands between the same two has the same.
static uint32_t *number_slots(const linker *l, int side, const bool *in_order)
{
    uint32_t n = l->w->side[side].sentence_count, number = 0;
    uint32_t *of = fsc_arena_alloc(l->w->scratch, ((size_t)n + 1) * sizeof *of);
    for (uint32_t i = 0; of && i < n; i++) {
        uint32_t other = l->partner[side][i];
        of[i] = number;
        number += other != REV_NONE && in_order[side ? other : i];
    }
    return of;
}

// The free sentences of slot `number` from index *at on; false when there are none or too many.
static bool read_slot(const linker *l, int side, const uint32_t *of, uint32_t number, uint32_t *at, uint32_t *list, uint32_t *count)
{
    uint32_t n = l->w->side[side].sentence_count, i = *at;
    bool fits = true;
    *count = 0;
    for (; i < n && of[i] == number; i++) {
        if (l->partner[side][i] != REV_NONE)
            continue;
        fits &= *count < SLOT;
        if (fits)
            list[(*count)++] = i;
    }
    *at = i;
    return fits && *count;
}

// Candidates stand in the order of A: those of the slot's sentences from *at on.
static void read_likeness(const linker *l, slot *s, size_t *at)
{
    memset(s->like, 0, sizeof s->like);
    for (; *at < l->pair.len && l->pair.data[*at].a <= s->a[s->rows - 1]; ++*at) {
        const rev_candidate *c = &l->pair.data[*at];
        uint32_t r = place_in(s->a, &s->rows, c->a), k = place_in(s->b, &s->columns, c->b);
        if (r != REV_NONE && k != REV_NONE)
            s->like[r][k] = c->dice;
    }
}

static bool link_slots(linker *l)
{
    bool *in_order;
    slot s;
    if (!find_crossing(l, &in_order))
        return false;
    uint32_t *of_a = number_slots(l, 0, in_order), *of_b = number_slots(l, 1, in_order), a = 0, b = 0;
    size_t pair = 0;
    if (!of_a || !of_b)
        return false;
    for (uint32_t number = 0; a < l->w->side[0].sentence_count; number++) {
        bool rows = read_slot(l, 0, of_a, number, &a, s.a, &s.rows);
        bool columns = read_slot(l, 1, of_b, number, &b, s.b, &s.columns);
        if (!rows || !columns)
            continue;
        read_likeness(l, &s, &pair);
        fill_slot(l, &s);
    }
    return true;
}

// ---------------------------------------------------------------- joins

static double containment(const rev_candidate *c)
{
    return c->within_a > c->within_b ? c->within_a : c->within_b;
}

static int by_containment(const void *x, const void *y)
{
    const rev_candidate *a = x, *b = y;
    if (containment(a) != containment(b))
        return containment(a) > containment(b) ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

// Joins the leftover sentence `own` of a side to `whole` of the other, which has a partner already.
static void try_join(linker *l, int side, uint32_t own, uint32_t whole, double within)
{
    rev_range r = l->w->side[side].sentence[own];
    uint32_t first = l->partner[1 - side][whole];
    if (first == REV_NONE || l->partner[side][own] != REV_NONE || l->joined[side][own] != REV_NONE)
        return;
    // a sentence of two or three words must be there as a whole, next to the other part
    bool is_next = own + 1 == first || first + 1 == own;
    if (within < (r.end - r.first >= LONG_ENOUGH ? WITHIN : is_next ? 0.85 : 2))
        return;
    // a sentence is not cut up and part of a merger at once
    if (l->takes[side][first])
        return;
    l->joined[side][own] = whole;
    l->takes[1 - side][whole] = true;
}

static void join_leftovers(linker *l)
{
    if (!l->pair.len)
        return;
    qsort(l->pair.data, l->pair.len, sizeof *l->pair.data, by_containment);
    for (size_t k = 0; k < l->pair.len; k++) {
        const rev_candidate *c = &l->pair.data[k];
        try_join(l, 0, c->a, c->b, c->within_a);
        try_join(l, 1, c->b, c->a, c->within_b);
    }
}

static bool init(linker *l)
{
    rev_work *w = l->w;
    for (int k = 0; k < 2; k++) {
        size_t n = (size_t)w->side[k].sentence_count + 1;
        l->partner[k] = fsc_arena_alloc(w->scratch, n * sizeof(uint32_t));
        l->joined[k] = fsc_arena_alloc(w->scratch, n * sizeof(uint32_t));
        l->takes[k] = FSC_NEW_N(w->scratch, bool, n);
        if (!l->partner[k] || !l->joined[k] || !l->takes[k])
            return false;
        memset(l->partner[k], 0xFF, n * sizeof(uint32_t));
        memset(l->joined[k], 0xFF, n * sizeof(uint32_t));
    }
    return true;
}

// Names the pair of each sentence by its A sentence, or beyond them by the B sentence where A has none.
static void name_links(linker *l)
{
    rev_work *w = l->w;
    uint32_t n = w->side[0].sentence_count;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t whole = l->joined[0][i];
        w->link[0][i] = whole == REV_NONE ? i : l->partner[1][whole];
    }
    for (uint32_t j = 0; j < w->side[1].sentence_count; j++) {
        uint32_t whole = l->joined[1][j];
        w->link[1][j] = whole != REV_NONE ? whole : l->partner[1][j] != REV_NONE ? l->partner[1][j] : n + j;
    }
}

// Two texts of one sentence each are two versions of it as soon as they share a word with content.
static bool single_pair(const rev_work *w)
{
    const rev_side *a = &w->side[0];
    if (a->sentence_count != 1 || w->side[1].sentence_count != 1)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->match[i] != REV_NONE && a->weight[i] >= REV_WEIGHT_CONTENT)
            return true;
    return false;
}

bool fsc_rev_link(rev_work *w)
{
    linker l = {.w = w};
    for (int k = 0; k < 2; k++) {
        w->link[k] = fsc_arena_alloc(w->scratch, ((size_t)w->side[k].sentence_count + 1) * sizeof(uint32_t));
        if (!w->link[k])
            return false;
    }
    if (!init(&l))
        return false;
    if (single_pair(w)) {
        link_pair(&l, &(rev_candidate){0, 0, 0, 0, 0, 0});
    } else {
        link_kept(&l);
        if (!link_equal(&l, false) || !fsc_rev_candidates(w, l.partner, &l.pair) || !match_all(&l) || !drop_weak_crossings(&l))
            return false;
        link_headlines(&l);
        if (!link_slots(&l) || !link_equal(&l, true))
            return false;
        join_leftovers(&l);
    }
    name_links(&l);
    return true;
}
