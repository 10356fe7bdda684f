// Cues of both sides paired: the same words first, then by place and category inside a group.
#include "revision/revision_p.h"

// How far apart in a group's cues of one side a partner may stand; bounds the work.
enum { WINDOW = 48 };

typedef struct pairing {
    rev_work *w;
    rev_place *place[2];
    const fsc_cue *cue[2];
    uint32_t count[2];
} pairing;

static uint8_t dimension_of(const rev_work *w, const fsc_cue *c)
{
    return w->rules->dimension[c->dimension];
}

// "accused of", "suspected of": somebody is charged, and nobody says it.
static bool is_charge(const rev_side *s, uint32_t word)
{
    return word + 1 < s->text->word_count && !(s->text->word[word].flags & FSC_WORD_BREAK) &&
           s->tag[word] & REV_ENTRY_CHARGE && s->tag[word + 1] & REV_ENTRY_OF;
}

static bool mark_sources(pairing *p, int side)
{
    const rev_side *s = &p->w->side[side];
    const fsc_voices *v = &s->doc->voices;
    uint8_t *role = FSC_NEW_N(p->w->scratch, uint8_t, s->text->word_count + 1);
    p->w->word_role[side] = role;
    if (!role)
        return false;
    for (size_t i = 0; i < v->speech_count; i++) {
        fsc_span cue = v->speech[i].cue;
        if (!fsc_span_is(cue))
            continue;
        for (uint32_t word = fsc_text_word_at(s->text, cue.start);
             word < s->text->word_count && s->text->word[word].start < cue.end && !is_charge(s, word); word++)
            role[word] |= REV_WORD_SOURCE | REV_WORD_SPEECH_CUE;
    }
    const fsc_hits *hits = &s->doc->hits;
    for (size_t h = 0; h < hits->count; h++)
        if (p->w->rules->entry[hits->hit[h].entry] & REV_ENTRY_SAYING)
            for (uint32_t word = hits->hit[h].first_word; word < hits->hit[h].end_word; word++)
                role[word] |= is_charge(s, word) ? 0 : REV_WORD_SOURCE;
    return true;
}

// Lists the spans of a side's cues.
static bool place_cues(pairing *p, int side)
{
    rev_work *w = p->w;
    const fsc_analysis *doc = w->side[side].doc;
    p->cue[side] = doc->cue;
    p->count[side] = (uint32_t)doc->cue_count;
    fsc_span *span = fsc_arena_alloc(w->scratch, (doc->cue_count + 1) * sizeof *span);
    w->cue_pair[side] = fsc_arena_alloc(w->scratch, (doc->cue_count + 1) * sizeof(uint32_t));
    if (!span || !w->cue_pair[side])
        return false;
    for (size_t i = 0; i < doc->cue_count; i++) {
        span[i] = (fsc_span){doc->cue[i].start, doc->cue[i].end};
        w->cue_pair[side][i] = REV_NONE;
    }
    if (!mark_sources(p, side) || !fsc_rev_places(&p->place[side], w, side, span, doc->cue_count))
        return false;
    w->cue_place[side] = p->place[side];
    return true;
}

static void pair(pairing *p, uint32_t a, uint32_t b)
{
    p->w->cue_pair[0][a] = b;
    p->w->cue_pair[1][b] = a;
}

