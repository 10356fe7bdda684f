/* cues: hits of scored entries, and cues of rules, in their context. */
#include <stdlib.h>

#include "framing/framing_p.h"

/* Words that a pass looks through at once for what is rare. */
enum { BLOCK = 8 };

/* Tables of types and entries are too large for the caches, and words and hits come from all over them: what a later one needs is asked for
 * so many words or hits before. */
enum { AHEAD_WORDS = 4 * BLOCK, AHEAD = 12 };

static inline const fsc_hit *hit_ahead(const fsc_hits *h, size_t k)
{
    return &h->hit[k + AHEAD < h->count ? k + AHEAD : k];
}

static void ask_for_types(const fsc_context *c, uint32_t first)
{
    const fsc_word *word = c->a->text.word + first;
    for (uint32_t k = 0; k < BLOCK; k++)
        __builtin_prefetch(&c->a->hits.tags[word[k].type]);
}

static void mark_negator(fsc_context *c, uint32_t w)
{
    uint32_t bit = w + FSC_NEGATION_REACH;
    c->negator[bit / 8] |= (uint8_t)(1u << bit % 8);
}

/* What the types of `count` words say of them, where entries are quiet; true when something rare is among them. */
static inline bool read_block(fsc_context *c, uint32_t first, uint32_t count)
{
    const fsc_tags *tags = c->a->hits.tags;
    const fsc_word *word = c->a->text.word + first;
    uint32_t *role = c->role + first, flags = 0, roles = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t tag = tags[word[k].type].framing;
        flags |= word[k].flags;
        roles |= tag;
        role[k] = tag;
    }
    return ((flags & FSC_WORD_UPPER) | (roles & FSC_ROLE_IS(NEGATOR))) != 0;
}

/* The roles that words have by their types, and the lists of what is rare: negators and words in capitals. */
static int read_words(fsc_context *c, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    uint32_t n = (uint32_t)a->text.word_count;
    c->role = fsc_arena_alloc(c->scratch, ((size_t)n + 1) * sizeof *c->role);
    c->negator = fsc_arena_calloc(c->scratch, n / 8 + 3, 1);
    if (!c->role || !c->negator)
        return fsc_err_nomem(err);
    if (!a->hits.tags)
        memset(c->role, 0, n * sizeof *c->role);
    for (uint32_t first = 0, end; first < n; first = end) {
        end = n - first < BLOCK ? n : first + BLOCK;
        if (a->hits.tags && n - first >= AHEAD_WORDS + BLOCK)
            ask_for_types(c, first + AHEAD_WORDS);
        // a count known to the compiler makes a loop without branches
        if (a->hits.tags && !(end - first == BLOCK ? read_block(c, first, BLOCK) : read_block(c, first, end - first)))
            continue;
        for (uint32_t w = first; w < end; w++) {
            if (fsc_word_is(c, w, FSC_ROLE_IS(NEGATOR)))
                mark_negator(c, w);
            if ((a->text.word[w].flags & FSC_WORD_UPPER) && !fsc_vec_push(c->scratch, &c->upper, w))
                return fsc_err_nomem(err);
        }
    }
    c->role[n] = 0;
    return 0;
}

/* The words that tell who says something: a bit a word. */
static uint64_t *mark_introductions(const fsc_context *c)
{
    const fsc_voices *v = &c->a->voices;
    uint64_t *bits = fsc_arena_calloc(c->scratch, c->a->text.word_count / 64 + 2, sizeof *bits);
    for (size_t k = 0; bits && k < v->introduction_count; k++)
        bits[v->introduction[k].word / 64] |= (uint64_t)1 << v->introduction[k].word % 64;
    return bits;
}

/* The words of a hit tell who says something. Asked of all hits: which of them are words of saying cannot be foretold. */
static inline bool is_introduction(const fsc_context *c, const uint64_t *introductions, const fsc_hit *h)
{
    const uint64_t *at = introductions + h->first_word / 64;
    uint32_t bit = h->first_word % 64, count = h->end_word - h->first_word;
    if (count - 1 >= 64)
        return fsc_context_attributes(c, h->first_word, h->end_word);
    return (at[0] >> bit | at[1] << 1 << (63 - bit)) << (64 - count) != 0;
}

