/* cues: hits of scored entries, and cues of rules, in their context. */
#include <stdlib.h>

#include "framing/framing_p.h"

/* Walks over the names beside cues that come in order. */
typedef struct name_walk {
    size_t next;
} name_walk;

static bool in_name(const fsc_context *c, name_walk *walk, const fsc_cue *cue)
{
    const fsc_voices *v = &c->a->voices;
    while (walk->next < v->name_count && v->name[walk->next].end <= cue->start)
        walk->next++;
    return walk->next < v->name_count && v->name[walk->next].start <= cue->start && cue->end <= v->name[walk->next].end;
}

/* The one pass over words and hits: marks words with the lists they stand in, sorts out the hits that the others need. */
static int sort_hits(fsc_context *c, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    c->role = fsc_arena_alloc(c->scratch, (a->text.word_count + 1) * sizeof *c->role);
    if (!c->role)
        return fsc_err_nomem(err);
    for (size_t w = 0; w < a->text.word_count; w++)
        c->role[w] = fsc_hits_tags(&a->hits, &a->text.word[w]).framing;
    c->role[a->text.word_count] = 0;
    for (size_t k = 0; k < a->hits.count; k++) {
        const fsc_hit *h = &a->hits.hit[k];
        uint32_t role = c->rules->role[h->entry];
        // "want" and "plan" are words of saying only where they attribute something
        if ((role & FSC_ROLE_IS(SAY)) && (c->rules->entry[h->entry].flags & FSC_ER_SPEECH) &&
            !fsc_context_attributes(c, h->first_word, h->end_word))
            role &= ~FSC_ROLE_IS(SAY);
        if ((role & FSC_ROLE_SCORED) && !fsc_vec_push(c->scratch, &c->scored, (uint32_t)k))
            return fsc_err_nomem(err);
        if ((role & FSC_ROLE_AGENCY) && !fsc_vec_push(c->scratch, &c->agency, (uint32_t)k))
            return fsc_err_nomem(err);
        // a negator of several words ("no longer") works from its first
        uint32_t end = role & (FSC_ROLE_IS(NEGATOR) | FSC_ROLE_IS(RHETORICAL)) ? h->first_word + 1 : h->end_word;
        for (uint32_t w = h->first_word; w < end; w++)
            c->role[w] |= role;
    }
    return 0;
}

/* Negation: causes turn into denials, boosters into doubts; what has no sense negated is left alone. */
static void negate(const fsc_context *c, fsc_cue *cue, const fsc_entry_rule *rule)
{
    const fsc_framing_rules *r = c->rules;
    uint32_t cat = cue->category;
    const fsc_dimension *d = &c->a->schema->dimension[cue->dimension];
    if (d->rules || d->plain || cat == r->hedge || cat == r->doubt || cat == r->concession || cat == r->denial ||
        (cue->weight == 0 && cue->dimension == r->attribution)) // "did not say" still tells of saying
        return;
    bool adjacent = cue->dimension == r->causality && rule->via == FSC_VIA_CONNECTIVE;
    bool cleft = cat == r->cause && !adjacent && fsc_context_cleft_negated(c, cue->first_word, cue->sentence);
    if (!cleft && !fsc_context_negated(c, cue->first_word, cue->sentence, adjacent))
        return;
    if (cat == r->cause && r->denial != FSC_NONE)
        cue->category = (uint16_t)r->denial;
    else if (cat == r->booster && r->doubt != FSC_NONE)
        cue->category = (uint16_t)r->doubt;
    else
        cue->negated = true;
}

static void judge(fsc_cue *cue, const fsc_context *c, bool overlap, bool name)
{
    const fsc_text *t = &c->a->text;
    if (cue->negated)
        cue->why = FSC_WHY_NEGATED;
    else if (cue->weight == 0)
        cue->why = FSC_WHY_NEUTRAL;
    else if (overlap)
        cue->why = FSC_WHY_OVERLAP;
    else if (cue->part < t->part_count && !t->part[cue->part].scored)
        cue->why = FSC_WHY_PART;
    else if (name)
        cue->why = FSC_WHY_NAME;
    cue->scored = cue->why == FSC_WHY_NONE;
}

static fsc_cue cue_of_entry(const fsc_context *c, uint32_t entry)
{
    const fsc_entry_rule *e = &c->rules->entry[entry];
    return (fsc_cue){.entry = entry,
                     .dimension = e->dimension,
                     .category = e->category,
                     .weight = e->weight,
                     .direction = e->direction};
}

int fsc_rule_cue_add(fsc_context *c, enum fsc_rule_name rule, fsc_range words, fsc_span bytes, fsc_err *err)
{
    uint32_t entry = c->rules->rule[rule];
    if (entry == FSC_NONE)
        return 0;
    fsc_cue cue = cue_of_entry(c, entry);
    cue.first_word = words.first;
    cue.end_word = words.end;
    cue.start = bytes.start;
    cue.end = bytes.end;
    fsc_context_place(c, &cue, fsc_text_sentence_at(&c->a->text, c->a->text.word[words.first].start));
    judge(&cue, c, false, false);
    return fsc_vec_push(c->scratch, &c->rule_cue, cue) ? 0 : fsc_err_nomem(err);
}

typedef fsc_vec(fsc_cue) cue_vec;

/* Another entry of the same category has found the same words: one cue is enough, the first entry names it. */
static bool is_twin(const fsc_context *c, const cue_vec *out, const fsc_cue *cue)
{
    for (size_t k = out->len; k > 0 && out->data[k - 1].start == cue->start; k--) {
        const fsc_cue *other = &out->data[k - 1];
        if (other->end == cue->end && other->entry != cue->entry && other->dimension == cue->dimension &&
            c->rules->entry[other->entry].category == cue->category)
            return true;
    }
    return false;
}

