#include <stdlib.h>

#include "lexicon/matcher_p.h"

// What is kept of an array from one text to the next.
#define KEEP_BYTES (1u << 20)

int fsc_matcher_new(fsc_matcher **out, const fsc_lexset *set, fsc_types *types, const fsc_alloc *alloc, fsc_err *err)
{
    *out = NULL;
    if (!alloc)
        alloc = fsc_alloc_default();
    fsc_matcher *m = alloc->alloc(alloc->user, sizeof *m);
    if (!m)
        return fsc_err_nomem(err);
    *m = (fsc_matcher){.alloc = alloc, .set = set, .image = &set->image, .types = types};
    fsc_lex_resolver_init(&m->resolver, m->image, types, alloc);
    size_t regexes = m->image->regex_count;
    size_t entries = m->image->entry_count;
    m->asked = alloc->alloc(alloc->user, (regexes + 1) * sizeof *m->asked);
    m->last = alloc->alloc(alloc->user, (entries + 1) * sizeof *m->last);
    if (m->last)
        memset(m->last, 0, (entries + 1) * sizeof *m->last);
    int status = m->asked && m->last ? fsc_lex_regexes_new(&m->regex, regexes, alloc, err) : fsc_err_nomem(err);
    if (status) {
        fsc_matcher_free(m);
        return status;
    }
    *out = m;
    return FSC_OK;
}

static void free_array(fsc_matcher *m, fsc_lex_array *a)
{
    if (a->data)
        m->alloc->free(m->alloc->user, a->data);
    *a = (fsc_lex_array){0};
}

void fsc_matcher_free(fsc_matcher *m)
{
    if (!m)
        return;
    const fsc_alloc *alloc = m->alloc;
    fsc_lex_resolver_release(&m->resolver);
    fsc_lex_regexes_free(m->regex);
    free_array(m, &m->stack);
    free_array(m, &m->candidate);
    free_array(m, &m->found);
    free_array(m, &m->pending);
    if (m->asked)
        alloc->free(alloc->user, m->asked);
    if (m->last)
        alloc->free(alloc->user, m->last);
    if (m->visit)
        alloc->free(alloc->user, m->visit);
    alloc->free(alloc->user, m);
}

// ---------------------------------------------------------------- hits

static bool guards_allow(fsc_matcher *m, const fsc_lex_entry *entry, uint32_t first, uint32_t end)
{
    if (!(entry->match & FSC_LEX_ENTRY_GUARDED))
        return true;
    const uint32_t *guard = entry->guard;
    return (!guard[FSC_LEX_NOT_BEFORE] || !fsc_lex_walk_before(m, guard[FSC_LEX_NOT_BEFORE], first)) &&
           (!guard[FSC_LEX_NOT_AFTER] || !fsc_lex_walk_after(m, guard[FSC_LEX_NOT_AFTER], end)) &&
           (!guard[FSC_LEX_BEFORE] || fsc_lex_walk_before(m, guard[FSC_LEX_BEFORE], first)) &&
           (!guard[FSC_LEX_AFTER] || fsc_lex_walk_after(m, guard[FSC_LEX_AFTER], end));
}

// The best of an entry first: the shortest gaps, then the most words, then whole words.
static int order_candidates(const void *a, const void *b)
{
    const fsc_lex_candidate *x = a, *y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    if (x->gap != y->gap)
        return x->gap < y->gap ? -1 : 1;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    return (int)x->stripped - (int)y->stripped;
}

static int order_found(const void *a, const void *b)
{
    const fsc_hit *x = &((const fsc_lex_found *)a)->hit, *y = &((const fsc_lex_found *)b)->hit;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static void sort(void *data, size_t count, size_t size, int (*order)(const void *, const void *))
{
    if (count > 1)
        qsort(data, count, size, order);
}

// Hits of an entry with alternatives or gaps that end at the same word, as "clear" in "very clear" for `[very] clear`:
// the shortest gap stands, then the longest. False when the new one is not wanted.
static bool best_at_end(fsc_matcher *m, uint32_t entry, const fsc_hit *hit, uint32_t gap)
{
    fsc_lex_found *found = m->found.data;
    uint32_t last = m->last[entry];
    if (last >= m->found.len || found[last].hit.entry != entry || found[last].hit.end_word != hit->end_word)
        return true;
    if (found[last].gap <= gap)
        return false;
    found[last].gap = FSC_LEX_DROPPED;
    return true;
}

static void add_hit(fsc_matcher *m, const fsc_lex_candidate *c, uint32_t first)
{
    const fsc_word *word = m->text->word;
    uint32_t end = first + c->words;
    uint32_t byte_end = c->stripped ? fsc_lex_stripped_end(m->text, &word[end - 1]) : word[end - 1].end;
    fsc_hit hit = {word[first].start, byte_end, first, end, c->entry};
    if (m->image->entry[c->entry].match & FSC_LEX_ENTRY_MULTI && !best_at_end(m, c->entry, &hit, c->gap))
        return;
    fsc_lex_found *found = fsc_lex_array_push(m, &m->found, sizeof *found);
    if (found)
        *found = (fsc_lex_found){hit, c->gap};
}

// The candidates of one start become hits: one an entry, the best that its guards allow.
static void take_candidates(fsc_matcher *m, uint32_t at)
{
    size_t before = m->found.len, count = m->candidate.len;
    fsc_lex_candidate *c = m->candidate.data;
    sort(c, count, sizeof *c, order_candidates);
    uint32_t taken = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        if (c[i].entry == taken || !guards_allow(m, &m->image->entry[c[i].entry], at, at + c[i].words))
            continue;
        taken = c[i].entry;
        add_hit(m, &c[i], at);
    }
    m->candidate.len = 0;
    fsc_lex_found *found = m->found.data;
    sort(found + before, m->found.len - before, sizeof *found, order_found);
    for (size_t i = before; i < m->found.len; i++)
        m->last[found[i].hit.entry] = (uint32_t)i;
}

