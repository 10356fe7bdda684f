/*
 * relations: what is said to cause, not to prevent, not to cause, or to go with what.
 *
 * Each causality cue that holds its place has two arguments within its sentence: the one after it and the one
 * before it, or, when the cue opens the sentence, the main clause after the comma ("Despite A, B") or the sentence
 * before ("But B"). The entry says which of them is the cause. Arguments are words up to the next border: hard
 * punctuation, a coordinated or contrasted clause, an attribution, the next relation of the sentence.
 */
#include "framing/framing_p.h"

enum { STATUS_WORDS = 14, STATUS_AFTER = 3, TAIL_WORDS = 8, SUBJECT_WORDS = 40, OPENER_WORDS = 3, LIST_WORDS = 15, TOLD_WORDS = 4 };

static const fsc_range NOTHING = {0, 0};

/* One relation in the making. */
typedef struct draft {
    const fsc_cue *cue;
    const fsc_entry_rule *rule;
    uint32_t index;         /* of the cue */
    fsc_range window;       /* the sentence, cut to the speech that the cue stands in */
    bool inserted;          /* the cue stands in a relative clause between commas: its arguments end there */
    uint32_t resume;        /* where the left argument of a later relation may begin */
    fsc_range cause, effect;
} draft;

typedef fsc_vec(draft) draft_vec;

static bool word_is_form(const fsc_context *c, uint32_t w, fsc_view form)
{
    fsc_view v = fsc_types_form(c->types, c->a->text.word[w].type);
    return v.len == form.len && memcmp(v.data, form.data, v.len) == 0;
}

static bool is_empty(fsc_range r)
{
    return r.first >= r.end;
}

static fsc_range window_of(const fsc_context *c, const fsc_cue *cue)
{
    const fsc_text *t = &c->a->text;
    const fsc_sentence *s = &t->sentence[cue->sentence];
    fsc_range r = {s->first_word, s->end_word};
    if (cue->speech == FSC_NONE)
        return r;
    const fsc_speech *speech = &c->a->voices.speech[cue->speech];
    if (speech->start > s->start) {
        uint32_t w = fsc_text_word_at(t, speech->start);
        r.first = w > r.first && w <= cue->first_word ? w : r.first;
    }
    if (speech->end < s->end) {
        uint32_t w = fsc_text_word_at(t, speech->end - 1);
        w += w < t->word_count && t->word[w].start < speech->end;
        r.end = w < r.end && w >= cue->end_word ? w : r.end;
    }
    return r;
}

/* ---------------------------------------------------------------- borders */

static bool ends_in_ing(const fsc_context *c, uint32_t w)
{
    return fsc_view_ends(fsc_types_form(c->types, c->a->text.word[w].type), FSC_LIT("ing"));
}

/* After a comma: a clause of its own (but they left, while he stayed, he left), a participle that belongs to the
 * main clause (leaving two dead), or the tail "officials said". */
static bool border_at(const fsc_context *c, uint32_t w, uint32_t end, uint32_t sentence)
{
    if (fsc_word_is(c, w, FSC_ROLE_IS(SUBJECT)) && fsc_context_clause_follows(c, w, sentence))
        return true;
    if (ends_in_ing(c, w) && !fsc_word_is(c, w, FSC_ROLE_IS(PREPOSITION)))
        return true;
    if (w + 1 < end && fsc_word_is(c, w, FSC_ROLE_IS(ADVERB)) && ends_in_ing(c, w + 1))
        return true;
    if (fsc_word_is(c, w, FSC_ROLE_IS(BORDER)) && fsc_context_clause_follows(c, w + 1, sentence))
        return true;
    if (fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR)) && !fsc_word_is(c, w, FSC_ROLE_IS(RELATIVE)))
        return true;
    if (end - w > TAIL_WORDS)
        return false;
    for (uint32_t k = w; k < end; k++)
        if (fsc_word_is(c, k, FSC_ROLE_IS(SAY)))
            return true;
    return false;
}

