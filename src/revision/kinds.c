// Types that come from speech and cues: attribution, causality, certainty, intensity, labels.
#include "revision/revision_p.h"

// What happened to the cues of one group; spans are of the first that counts.
typedef struct tally {
    int sources[2];            // attributions on each side
    const fsc_speech *said[2]; // the first of speech that went or came
    int causes[2], concessions[2];
    int certainty; // what came minus what went
    int64_t intensity;
    fsc_span source[2], cause[2], concession[2], certain[2], intense[2];
} tally;

typedef struct teller {
    rev_changes *c;
    rev_work *w;
    tally *tally;               // one a group
    const fsc_speech **said[2]; // the speech that a word is the cue of, or NULL
} teller;

static const fsc_cue *cue_of(const teller *t, int side, uint32_t i)
{
    return &t->w->side[side].doc->cue[i];
}

static rev_category category_of(const teller *t, const fsc_cue *c)
{
    return (rev_category)t->w->rules->category[c->category];
}

static rev_dimension dimension_of(const teller *t, const fsc_cue *c)
{
    return (rev_dimension)t->w->rules->dimension[c->dimension];
}

static tally *tally_of(const teller *t, int side, const fsc_cue *c)
{
    uint32_t group = fsc_rev_group_of(t->w, side, c);
    return group == REV_NONE ? NULL : &t->tally[group];
}

static bool is_allegation(const teller *t, int side, const fsc_cue *c)
{
    const rev_side *s = &t->w->side[side];
    return c->first_word < s->text->word_count && s->tag[c->first_word] & REV_ENTRY_ALLEGATION &&
           s->doc->schema->dimension[c->dimension].poles && !(t->w->word_role[side][c->first_word] & REV_WORD_SPEECH_CUE);
}

static int certainty_of(const teller *t, int side, const fsc_cue *c)
{
    switch (category_of(t, c)) {
    case REV_CAT_BOOSTER:
        return c->negated ? -1 : 1;
    case REV_CAT_HEDGE:
    case REV_CAT_DOUBT:
        return -1;
    default:
        return is_allegation(t, side, c) ? -1 : 0;
    }
}

// The verb of an assault is combative as a word of speech is: "slams", "blasts" beside "criticizes".
static int64_t intensity_of(const teller *t, int side, const fsc_cue *c)
{
    rev_dimension d = dimension_of(t, c);
    bool told = d == REV_DIM_INTENSITY || d == REV_DIM_THREAT || d == REV_DIM_CONFLICT ||
                category_of(t, c) == REV_CAT_COMBATIVE;
    if (!told || c->negated || is_allegation(t, side, c))
        return 0;
    return t->w->rules->schema->category[c->category].pole < 0 && d == REV_DIM_INTENSITY ? -c->weight : c->weight;
}

static void note(fsc_span *slot, const fsc_cue *c)
{
    if (!fsc_span_is(*slot))
        *slot = (fsc_span){c->start, c->end};
}

// Some other cue of the same words has this role.
static bool stands_with(const teller *t, int side, uint32_t i, rev_category category, rev_dimension dimension)
{
    enum { NEAR = 6 };
    const fsc_analysis *doc = t->w->side[side].doc;
    const fsc_cue *c = &doc->cue[i];
    for (uint32_t k = i > NEAR ? i - NEAR : 0; k < doc->cue_count && k <= i + NEAR; k++) {
        const fsc_cue *o = &doc->cue[k];
        if (k == i || o->start >= c->end || c->start >= o->end)
            continue;
        if (dimension ? dimension_of(t, o) == dimension : category_of(t, o) == category)
            return true;
    }
    return false;
}

// Counts a cue of one side.
static void count_cue(teller *t, int side, uint32_t i)
{
    const fsc_cue *c = cue_of(t, side, i);
    tally *sum = tally_of(t, side, c);
    if (!sum)
        return;
    bool alone = t->w->cue_pair[side][i] == REV_NONE;
    rev_category k = category_of(t, c);
    // "attacked by" tells who did it, not why; without weight it is a purpose ("to")
    if (k == REV_CAT_CAUSE && c->weight > 0 && !c->negated &&
        !stands_with(t, side, i, REV_CAT_BY_PASSIVE, REV_DIM_OTHER)) {
        sum->causes[side]++;
        if (alone)
            note(&sum->cause[side], c);
    }
    if (k == REV_CAT_CONCESSION) {
        sum->concessions[side]++;
        if (alone)
            note(&sum->concession[side], c);
    }
    int certainty = certainty_of(t, side, c);
    sum->certainty += side ? certainty : -certainty;
    if (certainty && alone)
        note(&sum->certain[side], c);
}

