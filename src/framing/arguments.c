/*
 * arguments: what a causality cue takes as cause and effect.
 *
 * The one argument stands after the cue, the other before it, or, when the cue opens the sentence, in the main clause
 * after the comma ("Despite A, B") or in the sentence before ("But B"). The entry says which of them is the cause.
 */
#include "framing/arguments_p.h"

enum { SUBJECT_WORDS = 40, LIST_WORDS = 15, DOER_WORDS = 10, OPENER_WORDS = 4, ITEM_WORDS = 3, SAYER_WORDS = 6 };

static void put(fsc_draft *d, fsc_range attached, fsc_range other)
{
    bool attached_is_cause = d->rule->flags & FSC_ER_CAUSE_RIGHT;
    d->cause = attached_is_cause ? attached : other;
    d->effect = attached_is_cause ? other : attached;
}

static fsc_range previous_sentence(const fsc_context *c, const fsc_draft *d)
{
    const fsc_text *t = &c->a->text;
    uint32_t s = d->cue->sentence;
    if (s == 0 || t->sentence[s - 1].part != t->sentence[s].part)
        return FSC_NO_WORDS;
    return (fsc_range){t->sentence[s - 1].first_word, t->sentence[s - 1].end_word};
}

/* The cue ends in a preposition and not in a word that may open a clause. */
bool fsc_cue_is_preposition(const fsc_context *c, const fsc_cue *cue)
{
    uint32_t w = cue->end_word - 1;
    return fsc_word_is(c, w, FSC_ROLE_IS(PREPOSITION)) && !fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR)) &&
           !fsc_word_is_form(c, w, FSC_LIT("as")) && !fsc_word_is_form(c, w, FSC_LIT("after")) &&
           !fsc_word_is_form(c, w, FSC_LIT("before"));
}

/* "fears over the bill prompted a vote": a past form with an object is no reduced passive. */
static bool takes_object(const fsc_context *c, uint32_t w, uint32_t end)
{
    return fsc_word_is(c, w, FSC_ROLE_IS(PARTICIPLE)) && w + 1 < end && !fsc_context_gap(c, w) &&
           !fsc_word_is(c, w - 1, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(OWNER) | FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(ADVERB)) &&
           fsc_word_is(c, w + 1, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(OWNER));
}

/* "Anger over the plan has grown", "posters asking them to vote were found": a phrase has no verb of its own, so the
 * first belongs to what stands before. */
static fsc_range before_verb(const fsc_context *c, fsc_range r)
{
    if (!fsc_range_is_empty(r) && fsc_word_is(c, r.first, FSC_ROLE_IS(SUBJECT)))
        return r; // "for he was ill"
    for (uint32_t w = r.first + 1; w < r.end; w++) {
        if (fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(RELATIVE) | FSC_ROLE_IS(SUBJECT)))
            return r;
        if (fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX)) || takes_object(c, w, r.end))
            return (fsc_range){r.first, w};
    }
    return r;
}

bool fsc_cue_behind_opener(const fsc_context *c, const fsc_draft *d, uint32_t end)
{
    fsc_range r = {d->window.first, end};
    return end > r.first && end - r.first <= OPENER_WORDS && (fsc_context_gap(c, end - 1) & FSC_GAP_COMMA) &&
           fsc_word_is(c, r.first, FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(TIME)) &&
           !fsc_words_have_verb(c, r);
}

/* The "that" of "it is because of A that B", or FSC_NONE. */
static uint32_t cleft_that(const fsc_context *c, const fsc_draft *d, uint32_t before, fsc_range right)
{
    uint32_t w = before;
    while (w > d->window.first && fsc_word_is(c, w - 1, FSC_ROLE_IS(ADVERB)))
        w--;
    if (w < d->window.first + 2 || !fsc_word_is(c, w - 1, FSC_ROLE_IS(BE)) || !fsc_word_is_form(c, w - 2, FSC_LIT("it")))
        return FSC_NONE;
    for (uint32_t k = right.first + 1; k + 1 < right.end; k++)
        if (fsc_word_is_form(c, k, FSC_LIT("that")))
            return k;
    return FSC_NONE;
}