// First cue of B whose tokens start at or after `token`.
static uint32_t first_cue_at(const pairing *p, uint32_t token)
{
    uint32_t low = 0, high = p->count[1];
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (p->place[1][mid].first < token)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

// Cues on words that were kept or moved find the cue on the same words: the same entry, else the same dimension.
static void pair_kept(pairing *p, bool same_entry)
{
    const rev_side *a = &p->w->side[0];
    for (uint32_t i = 0; i < p->count[0]; i++) {
        const rev_place *place = &p->place[0][i];
        uint32_t to = place->first < place->end ? fsc_rev_partner(a, place->first) : REV_NONE;
        if (to == REV_NONE || p->w->cue_pair[0][i] != REV_NONE)
            continue;
        const fsc_cue *cue = &p->cue[0][i];
        for (uint32_t j = first_cue_at(p, to); j < p->count[1] && p->place[1][j].first == to; j++) {
            const fsc_cue *other = &p->cue[1][j];
            if (p->w->cue_pair[1][j] != REV_NONE || other->dimension != cue->dimension ||
                (same_entry && other->entry != cue->entry))
                continue;
            pair(p, i, j);
            break;
        }
    }
}

// ---------------------------------------------------------------- cues on changed words

typedef enum closeness { SAME_CATEGORY_AND_GAP, SAME_CATEGORY, SAME_GAP, CLOSENESS_COUNT } closeness;

static fsc_view referent(const fsc_schema *s, const fsc_cue *c)
{
    fsc_view name = s->category[c->category].name;
    return fsc_view_split(&name, '.');
}

bool fsc_rev_is_source(const rev_work *w, int side, const fsc_cue *c)
{
    if (dimension_of(w, c) != REV_DIM_ATTRIBUTION)
        return false;
    uint8_t k = w->rules->category[c->category];
    return k == REV_CAT_NEUTRAL || k == REV_CAT_ENDORSING ||
           (c->first_word < w->side[side].text->word_count && w->word_role[side][c->first_word]);
}

// Cues of different categories that may still stand for each other.
static bool compatible(const pairing *p, const fsc_cue *a, const fsc_cue *b)
{
    const rev_work *w = p->w;
    switch (dimension_of(w, a)) {
    case REV_DIM_LABELING:
        return fsc_view_eq(referent(w->rules->schema, a), referent(w->rules->schema, b));
    case REV_DIM_ATTRIBUTION:
        return fsc_rev_is_source(w, 0, a) == fsc_rev_is_source(w, 1, b);
    case REV_DIM_CAUSALITY:
    case REV_DIM_CERTAINTY:
    case REV_DIM_INTENSITY:
    case REV_DIM_QUANTITY:
    case REV_DIM_THREAT:
    case REV_DIM_CONFLICT:
        return true;
    default:
        return false;
    }
}

static bool close_enough(const pairing *p, uint32_t i, uint32_t j, closeness how)
{
    const fsc_cue *a = &p->cue[0][i], *b = &p->cue[1][j];
    if (a->dimension != b->dimension)
        return false;
    bool same_gap = p->place[0][i].gap == p->place[1][j].gap && !fsc_rev_is_kept(&p->place[0][i]);
    switch (how) {
    case SAME_CATEGORY_AND_GAP:
        return same_gap && a->category == b->category;
    case SAME_CATEGORY:
        return a->category == b->category;
    default:
        return same_gap && compatible(p, a, b);
    }
}

static uint32_t distance(const fsc_cue *a, const fsc_cue *b)
{
    uint32_t d = a->direction && b->direction && a->direction != b->direction ? 1000 : 0;
    return d + (a->weight > b->weight ? (uint32_t)(a->weight - b->weight) / 1000
                                      : (uint32_t)(b->weight - a->weight) / 1000);
}

typedef struct cue_list {
    uint32_t *a, *b; // cues without partner in one group, in order
    uint32_t a_count, b_count;
} cue_list;

static void pair_list(pairing *p, const cue_list *l, closeness how)
{
    uint32_t from = 0;
    for (uint32_t x = 0; x < l->a_count; x++) {
        uint32_t i = l->a[x], best = REV_NONE, least = UINT32_MAX;
        if (p->w->cue_pair[0][i] != REV_NONE)
            continue;
        while (from < l->b_count && p->w->cue_pair[1][l->b[from]] != REV_NONE)
            from++;
        for (uint32_t y = from; y < l->b_count && y < from + WINDOW; y++) {
            uint32_t j = l->b[y];
            if (p->w->cue_pair[1][j] != REV_NONE || !close_enough(p, i, j, how))
                continue;
            uint32_t d = distance(&p->cue[0][i], &p->cue[1][j]);
            if (d < least)
                least = d, best = j;
        }
        if (best != REV_NONE)
            pair(p, i, best);
    }
}

static uint32_t group_of_cue(const pairing *p, int side, uint32_t i)
{
    return fsc_rev_group_of(p->w, side, &p->cue[side][i]);
}

// Cues without partner by group: list[first[g] .. first[g + 1]).
static bool list_by_group(const pairing *p, int side, uint32_t **first_out, uint32_t **list_out)
{
    rev_work *w = p->w;
    uint32_t *first = FSC_NEW_N(w->scratch, uint32_t, (size_t)w->group_count + 3);
    uint32_t *list = fsc_arena_alloc(w->scratch, ((size_t)p->count[side] + 1) * sizeof *list);
    *first_out = first;
    *list_out = list;
    if (!first || !list)
        return false;
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t i = 0; i < p->count[side]; i++) {
            uint32_t g = group_of_cue(p, side, i);
            if (g == REV_NONE || w->cue_pair[side][i] != REV_NONE)
                continue;
            if (fill)
                list[first[g + 1]++] = i;
            else
                first[g + 2]++;
        }
        for (uint32_t g = 0; !fill && g <= w->group_count; g++)
            first[g + 1] += first[g];
    }
    return true;
}