/* What hits say of their words, and the lists of the hits that others need: each is written, and kept when it is one, as no one can foretell. */
static int sort_hits(fsc_context *c, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    // room for all, of which few are taken: pages that are not written cost nothing
    uint32_t *scored = c->scored = fsc_arena_grow(c->scratch, NULL, 0, (a->hits.count + 1) * sizeof *c->scored);
    uint32_t *agency = c->agency = fsc_arena_grow(c->scratch, NULL, 0, (a->hits.count + 1) * sizeof *c->agency);
    const uint64_t *introductions = mark_introductions(c);
    if (!scored || !agency || !introductions)
        return fsc_err_nomem(err);
    for (size_t k = 0; k < a->hits.count; k++) {
        const fsc_hit *h = &a->hits.hit[k];
        __builtin_prefetch(&c->rules->role[hit_ahead(&a->hits, k)->entry]);
        uint32_t role = c->rules->role[h->entry];
        // "want" and "plan" are words of saying, and cues, only where they attribute something
        bool attributes = !(~role & (FSC_ROLE_SCORED | FSC_ROLE_ATTRIBUTES)); // both
        bool idle = attributes & !is_introduction(c, introductions, h);
        role &= ~((attributes ? FSC_ROLE_ATTRIBUTES : 0) | (idle ? FSC_ROLE_IS(SAY) : 0));
        *scored = *agency = (uint32_t)k;
        scored += (role & FSC_ROLE_SCORED) && !idle;
        agency += (role & FSC_ROLE_AGENCY) != 0;
        c->role[h->first_word] |= role;
        if (role & FSC_ROLE_IS(NEGATOR))
            mark_negator(c, h->first_word);
        // a negator of several words ("no longer") works from its first
        for (uint32_t w = h->first_word + 1; w < h->end_word && !(role & (FSC_ROLE_IS(NEGATOR) | FSC_ROLE_IS(RHETORICAL))); w++)
            c->role[w] |= role;
    }
    c->scored_count = (uint32_t)(scored - c->scored);
    c->agency_count = (uint32_t)(agency - c->agency);
    return 0;
}

/* Negation: causes turn into denials, boosters into doubts; what has no sense negated is left alone. */
static void negate(const fsc_context *c, fsc_cue *cue, const fsc_entry_rule *rule, uint8_t negation)
{
    const fsc_framing_rules *r = c->rules;
    bool adjacent = cue->dimension == r->causality && rule->via == FSC_VIA_CONNECTIVE;
    bool cleft = negation == FSC_NEGATION_CAUSE && !adjacent;
    // few cues have a negator near them: that is asked first
    bool near = fsc_context_has_negator(c, cue->first_word);
    if ((!near && !cleft) || negation == FSC_NEGATION_NONE || (negation == FSC_NEGATION_WEIGHTED && cue->weight == 0))
        return;
    if (!(cleft && fsc_context_cleft_negated(c, cue->first_word, cue->sentence)) &&
        !(near && fsc_context_negated(c, cue->first_word, cue->sentence, adjacent)))
        return;
    if (negation == FSC_NEGATION_CAUSE && r->denial != FSC_NONE)
        cue->category = (uint16_t)r->denial;
    else if (negation == FSC_NEGATION_BOOSTER)
        cue->category = (uint16_t)r->doubt;
    else
        cue->negated = true;
}

/* The first of the reasons why a cue is not scored, without a branch. */
static void judge(fsc_cue *cue, bool overlap, bool unscored_part, bool name)
{
    fsc_why why = name ? FSC_WHY_NAME : FSC_WHY_NONE;
    why = unscored_part ? FSC_WHY_PART : why;
    why = overlap ? FSC_WHY_OVERLAP : why;
    why = cue->weight == 0 ? FSC_WHY_NEUTRAL : why;
    why = cue->negated ? FSC_WHY_NEGATED : why;
    cue->why = (uint8_t)why;
    cue->scored = why == FSC_WHY_NONE;
}

/* A cue of an entry at these words. Whose it is and whether it is scored comes later, when it is known to be one and cues come in order. */
static void start_cue(const fsc_context *c, fsc_cue *cue, const fsc_hit *h, uint32_t sentence)
{
    const fsc_entry_rule *e = &c->rules->entry[h->entry];
    cue->start = h->start;
    cue->end = h->end;
    cue->first_word = h->first_word;
    cue->end_word = h->end_word;
    cue->entry = h->entry;
    cue->dimension = e->dimension;
    cue->category = e->category;
    cue->weight = e->weight;
    cue->sentence = sentence;
    cue->direction = e->direction;
    cue->negated = false;
}