/* "because of the heat and because it was late", "not because of the heat but because": a second reason for the same. */
static bool shares_effect(const fsc_context *c, const fsc_draft *d, const fsc_draft *previous)
{
    return previous && previous->cue->sentence == d->cue->sentence && previous->rule->via == FSC_VIA_CONNECTIVE &&
           previous->cue->category != c->rules->concession && (previous->rule->flags & d->rule->flags & FSC_ER_CAUSE_RIGHT) &&
           !fsc_range_is_empty(previous->effect) && previous->effect.end <= previous->cue->first_word;
}

static bool points_back(const fsc_context *c, uint32_t w)
{
    return fsc_word_is_form(c, w, FSC_LIT("this")) || fsc_word_is_form(c, w, FSC_LIT("that")) ||
           fsc_word_is_form(c, w, FSC_LIT("it"));
}

/* Both arguments stand behind the cue: "it was because of A that B", "because of this B". */
static bool both_behind(const fsc_context *c, fsc_draft *d, uint32_t before, fsc_range right)
{
    const fsc_cue *cue = d->cue;
    uint32_t that = cleft_that(c, d, before, right);
    bool ends = cue->end_word >= c->a->text.sentence[cue->sentence].end_word; // "It failed because of": nothing stands behind
    bool back = !ends && (d->rule->flags & FSC_ER_CAUSE_RIGHT) && fsc_cue_is_preposition(c, cue) && points_back(c, cue->end_word) &&
                fsc_context_clause_follows(c, cue->end_word + 1, cue->sentence);
    if (that == FSC_NONE && !back)
        return false;
    uint32_t end = that != FSC_NONE ? that : cue->end_word + 1, next = that != FSC_NONE ? that + 1 : end;
    put(d, (fsc_range){right.first, end}, (fsc_range){next, right.end});
    d->resume = next;
    return true;
}

/* ", with residents demanding water": the doer behind "with" belongs to what the participle tells. FSC_NONE: none. */
static uint32_t absolute_doer(const fsc_context *c, const fsc_draft *d, fsc_range left)
{
    if (!(d->rule->flags & FSC_ER_SELF_CAUSE) || !fsc_word_is_ing(c, d->cue->first_word))
        return FSC_NONE;
    for (uint32_t w = d->cue->first_word, n = 0; w > left.first + 1 && n < DOER_WORDS; n++) {
        if (fsc_word_is(c, --w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE)))
            return FSC_NONE;
        if (fsc_word_is_form(c, w, FSC_LIT("with")))
            return w;
    }
    return FSC_NONE;
}

