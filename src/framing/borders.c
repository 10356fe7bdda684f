/* borders: where the words of an argument begin and end. Every scan has a bound. */
#include "framing/arguments_p.h"

enum { TAIL_WORDS = 8, OPENER_WORDS = 3, LONG_OPENER_WORDS = 12, TOLD_WORDS = 4, INSERTION_WORDS = 40 };

bool fsc_word_is_form(const fsc_context *c, uint32_t w, fsc_view form)
{
    // folding leaves the length of a word in ASCII: most words differ in it, and their type need not be asked
    const fsc_word *word = &c->a->text.word[w];
    if (!(word->flags & FSC_WORD_NON_ASCII) && word->end - word->start != form.len)
        return false;
    fsc_view v = fsc_types_form(c->types, word->type);
    return v.len == form.len && memcmp(v.data, form.data, v.len) == 0;
}

bool fsc_word_is_ing(const fsc_context *c, uint32_t w)
{
    return fsc_view_ends(fsc_types_form(c->types, c->a->text.word[w].type), FSC_LIT("ing"));
}

/* After a comma: a clause of its own (but they left, while he stayed, he left), a participle that belongs to the
 * main clause (leaving two dead), or the tail "officials said". */
static bool border_at(const fsc_context *c, uint32_t w, uint32_t end, uint32_t sentence)
{
    if (fsc_word_is(c, w, FSC_ROLE_IS(SUBJECT)) && fsc_context_clause_follows(c, w, sentence))
        return true;
    if (fsc_word_is_ing(c, w) && !fsc_word_is(c, w, FSC_ROLE_IS(PREPOSITION)))
        return true;
    if (w + 1 < end && fsc_word_is(c, w, FSC_ROLE_IS(ADVERB)) && fsc_word_is_ing(c, w + 1))
        return true;
    if (fsc_word_is(c, w, FSC_ROLE_IS(BORDER)) && fsc_context_clause_follows(c, w + 1, sentence))
        return true;
    if (fsc_word_is(c, w, FSC_ROLE_IS(SUBORDINATOR)) && !fsc_word_is(c, w, FSC_ROLE_IS(RELATIVE)))
        return true;
    if (fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX))) // "to win, is a reminder": the verb of what stands before
        return true;
    if (end - w > TAIL_WORDS)
        return false;
    for (uint32_t k = w; k < end; k++)
        if (fsc_word_is(c, k, FSC_ROLE_IS(SAY)))
            return true;
    return false;
}

bool fsc_words_have_verb(const fsc_context *c, fsc_range r)
{
    for (uint32_t w = r.first; w < r.end; w++)
        if (fsc_word_is(c, w, FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(PARTICIPLE)))
            return true;
    return false;
}

/* Words from `first` on that belong to the argument after a cue. */
fsc_range fsc_words_right(const fsc_context *c, const fsc_draft *d, uint32_t first, uint32_t stop)
{
    uint32_t end = d->window.end < stop ? d->window.end : stop;
    fsc_range r = {first, first};
    for (uint32_t n = 0; r.end < end && n < FSC_SCAN_WORDS; n++) {
        unsigned gap = fsc_context_gap(c, r.end);
        r.end++;
        if (gap & FSC_GAP_HARD)
            break;
        // "But in the end, they left": what opens a clause is no clause
        bool opening =
            !(d->rule->flags & FSC_ER_CAUSE_RIGHT) && d->rule->via == FSC_VIA_CONNECTIVE && !fsc_words_have_verb(c, r);
        if ((gap & FSC_GAP_COMMA) && r.end < end && !opening &&
            (d->inserted || border_at(c, r.end, d->window.end, d->cue->sentence)))
            break;
        if (r.end < end && r.end > first + 1 && fsc_word_is_form(c, r.end, FSC_LIT("while")) &&
            fsc_context_clause_follows(c, r.end + 1, d->cue->sentence))
            break;
        // "to step up security and schools were shut": an infinitive has no clause beside it
        if ((d->rule->flags & FSC_ER_PURPOSE) && r.end + 1 < end && fsc_word_is(c, r.end, FSC_ROLE_IS(BORDER)) &&
            !fsc_word_is(c, r.end + 1, FSC_ROLE_IS(BASE_VERB)) &&
            fsc_context_clause_follows(c, r.end + 1, d->cue->sentence))
            break;
    }
    return r;
}

/* The noun phrase from `first` on: up to the verb of its clause. */
fsc_range fsc_words_phrase(const fsc_context *c, const fsc_draft *d, uint32_t first, uint32_t stop)
{
    uint32_t verb = FSC_ROLE_IS(BE) | FSC_ROLE_IS(AUX) | FSC_ROLE_IS(FINITE) | FSC_ROLE_IS(SUBORDINATOR) |
                    FSC_ROLE_IS(RELATIVE) | FSC_ROLE_IS(ADVERB);
    fsc_range r = fsc_words_right(c, d, first, stop);
    for (uint32_t w = r.first + 1; w < r.end; w++)
        if (fsc_word_is(c, w, verb) && !fsc_word_is(c, w - 1, FSC_ROLE_IS(DETERMINER) | FSC_ROLE_IS(OWNER)))
            r.end = w;
    return r;
}

