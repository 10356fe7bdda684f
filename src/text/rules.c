/*
 * rules: does a terminator end its sentence? Decided from the words on both sides, never from more than a few bytes
 * around them, so that the cost is linear whatever the text.
 */
#include "text/abbrev_p.h"
#include "text/fold_p.h"
#include "text/sentences_p.h"

typedef enum next_kind {
    NEXT_LOWER, // a small letter
    NEXT_CAPITAL,
    NEXT_CASELESS, // a letter of a script without case
    NEXT_NUMBER,
    NEXT_SIGN // @name, #tag, URL, emoji
} next_kind;

enum { SHORT_SENTENCE = 3, HARD_WRAP_MIN = 55 };

static const fsc_type *type_of(const fsc_sentence_state *st, uint32_t word)
{
    return &st->types->type[st->word[word].type];
}

static next_kind kind_of_next(const fsc_sentence_state *st, uint32_t word)
{
    const fsc_word *w = &st->word[word];
    if (w->flags & (FSC_WORD_MENTION | FSC_WORD_HASHTAG | FSC_WORD_URL | FSC_WORD_EMOJI))
        return NEXT_SIGN;
    if (w->flags & FSC_WORD_NUMBER)
        return NEXT_NUMBER;
    if (w->flags & FSC_WORD_CAPITAL)
        return NEXT_CAPITAL;
    fsc_char c = fsc_char_at(st->s, w->start, st->end);
    return c.ucd.sb == SB_LOWER ? NEXT_LOWER : NEXT_CASELESS;
}

static bool opens_sentence(const fsc_sentence_state *st, const fsc_gap *g)
{
    return (type_of(st, g->next)->traits & FSC_TRAIT_OPENS) != 0 && (st->word[g->next].flags & FSC_WORD_CAPITAL);
}

/* A capital follows the stop of an abbreviation. */
static bool abbrev_ends(const fsc_sentence_state *st, const fsc_gap *g)
{
    bool title_next = type_of(st, g->next)->kind == FSC_ABBREV_TITLE && (st->word[g->next].flags & FSC_WORD_ABBREV);
    bool quote_next = st->word[g->next].flags & FSC_WORD_QUOTED;
    bool is_short = g->prev - st->first_word < SHORT_SENTENCE;
    switch ((fsc_abbrev_kind)type_of(st, g->prev)->kind) {
    case FSC_ABBREV_NUMBER:
    case FSC_ABBREV_INNER:
        return false;
    case FSC_ABBREV_TIME:
        return !is_short && (opens_sentence(st, g) || title_next || quote_next);
    case FSC_ABBREV_END:
        return true;
    case FSC_ABBREV_LAST:
        return opens_sentence(st, g) || title_next || quote_next;
    case FSC_ABBREV_TITLE:
    case FSC_ABBREV_DATE:
    case FSC_ABBREV_INITIAL:
    case FSC_ABBREV_PLACE:
    case FSC_ABBREV_NONE:
        break;
    }
    return opens_sentence(st, g);
}

static bool has_capital(const fsc_sentence_state *st, const fsc_word *w)
{
    for (uint32_t i = w->start; i < w->end; i++)
        if (fsc_ascii_upper(st->s[i]))
            return true;
    return false;
}

/* A text that writes its sentences without capitals: this one began with a small letter too, and not as iPhone does. */
static bool is_informal(const fsc_sentence_state *st, const fsc_gap *g)
{
    const fsc_word *prev = &st->word[g->prev];
    if (g->prev == st->first_word || g->closed_quote || prev->end - prev->start < 2 || (prev->flags & FSC_WORD_ABBREV))
        return false;
    return kind_of_next(st, st->first_word) == NEXT_LOWER && !has_capital(st, &st->word[st->first_word]);
}

/* "Jones." is one: letters, then the stop, with no blank before the next word. */
static bool glued_ends(const fsc_sentence_state *st, const fsc_gap *g, next_kind next)
{
    const fsc_word *prev = &st->word[g->prev];
    if (next != NEXT_CAPITAL || g->own_stop)
        return false;
    if (g->term == FSC_TERM_STRONG || g->closed)
        return true;
    return prev->end - prev->start > 1 && !(prev->flags & (FSC_WORD_UPPER | FSC_WORD_URL));
}

/* A blank and three dots mark an omission; only a word that opens sentences tells that one begins behind it, and
 * "I" is always a capital. */