static void connective(const fsc_context *c, fsc_draft *d, uint32_t low, uint32_t stop, const fsc_draft *previous)
{
    const fsc_cue *cue = d->cue;
    bool attached_is_cause = d->rule->flags & FSC_ER_CAUSE_RIGHT;
    uint32_t before = cue->first_word;
    while (before > d->window.first && before > low && fsc_word_is(c, before - 1, FSC_ROLE_IS(BORDER)))
        before--;
    bool first = before == d->window.first || before == low || fsc_cue_behind_opener(c, d, before);
    bool joined = before < cue->first_word; // "and, because it rained, they left"
    if ((first || joined) && attached_is_cause) {
        uint32_t comma = fsc_words_front_end(c, d, cue->end_word);
        if (comma != FSC_NONE && (first || fsc_context_clause_follows(c, comma + 1, cue->sentence))) {
            fsc_range main = fsc_words_right(c, d, comma + 1, stop > comma + 1 ? stop : d->window.end);
            put(d, (fsc_range){cue->end_word, comma + 1}, main);
            d->resume = comma + 1;
            return;
        }
    }
    fsc_range right = fsc_words_right(c, d, cue->end_word, stop);
    if (joined && shares_effect(c, d, previous)) {
        put(d, right, previous->effect);
        return;
    }
    if (both_behind(c, d, before, right))
        return;
    if (first) {
        put(d, right, attached_is_cause ? FSC_NO_WORDS : previous_sentence(c, d));
        d->resume = right.first;
        return;
    }
    bool aside = !attached_is_cause && fsc_context_gap(c, cue->first_word - 1) && fsc_context_gap(c, cue->end_word - 1);
    if (aside) { // "Prices, however, rose": the adverb belongs to its whole clause
        fsc_range left = fsc_words_left(c, d, low, cue->first_word);
        put(d, (fsc_range){left.first, right.end}, previous_sentence(c, d));
        return;
    }
    fsc_range left = fsc_words_left(c, d, low, before);
    uint32_t with = absolute_doer(c, d, left);
    if (with != FSC_NONE) {
        right.first = with + 1;
        left.end = with;
    }
    bool phrase = fsc_cue_is_preposition(c, cue);
    while (phrase && left.end > left.first + 1 && fsc_word_is(c, left.end - 1, FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB)))
        left.end--; // "the delay was largely due to"
    put(d, phrase || (d->rule->flags & FSC_ER_PURPOSE) ? before_verb(c, right) : right, left);
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

/* "war and drought" behind the comma of "poverty, war and drought". */
static bool goes_on_as_list(const fsc_context *c, fsc_range r)
{
    if (fsc_words_have_verb(c, r))
        return false;
    for (uint32_t w = r.first + 1; w < r.end && w <= r.first + ITEM_WORDS; w++)
        if (fsc_word_is(c, w, FSC_ROLE_IS(BORDER)))
            return true;
    return false;
}

/* A preposition that no longer belongs to the noun phrase behind it: "dealing with [the panic caused by it]" */
static bool ends_phrase(const fsc_context *c, uint32_t w)
{
    static const fsc_view inner[] = {FSC_LIT_INIT("of"),      FSC_LIT_INIT("in"),  FSC_LIT_INIT("at"),
                                     FSC_LIT_INIT("on"),      FSC_LIT_INIT("for"), FSC_LIT_INIT("to"),
                                     FSC_LIT_INIT("between"), FSC_LIT_INIT("near")};
    if (!fsc_word_is(c, w, FSC_ROLE_IS(PREPOSITION)))
        return false;
    for (size_t k = 0; k < sizeof inner / sizeof *inner; k++)
        if (fsc_word_is_form(c, w, inner[k]))
            return false;
    return true;
}

/* "They spoke of the raid on the town that led to": what a relative clause hangs on is the noun phrase behind the verb. */
static fsc_range antecedent(const fsc_context *c, fsc_range r)
{
    uint32_t verb = FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(PARTICIPLE);
    uint32_t first = r.end - 1;
    while (first > r.first && !fsc_word_is(c, first - 1, verb))
        first--;
    while (first > r.first && first + 1 < r.end && fsc_word_is(c, first, FSC_ROLE_IS(PREPOSITION)))
        first++;
    return (fsc_range){first, r.end};
}

/* "The law, which critics say led to": who says it is no part of the cause. */
static fsc_range without_sayer(const fsc_context *c, fsc_range r)
{
    if (fsc_range_is_empty(r) || !fsc_word_is(c, r.end - 1, FSC_ROLE_IS(SAY)))
        return r;
    for (uint32_t w = r.end - 1, n = 0; w > r.first && n < SAYER_WORDS; w--, n++)
        if (fsc_word_is(c, w, FSC_ROLE_IS(RELATIVE)))
            return (fsc_range){r.first, w};
    return r;
}

