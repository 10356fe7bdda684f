#include <math.h>

#include "revision/similar_p.h"

// A word found in more sentences than this does not suggest a pair by itself.
enum { RARE = 24, TOP = 8, LONGEST = 2048 };
#define STEPS 100000000u

typedef struct finder {
    rev_work *w;
    uint32_t *const *partner;
    float *idf;                // one a key
    uint32_t *first, *posting; // sentences of B that hold a rare key: posting[first[key] .. first[key + 1])
    uint32_t *last;            // newest sentence posted for each key
    float *sum;                // one a sentence of B: shared weight so far
    uint32_t *kept;            // one a sentence of B: tokens kept
    uint32_t *touched, touched_count;
    uint64_t steps;
} finder;

static rev_range tokens_of(const rev_side *s, uint32_t sentence)
{
    rev_range r = s->sentence[sentence];
    if (r.end - r.first > LONGEST)
        r.end = r.first + LONGEST;
    return r;
}

// Number of sentences that hold each key, into `seen`.
static void count_sentences(rev_work *w)
{
    memset(w->place, 0xFF, ((size_t)w->key_count + 2) * sizeof *w->place);
    uint32_t stamp = 0;
    for (int k = 0; k < 2; k++) {
        const rev_side *s = &w->side[k];
        for (uint32_t i = 0; i < s->sentence_count; i++, stamp++) {
            rev_range r = s->sentence[i];
            for (uint32_t t = r.first; t < r.end; t++) {
                if (w->place[s->key[t]] == stamp)
                    continue;
                w->place[s->key[t]] = stamp;
                w->seen[s->key[t]]++;
            }
        }
    }
}

// Counts (fill false) or lists (fill true) the free sentences of B by rare key, each sentence once. `at` runs along.
static void post_sentences(const finder *f, const uint32_t *df, uint32_t *at, bool fill)
{
    const rev_side *b = &f->w->side[1];
    uint32_t *last = f->last;
    memset(last, 0xFF, ((size_t)f->w->key_count + 1) * sizeof *last);
    for (uint32_t j = 0; j < b->sentence_count; j++) {
        if (f->partner[1][j] != REV_NONE)
            continue;
        rev_range r = tokens_of(b, j);
        for (uint32_t t = r.first; t < r.end; t++) {
            uint32_t key = b->key[t];
            if (df[key] > RARE || last[key] == j)
                continue;
            last[key] = j;
            if (fill)
                f->posting[at[key]] = j;
            at[key]++;
        }
    }
}

static bool post(finder *f, const uint32_t *df)
{
    rev_work *w = f->w;
    f->first = FSC_NEW_N(w->scratch, uint32_t, (size_t)w->key_count + 2);
    f->last = fsc_arena_alloc(w->scratch, ((size_t)w->key_count + 1) * sizeof *f->last);
    if (!f->first || !f->last)
        return false;
    post_sentences(f, df, f->first + 1, false);
    for (uint32_t key = 0; key <= w->key_count; key++)
        f->first[key + 1] += f->first[key];
    f->posting = fsc_arena_alloc(w->scratch, ((size_t)f->first[w->key_count] + 1) * sizeof *f->posting);
    if (!f->posting)
        return false;
    memcpy(w->place, f->first, ((size_t)w->key_count + 1) * sizeof *w->place);
    post_sentences(f, df, w->place, true);
    return true;
}

static bool prepare(finder *f)
{
    rev_work *w = f->w;
    uint32_t m = w->side[1].sentence_count;
    f->idf = fsc_arena_alloc(w->scratch, ((size_t)w->key_count + 1) * sizeof *f->idf);
    f->sum = FSC_NEW_N(w->scratch, float, (size_t)m + 1);
    f->kept = FSC_NEW_N(w->scratch, uint32_t, (size_t)m + 1);
    f->touched = fsc_arena_alloc(w->scratch, ((size_t)m + 1) * sizeof *f->touched);
    if (!f->idf || !f->sum || !f->kept || !f->touched)
        return false;
    count_sentences(w);
    double all = (double)w->side[0].sentence_count + m;
    bool ok = post(f, w->seen);
    for (uint32_t key = 0; key < w->key_count; key++) {
        f->idf[key] = w->seen[key] ? (float)log(1 + all / w->seen[key]) : 0;
        w->seen[key] = 0;
    }
    return ok;
}

static void touch(finder *f, uint32_t j, float sum, uint32_t kept)
{
    if (f->sum[j] == 0 && f->kept[j] == 0)
        f->touched[f->touched_count++] = j;
    f->sum[j] += sum;
    f->kept[j] += kept;
}