/* Words from `first` on that belong to the argument after a cue. */
static fsc_range right_of(const fsc_context *c, const draft *d, uint32_t first, uint32_t stop)
{
    uint32_t end = d->window.end < stop ? d->window.end : stop;
    fsc_range r = {first, first};
    for (uint32_t n = 0; r.end < end && n < FSC_SCAN_WORDS; n++) {
        unsigned gap = fsc_context_gap(c, r.end);
        r.end++;
        if (gap & FSC_GAP_HARD)
            break;
        if ((gap & FSC_GAP_COMMA) && r.end < end &&
            (d->inserted || border_at(c, r.end, d->window.end, d->cue->sentence)))
            break;
        if (r.end < end && r.end > first + 1 && word_is_form(c, r.end, FSC_LIT("while")) &&
            fsc_context_clause_follows(c, r.end + 1, d->cue->sentence))
            break;
    }
    return r;
}

/* The noun phrase from `first` on: up to the verb of its clause. */
static fsc_range phrase_of(const fsc_context *c, const draft *d, uint32_t first, uint32_t stop)
{
    uint32_t verb = FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(SUBORDINATOR) |
                    FSC_ROLE_IS(RELATIVE) | FSC_ROLE_IS(ADVERB);
    fsc_range r = right_of(c, d, first, stop);
    for (uint32_t w = r.first + 1; w < r.end; w++)
        if (fsc_word_is(c, w, verb))
            r.end = w;
    return r;
}

/* A past form, or one behind its subject: "a state minister", "the claim they made" have nouns. */
static bool is_verb_of_saying(const fsc_context *c, uint32_t w)
{
    fsc_view form = fsc_types_form(c->types, c->a->text.word[w].type);
    if (fsc_view_ends(form, FSC_LIT("ed")) || fsc_view_ends(form, FSC_LIT("said")) || fsc_view_ends(form, FSC_LIT("told")))
        return true;
    return w > 0 && (fsc_word_is(c, w - 1, FSC_ROLE_IS(PEOPLE) | FSC_ROLE_IS(SUBJECT) | FSC_ROLE_IS(AUX)) ||
                     (c->a->text.word[w - 1].flags & FSC_WORD_CAPITAL));
}

/* "said that", "said the": an attribution whose content begins behind `w`. */
static bool says_clause(const fsc_context *c, uint32_t w, uint32_t sentence)
{
    uint32_t end = c->a->text.sentence[sentence].end_word;
    if (word_is_form(c, w, FSC_LIT("that"))) {
        // "said that", "told the inquiry that"
        for (uint32_t n = 0; w > 0 && n < TOLD_WORDS && !fsc_context_gap(c, w - 1); n++)
            if (fsc_word_is(c, --w, FSC_ROLE_IS(SAY)))
                return true;
        return false;
    }
    return fsc_word_is(c, w, FSC_ROLE_IS(SAY)) && w + 1 < end && is_verb_of_saying(c, w) && !word_is_form(c, w + 1, FSC_LIT("that")) &&
           !fsc_word_is(c, w + 1, FSC_ROLE_IS(PREPOSITION)) && fsc_context_clause_follows(c, w + 1, sentence);
}

/* Without the short adverbial that opens a sentence: "On Tuesday," "Meanwhile," */
static fsc_range without_opener(const fsc_context *c, const draft *d, fsc_range r)
{
    if (r.first != d->window.first)
        return r;
    if (r.first + 1 < r.end && fsc_word_is(c, r.first, FSC_ROLE_IS(BORDER)))
        r.first++;
    for (uint32_t w = r.first; w + 1 < r.end && w < r.first + OPENER_WORDS; w++)
        if (fsc_context_gap(c, w) & FSC_GAP_COMMA) {
            bool list = fsc_word_is(c, w + 1, FSC_ROLE_IS(BORDER) | FSC_ROLE_IS(RELATIVE));
            bool opener = fsc_word_is(c, r.first, FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(TIME));
            return opener && !list ? (fsc_range){w + 1, r.end} : r;
        }
    return r;
}