/* The subject of a verb: back over its auxiliaries to the start of its clause; "riots that led to": the riots. */
static fsc_range subject_of(const fsc_context *c, const fsc_draft *d, uint32_t low)
{
    uint32_t end = d->cue->first_word;
    uint32_t chain = FSC_ROLE_IS(AUX) | FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(NEGATOR);
    if (d->rule->via == FSC_VIA_NOUN)
        chain |= FSC_ROLE_IS(DETERMINER);
    uint32_t first = d->window.first > low ? d->window.first : low;
    while (end > first && fsc_word_is(c, end - 1, chain) && !(fsc_context_gap(c, end - 1) & FSC_GAP_HARD))
        end--;
    // "began to cause", "has helped to bring about"
    while (end > first + 1 && fsc_word_is_form(c, end - 1, FSC_LIT("to")) &&
           fsc_word_is(c, end - 2, FSC_ROLE_IS(TAKES_TO)))
        for (end -= 2; end > first && fsc_word_is(c, end - 1, chain); end--) {
        }
    bool relative = end > first && fsc_word_is(c, end - 1, FSC_ROLE_IS(RELATIVE));
    for (uint32_t n = 0; n < 2 && end > first && fsc_word_is(c, end - 1, FSC_ROLE_IS(BORDER) | FSC_ROLE_IS(RELATIVE)); n++)
        end--; // "a clash that led to", "they fired, and that led to"
    uint32_t before = before_insertion(c, first, end);
    if (before == FSC_NONE && end > first && (fsc_context_gap(c, end - 1) & FSC_GAP_HARD))
        return FSC_NO_WORDS;
    fsc_range r = {before != FSC_NONE ? before : end, before != FSC_NONE ? before : end};
    bool list = false;
    for (uint32_t n = 0; r.first > first && n < SUBJECT_WORDS; n++) {
        uint32_t w = r.first - 1;
        unsigned gap = fsc_context_gap(c, w);
        if (n > 0 && (gap & FSC_GAP_HARD))
            break;
        list |= n > 0 && (gap & FSC_GAP_COMMA) && (ends_list(c, r.first, first) || goes_on_as_list(c, r));
        if (n > 0 && (gap & FSC_GAP_COMMA) && !list && !fsc_word_is(c, r.first, FSC_ROLE_IS(RELATIVE)))
            break;
        if (fsc_word_is_form(c, w, FSC_LIT("that")) || fsc_words_say(c, w, d->cue->sentence))
            break;
        r.first = w;
    }
    if (r.end > r.first + 2 && fsc_word_is_form(c, r.first, FSC_LIT("it")) &&
        fsc_word_is(c, r.first + 1, FSC_ROLE_IS(BE)))
        for (r.first += 2; r.first < r.end && fsc_word_is(c, r.first, FSC_ROLE_IS(NEGATOR)); r.first++) {
        } // "it was not the tax that"
    r = without_sayer(c, r);
    while (r.end > r.first + 1 && fsc_word_is(c, r.first, FSC_ROLE_IS(AUX))) // "Did the tax cause"
        r.first++;
    if (relative && r.end == end && !fsc_range_is_empty(r) && !(fsc_context_gap(c, end - 1) & FSC_GAP_COMMA))
        r = antecedent(c, r);
    bool existential = !fsc_range_is_empty(r) && fsc_word_is_form(c, r.end - 1, FSC_LIT("there"));
    return existential ? FSC_NO_WORDS : r;
}

/* "He saw the panic caused by it": a participle without a form of be belongs to the noun phrase before it. */
static fsc_range head_of(const fsc_context *c, const fsc_draft *d, fsc_range left)
{
    uint32_t cue = d->cue->first_word;
    if (left.end != cue || fsc_range_is_empty(left) || !fsc_word_is(c, cue, FSC_ROLE_IS(PARTICIPLE)) ||
        fsc_context_gap(c, cue - 1))
        return left;
    uint32_t verb = FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(PARTICIPLE);
    for (uint32_t w = cue - 1; w > left.first; w--)
        if (fsc_word_is(c, w - 1, verb) || ends_phrase(c, w - 1))
            return (fsc_range){w, cue};
    return left;
}

