/*
 * uax: the untailored boundaries of UAX #29, for conformance. The news rules are in words.c and sentences.c.
 */
#include "base/vec.h"
#include "text/text.h"
#include "text/ucd_p.h"

typedef fsc_vec(uint32_t) offsets;

/* ---------------------------------------------------------------- words */

/* What the word rules remember of the characters before a position. */
typedef struct word_state {
    unsigned raw;        /* class of the character just before */
    unsigned last;       /* the same, glued characters left out (WB4) */
    unsigned before;     /* the one before `last` */
    unsigned indicators; /* regional indicators in a row up to `last` */
} word_state;

static bool is_newline(unsigned wb)
{
    return wb == WB_CR || wb == WB_LF || wb == WB_NEWLINE;
}

static bool is_mid_letter(unsigned wb)
{
    return wb == WB_MIDLETTER || wb == WB_MIDNUMLET || wb == WB_SINGLEQUOTE;
}

static bool is_mid_number(unsigned wb)
{
    return wb == WB_MIDNUM || wb == WB_MIDNUMLET || wb == WB_SINGLEQUOTE;
}

/* Class of the first character at or after i that is not glued; WB_OTHER at the end. */
static unsigned next_class(const unsigned char *s, uint32_t i, uint32_t end)
{
    while (i < end) {
        fsc_char c = fsc_char_at(s, i, end);
        if (!fsc_wb_glued(c.ucd.wb))
            return c.ucd.wb;
        i += c.len;
    }
    return WB_OTHER;
}

/* WB5 to WB13b: those that need only classes. `next` is the class after `wb`. */
static bool word_joins(const word_state *st, unsigned wb, unsigned next)
{
    unsigned last = st->last, before = st->before;
    if (fsc_wb_letter(last)) {
        if (fsc_wb_letter(wb) || wb == WB_NUMERIC || wb == WB_EXTENDNUMLET)
            return true;
        if (is_mid_letter(wb) && fsc_wb_letter(next))
            return true;
        if (last == WB_HEBREWLETTER && (wb == WB_SINGLEQUOTE || (wb == WB_DOUBLEQUOTE && next == WB_HEBREWLETTER)))
            return true;
    }
    if (is_mid_letter(last) && fsc_wb_letter(before) && fsc_wb_letter(wb))
        return true;
    if (last == WB_DOUBLEQUOTE && before == WB_HEBREWLETTER && wb == WB_HEBREWLETTER)
        return true;
    if (last == WB_NUMERIC) {
        if (wb == WB_NUMERIC || fsc_wb_letter(wb) || wb == WB_EXTENDNUMLET)
            return true;
        if (is_mid_number(wb) && next == WB_NUMERIC)
            return true;
    }
    if (is_mid_number(last) && before == WB_NUMERIC && wb == WB_NUMERIC)
        return true;
    if (last == WB_KATAKANA)
        return wb == WB_KATAKANA || wb == WB_EXTENDNUMLET;
    if (last == WB_EXTENDNUMLET)
        return fsc_wb_letter(wb) || wb == WB_NUMERIC || wb == WB_KATAKANA || wb == WB_EXTENDNUMLET;
    return false;
}

static bool word_breaks(const word_state *st, const unsigned char *s, uint32_t i, uint32_t end, fsc_char c)
{
    unsigned wb = c.ucd.wb;
    if (st->raw == WB_CR && wb == WB_LF)
        return false;
    if (is_newline(st->raw) || is_newline(wb))
        return true;
    if (st->raw == WB_ZWJ && (c.ucd.flags & FSC_UCD_PICT))
        return false;
    if (st->raw == WB_WSEGSPACE && wb == WB_WSEGSPACE)
        return false;
    if (fsc_wb_glued(wb))
        return false;
    if (st->last == WB_REGIONALINDICATOR && wb == WB_REGIONALINDICATOR)
        return st->indicators % 2 == 0;
    bool look = is_mid_letter(wb) || is_mid_number(wb) || wb == WB_DOUBLEQUOTE;
    return !word_joins(st, wb, look ? next_class(s, i + c.len, end) : WB_OTHER);
}

static void word_advance(word_state *st, fsc_char c)
{
    unsigned wb = c.ucd.wb;
    bool attached = fsc_wb_glued(wb) && !is_newline(st->raw);
    st->raw = wb;
    if (attached)
        return;
    st->before = st->last;
    st->last = wb;
    st->indicators = wb == WB_REGIONALINDICATOR ? st->indicators + 1 : 0;
}

