#include "engine/near_p.h"

// A text is compared with earlier ones that share one of its smallest hashes, at most PEERS a hash, so that a phrase which every page repeats
// does not make the work quadratic.

enum { INDEXED = 8, PEERS = 16, DIGITS = 8 };
static const double least_resemblance = 0.8;

double fsc_sketch_resemblance(const fsc_sketch *a, const fsc_sketch *b)
{
    uint32_t i = 0, j = 0, all = 0, shared = 0, wanted = a->count < b->count ? a->count : b->count;
    // the smallest of the union, as many as the smaller sketch holds: beyond that one of the two is not known
    while (all < wanted && i < a->count && j < b->count) {
        uint32_t x = a->value[i], y = b->value[j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
        all++;
    }
    return all ? (double)shared / (double)all : 0;
}

int fsc_sketch_make(fsc_sketch *out, const fsc_text *text, const fsc_types *types, fsc_arena *scratch, fsc_err *err)
{
    fsc_shingles shingles;
    int status = fsc_revision_shingles(&shingles, text, types, scratch, err);
    out->count = 0;
    for (; !status && !shingles.brief && out->count < FSC_SKETCH && out->count < shingles.count; out->count++)
        out->value[out->count] = (uint32_t)(shingles.hash[out->count] >> 32);
    return status;
}

int fsc_sketch_put(fsc_analysis *a, fsc_worker *w, fsc_err *err)
{
    static const char digit[] = "0123456789abcdef";
    fsc_sketch s = {0};
    int status = fsc_record_scored(a->article.status) ? fsc_sketch_make(&s, &a->text, w->types, &w->scratch, err) : 0;
    char *cell = fsc_arena_alloc(&w->document, DIGITS * FSC_SKETCH);
    if (status || !cell)
        return status ? status : fsc_err_nomem(err);
    for (uint32_t i = 0; i < s.count; i++)
        for (uint32_t k = 0; k < DIGITS; k++)
            cell[i * DIGITS + k] = digit[s.value[i] >> 4 * (DIGITS - 1 - k) & 15];
    a->sketch = fsc_view_of(cell, (size_t)s.count * DIGITS);
    return 0;
}

bool fsc_sketch_get(fsc_sketch *out, fsc_view cell)
{
    *out = (fsc_sketch){.count = (uint32_t)(cell.len / DIGITS)};
    if (cell.len % DIGITS || out->count > FSC_SKETCH)
        return false;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.data[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 16;
        if (digit > 15)
            return false;
        out->value[i / DIGITS] = out->value[i / DIGITS] << 4 | digit;
    }
    return true;
}

static fsc_view bytes_of(const void *p, size_t size)
{
    return fsc_view_of(p, size);
}

void fsc_near_init(fsc_near *n, fsc_arena *arena)
{
    *n = (fsc_near){.arena = arena};
    fsc_map_init(&n->exact, arena);
    fsc_map_init(&n->hash, arena);
}

uint32_t fsc_near_find(const fsc_near *n, const uint64_t *content, const fsc_sketch *s)
{
    const uint32_t *same = fsc_map_get(&n->exact, bytes_of(content, sizeof *content));
    if (same)
        return *same;
    for (uint32_t i = 0; i < s->count && i < INDEXED; i++) {
        const uint32_t *at = fsc_map_get(&n->hash, bytes_of(&s->value[i], sizeof s->value[i]));
        for (uint32_t k = at ? *at : FSC_NONE; k != FSC_NONE; k = n->node.data[k].next)
            if (fsc_sketch_resemblance(n->node.data[k].sketch, s) >= least_resemblance)
                return n->node.data[k].number;
    }
    return FSC_NONE;
}

bool fsc_near_add(fsc_near *n, const uint64_t *content, const fsc_sketch *s, uint32_t number)
{
    if (!fsc_map_put(&n->exact, bytes_of(content, sizeof *content), number, NULL))
        return false;
    for (uint32_t i = 0; i < s->count && i < INDEXED; i++) {
        uint32_t *at = fsc_map_put(&n->hash, bytes_of(&s->value[i], sizeof s->value[i]), FSC_NONE, NULL);
        if (!at)
            return false;
        fsc_near_node one = {.sketch = s, .number = number, .next = *at, .depth = *at == FSC_NONE ? 1 : n->node.data[*at].depth + 1};
        if (one.depth > PEERS)
            continue;
        *at = (uint32_t)n->node.len;
        if (!fsc_vec_push(n->arena, &n->node, one))
            return false;
    }
    return true;
}
