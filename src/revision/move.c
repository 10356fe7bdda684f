// Runs of eight words or more that were taken out at one place and stand at another with the same bytes.
#include "revision/revision_p.h"

enum { RUN_WORDS = 8 };

typedef struct window {
    uint64_t hash;
    uint32_t first; // token + 1; 0: free
} window;

typedef struct windows {
    window *slot;
    uint32_t mask;
} windows;

static bool is_free(const rev_side *s, uint32_t i)
{
    return s->match[i] == REV_NONE && s->move[i] == REV_NONE;
}

// The end of the free stretch that starts at i.
static uint32_t free_end(const rev_side *s, uint32_t i)
{
    while (i < s->count && is_free(s, i))
        i++;
    return i;
}

static window *find(const windows *t, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 24) & t->mask;
    while (t->slot[at].first && t->slot[at].hash != hash)
        at = (at + 1) & t->mask;
    return &t->slot[at];
}

// Hash of the RUN_WORDS tokens at i; only windows that start with a word count.
static bool hash_at(const rev_side *s, uint32_t i, uint32_t end, uint64_t *hash)
{
    if (end - i < RUN_WORDS || s->token[i].word == REV_NONE)
        return false;
    *hash = fsc_rev_hash_keys(s->key + i, RUN_WORDS);
    return true;
}

static uint32_t count_windows(const rev_side *s)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t end = free_end(s, i);
        for (; end - i >= RUN_WORDS; i++)
            count += s->token[i].word != REV_NONE;
        i = end;
    }
    return count;
}

// The first place of each window of A is kept.
static bool index_side(windows *t, const rev_side *s, uint32_t count, fsc_arena *scratch)
{
    uint32_t size = 16;
    while (size < 2 * (uint64_t)count)
        size *= 2;
    t->mask = size - 1;
    t->slot = FSC_NEW_N(scratch, window, size);
    if (!t->slot)
        return false;
    for (uint32_t i = 0; i < s->count;) {
        uint32_t end = free_end(s, i);
        uint64_t hash;
        for (; i < end; i++) {
            if (!hash_at(s, i, end, &hash))
                continue;
            window *slot = find(t, hash);
            if (!slot->first)
                *slot = (window){hash, i + 1};
        }
        i++;
    }
    return true;
}

// Tokens i of A and j of B continue a run: same bytes, and the same blanks before them unless the run starts here.
static bool continues(const rev_work *w, uint32_t i, uint32_t j, bool start)
{
    const rev_side *a = &w->side[0], *b = &w->side[1];
    if (i >= a->count || j >= b->count || !is_free(a, i) || !is_free(b, j) || a->key[i] != b->key[j] ||
        !fsc_rev_same_bytes(w, i, j))
        return false;
    return start || fsc_rev_same_gap(w, i, j);
}

// Length of the run at (i, j), and whether it is long enough.
static uint32_t run_at(const rev_work *w, uint32_t i, uint32_t j)
{
    uint32_t length = 0, words = 0;
    for (; continues(w, i + length, j + length, length == 0); length++)
        words += w->side[0].token[i + length].word != REV_NONE;
    return words >= RUN_WORDS ? length : 0;
}

static uint32_t take_run(rev_work *w, uint32_t i, uint32_t j)
{
    rev_side *a = &w->side[0], *b = &w->side[1];
    uint32_t length = run_at(w, i, j);
    for (uint32_t k = 0; k < length; k++) {
        a->move[i + k] = j + k;
        b->move[j + k] = i + k;
    }
    return length;
}

bool fsc_rev_same_gap(const rev_work *w, uint32_t i, uint32_t j)
{
    const rev_token *a = &w->side[0].token[i], *b = &w->side[1].token[j];
    uint32_t a_end = a[-1].end, b_end = b[-1].end;
    return a->start - a_end == b->start - b_end &&
           memcmp(w->side[0].text->bytes.data + a_end, w->side[1].text->bytes.data + b_end, a->start - a_end) == 0;
}

bool fsc_rev_moves(rev_work *w)
{
    windows t;
    rev_side *b = &w->side[1];
    uint32_t count = count_windows(&w->side[0]);
    if (!count || !count_windows(b))
        return true;
    if (!index_side(&t, &w->side[0], count, w->scratch))
        return false;
    for (uint32_t j = 0, end = 0; j < b->count;) {
        uint32_t taken = 0;
        uint64_t hash;
        if (j >= end)
            end = free_end(b, j);
        if (j < end && hash_at(b, j, end, &hash)) {
            const window *slot = find(&t, hash);
            taken = slot->first ? take_run(w, slot->first - 1, j) : 0;
        }
        j += taken ? taken : 1;
    }
    return true;
}