/* The cue's own subject, or that of the verb it is joined to ("sparked panic and led to deaths"). */
static fsc_range left_of_verb(const fsc_context *c, const fsc_draft *d, uint32_t low, const fsc_draft *previous)
{
    const fsc_cue *cue = d->cue;
    bool ing = fsc_word_is_ing(c, cue->first_word) && cue->first_word > d->window.first;
    if (ing && (fsc_context_gap(c, cue->first_word - 1) & FSC_GAP_COMMA))
        return fsc_words_left(c, d, low, cue->first_word);
    if (ing && fsc_word_is(c, cue->first_word - 1, FSC_ROLE_IS(PREPOSITION)))
        return FSC_NO_WORDS; // "by forcing them to leave"
    bool joined = cue->first_word > d->window.first && fsc_word_is(c, cue->first_word - 1, FSC_ROLE_IS(BORDER)) &&
                  !(cue->first_word > d->window.first + 1 && fsc_context_gap(c, cue->first_word - 2));
    if (joined && previous && previous->cue->sentence == cue->sentence && previous->rule->via == FSC_VIA_VERB &&
        (previous->rule->flags & FSC_ER_CAUSE_LEFT) && !fsc_range_is_empty(previous->cause))
        return previous->cause;
    return subject_of(c, d, low);
}

static void verb(const fsc_context *c, fsc_draft *d, uint32_t low, uint32_t stop, const fsc_draft *previous)
{
    const fsc_cue *cue = d->cue;
    bool right_is_cause = d->rule->flags & FSC_ER_CAUSE_RIGHT, noun = d->rule->via == FSC_VIA_NOUN;
    bool be = cue->first_word > d->window.first &&
              fsc_word_is(c, cue->first_word - 1, FSC_ROLE_IS(BE) | FSC_ROLE_IS(GET) | FSC_ROLE_IS(ADVERB));
    // "was marred by": what happened is the whole clause, its verb included
    bool whole = right_is_cause && be && (d->rule->flags & FSC_ER_SELF_EFFECT);
    fsc_range left = whole ? fsc_words_left(c, d, low, cue->first_word) : left_of_verb(c, d, low, previous);
    if (whole)
        left.end = cue->end_word - 1;
    else if (right_is_cause)
        left = noun && !be ? FSC_NO_WORDS : head_of(c, d, left); // "the fallout from the vote" is the effect itself
    bool phrase = noun && right_is_cause && fsc_word_is(c, cue->end_word - 1, FSC_ROLE_IS(PREPOSITION));
    put(d, phrase ? fsc_words_phrase(c, d, cue->end_word, stop) : fsc_words_right(c, d, cue->end_word, stop), left);
    d->resume = d->rule->flags & FSC_ER_SELF_EFFECT ? cue->first_word : cue->end_word;
}

/* "credited A for B", "attributed B to A", "blamed B on A"; passive: "A is blamed for B" */
static void object(const fsc_context *c, fsc_draft *d, uint32_t low)
{
    static const fsc_view link[] = {FSC_LIT_INIT("for"), FSC_LIT_INIT("to"), FSC_LIT_INIT("with"), FSC_LIT_INIT("on"),
                                    FSC_LIT_INIT("as")};
    fsc_range right = fsc_words_right(c, d, d->cue->end_word, d->window.end);
    uint32_t split = right.end;
    bool on = false;
    for (uint32_t w = right.first; w < right.end && split == right.end; w++)
        for (size_t k = 0; k < sizeof link / sizeof *link; k++)
            if (fsc_word_is_form(c, w, link[k])) {
                split = w;
                on = k == 3;
                break;
            }
    fsc_range one = {right.first, split}, two = {split < right.end ? split + 1 : split, right.end};
    if (fsc_range_is_empty(one))
        one = subject_of(c, d, low);
    bool one_is_cause = !(d->rule->flags & FSC_ER_CAUSE_RIGHT) != on;
    d->cause = one_is_cause ? one : two;
    d->effect = one_is_cause ? two : one;
    d->resume = d->cue->end_word;
}

