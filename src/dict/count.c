// How LIWC and quanteda count hits that overlap.
#include <stdlib.h>

#include "dict/dict_p.h"

// ---------------------------------------------------------------- LIWC

static int by_place(const void *a, const void *b)
{
    const fsc_dict_hit *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

void fsc_dict_count_liwc(uint64_t *n, uint64_t *captured, fsc_dict_hit *hit, size_t count)
{
    uint32_t free_from = 0;
    *captured = 0;
    if (count)
        qsort(hit, count, sizeof *hit, by_place);
    for (size_t i = 0; i < count;) {
        const fsc_dict_hit *best = &hit[i];
        bool taken = best->first >= free_from;
        if (taken) {
            *captured += best->end - best->first;
            free_from = best->end;
        }
        // all that match the same words, each key once; what is shorter or stands inside waits for nothing
        for (; i < count && hit[i].first == best->first; i++)
            if (taken && hit[i].end == best->end && (&hit[i] == best || hit[i].key != hit[i - 1].key))
                n[hit[i].key]++;
    }
}

// ---------------------------------------------------------------- quanteda

static int by_span(const void *a, const void *b)
{
    const fsc_dict_hit *x = a, *y = b;
    uint32_t x_span = x->end - x->first, y_span = y->end - y->first;
    if (x_span != y_span)
        return x_span > y_span ? -1 : 1;
    return by_place(a, b);
}

// The keys that have used a word.
typedef struct use {
    uint32_t key, next; // next: index + 1
} use;

typedef fsc_vec(use) use_vec;

static bool is_used(const use_vec *uses, const uint32_t *head, const fsc_dict_hit *h)
{
    for (uint32_t w = h->first; w < h->end; w++)
        for (uint32_t u = head[w]; u; u = uses->data[u - 1].next)
            if (uses->data[u - 1].key == h->key)
                return true;
    return false;
}

static bool all_used(const bool *covered, const fsc_dict_hit *h)
{
    for (uint32_t w = h->first; w < h->end; w++)
        if (!covered[w])
            return false;
    return true;
}

int fsc_dict_count_quanteda(uint64_t *n, bool *covered, fsc_dict_hit *hit, size_t count, const fsc_dict_scope *scope, fsc_arena *scratch)
{
    use_vec uses = {0};
    uint32_t *head = FSC_NEW_N(scratch, uint32_t, scope->words + 1);
    if (!head)
        return FSC_E_NOMEM;
    if (count)
        qsort(hit, count, sizeof *hit, by_span);
    for (size_t i = 0, next; i < count; i = next) {
        // keys of the same words do not hide each other
        bool nested = scope->dictionary && all_used(covered, &hit[i]), any = false;
        for (next = i; next < count && hit[next].first == hit[i].first && hit[next].end == hit[i].end; next++) {
            const fsc_dict_hit *h = &hit[next];
            if (nested || is_used(&uses, head, h))
                continue;
            n[h->key]++;
            any = true;
            for (uint32_t w = h->first; w < h->end; w++) {
                if (!fsc_vec_push(scratch, &uses, (use){h->key, head[w]}))
                    return FSC_E_NOMEM;
                head[w] = (uint32_t)uses.len;
            }
        }
        for (uint32_t w = hit[i].first; any && w < hit[i].end; w++)
            covered[w] = true;
    }
    return FSC_OK;
}
