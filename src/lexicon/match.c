#include <stdlib.h>

#include "lexicon/look_p.h"
#include "lexicon/matcher_p.h"
#include "lexicon/pattern_p.h"

// What is kept of an array from one text to the next.
#define KEEP_BYTES (1u << 20)

// The keys of what must follow for a pattern to go on from a node; all when nothing must.
static uint64_t starts_of(const fsc_lex_image *image, uint32_t place)
{
    uint32_t header = image->code[place];
    return header & (FSC_LEX_NODE_ACCEPT | FSC_LEX_NODE_OTHER) ? UINT64_MAX : fsc_lex_keys(header);
}

// What the loop over words must know of patterns that start otherwise than with a word's own symbol.
static void prepare_classes(fsc_matcher *m)
{
    const fsc_lex_image *image = m->image;
    uint32_t classes = image->globals->root_classes;
    m->class_words = fsc_lex_class_words(classes);
    for (uint32_t sym = 0; sym < FSC_LEX_SYM_CLASSES; sym++)
        for (uint32_t i = image->root[sym]; i < image->root[sym + 1]; i++)
            m->class_starts |= starts_of(image, image->target[i]);
    if (!image->globals->behind)
        return;
    m->behind_starts = starts_of(image, image->globals->behind);
    m->class_words |= FSC_WORD_SENTENCE;
}

static void forget_steps(fsc_matcher *m)
{
    memset(m->step, 0, FSC_LEX_STEPS * sizeof *m->step);
    m->generation = fsc_types_generation(m->types);
}

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
    prepare_classes(m);
    size_t regexes = m->image->regex_count;
    size_t entries = m->image->entry_count;
    m->asked = alloc->alloc(alloc->user, (regexes + 1) * sizeof *m->asked);
    m->last = fsc_alloc_zeroed(alloc, (entries + 1) * sizeof *m->last);
    m->step = fsc_alloc_zeroed(alloc, FSC_LEX_STEPS * sizeof *m->step);
    bool all = m->asked && m->last && m->step;
    int status = all ? fsc_lex_regexes_new(&m->regex, regexes, alloc, err) : fsc_err_nomem(err);
    if (status) {
        fsc_matcher_free(m);
        return status;
    }
    m->generation = fsc_types_generation(types);
    *out = m;
    return FSC_OK;
}

void fsc_matcher_quiet(fsc_matcher *m, fsc_quiet_fn *quiet, const void *user)
{
    m->resolver.quiet = quiet;
    m->resolver.quiet_user = user;
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
    free_array(m, &m->stretch);
    free_array(m, &m->pending);
    if (m->asked)
        alloc->free(alloc->user, m->asked);
    if (m->last)
        alloc->free(alloc->user, m->last);
    if (m->visit)
        alloc->free(alloc->user, m->visit);
    if (m->step)
        alloc->free(alloc->user, m->step);
    alloc->free(alloc->user, m);
}

// ---------------------------------------------------------------- hits

// The best of an entry first: the shortest gaps, then the most words, then whole words.
static int order_candidates(const void *a, const void *b)
{
    const fsc_lex_candidate *x = a, *y = b;
    uint32_t x_entry = x->entry & FSC_LEX_ENTRY, y_entry = y->entry & FSC_LEX_ENTRY;
    if (x_entry != y_entry)
        return x_entry < y_entry ? -1 : 1;
    if (x->gap != y->gap)
        return x->gap < y->gap ? -1 : 1;
    if (x->words != y->words)
        return x->words > y->words ? -1 : 1;
    return (int)(x->entry >> 31) - (int)(y->entry >> 31);
}