/* "when they tried to land to rescue him", "the man who was held for theft": the cue hangs on the inner clause. */
static bool opens_inner_clause(const fsc_context *c, uint32_t w, uint32_t next, uint32_t sentence)
{
    if (word_is_form(c, w, FSC_LIT("who")))
        return w > 0 && !fsc_context_gap(c, w - 1);
    return (word_is_form(c, w, FSC_LIT("when")) || word_is_form(c, w, FSC_LIT("because")) ||
            word_is_form(c, w, FSC_LIT("if")) || word_is_form(c, w, FSC_LIT("where"))) &&
           fsc_context_clause_follows(c, next, sentence);
}

/* Words up to `end` that belong to the argument before a cue. */
static fsc_range left_of(const fsc_context *c, const draft *d, uint32_t low, uint32_t end)
{
    uint32_t first = d->window.first > low ? d->window.first : low;
    fsc_range r = {end, end};
    for (uint32_t n = 0; r.first > first && n < FSC_SCAN_WORDS; n++) {
        uint32_t w = r.first - 1;
        unsigned gap = fsc_context_gap(c, w);
        if (r.first < end && (gap & FSC_GAP_HARD))
            break;
        if (r.first < end && (gap & FSC_GAP_COMMA) && fsc_word_is(c, r.first, FSC_ROLE_IS(BORDER)) &&
            fsc_context_clause_follows(c, r.first + 1, d->cue->sentence))
            break;
        if (r.first < end && says_clause(c, w, d->cue->sentence))
            break;
        if (r.first < end && opens_inner_clause(c, w, r.first, d->cue->sentence))
            break;
        r.first = w;
    }
    return without_opener(c, d, r);
}

/* The end of an insertion between dashes that begins behind `w`, or FSC_NONE. */
static uint32_t dash_end(const fsc_context *c, const draft *d, uint32_t w)
{
    for (uint32_t k = w + 1, n = 0; k + 1 < d->window.end && n < SUBJECT_WORDS; k++, n++)
        if (fsc_context_gap(c, k) & FSC_GAP_HARD)
            return k;
    return FSC_NONE;
}

/* The comma that ends a fronted clause: the first with a clause behind it, else the last; FSC_NONE. */
static uint32_t front_end(const fsc_context *c, const draft *d, uint32_t from)
{
    uint32_t last = FSC_NONE;
    for (uint32_t w = from, n = 0; w + 1 < d->window.end && n < FSC_SCAN_WORDS; w++, n++) {
        unsigned gap = fsc_context_gap(c, w);
        if (gap & FSC_GAP_HARD)
            return last != FSC_NONE ? last : dash_end(c, d, w);
        if (!(gap & FSC_GAP_COMMA))
            continue;
        if (fsc_word_is(c, w + 1, FSC_ROLE_IS(RELATIVE)))
            continue;
        last = w;
        if (!fsc_word_is(c, w + 1, FSC_ROLE_IS(BORDER)) && fsc_context_clause_follows(c, w + 1, d->cue->sentence))
            return w;
    }
    return last;
}

/* ---------------------------------------------------------------- arguments */

static void put(draft *d, fsc_range attached, fsc_range other)
{
    bool attached_is_cause = d->rule->flags & FSC_ER_CAUSE_RIGHT;
    d->cause = attached_is_cause ? attached : other;
    d->effect = attached_is_cause ? other : attached;
}

static fsc_range previous_sentence(const fsc_context *c, const draft *d)
{
    const fsc_text *t = &c->a->text;
    uint32_t s = d->cue->sentence;
    if (s == 0 || t->sentence[s - 1].part != t->sentence[s].part)
        return NOTHING;
    return (fsc_range){t->sentence[s - 1].first_word, t->sentence[s - 1].end_word};
}

static bool has_verb(const fsc_context *c, fsc_range r)
{
    for (uint32_t w = r.first; w < r.end; w++)
        if (fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(PARTICIPLE)))
            return true;
    return false;
}