/* A past form, or one behind its subject: "a state minister", "the claim they made" have nouns. */
static bool is_verb_of_saying(const fsc_context *c, uint32_t w)
{
    fsc_view form = fsc_types_form(c->types, c->a->text.word[w].type);
    if (fsc_view_ends(form, FSC_LIT("ed")) || fsc_view_ends(form, FSC_LIT("said")) ||
        fsc_view_ends(form, FSC_LIT("told")))
        return true;
    if (w > 0 && fsc_view_ends(form, FSC_LIT("ing")) && (fsc_context_gap(c, w - 1) & FSC_GAP_COMMA))
        return true;
    return w > 0 && (fsc_word_is(c, w - 1, FSC_ROLE_IS(PEOPLE) | FSC_ROLE_IS(SUBJECT) | FSC_ROLE_IS(AUX)) ||
                     (c->a->text.word[w - 1].flags & FSC_WORD_CAPITAL));
}

/* "said that", "said the": an attribution whose content begins behind `w`. */
bool fsc_words_say(const fsc_context *c, uint32_t w, uint32_t sentence)
{
    uint32_t end = c->a->text.sentence[sentence].end_word;
    if (fsc_word_is_form(c, w, FSC_LIT("that"))) {
        // "said that", "told the inquiry that"
        for (uint32_t n = 0; w > 0 && n < TOLD_WORDS && !fsc_context_gap(c, w - 1); n++)
            if (fsc_word_is(c, --w, FSC_ROLE_IS(SAY)))
                return true;
        return false;
    }
    return fsc_word_is(c, w, FSC_ROLE_IS(SAY)) && w + 1 < end && is_verb_of_saying(c, w) &&
           !fsc_word_is_form(c, w + 1, FSC_LIT("that")) && !fsc_word_is(c, w + 1, FSC_ROLE_IS(PREPOSITION)) &&
           (fsc_context_clause_follows(c, w + 1, sentence) ||
            (fsc_word_is_form(c, w, FSC_LIT("said")) && !fsc_context_gap(c, w)));
}

/* Without the short adverbial that opens a sentence: "On Tuesday," "Meanwhile," */
static fsc_range without_opener(const fsc_context *c, const fsc_draft *d, fsc_range r)
{
    if (r.first != d->window.first)
        return r;
    if (r.first + 1 < r.end && fsc_word_is(c, r.first, FSC_ROLE_IS(BORDER)))
        r.first++;
    bool opener = fsc_word_is(c, r.first, FSC_ROLE_IS(PREPOSITION) | FSC_ROLE_IS(ADVERB) | FSC_ROLE_IS(TIME)) ||
                  (fsc_word_is(c, r.first, FSC_ROLE_IS(FUNCTION)) && (fsc_context_gap(c, r.first) & FSC_GAP_COMMA));
    for (uint32_t w = r.first; opener && w + 1 < r.end && w < r.first + LONG_OPENER_WORDS; w++)
        if (fsc_context_gap(c, w) & FSC_GAP_COMMA) {
            if (fsc_word_is(c, w + 1, FSC_ROLE_IS(BORDER) | FSC_ROLE_IS(RELATIVE)))
                return r;
            if (w < r.first + OPENER_WORDS || fsc_context_clause_follows(c, w + 1, d->cue->sentence))
                return (fsc_range){w + 1, r.end};
        }
    return r;
}

/* "when they tried to land to rescue him", "the man who was held for theft": the cue hangs on the inner clause. */
static bool opens_inner_clause(const fsc_context *c, uint32_t w, uint32_t next, uint32_t sentence)
{
    if (fsc_word_is_form(c, w, FSC_LIT("who")))
        return w > 0 && !fsc_context_gap(c, w - 1);
    return (fsc_word_is_form(c, w, FSC_LIT("when")) || fsc_word_is_form(c, w, FSC_LIT("because")) ||
            fsc_word_is_form(c, w, FSC_LIT("if")) || fsc_word_is_form(c, w, FSC_LIT("where"))) &&
           fsc_context_clause_follows(c, next, sentence);
}

/* Words up to `end` that belong to the argument before a cue. */
fsc_range fsc_words_left(const fsc_context *c, const fsc_draft *d, uint32_t low, uint32_t end)
{
    uint32_t first = d->window.first > low ? d->window.first : low;
    fsc_range r = {end, end};
    uint32_t comma = end; // the word behind the comma that was passed last
    for (uint32_t n = 0; r.first > first && n < FSC_SCAN_WORDS; n++) {
        uint32_t w = r.first - 1;
        unsigned gap = fsc_context_gap(c, w);
        if (gap & FSC_GAP_COMMA)
            comma = r.first;
        if (r.first < end && (gap & FSC_GAP_HARD))
            break;
        if (r.first < end && (gap & FSC_GAP_COMMA) && fsc_word_is(c, r.first, FSC_ROLE_IS(BORDER)) &&
            fsc_context_clause_follows(c, r.first + 1, d->cue->sentence))
            break;
        if (r.first < end && fsc_words_say(c, w, d->cue->sentence))
            break;
        if (r.first < end && opens_inner_clause(c, w, r.first, d->cue->sentence)) {
            if (comma == end) // a comma closes it: "when it was British, criticised the firm", "if it rains, they stay"
                break;
            if (fsc_context_clause_follows(c, comma, d->cue->sentence)) {
                r.first = comma;
                break;
            }
        }
        r.first = w;
    }
    return without_opener(c, d, r);
}

/* The end of an insertion between dashes that begins behind `w`, or FSC_NONE. */
static uint32_t dash_end(const fsc_context *c, const fsc_draft *d, uint32_t w)
{
    for (uint32_t k = w + 1, n = 0; k + 1 < d->window.end && n < INSERTION_WORDS; k++, n++)
        if (fsc_context_gap(c, k) & FSC_GAP_HARD)
            return k;
    return FSC_NONE;
}

/* The comma that ends a fronted clause: the first with a clause behind it, else the last; FSC_NONE. */
uint32_t fsc_words_front_end(const fsc_context *c, const fsc_draft *d, uint32_t from)
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
