#include <stdlib.h>

#include "engine/chain_p.h"

// Posts that took the place of deleted ones: by the same author, soon after, with most of the words.

enum { MOST = 64 };
#define WEEK (7 * 86400)
static const double least_shared = .5;

typedef struct posted {
    uint64_t author;
    int64_t time;
    uint32_t chain;
} posted;

static int64_t time_of(const fsc_spool *s, uint32_t version)
{
    const int64_t *t = s->item.data[version].time;
    return t[2] != FSC_NO_TIME ? t[2] : t[0] != FSC_NO_TIME ? t[0] : t[1];
}

static posted posted_by(const fsc_chain_job *job, uint32_t chain)
{
    uint32_t first = job->chain[chain].version[0];
    return (posted){job->spool->version.data[first].author, time_of(job->spool, first), chain};
}

static int by_author(const void *x, const void *y)
{
    const posted *a = x, *b = y;
    if (a->author != b->author)
        return a->author < b->author ? -1 : 1;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return (a->chain > b->chain) - (a->chain < b->chain);
}

int fsc_chain_authors(fsc_chain_job *job, fsc_arena *arena, fsc_err *err)
{
    size_t n = 0;
    bool any = false;
    for (size_t i = 0; i < job->spool->version.len; i++)
        any |= job->spool->version.data[i].deleted && job->spool->version.data[i].author;
    posted *list = any ? fsc_arena_alloc(arena, (job->count + 1) * sizeof *list) : NULL;
    if (!any)
        return 0;
    job->by_author = fsc_arena_alloc(arena, (job->count + 1) * sizeof *job->by_author);
    if (!list || !job->by_author)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < job->count; i++) {
        posted p = posted_by(job, (uint32_t)i);
        if (p.author && p.time != FSC_NO_TIME)
            list[n++] = p;
    }
    qsort(list, n, sizeof *list, by_author);
    for (size_t i = 0; i < n; i++)
        job->by_author[i] = list[i].chain;
    job->by_author_count = n;
    return 0;
}

// The first of an author's chains that came after a time.
static size_t first_after(const fsc_chain_job *job, posted after)
{
    size_t low = 0, high = job->by_author_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        posted p = posted_by(job, job->by_author[mid]);
        if (by_author(&p, &after) <= 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

// The words of a version, each once, as sorted ids of the worker's type table.
static int words_of(fsc_chain_writer *w, uint32_t version, uint32_t **out, size_t *count, fsc_err *err)
{
    fsc_article a;
    fsc_text text = {0};
    fsc_arena *arena = &w->worker.document;
    int status = fsc_spool_article(w->job->spool, version, &a, arena, err);
    if (!status)
        status = fsc_text_analyze(&text, a.text, a.part, a.part_count, w->worker.types, arena, err);
    *out = status ? NULL : fsc_arena_alloc(arena, (text.word_count + 1) * sizeof **out);
    if (status || !*out)
        return status ? status : fsc_err_nomem(err);
    for (size_t i = 0; i < text.word_count; i++)
        (*out)[i] = text.word[i].type;
    qsort(*out, text.word_count, sizeof **out, by_number);
    size_t n = 0;
    for (size_t i = 0; i < text.word_count; i++)
        if (!n || (*out)[n - 1] != (*out)[i])
            (*out)[n++] = (*out)[i];
    *count = n;
    return 0;
}

static double shared(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t i = 0, j = 0, both = 0;
    while (i < n && j < m) {
        uint32_t x = a[i], y = b[j];
        both += x == y;
        i += x <= y;
        j += y <= x;
    }
    return n + m ? 2.0 * (double)both / (double)(n + m) : 0;
}

int fsc_chain_replacement(uint32_t *out, fsc_chain_writer *w, const fsc_chain *deleted, uint32_t version, fsc_err *err)
{
    const fsc_chain_job *job = w->job;
    posted gone = {job->spool->version.data[version].author, time_of(job->spool, deleted->version[0]), UINT32_MAX};
    uint32_t *own;
    size_t own_count;
    double best = least_shared;
    *out = FSC_NONE;
    if (!gone.author || gone.time == FSC_NO_TIME || !job->by_author_count)
        return 0;
    int status = words_of(w, version, &own, &own_count, err);
    size_t at = first_after(job, gone);
    for (size_t k = at; k < job->by_author_count && k < at + MOST && !status; k++) {
        posted p = posted_by(job, job->by_author[k]);
        uint32_t *words;
        size_t count;
        if (p.author != gone.author || p.time > gone.time + WEEK)
            break;
        status = words_of(w, job->chain[p.chain].version[0], &words, &count, err);
        double like = status ? 0 : shared(own, own_count, words, count);
        if (like > best) {
            best = like;
            *out = p.chain;
        }
    }
    fsc_worker_reset(&w->worker);
    return status;
}