/* "Anger over the plan has grown": with no verb before the cue, the first behind it belongs to what stands before. */
static fsc_range before_verb(const fsc_context *c, fsc_range r)
{
    for (uint32_t w = r.first + 1; w < r.end; w++) {
        if (fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(RELATIVE) | FSC_ROLE_IS(SUBJECT)))
            return r;
        if (fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX)))
            return (fsc_range){r.first, w};
    }
    return r;
}

static void connective(const fsc_context *c, draft *d, uint32_t low, uint32_t stop)
{
    const fsc_cue *cue = d->cue;
    bool attached_is_cause = d->rule->flags & FSC_ER_CAUSE_RIGHT;
    uint32_t before = cue->first_word;
    while (before > d->window.first && before > low &&
           fsc_word_is(c, before - 1, FSC_ROLE_IS(BORDER)))
        before--;
    bool first = before == d->window.first || before == low;
    bool joined = before < cue->first_word; // "and, because it rained, they left"
    if ((first || joined) && attached_is_cause) {
        uint32_t comma = front_end(c, d, cue->end_word);
        if (comma != FSC_NONE && (first || fsc_context_clause_follows(c, comma + 1, cue->sentence))) {
            fsc_range main = right_of(c, d, comma + 1, stop > comma + 1 ? stop : d->window.end);
            put(d, (fsc_range){cue->end_word, comma + 1}, main);
            d->resume = comma + 1;
            return;
        }
    }
    fsc_range right = right_of(c, d, cue->end_word, stop);
    if (first) {
        put(d, right, attached_is_cause ? NOTHING : previous_sentence(c, d));
        d->resume = right.first;
        return;
    }
    bool aside = !attached_is_cause && fsc_context_gap(c, cue->first_word - 1) &&
                 fsc_context_gap(c, cue->end_word - 1);
    if (aside) { // "Prices, however, rose": the adverb belongs to its whole clause
        fsc_range left = left_of(c, d, low, cue->first_word);
        put(d, (fsc_range){left.first, right.end}, previous_sentence(c, d));
        return;
    }
    fsc_range left = left_of(c, d, low, before);
    put(d, has_verb(c, left) ? right : before_verb(c, right), left);
    d->resume = d->rule->flags & (FSC_ER_SELF_CAUSE | FSC_ER_SELF_EFFECT) ? cue->first_word : cue->end_word;
}

/* Back over an insertion between commas or dashes that ends at `end`; FSC_NONE: there is none. */
static uint32_t before_insertion(const fsc_context *c, uint32_t first, uint32_t end)
{
    unsigned kind = end > first ? fsc_context_gap(c, end - 1) & (FSC_GAP_COMMA | FSC_GAP_HARD) : 0;
    for (uint32_t w = end, n = 0; kind && w > first + 1 && n < SUBJECT_WORDS; n++)
        if (fsc_context_gap(c, --w - 1) & kind)
            return w;
    return FSC_NONE;
}

/* The last of a list ("drought, war, and debt"): the comma before "and" is no border. */
static bool ends_list(const fsc_context *c, uint32_t w, uint32_t first)
{
    if (!fsc_word_is(c, w, FSC_ROLE_IS(BORDER)))
        return false;
    for (uint32_t k = w - 1, n = 0; k > first && n < LIST_WORDS; k--, n++)
        if (fsc_context_gap(c, k - 1) & FSC_GAP_COMMA)
            return true;
    return false;
}