/* Where hits compete: in their dimension, or in their category. */
static size_t place_of(const fsc_context *c, const fsc_entry_rule *rule)
{
    bool by_category = c->rules->overlap[rule->dimension] == FSC_OVERLAP_CATEGORY;
    return by_category ? c->a->schema->dimension_count + rule->category : rule->dimension;
}

static int by_entry(const void *x, const void *y)
{
    const fsc_cue *const *a = x, *const *b = y;
    if ((*a)->entry != (*b)->entry)
        return (*a)->entry < (*b)->entry ? -1 : 1;
    return (*a)->start < (*b)->start ? -1 : (*a)->start > (*b)->start;
}

/* The cues of a dimension that resolves by priority: the entry that stands first takes its words, whatever is around it. */
static int settle_priority(const fsc_context *c, cue_vec *cues, uint32_t dimension, fsc_err *err)
{
    fsc_cue **order = FSC_NEW_N(c->scratch, fsc_cue *, cues->len + 1);
    bool *taken = FSC_NEW_N(c->scratch, bool, c->a->text.word_count + 1);
    size_t n = 0;
    if (!order || !taken)
        return fsc_err_nomem(err);
    for (size_t k = 0; k < cues->len; k++)
        if (cues->data[k].dimension == dimension)
            order[n++] = &cues->data[k];
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

static int settle_priorities(const fsc_context *c, cue_vec *cues, fsc_err *err)
{
    int status = 0;
    for (uint32_t d = 0; d < c->a->schema->dimension_count && !status; d++)
        if (c->rules->overlap[d] == FSC_OVERLAP_PRIORITY)
            status = settle_priority(c, cues, d, err);
    return status;
}

/* Cues of hits, in the order of hits; `out` has room for all. `taken` is the end of the last cue that holds its place, by what hits compete in. */
static int cues_of_hits(fsc_context *c, cue_vec *out, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    uint32_t *taken = fsc_arena_calloc(c->scratch, a->schema->dimension_count + a->schema->category_count + 1, sizeof *taken);
    if (!taken)
        return fsc_err_nomem(err);
    name_walk walk = {0};
    uint32_t sentence = 0;
    fsc_cue link = {.start = FSC_NONE}; // the causality cue that holds its place
    for (size_t k = 0; k < c->scored.len; k++) {
        const fsc_hit *h = &a->hits.hit[c->scored.data[k]];
        const fsc_entry_rule *rule = &c->rules->entry[h->entry];
        fsc_cue cue = cue_of_entry(c, h->entry);
        cue.start = h->start;
        cue.end = h->end;
        cue.first_word = h->first_word;
        cue.end_word = h->end_word;
        fsc_context_place(c, &cue, sentence);
        sentence = cue.sentence;
        uint8_t policy = c->rules->overlap[cue.dimension];
        if ((policy != FSC_OVERLAP_ALL && is_twin(c, out, &cue)) || (rule->flags && !fsc_context_admits(c, &cue, rule)))
            continue;
        size_t place = place_of(c, rule);
        bool overlap = policy <= FSC_OVERLAP_CATEGORY && cue.start < taken[place];
        // one relation a cue: "due to" at the head of "due to which" links nothing of its own, and "as" has one sense
        if (overlap && cue.dimension == c->rules->causality && cue.start == link.start &&
            (cue.category == link.category || cue.end == link.end))
            continue;
        bool plain = a->schema->dimension[cue.dimension].plain;
        bool name = !plain && !rule->names && in_name(c, &walk, &cue);
        negate(c, &cue, rule);
        if ((rule->flags & FSC_ER_REPORTED) && fsc_context_reporter(c, &cue, err))
            return FSC_E_NOMEM;
        judge(&cue, c, overlap, name);
        if (!overlap && !name) {
            taken[place] = cue.end;
            if (cue.dimension == c->rules->causality)
                link = (fsc_cue){.start = cue.start, .end = cue.end, .category = rule->category};
        }
        out->data[out->len++] = cue;
    }
    return settle_priorities(c, out, err);
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

/* Both lists are in order: one pass. The hits' cues stand in a->cue already, behind as much room as the rules' need. */
static void merge(fsc_context *c, const cue_vec *hits)
{
    fsc_analysis *a = c->a;
    a->cue_count = hits->len + c->rule_cue.len;
    for (size_t k = 0, x = 0, y = 0; k < a->cue_count; k++) {
        bool first = y == c->rule_cue.len || (x < hits->len && by_place(&hits->data[x], &c->rule_cue.data[y]) <= 0);
        a->cue[k] = first ? hits->data[x++] : c->rule_cue.data[y++];
    }
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
    fsc_analysis *a = c->a;
    if (sort_hits(c, err) || fsc_agency_find(c, err) || fsc_stance_find(c, err))
        return FSC_E_NOMEM;
    if (c->rule_cue.len)
        qsort(c->rule_cue.data, c->rule_cue.len, sizeof *c->rule_cue.data, by_place);
    a->cue = fsc_arena_alloc(c->arena, (c->rule_cue.len + c->scored.len) * sizeof *a->cue);
    if (!a->cue)
        return fsc_err_nomem(err);
    cue_vec hits = {.data = a->cue + c->rule_cue.len, .cap = c->scored.len};
    if (cues_of_hits(c, &hits, err))
        return FSC_E_NOMEM;
    merge(c, &hits);
    settle_numbers(c);
    frame_quantities(c);
    return 0;
}