// A paired cue whose category changed lost or gained a role: its span is the best to show.
static void note_pair(teller *t, uint32_t a, uint32_t b)
{
    const fsc_cue *x = cue_of(t, 0, a), *y = cue_of(t, 1, b);
    tally *sum = tally_of(t, 0, x);
    if (!sum || x->category == y->category)
        return;
    rev_category was = category_of(t, x), is = category_of(t, y);
    if (was == REV_CAT_CAUSE)
        note(&sum->cause[0], x);
    if (is == REV_CAT_CAUSE)
        note(&sum->cause[1], y);
    if (was == REV_CAT_CONCESSION)
        note(&sum->concession[0], x);
    if (is == REV_CAT_CONCESSION)
        note(&sum->concession[1], y);
    if (certainty_of(t, 0, x))
        note(&sum->certain[0], x);
    if (certainty_of(t, 1, y))
        note(&sum->certain[1], y);
}

// ---------------------------------------------------------------- sources and modals

// Fills said: one a word.
static bool index_cues(teller *t, int side)
{
    const rev_side *s = &t->w->side[side];
    const fsc_voices *v = &s->doc->voices;
    t->said[side] = FSC_NEW_N(t->w->scratch, const fsc_speech *, s->text->word_count + 1);
    if (!t->said[side])
        return false;
    for (size_t k = 0; k < v->speech_count; k++) {
        uint32_t word = fsc_span_is(v->speech[k].cue) ? fsc_text_word_at(s->text, v->speech[k].cue.start) : REV_NONE;
        if (word < s->text->word_count && !t->said[side][word])
            t->said[side][word] = &v->speech[k];
    }
    return true;
}

// Nobody named on one side, or the same by name, or by a role: "Sheriff Hale", "the sheriff".
static bool same_speaker(const fsc_speech *a, const fsc_speech *b)
{
    return !a || !b || !a->by.name.len || !b->by.name.len || fsc_rev_same_name(a->by.name, b->by.name) ||
           (a->by.role.len && fsc_rev_same_name(a->by.role, b->by.name)) ||
           (b->by.role.len && fsc_rev_same_name(a->by.name, b->by.role));
}

// The word of speech stayed, and somebody else says it now: "brokers said" to "the ministry said".
static bool is_other_speaker(const teller *t, int side, uint32_t word, const fsc_speech *speech)
{
    const rev_side *s = &t->w->side[side], *other = &t->w->side[1 - side];
    uint32_t partner = s->match[s->word_token[word]];
    uint32_t there = partner != REV_NONE ? other->token[partner].word : REV_NONE;
    const fsc_speech *x = there != REV_NONE ? t->said[1 - side][there] : NULL;
    return !same_speaker(speech, x);
}

// Attributions by group: each cue of speech once, and speech without cue that has a speaker.
static void count_sources(teller *t, int side)
{
    const rev_side *s = &t->w->side[side];
    const fsc_voices *v = &s->doc->voices;
    uint32_t last = REV_NONE;
    for (size_t k = 0; k < v->speech_count; k++) {
        const fsc_speech *x = &v->speech[k];
        fsc_span at = fsc_span_is(x->cue) ? x->cue : (fsc_span){x->start, x->end};
        uint32_t word = fsc_text_word_at(s->text, at.start);
        if (x->kind == FSC_SPEECH_SCARE || x->kind == FSC_SPEECH_EMBED || (!fsc_span_is(x->cue) && !x->by.name.len) ||
            at.start == last || word >= s->text->word_count || s->of[s->word_token[word]] == REV_NONE ||
            (fsc_span_is(x->cue) && !(t->w->word_role[side][word] & REV_WORD_SPEECH_CUE)))
            continue;
        last = at.start;
        tally *sum = &t->tally[t->w->group_of[side][s->of[s->word_token[word]]]];
        sum->sources[side]++;
        bool went = fsc_rev_partner(s, s->word_token[word]) == REV_NONE || is_other_speaker(t, side, word, x);
        if (!went || fsc_span_is(sum->source[side]))
            continue;
        sum->source[side] = at;
        sum->said[side] = x;
    }
}