static bool ellipsis_ends(const fsc_sentence_state *st, const fsc_gap *g)
{
    if (!g->omission)
        return true;
    const fsc_word *next = &st->word[g->next];
    bool self = st->s[next->start] == 'I' &&
                (next->end - next->start == 1 || st->s[next->start + 1] == '\'' || st->s[next->start + 1] == 0xE2);
    return opens_sentence(st, g) && !self;
}

/* 3. Oktober */
static bool is_ordinal_day(const fsc_sentence_state *st, const fsc_gap *g)
{
    const fsc_word *prev = &st->word[g->prev];
    return (prev->flags & FSC_WORD_NUMBER) && prev->end - prev->start <= 2 &&
           (type_of(st, g->next)->traits & FSC_TRAIT_MONTH);
}

/* A letter that stands alone, without its stop: "Albert I. Jones", "(b. March 2009)", "N°. 1026". */
static bool is_single_letter(const fsc_sentence_state *st, uint32_t word)
{
    const fsc_word *w = &st->word[word];
    return (w->flags & FSC_WORD_ALPHA) && w->end - w->start == 1;
}

bool fsc_rules_item_mark(const fsc_sentence_state *st, uint32_t word, const fsc_gap *g)
{
    const fsc_word *w = &st->word[word];
    uint32_t len = w->end - w->start;
    bool number = (w->flags & FSC_WORD_NUMBER) && !(w->flags & FSC_WORD_ALPHA) && len <= 3;
    bool letter = len == 1 && fsc_ascii_letter(st->s[w->start]) && !fsc_ascii_upper(st->s[w->start]);
    if (g->from >= st->end || (!number && !letter))
        return false;
    unsigned char c = st->s[g->from];
    uint32_t after = g->from + 1;
    if (c != ')' && c != '.')
        return false;
    if (c == '.' && after < st->end && st->s[after] == ')')
        after++;
    return after < st->end && st->s[after] == ' ' && g->next != FSC_NONE && after < g->to;
}

static bool is_first_item(const fsc_sentence_state *st, const fsc_gap *g)
{
    return g->prev == st->first_word && fsc_rules_item_mark(st, g->prev, g);
}

bool fsc_rules_ends(const fsc_sentence_state *st, const fsc_gap *g)
{
    next_kind next = kind_of_next(st, g->next);
    if (g->term == FSC_TERM_WIDE)
        return !(g->closed_quote && next == NEXT_LOWER);
    if (!g->spaced && !g->reference)
        return glued_ends(st, g, next);
    switch (next) {
    case NEXT_LOWER:
        return g->term != FSC_TERM_ELLIPSIS && !g->own_stop && is_informal(st, g);
    case NEXT_NUMBER:
        // Viva Maria! (1965)
        if (g->opened && !g->closed && st->s[st->word[g->next].start - 1] == '(')
            return false;
        if (g->term != FSC_TERM_STRONG && (g->own_stop || is_single_letter(st, g->prev)))
            return false;
        break;
    case NEXT_CAPITAL:
        if (g->term == FSC_TERM_STOP && (g->own_stop || (st->word[g->prev].flags & FSC_WORD_ABBREV)))
            return abbrev_ends(st, g);
        if (g->term == FSC_TERM_STOP && is_single_letter(st, g->prev) && !g->closed)
            return opens_sentence(st, g) && !is_first_item(st, g);
        if (g->term == FSC_TERM_STOP && is_ordinal_day(st, g))
            return false;
        if (g->term == FSC_TERM_ELLIPSIS && !ellipsis_ends(st, g))
            return false;
        break;
    case NEXT_CASELESS:
    case NEXT_SIGN:
        if (g->own_stop)
            return false;
        break;
    }
    return !is_first_item(st, g);
}

bool fsc_rules_line_ends(const fsc_sentence_state *st, const fsc_gap *g, uint32_t line, bool wrapped)
{
    if (g->blank_line || g->bullet != FSC_NONE || line > FSC_HARD_WRAP)
        return true;
    next_kind next = kind_of_next(st, g->next);
    if (next == NEXT_LOWER)
        return false;
    if (!wrapped)
        return true;
    if (g->term != FSC_TERM_NONE)
        return fsc_rules_ends(st, g);
    return !g->joins && (line < HARD_WRAP_MIN || next == NEXT_SIGN);
}