static int order_hits(const void *a, const void *b)
{
    const fsc_hit *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

// Takes back the hit of an entry that starts at word `first`.
static void drop_hit(fsc_matcher *m, uint32_t entry, uint32_t first)
{
    fsc_hit *hit = m->found.data;
    for (size_t i = m->found.len; i > m->found_before && hit[i - 1].first_word >= first; i--) {
        if (hit[i - 1].first_word == first && hit[i - 1].entry == entry)
            hit[i - 1].entry = FSC_NONE;
    }
    m->dropped = true;
}

// Hits of an entry of several lengths that end at the same word, as "clear" in "very clear" for `[very] clear`: the
// shortest gap stands, then the longest. False when the new one is not wanted.
static bool best_at_end(fsc_matcher *m, uint32_t entry, uint32_t first, uint32_t end, uint32_t gap)
{
    fsc_lex_stretch *s = m->stretch.data;
    uint32_t last = m->last[entry], i = last;
    while (i < m->stretch.len && s[i].entry == entry && s[i].first + FSC_LEX_MAX_WORDS >= end) {
        if (s[i].end == end && s[i].gap != FSC_LEX_DROPPED) {
            if (gap >= s[i].gap)
                return false;
            s[i].gap = FSC_LEX_DROPPED;
            drop_hit(m, entry, s[i].first);
            break;
        }
        if (s[i].previous >= i)
            break;
        i = s[i].previous;
    }
    m->last[entry] = (uint32_t)m->stretch.len;
    fsc_lex_stretch *more = fsc_lex_array_push(m, &m->stretch, sizeof *more);
    if (more)
        *more = (fsc_lex_stretch){entry, first, end, gap, last};
    return true;
}

// An entry (with flags) of `words` words from `first` on becomes a hit if its guards allow.
static bool take(fsc_matcher *m, const fsc_lex_candidate *c, uint32_t first)
{
    uint32_t entry = c->entry & FSC_LEX_ENTRY, end = first + c->words;
    if (c->entry & FSC_LEX_GUARDED && !fsc_lex_guards_allow(m, entry, first, end))
        return false;
    const fsc_word *word = m->text->word;
    uint32_t byte_end = c->entry & FSC_LEX_STRIPPED ? fsc_lex_stripped_end(m->text, &word[end - 1]) : word[end - 1].end;
    if (c->entry & FSC_LEX_STRETCHES && !best_at_end(m, entry, first, end, c->gap))
        return true;
    fsc_hit *hit = fsc_lex_array_push(m, &m->found, sizeof *hit);
    if (hit)
        *hit = (fsc_hit){word[first].start, byte_end, first, end, entry};
    return true;
}

#define FEW 16 // so many are sorted fastest by hand

static void sort_candidates(fsc_lex_candidate *c, size_t count)
{
    if (count > FEW) {
        qsort(c, count, sizeof *c, order_candidates);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        fsc_lex_candidate next = c[i];
        size_t k = i;
        for (; k > 0 && order_candidates(&c[k - 1], &next) > 0; k--)
            c[k] = c[k - 1];
        c[k] = next;
    }
}

static void sort_hits(fsc_hit *hit, size_t count)
{
    if (count > FEW) {
        qsort(hit, count, sizeof *hit, order_hits);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        fsc_hit next = hit[i];
        size_t k = i;
        for (; k > 0 && order_hits(&hit[k - 1], &next) > 0; k--)
            hit[k] = hit[k - 1];
        hit[k] = next;
    }
}

// The candidates of one start become hits: one an entry, the best that its guards allow.
static void take_candidates(fsc_matcher *m, uint32_t at)
{
    size_t before = m->found.len, count = m->candidate.len;
    fsc_lex_candidate *c = m->candidate.data;
    uint32_t taken = UINT32_MAX;
    sort_candidates(c, count);
    for (size_t i = 0; i < count; i++)
        if ((c[i].entry & FSC_LEX_ENTRY) != taken && take(m, &c[i], at))
            taken = c[i].entry & FSC_LEX_ENTRY;
    m->candidate.len = 0;
    if (m->found.len - before > 1)
        sort_hits((fsc_hit *)m->found.data + before, m->found.len - before);
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
    if (m->image->guarded[entry] && !fsc_lex_guards_allow(m, entry, first, last))
        return;
    fsc_hit *hit = fsc_lex_array_push(m, &m->found, sizeof *hit);
    if (hit)
        *hit = (fsc_hit){text->word[first].start, text->word[last - 1].end, first, last, entry};
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

static void remove_dropped(fsc_matcher *m)
{
    fsc_hit *hit = m->found.data;
    size_t kept = m->found_before;
    for (size_t i = kept; i < m->found.len; i++)
        if (hit[i].entry != FSC_NONE)
            hit[kept++] = hit[i];
    m->found.len = kept;
    m->dropped = false;
}

// The regexes whose word stands in the sentence; their hits are sorted in among the others.
static int run_pending(fsc_matcher *m, fsc_err *err)
{
    int status = FSC_OK;
    for (size_t i = 0; i < m->pending.len && !status; i++)
        status = run_regex(m, ((uint32_t *)m->pending.data)[i], err);
    m->pending.len = 0;
    size_t before = m->found_before, kept = before;
    fsc_hit *hit = m->found.data;
    if (m->found.len - before > 1)
        qsort(hit + before, m->found.len - before, sizeof *hit, order_hits);
    // widened to words, two stretches may be one
    for (size_t i = before; i < m->found.len; i++)
        if (kept == before || order_hits(&hit[kept - 1], &hit[i]) != 0)
            hit[kept++] = hit[i];
    m->found.len = kept;
    return status;
}

// ---------------------------------------------------------------- texts

// The entries that are the word alone, when nothing longer starts there: they stand in their order already.
static void take_alone(fsc_matcher *m, uint32_t at, const uint32_t *entry, uint32_t count)
{
    const fsc_word *word = &m->text->word[at];
    bool room = m->found.cap - m->found.len >= count || fsc_lex_array_room(m, &m->found, count, sizeof(fsc_hit));
    if (count == 0 || !room)
        return;
    fsc_hit *hit = (fsc_hit *)m->found.data + m->found.len, *first = hit;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = entry[i] & FSC_LEX_ENTRY, end = word->end;
        if (entry[i] & (FSC_LEX_GUARDED | FSC_LEX_STRETCHES | FSC_LEX_STRIPPED)) {
            if (entry[i] & FSC_LEX_GUARDED && !fsc_lex_guards_allow(m, number, at, at + 1))
                continue;
            if (entry[i] & FSC_LEX_STRETCHES && !best_at_end(m, number, at, at + 1, 0))
                continue;
            if (entry[i] & FSC_LEX_STRIPPED)
                end = fsc_lex_stripped_end(m->text, word);
        }
        *hit++ = (fsc_hit){word->start, end, at, at + 1, number};
    }
    m->found.len += (size_t)(hit - first);
}

static bool add_candidate(fsc_matcher *m, uint32_t entry)
{
    fsc_lex_candidate *c = fsc_lex_array_push(m, &m->candidate, sizeof *c);
    if (c)
        *c = (fsc_lex_candidate){entry, 1, 0};
    return c;
}

static bool starts_with_next(const fsc_matcher *m, uint32_t at)
{
    const fsc_word *word = &m->text->word[at];
    const fsc_lex_sign *sign = m->resolver.sign.data;
    return at + 1 < m->end && sign[word->type].starts & sign[word[1].type].follows & ~FSC_LEX_ALWAYS;
}

// Word `at` starts something: its own entries, and longer ones.
static void match_word(fsc_matcher *m, uint32_t at, const fsc_lex_sign *sign)
{
    const uint32_t *start = m->resolver.start.data + (sign->start >> FSC_LEX_START_SHIFT);
    uint32_t entries = start[0], leads = start[1];
    const uint32_t *entry = start + 2;
    // most of the time the next word is none that goes with it
    if (leads && (sign->start & FSC_LEX_START_AHEAD || starts_with_next(m, at)))
        fsc_lex_walk_leads(m, at, entry + entries, leads);
    if (m->candidate.len == 0) {
        take_alone(m, at, entry, entries);
        return;
    }
    for (uint32_t i = 0; i < entries; i++)
        add_candidate(m, entry[i]);
}

static void take_one(fsc_matcher *m, uint32_t at, uint32_t entry)
{
    const fsc_word *word = &m->text->word[at];
    fsc_hit *hit = fsc_lex_array_push(m, &m->found, sizeof *hit);
    if (hit)
        *hit = (fsc_hit){word->start, word->end, at, at + 1, entry};
}

// Patterns that start with the start of the sentence may go on with a word of a type.
static bool starts_sentence(const fsc_matcher *m, uint32_t type)
{
    uint32_t behind = m->image->globals->behind;
    if (!(m->behind_starts & (m->resolver.sign.data[type].later | FSC_LEX_ALWAYS)))
        return false;
    return m->behind_starts & FSC_LEX_ALWAYS || fsc_lex_step_from(m, behind, type)->target != FSC_LEX_NOWHERE;
}

// Patterns that start with a class, or with the start of the sentence, may start at word `at`.
static bool starts_otherwise(const fsc_matcher *m, uint32_t at)
{
    const fsc_word *word = &m->text->word[at];
    const fsc_lex_sign *sign = m->resolver.sign.data;
    return (at == m->first && starts_sentence(m, word->type)) ||
           m->class_starts & (FSC_LEX_ALWAYS | (at + 1 < m->end ? sign[word[1].type].later : 0));
}

// A word that may start something: by its type, by a class, or as the first of its sentence.
static void look_at(fsc_matcher *m, uint32_t at)
{
    const fsc_word *word = &m->text->word[at];
    const fsc_lex_sign *sign = &m->resolver.sign.data[word->type];
    if (word->flags & m->class_words && starts_otherwise(m, at))
        fsc_lex_walk_otherwise(m, at);
    if (sign->start & FSC_LEX_START_ODD)
        fsc_lex_walk_symbols(m, at);
    else if (sign->start & FSC_LEX_START_ONE && m->candidate.len == 0)
        take_one(m, at, sign->start >> FSC_LEX_START_SHIFT);
    else if (sign->start & FSC_LEX_START_ONE)
        add_candidate(m, sign->start >> FSC_LEX_START_SHIFT);
    else if (sign->start)
        match_word(m, at, sign);
    if (m->candidate.len > 0)
        take_candidates(m, at);
}

// ---------------------------------------------------------------- sentences

static int end_sentence(fsc_matcher *m, fsc_err *err)
{
    if (m->dropped)
        remove_dropped(m);
    int status = m->pending.len > 0 ? run_pending(m, err) : FSC_OK;
    return m->failed && !status ? fsc_err_nomem(err) : status;
}

static void begin_sentence(fsc_matcher *m, uint32_t index)
{
    m->sentence = index;
    m->first = m->text->sentence[index].first_word;
    m->end = m->text->sentence[index].end_word;
    m->found_before = m->found.len;
    m->stretch.len = 0;
}

// The words of [from, to) that may start something, into *out; how many. Half of all words do, in no order that a
// processor could foresee, so all are written and the next one stands over those that do not.
static uint32_t find_starts(const fsc_matcher *m, uint32_t from, uint32_t to, uint32_t *out)
{
    const fsc_word *word = m->text->word;
    const fsc_lex_sign *sign = m->resolver.sign.data;
    uint32_t count = 0, class_words = m->class_words;
    uint64_t starts = sign[word[from].type].starts;
    for (uint32_t i = from; i + 1 < to; i++) {
        const fsc_lex_sign *next = &sign[word[i + 1].type];
        out[count] = i;
        count += ((starts & next->follows) | (word[i].flags & class_words)) != 0;
        starts = next->starts;
    }
    out[count] = to - 1; // it is looked at in any case
    return count + 1;
}

static int match_words(fsc_matcher *m, fsc_err *err)
{
    enum { CHUNK = 256 };
    const fsc_text *text = m->text;
    uint32_t at[CHUNK], sentence = 0;
    int status = FSC_OK;
    begin_sentence(m, 0);
    for (uint32_t from = 0; from < text->word_count && !status; from += CHUNK) {
        uint32_t to = text->word_count - from < CHUNK ? (uint32_t)text->word_count : from + CHUNK;
        uint32_t count = find_starts(m, from, to, at);
        for (uint32_t i = 0; i < count && !status; i++) {
            while (at[i] >= m->end && !status) {
                status = end_sentence(m, err);
                begin_sentence(m, ++sentence);
            }
            if (!status)
                look_at(m, at[i]);
        }
    }
    return status ? status : end_sentence(m, err);
}

static void shrink(fsc_matcher *m, fsc_lex_array *a, size_t size)
{
    if (a->cap * size > KEEP_BYTES)
        free_array(m, a);
    a->len = 0;
}

// Hits that are too many to be kept for the next text: the document's arena frees them.
typedef struct many_hits {
    const fsc_alloc *alloc;
    void *data;
} many_hits;

static void free_many(void *ptr)
{
    const many_hits *many = ptr;
    many->alloc->free(many->alloc->user, many->data);
}

static int give_hits(fsc_hits *out, fsc_matcher *m, fsc_arena *arena, fsc_err *err)
{
    many_hits *many = fsc_arena_alloc(arena, sizeof *many);
    if (!many)
        return fsc_err_nomem(err);
    *many = (many_hits){m->alloc, m->found.data};
    *out = (fsc_hits){.hit = m->found.data, .count = m->found.len};
    m->found = (fsc_lex_array){0};
    return fsc_arena_defer(arena, free_many, many) ? FSC_OK : fsc_err_nomem(err);
}

static int take_hits(fsc_hits *out, fsc_matcher *m, fsc_arena *arena, fsc_err *err)
{
    if (m->found.len == 0)
        return FSC_OK;
    if (m->found.cap * sizeof *out->hit > KEEP_BYTES)
        return give_hits(out, m, arena, err);
    out->hit = fsc_arena_alloc(arena, m->found.len * sizeof *out->hit);
    if (!out->hit)
        return fsc_err_nomem(err);
    memcpy(out->hit, m->found.data, m->found.len * sizeof *out->hit);
    out->count = m->found.len;
    return FSC_OK;
}

int fsc_match(fsc_hits *out, fsc_matcher *m, const fsc_text *text, fsc_arena *arena, fsc_err *err)
{
    *out = (fsc_hits){0};
    m->text = text;
    m->failed = m->dropped = false;
    m->found.len = m->candidate.len = m->pending.len = m->stack.len = 0;
    memset(m->asked, 0, (m->image->regex_count + 1) * sizeof *m->asked);
    fsc_lex_regexes_reset(m->regex);
    if (m->generation != fsc_types_generation(m->types))
        forget_steps(m);
    int status = fsc_lex_resolver_update(&m->resolver, err);
    if (!status && text->sentence_count > 0)
        status = match_words(m, err);
    if (!status)
        status = take_hits(out, m, arena, err);
    out->tags = m->resolver.tags.data;
    out->limited = fsc_lex_regexes_limited(m->regex);
    shrink(m, &m->found, sizeof(fsc_hit));
    shrink(m, &m->candidate, sizeof(fsc_lex_candidate));
    return status;
}