// A verb of saying that ends its sentence behind a comma and a subject: "..., study finds".
static bool closes_sentence(const rev_side *s, uint32_t word)
{
    enum { SUBJECT = 5 };
    uint32_t token = s->word_token[word];
    if (s->of[token] == REV_NONE)
        return false;
    const fsc_sentence *x = &s->unit[s->of[token]];
    if (x->end_word != word + 1)
        return false;
    for (uint32_t k = word; k > x->first_word + 1 && word - k < SUBJECT; k--)
        if (s->text->word[k - 2].flags & FSC_WORD_COMMA)
            return true;
    return false;
}

// Attributions that end a sentence and were not taken for speech.
static void count_closing(teller *t, int side)
{
    const rev_side *s = &t->w->side[side];
    const fsc_hits *hits = &s->doc->hits;
    uint32_t last = REV_NONE;
    for (size_t h = 0; h < hits->count; h++) {
        uint32_t word = hits->hit[h].end_word - 1;
        if (!(t->w->rules->entry[hits->hit[h].entry] & REV_ENTRY_SAYING) || word == last ||
            word >= s->text->word_count || t->w->word_role[side][word] & REV_WORD_SPEECH_CUE ||
            !closes_sentence(s, word))
            continue;
        last = word;
        tally *sum = &t->tally[t->w->group_of[side][s->of[s->word_token[word]]]];
        sum->sources[side]++;
        if (fsc_rev_partner(s, s->word_token[word]) == REV_NONE && !fsc_span_is(sum->source[side]))
            sum->source[side] = (fsc_span){s->text->word[word].start, s->text->word[word].end};
    }
}

// "could" and "might" hedge what is told, whatever they mean elsewhere; cues of certainty are counted already.
static void count_modals(teller *t, int side)
{
    const rev_side *s = &t->w->side[side];
    uint32_t cue = 0, cue_count = (uint32_t)s->doc->cue_count;
    for (uint32_t i = 0; i < s->count; i++) {
        const rev_token *x = &s->token[i];
        if (x->word == REV_NONE || s->of[i] == REV_NONE || fsc_rev_partner(s, i) != REV_NONE)
            continue;
        if (!(s->tag[x->word] & REV_ENTRY_MODAL))
            continue;
        while (cue < cue_count && s->doc->cue[cue].start < x->start)
            cue++;
        bool counted = false;
        for (uint32_t k = cue > 4 ? cue - 4 : 0; k < cue_count && s->doc->cue[k].start < x->end; k++)
            counted |= s->doc->cue[k].end > x->start && dimension_of(t, &s->doc->cue[k]) == REV_DIM_CERTAINTY;
        tally *sum = &t->tally[t->w->group_of[side][s->of[i]]];
        if (counted)
            continue;
        sum->certainty += side ? -1 : 1;
        if (!fsc_span_is(sum->certain[side]))
            sum->certain[side] = (fsc_span){x->start, x->end};
    }
}

// ---------------------------------------------------------------- intensity

// First token of the stretch without partners that holds token `first`; REV_NONE: a stretch so long is a passage of
// its own.
static uint32_t stretch_start(const rev_side *s, uint32_t first)
{
    enum { REACH = 256 };
    uint32_t start = first;
    while (start > 0 && fsc_rev_partner(s, start - 1) == REV_NONE)
        if (first - --start > REACH)
            return REV_NONE;
    return start;
}

// A cue that came or went changes the intensity of what both sides tell, unless a new passage of its own holds it.
static bool told_on_both(const teller *t, int side, uint32_t i)
{
    enum { MODIFIER = 3 };
    const rev_side *s = &t->w->side[side], *other = &t->w->side[1 - side];
    const rev_place *p = &t->w->cue_place[side][i];
    uint32_t first = p->first, end = p->end;
    while (first > 0 && fsc_rev_partner(s, first - 1) == REV_NONE && end - first <= MODIFIER)
        first--;
    while (end < s->count && fsc_rev_partner(s, end) == REV_NONE && end - first <= MODIFIER)
        end++;
    if (end - first <= MODIFIER)
        return true;
    // longer: only when it takes the place of other words
    first = stretch_start(s, first);
    if (first == REV_NONE)
        return false;
    uint32_t next = first > 0 ? fsc_rev_partner(s, first - 1) + 1 : 0;
    return next < other->count && fsc_rev_partner(other, next) == REV_NONE;
}