// A stretch of the sentence that a regex found, widened to whole words.
static void take_stretch(fsc_matcher *m, uint32_t entry, uint32_t start, uint32_t end)
{
    const fsc_text *text = m->text;
    uint32_t first = fsc_text_word_at(text, start), last = fsc_text_word_at(text, end - 1);
    if (last < m->end && text->word[last].start < end)
        last++;
    if (last > m->end)
        last = m->end;
    if (first < m->first || first >= last)
        return;
    if (!guards_allow(m, &m->image->entry[entry], first, last))
        return;
    fsc_hit hit = {text->word[first].start, text->word[last - 1].end, first, last, entry};
    fsc_lex_found *found = fsc_lex_array_push(m, &m->found, sizeof *found);
    if (found)
        *found = (fsc_lex_found){hit, 0};
}

static int run_regex(fsc_matcher *m, uint32_t regex, fsc_err *err)
{
    const fsc_lex_regex *r = &m->image->regex[regex];
    const fsc_sentence *s = &m->text->sentence[m->sentence];
    fsc_view sentence = fsc_view_slice(m->text->bytes, s->start, s->end);
    size_t from = 0;
    for (;;) {
        fsc_span span;
        int found = fsc_lex_regexes_find(m->regex, regex, fsc_lex_text(m->image, r->text), sentence, from, &span, err);
        if (found <= 0)
            return found;
        take_stretch(m, r->entry, s->start + span.start, s->start + span.end);
        from = span.end;
    }
}

// The regexes whose word stands in the sentence; their hits are sorted in among the others.
static int run_pending(fsc_matcher *m, size_t before, fsc_err *err)
{
    int status = FSC_OK;
    for (size_t i = 0; i < m->pending.len && !status; i++)
        status = run_regex(m, ((uint32_t *)m->pending.data)[i], err);
    m->pending.len = 0;
    fsc_lex_found *found = m->found.data;
    sort(found + before, m->found.len - before, sizeof *found, order_found);
    // widened to words, two stretches may be one
    for (size_t i = before + 1; i < m->found.len; i++)
        if (order_found(&found[i - 1], &found[i]) == 0)
            found[i - 1].gap = FSC_LEX_DROPPED;
    return status;
}

// ---------------------------------------------------------------- texts

static int match_sentence(fsc_matcher *m, uint32_t index, fsc_err *err)
{
    const fsc_sentence *s = &m->text->sentence[index];
    const fsc_word *word = m->text->word;
    const uint32_t *info = m->resolver.info.data;
    bool everywhere = m->image->globals->root_classes != 0;
    size_t before = m->found.len;
    m->sentence = index;
    m->first = s->first_word;
    m->end = s->end_word;
    for (uint32_t i = m->first; i < m->end; i++) {
        uint32_t known = info[word[i].type];
        bool starts = known & FSC_LEX_INFO_STARTS;
        if (known & FSC_LEX_INFO_NEEDS_NEXT)
            starts = i + 1 < m->end && info[word[i + 1].type] & FSC_LEX_INFO_FOLLOWS;
        if (!starts && !everywhere && (i > m->first || !m->image->globals->behind))
            continue;
        fsc_lex_walk_entries(m, i);
        if (m->candidate.len > 0)
            take_candidates(m, i);
    }
    if (m->pending.len > 0)
        return run_pending(m, before, err);
    return FSC_OK;
}

static void shrink(fsc_matcher *m, fsc_lex_array *a, size_t size)
{
    if (a->cap * size > KEEP_BYTES)
        free_array(m, a);
    a->len = 0;
}

static int take_hits(fsc_hits *out, const fsc_matcher *m, fsc_arena *arena, fsc_err *err)
{
    const fsc_lex_found *found = m->found.data;
    size_t kept = 0;
    for (size_t i = 0; i < m->found.len; i++)
        kept += found[i].gap != FSC_LEX_DROPPED;
    if (kept == 0)
        return FSC_OK;
    out->hit = fsc_arena_alloc(arena, kept * sizeof *out->hit);
    if (!out->hit)
        return fsc_err_nomem(err);
    for (size_t i = 0; i < m->found.len; i++)
        if (found[i].gap != FSC_LEX_DROPPED)
            out->hit[out->count++] = found[i].hit;
    return FSC_OK;
}

int fsc_match(fsc_hits *out, fsc_matcher *m, const fsc_text *text, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_hits){0};
    m->text = text;
    m->failed = false;
    m->found.len = m->candidate.len = m->pending.len = m->stack.len = 0;
    memset(m->asked, 0, (m->image->regex_count + 1) * sizeof *m->asked);
    fsc_lex_regexes_reset(m->regex);
    int status = fsc_lex_resolver_update(&m->resolver, err);
    for (size_t i = 0; i < text->sentence_count && !status; i++) {
        status = match_sentence(m, (uint32_t)i, err);
        if (m->failed && !status)
            status = fsc_err_nomem(err);
    }
    if (!status)
        status = take_hits(out, m, arena, err);
    shrink(m, &m->found, sizeof(fsc_lex_found));
    shrink(m, &m->candidate, sizeof(fsc_lex_candidate));
    return status;
}