/* "link between A and B" */
static void between(const fsc_context *c, fsc_draft *d)
{
    fsc_range right = fsc_words_right(c, d, d->cue->end_word, d->window.end);
    uint32_t split = right.first;
    while (split < right.end && !fsc_word_is_form(c, split, FSC_LIT("and")))
        split++;
    d->cause = (fsc_range){right.first, split};
    d->effect = split < right.end ? (fsc_range){split + 1, right.end} : FSC_NO_WORDS;
    d->resume = d->cue->end_word;
}

/* "the reason for B is A", "A is the reason for B", "A is why B" */
static void copula(const fsc_context *c, fsc_draft *d, uint32_t low, uint32_t stop)
{
    fsc_range left = subject_of(c, d, low), right = fsc_words_right(c, d, d->cue->end_word, stop);
    uint32_t be = right.first;
    bool has_left = d->cue->first_word > d->window.first &&
                    fsc_word_is(c, d->cue->first_word - 1, FSC_ROLE_IS(BE) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(AUX));
    while (!has_left && be < right.end && !fsc_word_is(c, be, FSC_ROLE_IS(BE)))
        be++;
    d->resume = d->cue->end_word;
    if (has_left || be == right.end) {
        d->cause = has_left ? left : FSC_NO_WORDS;
        d->effect = right;
        return;
    }
    d->effect = (fsc_range){right.first, be};
    d->cause = (fsc_range){be + 1, right.end};
}

/* "question whether A is responsible for B", "no evidence that A led to B" is one cue: A stands inside it */
static void whether(const fsc_context *c, fsc_draft *d)
{
    const fsc_cue *cue = d->cue;
    uint32_t from = cue->first_word;
    while (from < cue->end_word && !fsc_word_is(c, from, FSC_ROLE_IS(SUBORDINATOR)))
        from++;
    // back over what links: "is responsible for", "led to", "played a role in"
    uint32_t to = cue->end_word;
    if (to > from + 1 && fsc_word_is(c, to - 1, FSC_ROLE_IS(PREPOSITION)))
        to--;
    to -= to > from + 1;
    if (to > from + 1 && fsc_word_is(c, to - 1, FSC_ROLE_IS(DETERMINER)))
        to -= 2;
    while (to > from + 1 && (fsc_word_is(c, to - 1, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(ADVERB)) ||
                             fsc_word_is_form(c, to - 1, FSC_LIT("to")))) // "were to blame for"
        to--;
    if (from + 1 < to && to < cue->end_word)
        d->cause = (fsc_range){from + 1, to};
    d->effect = fsc_words_right(c, d, cue->end_word, d->window.end);
}

static bool opens_plainly(const fsc_context *c, uint32_t w)
{
    static const fsc_view form[] = {FSC_LIT_INIT("when"),     FSC_LIT_INIT("as"),
                                    FSC_LIT_INIT("while"), FSC_LIT_INIT("because"), FSC_LIT_INIT("although")};
    for (size_t k = 0; k < sizeof form / sizeof *form; k++)
        if (fsc_word_is_form(c, w, form[k]))
            return true;
    return false;
}

/* "the reason they left is that it rained" is one cue: what is explained stands inside it */
static void inside(const fsc_context *c, fsc_draft *d, uint32_t stop)
{
    const fsc_cue *cue = d->cue;
    uint32_t from = cue->first_word, to = cue->end_word;
    while (from < to && !fsc_word_is_form(c, from, FSC_LIT("reason")))
        from++;
    for (from++; from < to && (fsc_word_is(c, from, FSC_ROLE_IS(SUBORDINATOR) | FSC_ROLE_IS(PREPOSITION))); from++) {
    }
    while (to > from && !fsc_word_is(c, to - 1, FSC_ROLE_IS(BE)))
        to--;
    d->effect = to > from ? (fsc_range){from, to - 1} : FSC_NO_WORDS;
    d->cause = fsc_words_right(c, d, cue->end_word, stop);
}

