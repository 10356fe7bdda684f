// What a document is known by: address, time, shingles.
#include "revision/versions.h"

#include <stdlib.h>

#include "base/map.h"

enum { LEAST_WORDS = 40, LEAST_BRIEF = 8, SHINGLE = 3, SKETCH = 48 };

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

// Runs of three words, or the words themselves.
static size_t put_hashes(uint64_t *out, const fsc_text *text, const fsc_types *types, bool brief)
{
    uint64_t run[SHINGLE] = {0};
    size_t n = 0;
    for (size_t i = 0; i < text->word_count; i++) {
        fsc_view form = fsc_types_form(types, text->word[i].type);
        for (int k = 1; k < SHINGLE; k++)
            run[k - 1] = run[k];
        run[SHINGLE - 1] = fsc_hash64(form.data, form.len, 0);
        if (brief)
            out[n++] = run[SHINGLE - 1];
        else if (i + 1 >= SHINGLE)
            out[n++] = fsc_hash64(run, sizeof run, 0);
    }
    return n;
}

int fsc_revision_shingles(fsc_shingles *out, const fsc_text *text, const fsc_types *types, fsc_arena *arena,
                          fsc_err *err)
{
    *out = (fsc_shingles){.brief = text->word_count < LEAST_WORDS};
    if (text->word_count < LEAST_BRIEF)
        return 0;
    out->hash = FSC_NEW_N(arena, uint64_t, text->word_count);
    if (!out->hash)
        return fsc_err_nomem(err);
    size_t n = put_hashes(out->hash, text, types, out->brief);
    qsort(out->hash, n, sizeof *out->hash, by_hash);
    for (size_t i = 0; i < n; i++)
        if (!out->count || out->hash[out->count - 1] != out->hash[i])
            out->hash[out->count++] = out->hash[i];
    return 0;
}

size_t fsc_revision_sketch(const fsc_shingles *s)
{
    return s->brief || s->count < SKETCH ? s->count : SKETCH;
}

uint64_t fsc_revision_key(fsc_view key)
{
    uint64_t h = fsc_hash64(key.data, key.len, 0);
    return h ? h : 1;
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
