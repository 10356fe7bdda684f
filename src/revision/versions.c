// Chains of versions: keys first, then what resembles each other among the rest.
#include "revision/versions.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/vec.h"

enum { LEAST_WORDS = 40, SHINGLE = 3, NEIGHBOURS = 2, LEAST_SUPPORT = 3 };
static const double least_resemblance = .2;

typedef struct posting {
    uint64_t hash;
    uint32_t doc;
} posting;

typedef struct candidate {
    uint32_t a, b;
} candidate;

typedef struct linker {
    const fsc_chain_item *v;
    uint32_t count;
    uint32_t *parent; /* union-find; a root is the first document of its chain */
    uint8_t *by;      /* fsc_chain_by of each document */
    fsc_view *key;
    fsc_arena *arena, *scratch;
} linker;

const char *fsc_chain_by_name(fsc_chain_by by)
{
    static const char *const names[] = {"url", "id", "content"};
    return names[by];
}

// ---------------------------------------------------------------- shingles

static int by_hash(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

int fsc_revision_shingles(fsc_shingles *out, const fsc_text *text, const fsc_types *types, fsc_arena *arena,
                          fsc_err *err)
{
    *out = (fsc_shingles){0};
    if (text->word_count < LEAST_WORDS)
        return 0;
    out->hash = FSC_NEW_N(arena, uint64_t, text->word_count);
    if (!out->hash)
        return fsc_err_nomem(err);
    uint64_t run[SHINGLE] = {0};
    size_t n = 0;
    for (size_t i = 0; i < text->word_count; i++) {
        fsc_view form = fsc_types_form(types, text->word[i].type);
        for (int k = 1; k < SHINGLE; k++)
            run[k - 1] = run[k];
        run[SHINGLE - 1] = fsc_hash64(form.data, form.len, 0);
        if (i + 1 >= SHINGLE)
            out->hash[n++] = fsc_hash64(run, sizeof run, 0);
    }
    qsort(out->hash, n, sizeof *out->hash, by_hash);
    for (size_t i = 0; i < n; i++)
        if (!out->count || out->hash[out->count - 1] != out->hash[i])
            out->hash[out->count++] = out->hash[i];
    return 0;
}

double fsc_revision_resemblance(const fsc_shingles *a, const fsc_shingles *b)
{
    size_t i = 0, j = 0, shared = 0;
    while (i < a->count && j < b->count) {
        uint64_t x = a->hash[i], y = b->hash[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    size_t all = a->count + b->count - shared;
    return all ? (double)shared / (double)all : 0;
}

// ---------------------------------------------------------------- addresses

static bool is_tracking(fsc_view name)
{
    static const char *const names[] = {"fbclid", "gclid",   "dclid", "msclkid", "yclid", "mc_cid",  "mc_eid", "igshid",
                                        "ref",    "ref_src", "cmp",   "cmpid",   "smid",  "smtyp",   "ncid",   "ocid",
                                        "ito",    "_ga",     "taid",  "partner", "s_cid", "wt.mc_id"};
    static const char *const starts[] = {"utm_", "at_", "pk_", "mtm_"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (fsc_view_eq_nocase(name, fsc_view_cstr(names[i])))
            return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (fsc_view_eq_nocase(fsc_view_slice(name, 0, strlen(starts[i])), fsc_view_cstr(starts[i])))
            return true;
    return false;
}

static fsc_view cut_at(fsc_view v, const char *mark)
{
    size_t at = fsc_view_find(v, fsc_view_cstr(mark), 0);
    return at == SIZE_MAX ? v : fsc_view_slice(v, 0, at);
}

// The parameters that choose a page, behind "?", in their order.
static size_t put_query(char *out, fsc_view query)
{
    size_t n = 0;
    while (query.data) {
        fsc_view one = fsc_view_split(&query, '&');
        if (!one.len || is_tracking(cut_at(one, "=")))
            continue;
        out[n] = n ? '&' : '?';
        memcpy(out + n + 1, one.data, one.len);
        n += one.len + 1;
    }
    return n;
}

fsc_view fsc_revision_url_key(fsc_view url, fsc_arena *arena)
{
    url = cut_at(fsc_view_trim(url), "#");
    size_t at = fsc_view_find(url, FSC_LIT("://"), 0);
    if (at != SIZE_MAX && at < 12)
        url = fsc_view_slice(url, at + 3, url.len);
    else if (fsc_view_starts(url, FSC_LIT("//")))
        url = fsc_view_slice(url, 2, url.len);
    fsc_view path = cut_at(url, "?"), query = fsc_view_slice(url, path.len + (path.len < url.len), url.len);
    fsc_view host = cut_at(path, "/");
    char *out = fsc_arena_alloc(arena, url.len + 2);
    if (!url.len || !out)
        return (fsc_view){0};
    memcpy(out, path.data, path.len);
    for (size_t i = 0; i < host.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] - 'A' + 'a');
    size_t n = path.len, skip = n > 4 && memcmp(out, "www.", 4) == 0 ? 4 : 0;
    while (n > skip && out[n - 1] == '/')
        n--;
    n += put_query(out + n, query);
    return (fsc_view){out + skip, n - skip};
}

// ---------------------------------------------------------------- times

static bool number(int64_t *out, fsc_view v, size_t at, size_t digits)
{
    *out = 0;
    if (at + digits > v.len)
        return false;
    for (size_t i = at; i < at + digits; i++) {
        if (v.data[i] < '0' || v.data[i] > '9')
            return false;
        *out = *out * 10 + (v.data[i] - '0');
    }
    return true;
}

// Days since 1970 in the proleptic Gregorian calendar: years counted from March.
static int64_t days(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

// "+02:00", "-0500", "Z" or nothing.
static int64_t offset_at(fsc_view v, size_t at)
{
    int64_t h, m = 0;
    if (at >= v.len || (v.data[at] != '+' && v.data[at] != '-') || !number(&h, v, at + 1, 2))
        return 0;
    if (!number(&m, v, at + 3 + (at + 3 < v.len && v.data[at + 3] == ':'), 2))
        m = 0;
    return (v.data[at] == '-' ? -1 : 1) * (h * 3600 + m * 60);
}

bool fsc_revision_time(int64_t *out, fsc_view v)
{
    int64_t y, mo, d, h = 0, mi = 0, s = 0;
    if (!number(&y, v, 0, 4) || !number(&mo, v, 5, 2) || !number(&d, v, 8, 2) || v.data[4] != '-' || v.data[7] != '-')
        return false;
    *out = days(y, mo, d) * 86400;
    if (v.len < 16 || !number(&h, v, 11, 2) || !number(&mi, v, 14, 2))
        return true;
    size_t at = 16;
    if (number(&s, v, 17, 2) && v.data[16] == ':')
        at = 19;
    else
        s = 0;
    while (at < v.len && (v.data[at] == '.' || (v.data[at] >= '0' && v.data[at] <= '9')))
        at++;
    *out += h * 3600 + mi * 60 + s - offset_at(v, at);
    return true;
}

// ---------------------------------------------------------------- linking

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

// Documents with an address, then those that share an id with others.
static bool link_keys(linker *l)
{
    fsc_map urls, ids;
    fsc_map_init(&urls, l->scratch);
    fsc_map_init(&ids, l->scratch);
    for (uint32_t i = 0; i < l->count; i++) {
        const fsc_chain_item *v = &l->v[i];
        fsc_view url = v->canonical.len ? v->canonical : v->url;
        l->by[i] = url.len ? FSC_BY_URL : v->id.len ? FSC_BY_ID : FSC_BY_CONTENT;
        l->key[i] = url.len ? fsc_revision_url_key(url, l->arena) : v->id.len ? v->id : v->source;
        if (url.len && !l->key[i].data)
            return false;
        if (l->by[i] == FSC_BY_CONTENT)
            continue;
        uint32_t *first = fsc_map_put(url.len ? &urls : &ids, l->key[i], i, NULL);
        if (!first)
            return false;
        join(l, *first, i);
    }
    return true;
}

static int by_posting(const void *x, const void *y)
{
    const posting *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->doc > b->doc) - (a->doc < b->doc);
}

static int by_pair(const void *x, const void *y)
{
    const candidate *a = x, *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

// A document without an address whose id, if it has one, is nobody else's.
static bool is_open(const linker *l, const uint32_t *members, uint32_t i)
{
    return l->by[i] != FSC_BY_URL && members[root_of(l, i)] == 1 && l->v[i].shingles.count;
}

typedef fsc_vec(candidate) candidates;

// Neighbours in the lists of the inverted index: documents that resemble each other are neighbours in those of what
// only they have, so that a phrase of the whole archive costs no more than its length.
static bool find_candidates(linker *l, candidates *out)
{
    uint32_t *members = FSC_NEW_N(l->scratch, uint32_t, (size_t)l->count + 1);
    fsc_vec(posting) list = {0};
    if (!members)
        return false;
    for (uint32_t i = 0; i < l->count; i++)
        members[root_of(l, i)]++;
    for (uint32_t i = 0; i < l->count; i++) {
        if (!is_open(l, members, i))
            continue;
        for (size_t k = 0; k < l->v[i].shingles.count; k++)
            if (!fsc_vec_push(l->scratch, &list, (posting){l->v[i].shingles.hash[k], i}))
                return false;
    }
    if (list.len)
        qsort(list.data, list.len, sizeof *list.data, by_posting);
    for (size_t k = 0; k < list.len; k++)
        for (size_t n = k + 1; n < list.len && n <= k + NEIGHBOURS && list.data[n].hash == list.data[k].hash; n++)
            if (!fsc_vec_push(l->scratch, out, (candidate){list.data[k].doc, list.data[n].doc}))
                return false;
    return true;
}

static bool link_content(linker *l)
{
    candidates c = {0};
    if (!find_candidates(l, &c))
        return false;
    if (c.len)
        qsort(c.data, c.len, sizeof *c.data, by_pair);
    for (size_t k = 0, end; k < c.len; k = end) {
        uint32_t a = c.data[k].a, b = c.data[k].b;
        for (end = k; end < c.len && c.data[end].a == a && c.data[end].b == b; end++)
            continue;
        if (end - k < LEAST_SUPPORT || root_of(l, a) == root_of(l, b) ||
            fsc_revision_resemblance(&l->v[a].shingles, &l->v[b].shingles) < least_resemblance)
            continue;
        join(l, a, b);
        l->by[root_of(l, a)] = FSC_BY_CONTENT;
    }
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
        const fsc_chain_item *v = &l->v[c->version[i]];
        fsc_view date = field == 0 ? v->captured : field == 1 ? v->modified : v->published;
        out[i].version = c->version[i];
        if (!fsc_revision_time(&out[i].time, date))
            return false;
    }
    return true;
}

static bool sort_chain(const linker *l, fsc_chain *c)
{
    timed *t = fsc_arena_alloc(l->scratch, (c->count + 1) * sizeof *t);
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
    return true;
}

static bool make_chains(fsc_chain *chain, size_t *out_count, linker *l)
{
    uint32_t *at = FSC_NEW_N(l->scratch, uint32_t, (size_t)l->count + 1); // chain of a root
    uint32_t *room = FSC_NEW_N(l->arena, uint32_t, (size_t)l->count + 1);
    if (!at || !room)
        return false;
    size_t n = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        uint32_t root = root_of(l, i);
        if (root == i) {
            at[i] = (uint32_t)n;
            chain[n++] = (fsc_chain){.by = (fsc_chain_by)l->by[i], .key = l->key[i]};
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

int fsc_revision_chains(fsc_chain **out, size_t *out_count, const fsc_chain_item *v, size_t count, fsc_arena *arena,
                        fsc_arena *scratch, fsc_err *err)
{
    *out_count = 0;
    *out = FSC_NEW_N(arena, fsc_chain, count + 1);
    if (count >= UINT32_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "too many documents for one run of revisions");
    linker l = {.v = v, .count = (uint32_t)count, .arena = arena, .scratch = scratch};
    l.parent = FSC_NEW_N(scratch, uint32_t, count + 1);
    l.by = FSC_NEW_N(scratch, uint8_t, count + 1);
    l.key = FSC_NEW_N(scratch, fsc_view, count + 1);
    if (!*out || !l.parent || !l.by || !l.key)
        return fsc_err_nomem(err);
    for (uint32_t i = 0; i < l.count; i++)
        l.parent[i] = i;
    if (!link_keys(&l) || !link_content(&l) || !make_chains(*out, out_count, &l))
        return fsc_err_nomem(err);
    return 0;
}