/* Without a coordinator in front, with the cue where it belongs to the argument; an article alone is none. */
static fsc_range trim(const fsc_context *c, fsc_range r, const fsc_cue *cue, bool self)
{
    bool own = self && r.first == cue->end_word && !fsc_range_is_empty(r); // "create jobs and cut taxes"
    while (r.first < r.end && fsc_word_is(c, r.first, FSC_ROLE_IS(BORDER)))
        r.first++;
    // "As [the crowd gathered] to help"; an argument of its own kind ("what he did") stays whole
    if (r.first + 2 < r.end && opens_plainly(c, r.first) && !fsc_word_is_form(c, r.first + 1, FSC_LIT("many")) &&
        !fsc_word_is_form(c, r.first + 1, FSC_LIT("much")))
        r.first++;
    while (r.first < r.end && fsc_word_is(c, r.end - 1, FSC_ROLE_IS(BORDER)))
        r.end--;
    if (own || (self && r.first == cue->end_word))
        return (fsc_range){cue->first_word, r.end};
    if (self && r.end == cue->first_word && !fsc_range_is_empty(r)) { // "it was so cold [that]", "he died [of]"
        bool link = fsc_word_is_form(c, cue->end_word - 1, FSC_LIT("that")) ||
                    fsc_word_is(c, cue->end_word - 1, FSC_ROLE_IS(PREPOSITION));
        return (fsc_range){r.first, cue->end_word - link};
    }
    if (r.first == cue->end_word && r.first < r.end && fsc_word_is_form(c, r.first, FSC_LIT("that")))
        r.first++; // "given that it rained"
    bool content = r.end == r.first + 1 && points_back(c, r.first); // "because of this"
    for (uint32_t w = r.first; w < r.end && !content; w++)
        content = !fsc_word_is(c, w, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(BE));
    return content ? r : FSC_NO_WORDS;
}

// Word w opens a clause of its own: "..., and"; "why, or when, it began" goes on.
static bool opens_clause(const fsc_context *c, uint32_t w, uint32_t end)
{
    return w > 0 && w < end && (fsc_context_gap(c, w - 1) & FSC_GAP_COMMA) && fsc_word_is(c, w, FSC_ROLE_IS(BORDER)) &&
           !fsc_word_is_form(c, w, FSC_LIT("or"));
}

void fsc_arguments_find(const fsc_context *c, fsc_draft *d, uint32_t low, uint32_t stop, const fsc_draft *previous)
{
    uint32_t f = d->rule->flags;
    d->cause = d->effect = FSC_NO_WORDS;
    d->resume = d->cue->end_word;
    if (f & FSC_ER_BETWEEN)
        between(c, d);
    else if (f & FSC_ER_COPULA)
        copula(c, d, low, stop);
    else if (f & FSC_ER_OBJECT)
        object(c, d, low);
    else if (f & FSC_ER_WHETHER)
        whether(c, d);
    else if (f & FSC_ER_INSIDE)
        inside(c, d, stop);
    else if ((f & FSC_ER_EFFECT) && opens_clause(c, d->cue->end_word, d->window.end))
        return; // "nobody knows why, and the records are gone"
    else if (f & FSC_ER_EFFECT)
        d->effect = fsc_words_right(c, d, d->cue->end_word, stop);
    else if (!(f & (FSC_ER_CAUSE_LEFT | FSC_ER_CAUSE_RIGHT)))
        return;
    else if (d->rule->via == FSC_VIA_CONNECTIVE)
        connective(c, d, low, stop, previous);
    else
        verb(c, d, low, stop, previous);
    d->cause = trim(c, d->cause, d->cue, f & FSC_ER_SELF_CAUSE);
    d->effect = trim(c, d->effect, d->cue, f & FSC_ER_SELF_EFFECT);
}