static void gather(finder *f, uint32_t i)
{
    const rev_side *a = &f->w->side[0], *b = &f->w->side[1];
    rev_range r = tokens_of(a, i);
    for (uint32_t t = r.first; t < r.end; t++) {
        uint32_t to = a->match[t] != REV_NONE ? a->match[t] : a->move[t];
        if (to != REV_NONE && b->of[to] != REV_NONE && f->partner[1][b->of[to]] == REV_NONE)
            touch(f, b->of[to], f->idf[a->key[t]], 1);
        uint32_t key = a->key[t];
        for (uint32_t p = f->first[key]; p < f->first[key + 1]; p++)
            touch(f, f->posting[p], f->idf[key], 0);
        f->steps += f->first[key + 1] - f->first[key] + 1;
    }
}

static float bag_weight(const finder *f, const rev_side *s, rev_range r)
{
    float sum = 0;
    for (uint32_t t = r.first; t < r.end; t++)
        sum += f->idf[s->key[t]];
    return sum;
}

// Compares sentence j of B with the one of A whose tokens are counted in `seen`.
static rev_candidate compare(finder *f, uint32_t i, uint32_t j, float weight_a)
{
    rev_work *w = f->w;
    const rev_side *b = &w->side[1];
    rev_range ra = tokens_of(&w->side[0], i), rb = tokens_of(b, j);
    float shared = 0, weight_b = bag_weight(f, b, rb);
    for (uint32_t t = rb.first; t < rb.end; t++) {
        if (!w->seen[b->key[t]])
            continue;
        w->seen[b->key[t]]--;
        shared += f->idf[b->key[t]];
    }
    f->steps += (rb.end - rb.first) * 2;
    uint32_t shorter = ra.end - ra.first < rb.end - rb.first ? ra.end - ra.first : rb.end - rb.first;
    rev_candidate c = {i, j, 0, 0, 0, 0};
    if (weight_a > 0 && weight_b > 0) {
        c.dice = 2 * shared / (weight_a + weight_b);
        c.within_a = shared / weight_a;
        c.within_b = shared / weight_b;
        c.kept = (float)f->kept[j] / (float)shorter;
    }
    return c;
}

static void count_bag(finder *f, rev_range r, bool clear)
{
    const rev_side *a = &f->w->side[0];
    for (uint32_t t = r.first; t < r.end; t++)
        f->w->seen[a->key[t]] = 0;
    for (uint32_t t = r.first; t < r.end && !clear; t++)
        f->w->seen[a->key[t]]++;
    f->steps += 2 * (r.end - r.first);
}

// Moves the best TOP of the touched sentences to the front.
static uint32_t pick_top(finder *f)
{
    uint32_t count = f->touched_count < TOP ? f->touched_count : TOP;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t best = k;
        for (uint32_t x = k + 1; x < f->touched_count; x++)
            if (f->sum[f->touched[x]] > f->sum[f->touched[best]])
                best = x;
        uint32_t swap = f->touched[k];
        f->touched[k] = f->touched[best];
        f->touched[best] = swap;
    }
    f->steps += count * (uint64_t)f->touched_count;
    return count;
}

static bool add_candidates(finder *f, uint32_t i, rev_candidates *out)
{
    rev_range r = tokens_of(&f->w->side[0], i);
    bool ok = true;
    gather(f, i);
    uint32_t count = pick_top(f);
    float weight = bag_weight(f, &f->w->side[0], r);
    for (uint32_t k = 0; k < count && ok; k++) {
        count_bag(f, r, false);
        ok = fsc_vec_push(f->w->scratch, out, compare(f, i, f->touched[k], weight));
    }
    count_bag(f, r, true);
    for (uint32_t k = 0; k < f->touched_count; k++) {
        f->sum[f->touched[k]] = 0;
        f->kept[f->touched[k]] = 0;
    }
    f->touched_count = 0;
    return ok;
}

static bool any_free(const rev_work *w, uint32_t *const partner[2], int side)
{
    for (uint32_t i = 0; i < w->side[side].sentence_count; i++)
        if (partner[side][i] == REV_NONE)
            return true;
    return false;
}

bool fsc_rev_candidates(rev_work *w, uint32_t *const partner[2], rev_candidates *out)
{
    finder f = {.w = w, .partner = partner};
    if (!any_free(w, partner, 0) || !any_free(w, partner, 1))
        return true;
    if (!prepare(&f))
        return false;
    for (uint32_t i = 0; i < w->side[0].sentence_count; i++) {
        if (partner[0][i] != REV_NONE)
            continue;
        if (f.steps > STEPS) {
            w->approximate = true;
            break;
        }
        if (!add_candidates(&f, i, out))
            return false;
    }
    return true;
}