/* The subject of a verb: back over its auxiliaries to the start of its clause; "riots that led to": the riots. */
static fsc_range subject_of(const fsc_context *c, const draft *d, uint32_t low)
{
    uint32_t end = d->cue->first_word;
    uint32_t chain = FSC_ROLE_IS(AUX) | FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(NEGATOR) | FSC_ROLE_IS(HEDGE);
    if (d->rule->via == FSC_VIA_NOUN)
        chain |= FSC_ROLE_IS(DETERMINER);
    uint32_t first = d->window.first > low ? d->window.first : low;
    while (end > first && fsc_word_is(c, end - 1, chain) && !(fsc_context_gap(c, end - 1) & FSC_GAP_HARD))
        end--;
    if (end > first && fsc_word_is(c, end - 1, FSC_ROLE_IS(BORDER) | FSC_ROLE_IS(RELATIVE)))
        end--;
    uint32_t before = before_insertion(c, first, end);
    if (before == FSC_NONE && end > first && (fsc_context_gap(c, end - 1) & FSC_GAP_HARD))
        return NOTHING;
    fsc_range r = {before != FSC_NONE ? before : end, before != FSC_NONE ? before : end};
    bool list = false;
    for (uint32_t n = 0; r.first > first && n < SUBJECT_WORDS; n++) {
        uint32_t w = r.first - 1;
        unsigned gap = fsc_context_gap(c, w);
        if (n > 0 && (gap & FSC_GAP_HARD))
            break;
        list |= n > 0 && (gap & FSC_GAP_COMMA) && ends_list(c, r.first, first);
        if (n > 0 && (gap & FSC_GAP_COMMA) && !list && !fsc_word_is(c, r.first, FSC_ROLE_IS(RELATIVE)))
            break;
        if (word_is_form(c, w, FSC_LIT("that")) || says_clause(c, w, d->cue->sentence))
            break;
        r.first = w;
    }
    return r;
}

/* "He saw the panic caused by it": a participle without a form of be belongs to the noun phrase before it. */
static fsc_range head_of(const fsc_context *c, const draft *d, fsc_range left)
{
    uint32_t cue = d->cue->first_word;
    if (left.end != cue || is_empty(left) || !fsc_word_is(c, cue, FSC_ROLE_IS(PARTICIPLE)) || fsc_context_gap(c, cue - 1))
        return left;
    uint32_t verb = FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(PARTICIPLE);
    for (uint32_t w = cue - 1; w > left.first; w--)
        if (fsc_word_is(c, w - 1, verb) || word_is_form(c, w - 1, FSC_LIT("during")))
            return (fsc_range){w, cue};
    return left;
}

static void verb(const fsc_context *c, draft *d, uint32_t low, uint32_t stop)
{
    const fsc_cue *cue = d->cue;
    fsc_view head = fsc_types_form(c->types, c->a->text.word[cue->first_word].type);
    bool participle = fsc_view_ends(head, FSC_LIT("ing")) && cue->first_word > d->window.first &&
                      (fsc_context_gap(c, cue->first_word - 1) & FSC_GAP_COMMA);
    // "was marred by": what happened is the whole clause, its verb included
    bool whole = (d->rule->flags & FSC_ER_SELF_EFFECT) && (d->rule->flags & FSC_ER_CAUSE_RIGHT);
    fsc_range left = participle || whole ? left_of(c, d, low, cue->first_word) : subject_of(c, d, low);
    if (whole)
        left.end = cue->end_word - 1;
    else if (d->rule->flags & FSC_ER_CAUSE_RIGHT)
        left = head_of(c, d, left);
    bool noun = d->rule->via == FSC_VIA_NOUN && (d->rule->flags & FSC_ER_CAUSE_RIGHT);
    put(d, noun ? phrase_of(c, d, cue->end_word, stop) : right_of(c, d, cue->end_word, stop), left);
    d->resume = d->rule->flags & FSC_ER_SELF_EFFECT ? cue->first_word : cue->end_word;
}

/* "credited A for B", "attributed B to A", "blamed B on A"; passive: "A is blamed for B" */
static void object(const fsc_context *c, draft *d, uint32_t low)
{
    static const fsc_view link[] = {FSC_LIT_INIT("for"), FSC_LIT_INIT("to"), FSC_LIT_INIT("with"), FSC_LIT_INIT("on"),
                                    FSC_LIT_INIT("as")};
    fsc_range right = right_of(c, d, d->cue->end_word, d->window.end);
    uint32_t split = right.end;
    bool on = false;
    for (uint32_t w = right.first; w < right.end && split == right.end; w++)
        for (size_t k = 0; k < sizeof link / sizeof *link; k++)
            if (word_is_form(c, w, link[k])) {
                split = w;
                on = k == 3;
                break;
            }
    fsc_range one = {right.first, split}, two = {split < right.end ? split + 1 : split, right.end};
    if (is_empty(one))
        one = subject_of(c, d, low);
    bool one_is_cause = !(d->rule->flags & FSC_ER_CAUSE_RIGHT) != on;
    d->cause = one_is_cause ? one : two;
    d->effect = one_is_cause ? two : one;
    d->resume = d->cue->end_word;
}