int fsc_text_uax_words(uint32_t **out, size_t *count, fsc_view bytes, fsc_arena *arena, fsc_err *err)
{
    const unsigned char *s = (const unsigned char *)bytes.data;
    offsets v = {0};
    *out = NULL;
    *count = 0;
    if (bytes.len >= UINT32_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "text of 4 GiB or more");
    uint32_t end = (uint32_t)bytes.len;
    word_state st = {WB_NEWLINE, WB_NEWLINE, WB_OTHER, 0};
    for (uint32_t i = 0; i < end;) {
        fsc_char c = fsc_char_at(s, i, end);
        if (word_breaks(&st, s, i, end, c) && !fsc_vec_push(arena, &v, i))
            return fsc_err_nomem(err);
        word_advance(&st, c);
        i += c.len;
    }
    if (end && !fsc_vec_push(arena, &v, end))
        return fsc_err_nomem(err);
    *out = v.data;
    *count = v.len;
    return FSC_OK;
}

/* ---------------------------------------------------------------- sentences */

typedef enum term_phase { PHASE_NONE, PHASE_TERM, PHASE_CLOSE, PHASE_SPACE } term_phase;

typedef struct sentence_state {
    unsigned raw;     /* class of the character just before */
    unsigned last;    /* the same, Extend and Format left out (SB5) */
    term_phase phase; /* how far the end of a sentence has been read */
    bool aterm;       /* it began with ATerm, not STerm */
    unsigned letter;  /* class before that ATerm */
} sentence_state;

static bool is_parasep(unsigned sb)
{
    return sb == SB_SEP || sb == SB_CR || sb == SB_LF;
}

/* SB8: a lower-case letter follows before any other letter, end of paragraph or terminator. */
static bool lower_follows(const unsigned char *s, uint32_t i, uint32_t end)
{
    while (i < end) {
        fsc_char c = fsc_char_at(s, i, end);
        unsigned sb = c.ucd.sb;
        if (sb == SB_LOWER)
            return true;
        if (sb == SB_OLETTER || sb == SB_UPPER || is_parasep(sb) || sb == SB_ATERM || sb == SB_STERM)
            return false;
        i += c.len;
    }
    return false;
}

static bool sentence_breaks(const sentence_state *st, const unsigned char *s, uint32_t i, uint32_t end, unsigned sb)
{
    if (st->raw == SB_CR && sb == SB_LF)
        return false;
    if (is_parasep(st->raw))
        return true;
    if (sb == SB_EXTEND || sb == SB_FORMAT || st->phase == PHASE_NONE)
        return false;
    if (st->phase == PHASE_TERM && st->aterm) {
        if (sb == SB_NUMERIC)
            return false;
        if ((st->letter == SB_UPPER || st->letter == SB_LOWER) && sb == SB_UPPER)
            return false;
    }
    if (sb == SB_SCONTINUE || sb == SB_ATERM || sb == SB_STERM || sb == SB_SP || is_parasep(sb))
        return false;
    if (sb == SB_CLOSE && st->phase != PHASE_SPACE)
        return false;
    // asked last, hence once a terminator: a long row of blanks is not read again for each blank
    return !(st->aterm && lower_follows(s, i, end));
}

static void sentence_advance(sentence_state *st, unsigned sb)
{
    bool attached = (sb == SB_EXTEND || sb == SB_FORMAT) && !is_parasep(st->raw);
    st->raw = sb;
    if (attached)
        return;
    if (sb == SB_ATERM || sb == SB_STERM) {
        st->phase = PHASE_TERM;
        st->aterm = sb == SB_ATERM;
        st->letter = st->last;
    } else if (st->phase != PHASE_NONE && st->phase <= PHASE_CLOSE && sb == SB_CLOSE) {
        st->phase = PHASE_CLOSE;
    } else if (st->phase != PHASE_NONE && sb == SB_SP) {
        st->phase = PHASE_SPACE;
    } else {
        st->phase = PHASE_NONE;
    }
    st->last = sb;
}

int fsc_text_uax_sentences(uint32_t **out, size_t *count, fsc_view bytes, fsc_arena *arena, fsc_err *err)
{
    const unsigned char *s = (const unsigned char *)bytes.data;
    offsets v = {0};
    *out = NULL;
    *count = 0;
    if (bytes.len >= UINT32_MAX)
        return fsc_err_set(err, FSC_E_LIMIT, "text of 4 GiB or more");
    uint32_t end = (uint32_t)bytes.len;
    sentence_state st = {SB_SEP, SB_SEP, PHASE_NONE, false, SB_OTHER};
    for (uint32_t i = 0; i < end;) {
        fsc_char c = fsc_char_at(s, i, end);
        if (sentence_breaks(&st, s, i, end, c.ucd.sb) && !fsc_vec_push(arena, &v, i))
            return fsc_err_nomem(err);
        sentence_advance(&st, c.ucd.sb);
        i += c.len;
    }
    if (end && !fsc_vec_push(arena, &v, end))
        return fsc_err_nomem(err);
    *out = v.data;
    *count = v.len;
    return FSC_OK;
}