// Words with content from token `first` to the next kept one that no cue of intensity or label accounts for.
static uint32_t plain_words(const teller *t, int side, uint32_t first)
{
    enum { REACH = 256 };
    const rev_side *s = &t->w->side[side];
    const fsc_analysis *doc = s->doc;
    uint32_t count = 0, low = 0, high = (uint32_t)doc->cue_count;
    while (first < s->count && low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (doc->cue[mid].start < s->token[first].start)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t told = 0; // end of the last cue that accounts for words
    for (uint32_t i = first; i < s->count && i - first < REACH && fsc_rev_partner(s, i) == REV_NONE; i++) {
        for (; low < doc->cue_count && doc->cue[low].start <= s->token[i].start; low++) {
            rev_dimension d = dimension_of(t, &doc->cue[low]);
            bool counts = d == REV_DIM_INTENSITY || d == REV_DIM_THREAT || d == REV_DIM_CONFLICT ||
                          d == REV_DIM_ATTRIBUTION || d == REV_DIM_LABELING;
            if (counts && doc->cue[low].end > told)
                told = doc->cue[low].end;
        }
        count += s->token[i].start >= told && s->token[i].word != REV_NONE && s->weight[i] >= REV_WEIGHT_CONTENT;
    }
    return count;
}

// A verb that went and whose place another one takes, of which no lexicon says how strong it is: "clash with" to
// "attack" is no softer for that.
static bool is_replaced(const teller *t, int side, uint32_t i)
{
    const rev_side *s = &t->w->side[side];
    const fsc_cue *c = cue_of(t, side, i);
    if (side || (dimension_of(t, c) != REV_DIM_CONFLICT && category_of(t, c) != REV_CAT_COMBATIVE))
        return false;
    uint32_t first = stretch_start(s, t->w->cue_place[side][i].first);
    if (first == REV_NONE)
        return false;
    uint32_t there = first > 0 ? fsc_rev_partner(s, first - 1) + 1 : 0;
    return plain_words(t, 1, there) > plain_words(t, 0, first);
}

static void count_changed(teller *t, const fsc_cue_change *change)
{
    const fsc_cue *a = cue_of(t, 0, change->a), *b = cue_of(t, 1, change->b);
    int64_t by = intensity_of(t, 1, b) - intensity_of(t, 0, a);
    tally *sum = tally_of(t, 0, a);
    if (dimension_of(t, a) == REV_DIM_HARM)
        by = b->weight - a->weight;
    if (!by || !sum)
        return;
    sum->intensity += by;
    note(&sum->intense[0], a);
    note(&sum->intense[1], b);
}

static void count_single(teller *t, int side, uint32_t i)
{
    const fsc_cue *c = cue_of(t, side, i);
    int64_t weight = intensity_of(t, side, c);
    tally *sum = tally_of(t, side, c);
    // a label that also threatens ("terrorists") is told as a label, a verb of speech that is a clash ("slams") as
    // speech
    rev_dimension d = dimension_of(t, c);
    // what stands in both versions is no stronger for being read otherwise in one of them
    if (!weight || !sum || !told_on_both(t, side, i) || is_replaced(t, side, i) || fsc_rev_is_kept(&t->w->cue_place[side][i]) ||
        (d == REV_DIM_THREAT && stands_with(t, side, i, REV_CAT_OTHER, REV_DIM_LABELING)) ||
        (d == REV_DIM_CONFLICT && stands_with(t, side, i, REV_CAT_OTHER, REV_DIM_ATTRIBUTION)))
        return;
    sum->intensity += side ? weight : -weight;
    note(&sum->intense[side], c);
}

static void count_intensity(teller *t)
{
    const fsc_delta *d = t->w->out;
    for (size_t k = 0; k < d->changed_count; k++)
        count_changed(t, &d->changed[k]);
    for (size_t k = 0; k < d->removed_count; k++)
        count_single(t, 0, d->removed[k]);
    for (size_t k = 0; k < d->added_count; k++)
        count_single(t, 1, d->added[k]);
}

// ---------------------------------------------------------------- telling

// A verb of speech is shown with its subject, everything else with what follows it.
static fsc_span phrase(const teller *t, int side, fsc_span span, bool source)
{
    const rev_side *s = &t->w->side[side];
    if (!fsc_span_is(span))
        return span;
    uint32_t end = fsc_text_word_at(s->text, span.start);
    while (end < s->text->word_count && s->text->word[end].start < span.end)
        end++;
    bool verb = end > 0 && s->weight[s->word_token[end - 1]] >= REV_WEIGHT_CONTENT;
    return fsc_rev_phrase(t->w, side, span, source && verb);
}

// More of something on one side than on the other. Without a span of its own the group's sentence stands for it.
static void tell_count(teller *t, const rev_group *g, const int *count, const fsc_span *span, fsc_change_type added)
{
    fsc_change_type dropped = (fsc_change_type)(added + 1);
    if (count[1] == count[0])
        return;
    int side = count[1] > count[0];
    const fsc_sentence *unit = &t->w->side[side].unit[side ? g->b[0] : g->a[0]];
    fsc_span at = phrase(t, side, span[side], added == FSC_CHANGE_ATTRIBUTION_ADDED);
    if (!fsc_span_is(at))
        at = (fsc_span){unit->start, unit->end};
    if (side)
        fsc_rev_add_change(t->c, added, FSC_NO_SPAN, at);
    else
        fsc_rev_add_change(t->c, dropped, at, FSC_NO_SPAN);
}

// As many attributions as before, but one of them is another's now.
static void tell_new_source(teller *t, const tally *sum)
{
    if (sum->sources[0] != sum->sources[1] || same_speaker(sum->said[0], sum->said[1]))
        return;
    fsc_rev_add_change(t->c, FSC_CHANGE_ATTRIBUTION_DROPPED, phrase(t, 0, sum->source[0], true), FSC_NO_SPAN);
    fsc_rev_add_change(t->c, FSC_CHANGE_ATTRIBUTION_ADDED, FSC_NO_SPAN, phrase(t, 1, sum->source[1], true));
}

static void tell_group(teller *t, const rev_group *g, const tally *sum)
{
    tell_new_source(t, sum);
    tell_count(t, g, sum->sources, sum->source, FSC_CHANGE_ATTRIBUTION_ADDED);
    tell_count(t, g, sum->causes, sum->cause, FSC_CHANGE_CAUSE_ADDED);
    tell_count(t, g, sum->concessions, sum->concession, FSC_CHANGE_CONCESSION_ADDED);
    if (!g->a_count || !g->b_count)
        return;
    fsc_span a = {t->w->side[0].unit[g->a[0]].start, t->w->side[0].unit[g->a[0]].end};
    if (sum->certainty)
        fsc_rev_add_change(t->c, sum->certainty > 0 ? FSC_CHANGE_CERTAINTY_RAISED : FSC_CHANGE_CERTAINTY_LOWERED,
                           fsc_span_is(sum->certain[0]) || fsc_span_is(sum->certain[1]) ? sum->certain[0] : a,
                           sum->certain[1]);
    if (sum->intensity)
        fsc_rev_add_change(t->c, sum->intensity > 0 ? FSC_CHANGE_HARDENED : FSC_CHANGE_SOFTENED, sum->intense[0],
                           sum->intense[1]);
}

static fsc_span cue_span(const teller *t, int side, uint32_t i)
{
    const fsc_cue *c = cue_of(t, side, i);
    return (fsc_span){c->start, c->end};
}

static void tell_labels(teller *t)
{
    const fsc_delta *d = t->w->out;
    for (size_t k = 0; k < d->changed_count; k++)
        if (d->changed[k].shift == FSC_SHIFT_LABEL)
            fsc_rev_add_change(t->c, FSC_CHANGE_LABEL_SWAPPED, cue_span(t, 0, d->changed[k].a),
                               cue_span(t, 1, d->changed[k].b));
}

bool fsc_rev_cue_kinds(rev_changes *c)
{
    rev_work *w = c->w;
    teller t = {c, w, FSC_NEW_N(w->scratch, tally, (size_t)w->group_count + 1), {NULL, NULL}};
    if (!t.tally || !index_cues(&t, 0) || !index_cues(&t, 1))
        return false;
    for (uint32_t g = 0; g < w->group_count; g++)
        memset(t.tally[g].source, 0xFF, sizeof(tally) - offsetof(tally, source));
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < w->side[side].doc->cue_count; i++)
            count_cue(&t, side, i);
        count_sources(&t, side);
        count_closing(&t, side);
        count_modals(&t, side);
    }
    for (uint32_t i = 0; i < w->side[0].doc->cue_count; i++)
        if (w->cue_pair[0][i] != REV_NONE)
            note_pair(&t, i, w->cue_pair[0][i]);
    count_intensity(&t);
    for (uint32_t g = 0; g < w->group_count; g++)
        if (w->group[g].changed)
            tell_group(&t, &w->group[g], &t.tally[g]);
    tell_labels(&t);
    return true;
}