/* "link between A and B" */
static void between(const fsc_context *c, draft *d)
{
    fsc_range right = right_of(c, d, d->cue->end_word, d->window.end);
    uint32_t split = right.first;
    while (split < right.end && !word_is_form(c, split, FSC_LIT("and")))
        split++;
    d->cause = (fsc_range){right.first, split};
    d->effect = split < right.end ? (fsc_range){split + 1, right.end} : NOTHING;
    d->resume = d->cue->end_word;
}

/* "the reason for B is A", "A is the reason for B", "A is why B" */
static void copula(const fsc_context *c, draft *d, uint32_t low, uint32_t stop)
{
    fsc_range left = subject_of(c, d, low), right = right_of(c, d, d->cue->end_word, stop);
    uint32_t be = right.first;
    bool has_left = d->cue->first_word > d->window.first &&
                    fsc_word_is(c, d->cue->first_word - 1, FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(AUX));
    while (!has_left && be < right.end && !fsc_word_is(c, be, FSC_ROLE_IS(BE)))
        be++;
    d->resume = d->cue->end_word;
    if (has_left || be == right.end) {
        d->cause = has_left ? left : NOTHING;
        d->effect = right;
        return;
    }
    d->effect = (fsc_range){right.first, be};
    d->cause = (fsc_range){be + 1, right.end};
}

/* "question whether A is responsible for B" is one cue: A stands inside it */
static void whether(const fsc_context *c, draft *d)
{
    const fsc_cue *cue = d->cue;
    uint32_t from = cue->first_word;
    while (from < cue->end_word && !fsc_word_is(c, from, FSC_ROLE_IS(SUBORDINATOR)))
        from++;
    uint32_t to = from + 1;
    while (to + 1 < cue->end_word && !fsc_word_is(c, to, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX)))
        to++;
    if (from + 1 < to && to < cue->end_word)
        d->cause = (fsc_range){from + 1, to};
    d->effect = right_of(c, d, cue->end_word, d->window.end);
}

static fsc_range trim(const fsc_context *c, fsc_range r)
{
    while (r.first < r.end && fsc_word_is(c, r.first, FSC_ROLE_IS(BORDER)))
        r.first++;
    bool content = false; // an article alone is no argument
    for (uint32_t w = r.first; w < r.end && !content; w++)
        content = !fsc_word_is(c, w, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(BE));
    return content ? r : NOTHING;
}

static void arguments(const fsc_context *c, draft *d, uint32_t low, uint32_t stop)
{
    uint32_t f = d->rule->flags;
    d->cause = d->effect = NOTHING;
    d->resume = d->cue->end_word;
    if (f & FSC_ER_BETWEEN)
        between(c, d);
    else if (f & FSC_ER_COPULA)
        copula(c, d, low, stop);
    else if (f & FSC_ER_OBJECT)
        object(c, d, low);
    else if (f & FSC_ER_WHETHER)
        whether(c, d);
    else if (f & FSC_ER_EFFECT)
        d->effect = right_of(c, d, d->cue->end_word, stop);
    else if (!(f & (FSC_ER_CAUSE_LEFT | FSC_ER_CAUSE_RIGHT)))
        return;
    else if (d->rule->via == FSC_VIA_CONNECTIVE)
        connective(c, d, low, stop);
    else
        verb(c, d, low, stop);
    d->cause = trim(c, d->cause);
    d->effect = trim(c, d->effect);
    if ((f & FSC_ER_SELF_CAUSE) && d->cause.first == d->cue->end_word)
        d->cause.first = d->cue->first_word;
    if ((f & FSC_ER_SELF_EFFECT) && d->effect.first == d->cue->end_word)
        d->effect.first = d->cue->first_word;
}

