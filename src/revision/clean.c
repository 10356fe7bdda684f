// After matching: coincidental runs go, insertions and deletions slide to where a reader would put them.
#include "revision/revision_p.h"

// ---------------------------------------------------------------- coincidental runs

typedef struct run {
    uint32_t a, b, length;
} run;

// The next maximal run of matches at or after token i of A; length 0 at the end.
static run next_run(const rev_work *w, uint32_t i)
{
    const rev_side *a = &w->side[0];
    while (i < a->count && a->match[i] == REV_NONE)
        i++;
    run r = {i, i < a->count ? a->match[i] : 0, 0};
    while (r.a + r.length < a->count && a->match[r.a + r.length] == r.b + r.length)
        r.length++;
    return r;
}

static void untie(rev_work *w, run r)
{
    for (uint32_t k = 0; k < r.length; k++) {
        w->side[0].match[r.a + k] = REV_NONE;
        w->side[1].match[r.b + k] = REV_NONE;
    }
}

static int weight_of(const rev_work *w, run r, int enough)
{
    int sum = 0;
    for (uint32_t k = 0; k < r.length && sum < enough; k++)
        sum += w->side[0].weight[r.a + k];
    return sum;
}

// Share of the weight that is kept near a place, on both sides, without the run itself.
static double share_near(const rev_work *w, run r)
{
    enum { REACH = 24 };
    uint32_t kept = 0, total = 0;
    uint32_t at[2] = {r.a, r.b};
    for (int k = 0; k < 2; k++) {
        const rev_side *s = &w->side[k];
        uint32_t first = at[k] > REACH ? at[k] - REACH : 0, end = at[k] + r.length + REACH;
        for (uint32_t i = first; i < end && i < s->count; i++) {
            if ((i >= at[k] && i < at[k] + r.length) || s->of[i] != s->of[at[k]])
                continue;
            total += s->weight[i];
            kept += s->match[i] != REV_NONE ? s->weight[i] : 0;
        }
    }
    return total ? (double)kept / total : 0;
}

static void drop_coincidences(rev_work *w)
{
    const uint32_t a_end = w->side[0].count, b_end = w->side[1].count;
    const int most = fsc_rev_price(0);
    for (run r = next_run(w, 0); r.length; r = next_run(w, r.a + r.length)) {
        bool first = r.a == 0 && r.b == 0, last = r.a + r.length == a_end && r.b + r.length == b_end;
        if (first || last)
            continue;
        int weight = weight_of(w, r, most);
        if (weight < most && weight < fsc_rev_price(share_near(w, r)))
            untie(w, r);
    }
}

// Sentences i of A and j of B stand in one link.
static bool linked(const rev_work *w, uint32_t i, uint32_t j)
{
    uint32_t a = w->side[0].of[i], b = w->side[1].of[j];
    return a == REV_NONE || b == REV_NONE || !w->link[0] || w->link[0][a] == w->link[1][b];
}

void fsc_rev_drop_strays(rev_work *w)
{
    enum { SHORT = 4 };
    for (run r = next_run(w, 0); r.length; r = next_run(w, r.a + r.length)) {
        if (r.length >= SHORT)
            continue;
        for (uint32_t k = 0; k < r.length; k++)
            if (!linked(w, r.a + k, r.b + k))
                untie(w, (run){r.a + k, r.b + k, 1});
    }
}

// ---------------------------------------------------------------- sliding

// A stretch of unmatched tokens of one side that stands between two neighbours of the other side.
typedef struct gap {
    uint32_t first, end; // tokens of `own`
    uint32_t after;      // token of the other side that `end` is matched with
} gap;

static bool is_clause_mark(const rev_side *s, uint32_t i)
{
    if (s->token[i].word != REV_NONE)
        return false;
    char c = s->text->bytes.data[s->token[i].start];
    return strchr(",;:()-\"", c) ? c != 0 : (unsigned char)c >= 0x80;
}

// How good a border before token i is.
static int edge(const rev_side *s, uint32_t i)
{
    if (i == 0 || i == s->count || s->of[i] != s->of[i - 1])
        return 6;
    if (is_clause_mark(s, i - 1))
        return 3;
    return is_clause_mark(s, i) ? 2 : 0;
}

static int score_of(const rev_side *s, const gap *g)
{
    int score = edge(s, g->first) + edge(s, g->end);
    if (s->weight[g->first] == REV_WEIGHT_FUNCTION)
        score++;
    if (s->weight[g->end - 1] == REV_WEIGHT_FUNCTION)
        score--;
    return score;
}

static bool same_token(const rev_side *s, uint32_t i, uint32_t k)
{
    const rev_token *x = &s->token[i], *y = &s->token[k];
    const char *bytes = s->text->bytes.data;
    return s->key[i] == s->key[k] && x->end - x->start == y->end - y->start &&
           memcmp(bytes + x->start, bytes + y->start, x->end - x->start) == 0;
}

// Moves the gap one token to the left or right; the token that it passes changes sides of it.
static void shift(rev_side *own, rev_side *other, gap *g, int by)
{
    uint32_t leaves = by < 0 ? g->first - 1 : g->end, enters = by < 0 ? g->end - 1 : g->first;
    uint32_t partner = own->match[leaves];
    own->match[leaves] = REV_NONE;
    own->match[enters] = partner;
    other->match[partner] = enters;
    g->first += (uint32_t)by;
    g->end += (uint32_t)by;
    g->after += (uint32_t)by;
}

static bool can_go_left(const rev_side *own, const gap *g)
{
    return g->first > 0 && g->after > 0 && own->match[g->first - 1] == g->after - 1 &&
           same_token(own, g->first - 1, g->end - 1);
}

static bool can_go_right(const rev_side *own, const gap *g)
{
    return g->end < own->count && own->match[g->end] == g->after && same_token(own, g->first, g->end);
}

// Tries every place the gap can take and leaves it at the best, the rightmost among equals.
static void slide(rev_side *own, rev_side *other, gap g)
{
    enum { FAR = 128 };
    int steps = 0, at = 0, best = INT32_MIN;
    while (steps < FAR && can_go_left(own, &g)) {
        shift(own, other, &g, -1);
        steps++;
    }
    for (int k = 0;; k++) {
        int score = score_of(own, &g);
        if (score >= best)
            best = score, at = k;
        if (k == steps + FAR || !can_go_right(own, &g)) {
            for (; k > at; k--)
                shift(own, other, &g, -1);
            return;
        }
        shift(own, other, &g, 1);
    }
}

static void slide_side(rev_work *w, int side)
{
    rev_side *own = &w->side[side], *other = &w->side[1 - side];
    for (uint32_t i = 0; i < own->count;) {
        if (own->match[i] != REV_NONE || own->move[i] != REV_NONE) {
            i++;
            continue;
        }
        uint32_t first = i;
        while (i < own->count && own->match[i] == REV_NONE && own->move[i] == REV_NONE)
            i++;
        uint32_t before = first > 0 ? own->match[first - 1] : REV_NONE,
                 after = i < own->count ? own->match[i] : other->count;
        bool pure = before == REV_NONE ? first == 0 && after == 0 : after == before + 1;
        if (pure)
            slide(own, other, (gap){first, i, after});
        // what slid right may have uncovered a token before i, never one after it that is not matched
        while (i < own->count && own->match[i] == REV_NONE && own->move[i] == REV_NONE)
            i++;
    }
}

bool fsc_rev_clean(rev_work *w)
{
    drop_coincidences(w);
    slide_side(w, 1);
    slide_side(w, 0);
    return true;
}