static bool pair_changed(pairing *p)
{
    const rev_work *w = p->w;
    uint32_t *first[2], *list[2];
    for (int k = 0; k < 2; k++)
        if (!list_by_group(p, k, &first[k], &list[k]))
            return false;
    for (uint32_t g = 0; g < w->group_count; g++) {
        const rev_group *group = &w->group[g];
        cue_list l = {list[0] + first[0][g], list[1] + first[1][g], first[0][g + 1] - first[0][g],
                      first[1][g + 1] - first[1][g]};
        // sentences that were not linked share no cues; in a short text everything belongs together
        bool linked = w->is_short || (w->link[0] && group->a_count && group->b_count &&
                                      w->link[0][group->a[0]] == w->link[1][group->b[0]]);
        if (!linked || !l.a_count || !l.b_count)
            continue;
        for (int how = 0; how < CLOSENESS_COUNT; how++)
            pair_list(p, &l, (closeness)how);
    }
    return true;
}

// ---------------------------------------------------------------- results

// Weight as softer and harder see it: a minimizer or hedge that grows is softer.
static int32_t signed_weight(const rev_work *w, const fsc_cue *c)
{
    uint8_t d = dimension_of(w, c);
    bool poles = (d == REV_DIM_INTENSITY || d == REV_DIM_CERTAINTY) && w->rules->schema->category[c->category].pole < 0;
    int32_t weight = c->negated ? 0 : c->weight;
    return poles ? -weight : weight;
}

static bool same_cue(const fsc_cue *a, const fsc_cue *b)
{
    return a->entry == b->entry && a->category == b->category && a->weight == b->weight && a->voice == b->voice &&
           a->direction == b->direction && a->negated == b->negated && a->scored == b->scored;
}

static fsc_shift shift_of(const rev_work *w, const fsc_cue *a, const fsc_cue *b)
{
    if (dimension_of(w, a) == REV_DIM_LABELING && a->category != b->category)
        return FSC_SHIFT_LABEL;
    if (a->direction && b->direction && a->direction != b->direction)
        return FSC_SHIFT_DIRECTION;
    int32_t x = signed_weight(w, a), y = signed_weight(w, b);
    if (x != y)
        return y < x ? FSC_SHIFT_SOFTENED : FSC_SHIFT_HARDENED;
    return a->voice != b->voice ? FSC_SHIFT_VOICE : FSC_SHIFT_SAME;
}

static bool report(pairing *p)
{
    rev_work *w = p->w;
    fsc_delta *out = w->out;
    fsc_vec(uint32_t) removed = {0}, added = {0};
    fsc_vec(fsc_cue_change) changed = {0};
    for (uint32_t i = 0; i < p->count[0]; i++) {
        uint32_t j = w->cue_pair[0][i];
        if (j == REV_NONE ? !fsc_vec_push(w->scratch, &removed, i)
                          : !same_cue(&p->cue[0][i], &p->cue[1][j]) &&
                                !fsc_vec_push(w->scratch, &changed,
                                              (fsc_cue_change){i, j, shift_of(w, &p->cue[0][i], &p->cue[1][j])}))
            return false;
    }
    for (uint32_t j = 0; j < p->count[1]; j++)
        if (w->cue_pair[1][j] == REV_NONE && !fsc_vec_push(w->scratch, &added, j))
            return false;
    out->removed = fsc_rev_keep(w, removed.data, removed.len * sizeof *removed.data);
    out->added = fsc_rev_keep(w, added.data, added.len * sizeof *added.data);
    out->changed = fsc_rev_keep(w, changed.data, changed.len * sizeof *changed.data);
    out->removed_count = removed.len;
    out->added_count = added.len;
    out->changed_count = changed.len;
    return out->removed && out->added && out->changed;
}

static bool score_deltas(rev_work *w)
{
    const fsc_analysis *a = w->side[0].doc, *b = w->side[1].doc;
    size_t count = w->rules->schema->dimension_count;
    w->out->score = FSC_NEW_N(w->arena, fsc_score_delta, count);
    if (!w->out->score)
        return false;
    for (size_t d = 0; d < count && a->score && b->score; d++)
        w->out->score[d] =
            (fsc_score_delta){a->score[d].weight, b->score[d].weight, a->score[d].rate, b->score[d].rate};
    return true;
}

void *fsc_rev_keep(rev_work *w, const void *data, size_t size)
{
    void *copy = fsc_arena_alloc(w->arena, size);
    if (copy && size)
        memcpy(copy, data, size);
    return copy;
}

bool fsc_rev_cues(rev_work *w)
{
    pairing p = {.w = w};
    if (!place_cues(&p, 0) || !place_cues(&p, 1))
        return false;
    pair_kept(&p, true);
    pair_kept(&p, false);
    return pair_changed(&p) && report(&p) && score_deltas(w);
}