static bool is_unscored(const fsc_text *t, uint32_t sentence)
{
    uint32_t part = sentence < t->sentence_count ? t->sentence[sentence].part : FSC_NONE;
    return part < t->part_count && !t->part[part].scored;
}

int fsc_rule_cue_add(fsc_context *c, enum fsc_rule_name rule, uint32_t sentence, fsc_range words, fsc_span bytes, fsc_err *err)
{
    fsc_hit hit = {.start = bytes.start, .end = bytes.end, .first_word = words.first, .end_word = words.end, .entry = c->rules->rule[rule]};
    fsc_cue cue;
    if (hit.entry == FSC_NONE)
        return 0;
    start_cue(c, &cue, &hit, sentence);
    return fsc_vec_push(c->scratch, &c->rule_cue, cue) ? 0 : fsc_err_nomem(err);
}

static bool is_of_rule(const fsc_context *c, const fsc_cue *cue)
{
    return !(c->rules->role[cue->entry] & FSC_ROLE_SCORED);
}

/* Another entry of the same category has found the same words: one cue is enough, the first entry names it. */
static bool is_twin(const fsc_context *c, const fsc_cue *first, const fsc_cue *cue)
{
    for (const fsc_cue *other = cue; other-- > first && other->start == cue->start;)
        if (other->end == cue->end && other->entry != cue->entry && other->dimension == cue->dimension && !is_of_rule(c, other) &&
            c->rules->entry[other->entry].category == cue->category)
            return true;
    return false;
}

static int by_entry(const void *x, const void *y)
{
    const fsc_cue *const *a = x, *const *b = y;
    if ((*a)->entry != (*b)->entry)
        return (*a)->entry < (*b)->entry ? -1 : 1;
    return (*a)->start < (*b)->start ? -1 : (*a)->start > (*b)->start;
}

/* The cues of a dimension that resolves by priority: the entry that stands first takes its words, whatever is around it. */
static int settle_priority(const fsc_context *c, uint32_t dimension, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    fsc_cue **order = FSC_NEW_N(c->scratch, fsc_cue *, a->cue_count + 1);
    bool *taken = FSC_NEW_N(c->scratch, bool, a->text.word_count + 1);
    size_t n = 0;
    if (!order || !taken)
        return fsc_err_nomem(err);
    for (size_t k = 0; k < a->cue_count; k++)
        if (a->cue[k].dimension == dimension && !is_of_rule(c, &a->cue[k]))
            order[n++] = &a->cue[k];
    if (n)
        qsort(order, n, sizeof *order, by_entry);
    for (size_t k = 0; k < n; k++) {
        fsc_cue *cue = order[k];
        uint32_t w = cue->first_word;
        while (w < cue->end_word && !taken[w])
            w++;
        if (w == cue->end_word && cue->why != FSC_WHY_NAME) {
            memset(taken + cue->first_word, true, cue->end_word - cue->first_word);
        } else if (w < cue->end_word && cue->why != FSC_WHY_NEGATED && cue->why != FSC_WHY_NEUTRAL) {
            cue->why = FSC_WHY_OVERLAP;
            cue->scored = false;
        }
    }
    return 0;
}

static int settle_priorities(const fsc_context *c, fsc_err *err)
{
    int status = 0;
    for (uint32_t d = 0; d < c->a->schema->dimension_count && !status; d++)
        if (c->rules->overlap[d] == FSC_OVERLAP_PRIORITY)
            status = settle_priority(c, d, err);
    return status;
}

