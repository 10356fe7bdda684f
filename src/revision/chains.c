// Chains of versions: keys first, then what resembles each other among the rest.
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "revision/versions.h"

// Documents that resemble each other are neighbours in the lists of what only they have.
enum { NEIGHBOURS = 2, BRIEF_NEIGHBOURS = 6, LEAST_SUPPORT = 2, COMMON = 64, LEAST_SHARED = 3, FEW = 4 };
// Less likeness is enough where most of what two texts share is shared by few others: no phrase of the trade.
static const double least_resemblance = .2, least_rare = .13, least_brief = .5;

typedef struct posting {
    uint64_t hash;
    uint32_t doc;
} posting;

typedef struct candidate {
    uint32_t a, b;
    bool rare; // by a hash that few documents have
} candidate;

typedef fsc_vec(posting) postings;
typedef fsc_vec(candidate) candidates;

typedef struct linker {
    const fsc_chain_item *v;
    const fsc_shingle_source *source;
    uint32_t count;
    uint32_t *parent;  /* union-find; a root is the first document of its chain */
    uint32_t *members; /* of a root, by keys */
    uint8_t *by;       /* fsc_chain_by of each document */
    uint64_t *word;    /* words of brief texts, rising, each with the number of texts that have it */
    uint32_t *frequency;
    size_t words;
    uint32_t texts; /* brief ones */
    fsc_arena *arena;
    fsc_arena scratch;
    fsc_err *err;
} linker;

static uint32_t root_of(const linker *l, uint32_t i)
{
    while (l->parent[i] != i)
        i = l->parent[i] = l->parent[l->parent[i]];
    return i;
}

static void join(linker *l, uint32_t a, uint32_t b)
{
    a = root_of(l, a);
    b = root_of(l, b);
    if (a < b)
        l->parent[b] = a;
    else
        l->parent[a] = b;
}

static int by_posting(const void *x, const void *y)
{
    const posting *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->doc > b->doc) - (a->doc < b->doc);
}

static void sort_postings(postings *list)
{
    if (list->len)
        qsort(list->data, list->len, sizeof *list->data, by_posting);
}

static size_t run_end(const postings *list, size_t first)
{
    size_t end = first + 1;
    while (end < list->len && list->data[end].hash == list->data[first].hash)
        end++;
    return end;
}

// ---------------------------------------------------------------- keys

// Documents with an address, then those that share an id with others. An address and an id never meet.
static bool link_keys(linker *l)
{
    for (int pass = 0; pass < 2; pass++) {
        postings list = {0};
        for (uint32_t i = 0; i < l->count; i++) {
            const fsc_chain_item *v = &l->v[i];
            uint64_t key = pass == 0 ? v->url : v->url ? 0 : v->id;
            if (!key)
                continue;
            l->by[i] = pass == 0 ? FSC_BY_URL : FSC_BY_ID;
            if (!fsc_vec_push(&l->scratch, &list, (posting){key, i}))
                return false;
        }
        sort_postings(&list);
        for (size_t k = 0, end; k < list.len; k = end)
            for (end = k + 1; end < list.len && list.data[end].hash == list.data[k].hash; end++)
                join(l, list.data[k].doc, list.data[end].doc);
    }
    l->members = FSC_NEW_N(l->arena, uint32_t, (size_t)l->count + 1);
    for (uint32_t i = 0; l->members && i < l->count; i++)
        l->members[root_of(l, i)]++;
    fsc_arena_reset(&l->scratch, 0);
    return l->members != NULL;
}

// ---------------------------------------------------------------- content

// A document without an address whose id, if it has one, is nobody else's.
static bool is_open(const linker *l, uint32_t i, bool brief)
{
    return l->by[i] != FSC_BY_URL && l->members[root_of(l, i)] == 1 && l->v[i].sketch_count && l->v[i].brief == brief;
}

static bool list_open(linker *l, bool brief, postings *out)
{
    for (uint32_t i = 0; i < l->count; i++) {
        if (!is_open(l, i, brief))
            continue;
        l->texts += brief;
        for (uint32_t k = 0; k < l->v[i].sketch_count; k++)
            if (!fsc_vec_push(&l->scratch, out, (posting){l->v[i].sketch[k], i}))
                return false;
    }
    sort_postings(out);
    return true;
}