/* ---------------------------------------------------------------- status */

static fsc_relation_status status_of(const fsc_context *c, const draft *d, fsc_relation_type type)
{
    const fsc_cue *cue = d->cue;
    if (d->rule->status != FSC_ASSERTED)
        return d->rule->status;
    bool hedged = false, questioned = fsc_context_is_question(c, cue->sentence);
    for (uint32_t w = cue->first_word, n = 0; w > d->window.first && n < STATUS_WORDS; n++) {
        w--;
        if (w + 1 < cue->first_word && (fsc_context_gap(c, w) & FSC_GAP_HARD))
            break;
        hedged |= fsc_word_is(c, w, FSC_ROLE_IS(HEDGE));
        questioned |= fsc_word_is(c, w, FSC_ROLE_IS(QUESTIONING) | FSC_ROLE_IS(DOUBT));
        if (fsc_word_is(c, w, FSC_ROLE_IS(BORDER)))
            break;
    }
    for (uint32_t w = cue->first_word; w < d->window.end && w < cue->end_word + STATUS_AFTER; w++)
        hedged |= fsc_word_is(c, w, FSC_ROLE_IS(HEDGE));
    if (type == FSC_RELATION_DENIAL)
        return questioned ? FSC_QUESTIONED : FSC_DENIED;
    hedged &= type == FSC_RELATION_CAUSE; // in a contrast the hedge belongs to one side, not to the link
    return questioned ? FSC_QUESTIONED : hedged ? FSC_HEDGED : FSC_ASSERTED;
}

static bool type_of(const fsc_context *c, const fsc_cue *cue, fsc_relation_type *type)
{
    const fsc_framing_rules *r = c->rules;
    if (cue->category == r->cause)
        *type = FSC_RELATION_CAUSE;
    else if (cue->category == r->concession)
        *type = FSC_RELATION_CONCESSION;
    else if (cue->category == r->denial)
        *type = FSC_RELATION_DENIAL;
    else if (cue->category == r->association)
        *type = FSC_RELATION_ASSOCIATION;
    else
        return false;
    return true;
}

static fsc_span span_of(const fsc_context *c, fsc_range r)
{
    const fsc_text *t = &c->a->text;
    if (is_empty(r) || r.end > t->word_count)
        return FSC_NO_SPAN;
    return (fsc_span){t->word[r.first].start, t->word[r.end - 1].end};
}

/* "the firm, which closed because of debts, moved": the comma before the cue opens a relative clause */
static bool is_inserted(const fsc_context *c, const fsc_cue *cue)
{
    uint32_t low = c->a->text.sentence[cue->sentence].first_word;
    for (uint32_t w = cue->first_word, n = 0; w > low && n < SUBJECT_WORDS; w--, n++)
        if (fsc_context_gap(c, w - 1) & FSC_GAP_COMMA)
            return w < cue->first_word && fsc_word_is(c, w, FSC_ROLE_IS(RELATIVE));
    return false;
}

/* The comma behind a phrase or clause that opens the sentence ("After the storm passed, they ..."), or FSC_NONE. */
static uint32_t opening_end(const fsc_context *c, const draft *d)
{
    uint32_t w = d->window.first;
    uint32_t opens = FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(TIME);
    if (w + 1 < d->window.end && fsc_word_is(c, w, FSC_ROLE_IS(BORDER)))
        w++;
    if (w >= d->cue->first_word ||
        (!fsc_word_is(c, w, opens) && !ends_in_ing(c, w) && !fsc_word_is(c, w, FSC_ROLE_IS(STATIVE))))
        return FSC_NONE;
    uint32_t comma = front_end(c, d, w);
    if (comma == FSC_NONE || fsc_word_is(c, comma + 1, FSC_ROLE_IS(BORDER)) ||
        !fsc_context_clause_follows(c, comma + 1, d->cue->sentence))
        return FSC_NONE;
    return comma;
}