static int by_place(const void *x, const void *y)
{
    const fsc_cue *a = x, *b = y;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/* What moves on beside hits that come in order. What is asked of the present sentence, name and rule lies at hand. */
typedef struct walk {
    uint32_t sentence, sentence_end; /* and the word where it ends, FSC_NONE for the last one */
    bool unscored;                   /* it stands in a part that is not scored */
    fsc_span name;                   /* the name that is not passed yet */
    size_t next_name;                /* the one behind it */
    fsc_voiced voiced;               /* the stretch of speech that is not passed yet */
    size_t next_voiced;
    size_t rule_cue;                 /* the next cue of a rule */
    uint32_t rule_start;             /* where it starts, or FSC_NONE */
    uint32_t *taken;                 /* end of the last cue that holds its place, by fsc_category_rule.place */
    uint32_t start;                  /* of the last cue of a hit */
    fsc_span link;                   /* the causality cue that holds its place */
    uint16_t link_category;
} walk;

static void enter_sentence(const fsc_context *c, walk *at, uint32_t sentence)
{
    const fsc_text *t = &c->a->text;
    at->sentence = sentence;
    at->sentence_end = sentence + 1 < t->sentence_count ? t->sentence[sentence].end_word : FSC_NONE;
    at->unscored = is_unscored(t, sentence);
}

static const fsc_voiced own = {.speech = FSC_NONE, .voice = FSC_VOICE_OWN};

/* Whose voice a word has; words come in order. */
static const fsc_voiced *voiced_at(const fsc_context *c, walk *at, uint32_t word)
{
    const fsc_voices *v = &c->a->voices;
    while (at->voiced.end <= word)
        at->voiced = at->next_voiced < v->voiced_count ? v->voiced[at->next_voiced++] : (fsc_voiced){.first = FSC_NONE, .end = FSC_NONE};
    return at->voiced.first <= word ? &at->voiced : &own;
}

/* Puts and judges the cues of rules that stand before a hit. */
static void put_rule_cues(fsc_context *c, walk *at, const fsc_hit *before)
{
    const fsc_cue place = {.start = before->start, .end = before->end, .entry = before->entry};
    for (; at->rule_cue < c->rule_cue.len && by_place(&c->rule_cue.data[at->rule_cue], &place) < 0; at->rule_cue++) {
        fsc_cue *cue = &c->a->cue[c->a->cue_count++];
        *cue = c->rule_cue.data[at->rule_cue];
        // not in order of words: a mark has the word before it, but a quotation that opens between the two is put first
        const fsc_voiced *voiced = fsc_voices_at(&c->a->voices, cue->first_word);
        fsc_context_place(c, cue, voiced ? voiced : &own);
        judge(cue, false, is_unscored(&c->a->text, cue->sentence), false);
    }
    at->rule_start = at->rule_cue < c->rule_cue.len ? c->rule_cue.data[at->rule_cue].start : FSC_NONE;
}

static bool in_name(const fsc_context *c, walk *at, const fsc_cue *cue)
{
    const fsc_voices *v = &c->a->voices;
    while (at->name.end <= cue->start)
        at->name = at->next_name < v->name_count ? v->name[at->next_name++] : FSC_NO_SPAN;
    return at->name.start <= cue->start && cue->end <= at->name.end;
}

/* Keeps the cue of a hit or drops it; judges what is kept. */
static int settle_cue(fsc_context *c, walk *at, fsc_cue *cue, fsc_err *err)
{
    const fsc_entry_rule *rule = &c->rules->entry[cue->entry];
    const fsc_category_rule *kind = &c->rules->category[cue->category];
    if ((cue->start == at->start && kind->overlap != FSC_OVERLAP_ALL && is_twin(c, c->a->cue, cue)) ||
        (rule->flags && !fsc_context_admits(c, cue, rule)))
        return 0;
    bool overlap = kind->overlap <= FSC_OVERLAP_CATEGORY && cue->start < at->taken[kind->place];
    // one relation a cue: "due to" at the head of "due to which" links nothing of its own, and "as" has one sense
    if (overlap && cue->dimension == c->rules->causality && cue->start == at->link.start &&
        (cue->category == at->link_category || cue->end == at->link.end))
        return 0;
    bool name = !kind->plain && !rule->names && in_name(c, at, cue);
    fsc_context_place(c, cue, voiced_at(c, at, cue->first_word));
    negate(c, cue, rule, kind->negation);
    if ((rule->flags & FSC_ER_REPORTED) && fsc_context_reporter(c, cue, err))
        return FSC_E_NOMEM;
    judge(cue, overlap, at->unscored, name);
    if (!overlap && !name) {
        at->taken[kind->place] = cue->end;
        if (cue->dimension == c->rules->causality) {
            at->link = (fsc_span){cue->start, cue->end};
            at->link_category = rule->category;
        }
    }
    at->start = cue->start;
    c->a->cue_count++;
    return 0;
}

/* Cues of hits in the order of hits, and between them those of rules, which come in order too. */
static int put_cues(fsc_context *c, fsc_err *err)
{
    fsc_analysis *a = c->a;
    const fsc_hit end = {.start = FSC_NONE};
    walk at = {.start = FSC_NONE, .link = FSC_NO_SPAN};
    at.taken = fsc_arena_calloc(c->scratch, a->schema->dimension_count + a->schema->category_count + 1, sizeof *at.taken);
    // room for all, though many hits are no cues: pages that are not written are never taken
    a->cue = fsc_arena_grow(c->arena, NULL, 0, (c->rule_cue.len + c->scored_count + 1) * sizeof *a->cue);
    a->cue_count = 0;
    if (!at.taken || !a->cue)
        return fsc_err_nomem(err);
    enter_sentence(c, &at, 0);
    for (size_t k = 0; k < c->scored_count; k++) {
        const fsc_hit *h = &a->hits.hit[c->scored[k]];
        __builtin_prefetch(&c->rules->entry[a->hits.hit[c->scored[k + AHEAD < c->scored_count ? k + AHEAD : k]].entry]);
        while (at.sentence_end <= h->first_word)
            enter_sentence(c, &at, at.sentence + 1);
        if (at.rule_start <= h->start)
            put_rule_cues(c, &at, h);
        fsc_cue *cue = &a->cue[a->cue_count];
        start_cue(c, cue, h, at.sentence);
        if (settle_cue(c, &at, cue, err))
            return FSC_E_NOMEM;
    }
    put_rule_cues(c, &at, &end);
    return settle_priorities(c, err);
}

/* "only 10%": said of a number it is a quantity, else intensity; of two cues at one place the number's stays. */
static void settle_numbers(fsc_context *c)
{
    fsc_analysis *a = c->a;
    const fsc_framing_rules *r = c->rules;
    if (r->quantity == FSC_NONE || r->intensity == FSC_NONE)
        return;
    uint32_t quantity_end = 0;
    for (size_t k = 0; k < a->cue_count; k++) {
        fsc_cue *cue = &a->cue[k];
        if (cue->dimension == r->quantity && cue->scored && cue->end > quantity_end)
            quantity_end = cue->end;
        if (cue->dimension != r->intensity || !cue->scored || cue->direction != FSC_DIRECTION_NONE)
            continue;
        // of equal spans the intensity cue may come first
        bool twin = k + 1 < a->cue_count && a->cue[k + 1].dimension == r->quantity && a->cue[k + 1].scored &&
                    a->cue[k + 1].start == cue->start;
        if (cue->end <= quantity_end || twin) {
            cue->scored = false;
            cue->why = FSC_WHY_OVERLAP;
        }
    }
}

/* A number takes its framing from the maximizer or minimizer within three words before it, or around it. */
static void frame_quantities(fsc_context *c)
{
    fsc_analysis *a = c->a;
    fsc_voices *v = &a->voices;
    size_t next = 0;
    for (size_t k = 0; k < a->cue_count; k++) {
        const fsc_cue *cue = &a->cue[k];
        bool up = cue->category == c->rules->maximizer, down = cue->category == c->rules->minimizer;
        if (cue->dimension != c->rules->quantity || (!up && !down) || cue->negated || cue->why == FSC_WHY_OVERLAP)
            continue;
        while (next < v->quantity_count && v->quantity[next].end <= cue->start)
            next++;
        if (next == v->quantity_count)
            return;
        fsc_quantity *q = &v->quantity[next];
        const fsc_sentence *s = &a->text.sentence[cue->sentence];
        uint32_t first = fsc_text_word_at(&a->text, q->start);
        if (q->start < s->end && first < cue->end_word + 3)
            q->framing = up ? FSC_FRAMING_MAXIMIZER : FSC_FRAMING_MINIMIZER;
    }
}

int fsc_cues_find(fsc_context *c, fsc_err *err)
{
    if (read_words(c, err) || sort_hits(c, err) || fsc_agency_find(c, err) || fsc_stance_find(c, err))
        return FSC_E_NOMEM;
    if (c->rule_cue.len)
        qsort(c->rule_cue.data, c->rule_cue.len, sizeof *c->rule_cue.data, by_place);
    if (put_cues(c, err))
        return FSC_E_NOMEM;
    settle_numbers(c);
    if (!(c->a->lacks & FSC_LACKS_QUANTITIES))
        frame_quantities(c);
    return 0;
}