static int by_pair(const void *x, const void *y)
{
    const candidate *a = x, *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

// Neighbours in the lists of the inverted index: a phrase of the whole archive costs no more than its length. Of words
// only rare ones suggest a pair.
static bool find_candidates(linker *l, const postings *list, bool brief, candidates *out)
{
    for (size_t k = 0, end; k < list->len; k = end) {
        end = run_end(list, k);
        if (brief && end - k > COMMON)
            continue;
        for (size_t x = k; x < end; x++)
            for (size_t n = x + 1; n < end && n <= x + (brief ? BRIEF_NEIGHBOURS : NEIGHBOURS); n++)
                if (!fsc_vec_push(&l->scratch, out, (candidate){list->data[x].doc, list->data[n].doc, end - k <= FEW}))
                    return false;
    }
    if (out->len)
        qsort(out->data, out->len, sizeof *out->data, by_pair);
    return true;
}

static int all_shingles(linker *l, uint32_t i, fsc_shingles *out, fsc_arena *arena)
{
    const fsc_chain_item *v = &l->v[i];
    *out = (fsc_shingles){(uint64_t *)(uintptr_t)v->sketch, v->sketch_count, v->brief};
    return v->sketch_count == v->shingle_count ? 0 : l->source->get(l->source->user, i, out, arena, l->err);
}

static int resemble(linker *l, uint32_t a, uint32_t b, double least, fsc_arena *arena, bool *out)
{
    fsc_shingles x, y;
    fsc_arena_reset(arena, 1 << 20);
    int status = all_shingles(l, a, &x, arena);
    if (!status)
        status = all_shingles(l, b, &y, arena);
    *out = !status && fsc_revision_resemblance(&x, &y) >= least;
    return status;
}

static void join_by_content(linker *l, uint32_t a, uint32_t b)
{
    join(l, a, b);
    l->by[root_of(l, a)] = FSC_BY_CONTENT;
}

static int link_long(linker *l)
{
    postings list = {0};
    candidates c = {0};
    fsc_arena arena;
    int status = 0;
    if (!list_open(l, false, &list) || !find_candidates(l, &list, false, &c))
        return FSC_E_NOMEM;
    fsc_arena_init(&arena, NULL);
    for (size_t k = 0, end; k < c.len && !status; k = end) {
        uint32_t a = c.data[k].a, b = c.data[k].b;
        size_t rare = 0;
        for (end = k; end < c.len && c.data[end].a == a && c.data[end].b == b; end++)
            rare += c.data[end].rare;
        bool alike = false;
        if (end - k < LEAST_SUPPORT || root_of(l, a) == root_of(l, b))
            continue;
        status = resemble(l, a, b, 2 * rare > end - k ? least_rare : least_resemblance, &arena, &alike);
        if (alike)
            join_by_content(l, a, b);
    }
    fsc_arena_release(&arena);
    fsc_arena_reset(&l->scratch, 0);
    return status;
}

// ---------------------------------------------------------------- brief texts: words weighed by their rarity

static bool count_words(linker *l, const postings *list)
{
    l->word = fsc_arena_alloc(l->arena, (list->len + 1) * sizeof *l->word);
    l->frequency = fsc_arena_alloc(l->arena, (list->len + 1) * sizeof *l->frequency);
    if (!l->word || !l->frequency)
        return false;
    for (size_t k = 0, end; k < list->len; k = end) {
        end = run_end(list, k);
        l->word[l->words] = list->data[k].hash;
        l->frequency[l->words++] = (uint32_t)(end - k);
    }
    return true;
}

static double weight_of(const linker *l, uint64_t word)
{
    size_t low = 0, high = l->words;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (l->word[mid] < word)
            low = mid + 1;
        else
            high = mid;
    }
    // a word of all texts still counts a little, so that two texts alone can be compared
    double rarity = log((double)l->texts / l->frequency[low]) + .1;
    return rarity * rarity;
}

static double weight_of_all(const linker *l, const fsc_chain_item *v)
{
    double sum = 0;
    for (uint32_t k = 0; k < v->sketch_count; k++)
        sum += weight_of(l, v->sketch[k]);
    return sum;
}

static bool brief_alike(const linker *l, uint32_t a, uint32_t b)
{
    const fsc_chain_item *x = &l->v[a], *y = &l->v[b];
    uint32_t i = 0, j = 0, count = 0;
    double shared = 0;
    while (i < x->sketch_count && j < y->sketch_count) {
        uint64_t p = x->sketch[i], q = y->sketch[j];
        if (p == q) {
            shared += weight_of(l, p);
            count++;
        }
        i += p <= q;
        j += q <= p;
    }
    return count >= LEAST_SHARED && 2 * shared >= least_brief * (weight_of_all(l, x) + weight_of_all(l, y));
}