/* "CAIRO: After the storm, ..." begins anew behind its colon. */
static void skip_heading(const fsc_context *c, draft *d)
{
    const fsc_text *t = &c->a->text;
    for (uint32_t w = d->cue->first_word, n = 0; w > d->window.first && n < FSC_SCAN_WORDS; w--, n++)
        if (t->word[w].start > t->word[w - 1].end + 1 && t->bytes.data[t->word[w - 1].end] == ':') {
            d->window.first = w;
            return;
        }
}

/* What opens the sentence and its main clause keep their arguments apart. */
static void narrow(const fsc_context *c, draft *d)
{
    skip_heading(c, d);
    uint32_t comma = opening_end(c, d);
    if (comma == FSC_NONE)
        return;
    if (d->cue->end_word <= comma)
        d->window.end = comma + 1;
    else if (d->cue->first_word > comma)
        d->window.first = comma + 1;
}

static int drafts_new(fsc_context *c, draft_vec *out, fsc_err *err)
{
    const fsc_analysis *a = c->a;
    uint32_t taken = 0;
    for (size_t k = 0; k < a->cue_count; k++) {
        const fsc_cue *cue = &a->cue[k];
        if (cue->dimension != c->rules->causality || cue->negated || cue->why == FSC_WHY_OVERLAP ||
            cue->why == FSC_WHY_NAME || cue->start < taken)
            continue;
        taken = cue->end;
        draft d = {.cue = cue, .rule = &c->rules->entry[cue->entry], .index = (uint32_t)k,
                   .window = window_of(c, cue), .inserted = is_inserted(c, cue)};
        narrow(c, &d);
        if (!fsc_vec_push(c->scratch, out, d))
            return fsc_err_nomem(err);
    }
    return 0;
}

/* Where the argument after a cue ends because the next relation begins: a reason hangs on the clause so far, a result
 * in participle form on all of it. Contrasts reach over what follows. */
static uint32_t stop_at(const fsc_context *c, const draft *d, const draft *next)
{
    if (next->cue->sentence != d->cue->sentence || d->cue->category == c->rules->concession)
        return d->window.end;
    bool reason = next->rule->via == FSC_VIA_CONNECTIVE && (next->rule->flags & FSC_ER_CAUSE_RIGHT);
    bool behind_comma = next->cue->first_word > 0 && (fsc_context_gap(c, next->cue->first_word - 1) & FSC_GAP_COMMA);
    return reason || behind_comma ? next->cue->first_word : d->window.end;
}

int fsc_relations_find(fsc_context *c, fsc_err *err)
{
    fsc_analysis *a = c->a;
    a->relation = NULL;
    a->relation_count = 0;
    if (c->rules->causality == FSC_NONE)
        return 0;
    draft_vec drafts = {0};
    if (drafts_new(c, &drafts, err))
        return FSC_E_NOMEM;
    a->relation = FSC_NEW_N(c->arena, fsc_relation, drafts.len + 1);
    if (!a->relation)
        return fsc_err_nomem(err);
    uint32_t low = 0;
    for (size_t k = 0; k < drafts.len; k++) {
        draft *d = &drafts.data[k];
        uint32_t stop = k + 1 < drafts.len ? stop_at(c, d, &drafts.data[k + 1]) : d->window.end;
        if (k > 0 && drafts.data[k - 1].cue->sentence != d->cue->sentence)
            low = 0;
        // inside the clause that an earlier relation fronts, the left argument begins behind its cue
        if (k > 0 && low > d->cue->first_word)
            low = drafts.data[k - 1].cue->end_word;
        arguments(c, d, low, stop);
        low = d->resume;
        fsc_relation_type type;
        if (!type_of(c, d->cue, &type))
            continue;
        a->relation[a->relation_count++] = (fsc_relation){
            .type = type, .status = status_of(c, d, type), .valence = d->rule->valence, .via = d->rule->via,
            .cue = d->index, .start = d->cue->start, .end = d->cue->end, .cause = span_of(c, d->cause),
            .effect = span_of(c, d->effect), .voice = d->cue->voice, .speaker = d->cue->speaker};
    }
    return 0;
}