static bool link_brief(linker *l)
{
    postings list = {0};
    candidates c = {0};
    if (!list_open(l, true, &list) || !count_words(l, &list) || !find_candidates(l, &list, true, &c))
        return false;
    for (size_t k = 0; k < c.len; k++) {
        uint32_t a = c.data[k].a, b = c.data[k].b;
        bool again = k > 0 && c.data[k - 1].a == a && c.data[k - 1].b == b;
        if (!again && root_of(l, a) != root_of(l, b) && brief_alike(l, a, b))
            join_by_content(l, a, b);
    }
    fsc_arena_reset(&l->scratch, 0);
    return true;
}

// ---------------------------------------------------------------- chains

typedef struct timed {
    int64_t time;
    uint32_t version;
} timed;

static int by_time(const void *x, const void *y)
{
    const timed *a = x, *b = y;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return (a->version > b->version) - (a->version < b->version);
}

static bool times_of(timed *out, const linker *l, const fsc_chain *c, int field)
{
    for (size_t i = 0; i < c->count; i++) {
        out[i] = (timed){l->v[c->version[i]].time[field], c->version[i]};
        if (out[i].time == FSC_NO_TIME)
            return false;
    }
    return true;
}

static bool sort_chain(linker *l, fsc_chain *c)
{
    timed *t = fsc_arena_alloc(&l->scratch, (c->count + 1) * sizeof *t);
    if (!t)
        return false;
    for (int field = 0; field < 3; field++) {
        if (!times_of(t, l, c, field))
            continue;
        qsort(t, c->count, sizeof *t, by_time);
        for (size_t i = 0; i < c->count; i++)
            c->version[i] = t[i].version;
        break;
    }
    fsc_arena_reset(&l->scratch, 1 << 20);
    return true;
}

static bool make_chains(fsc_chain *chain, size_t *out_count, linker *l)
{
    uint32_t *at = FSC_NEW_N(l->arena, uint32_t, (size_t)l->count + 1); // chain of a root
    uint32_t *room = FSC_NEW_N(l->arena, uint32_t, (size_t)l->count + 1);
    if (!at || !room)
        return false;
    size_t n = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        uint32_t root = root_of(l, i);
        if (root == i) {
            at[i] = (uint32_t)n;
            chain[n++] = (fsc_chain){.by = (fsc_chain_by)l->by[i], .first = i};
        }
        chain[at[root]].count++;
    }
    for (size_t k = 0; k < n; k++) {
        chain[k].version = room;
        room += chain[k].count;
        chain[k].count = 0;
    }
    for (uint32_t i = 0; i < l->count; i++) {
        fsc_chain *c = &chain[at[root_of(l, i)]];
        c->version[c->count++] = i;
    }
    for (size_t k = 0; k < n; k++)
        if (chain[k].count > 1 && !sort_chain(l, &chain[k]))
            return false;
    *out_count = n;
    return true;
}

int fsc_revision_chains(fsc_chain **out, size_t *out_count, const fsc_chain_item *v, size_t count,
                        const fsc_shingle_source *source, fsc_arena *arena, fsc_err *err)
{
    *out_count = 0;
    *out = FSC_NEW_N(arena, fsc_chain, count + 1);
    if (count >= UINT32_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "too many documents for one run of revisions");
    linker l = {.v = v, .source = source, .count = (uint32_t)count, .arena = arena, .err = err};
    l.parent = FSC_NEW_N(arena, uint32_t, count + 1);
    l.by = FSC_NEW_N(arena, uint8_t, count + 1);
    if (!*out || !l.parent || !l.by)
        return fsc_err_nomem(err);
    fsc_arena_init(&l.scratch, NULL);
    for (uint32_t i = 0; i < l.count; i++) {
        l.parent[i] = i;
        l.by[i] = FSC_BY_CONTENT;
    }
    int status = link_keys(&l) ? 0 : FSC_E_NOMEM;
    if (!status)
        status = link_long(&l);
    if (!status && (!link_brief(&l) || !make_chains(*out, out_count, &l)))
        status = FSC_E_NOMEM;
    fsc_arena_release(&l.scratch);
    return status == FSC_E_NOMEM ? fsc_err_nomem(err) : status;
}
