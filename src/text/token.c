/*
 * token: the automaton for words that the fast way leaves: those with characters beyond ASCII, or with one of
 * ' . - _ @ : / & or digits in or behind them. UAX #29 with the news tailoring:
 *
 *   joined     hyphens between letters or digits; & between capitals (AT&T); digits with : (10:30) and / (9/11); a
 *              currency sign before digits; the last stop of abbreviations, and what follows it with ' or -
 *   separated  letters with a colon between them; letters with a stop between them where a sentence seems to end
 *              without a blank (said.The)
 */
#include "text/abbrev_p.h"
#include "text/fold_p.h"
#include "text/key_p.h"
#include "text/scan_p.h"
#include "text/ucd_p.h"

/* What a character may do in a word. */
typedef enum token_class {
    TK_OTHER,
    TK_LETTER,
    TK_HEBREW,
    TK_DIGIT,
    TK_KATAKANA,
    TK_UNDER,
    TK_GLUE,
    TK_APOSTROPHE,
    TK_DOT,
    TK_COMMA,
    TK_HYPHEN,
    TK_MID,
    TK_COLON,
    TK_SLASH,
    TK_AMP,
    TK_DOUBLE,
    TK_COUNT
} token_class;

enum { NO = 0, YES = 1, LOOK = 2 };

/* What follows a letter, Hebrew letter, digit, Katakana or underscore: joins, does not, or look further. */
static const uint8_t join[TK_UNDER + 1][TK_COUNT] = {
    [TK_LETTER] = {[TK_LETTER] = YES,
                   [TK_HEBREW] = YES,
                   [TK_DIGIT] = YES,
                   [TK_UNDER] = YES,
                   [TK_GLUE] = YES,
                   [TK_APOSTROPHE] = LOOK,
                   [TK_DOT] = LOOK,
                   [TK_HYPHEN] = LOOK,
                   [TK_MID] = LOOK,
                   [TK_AMP] = LOOK},
    [TK_HEBREW] = {[TK_LETTER] = YES,
                   [TK_HEBREW] = YES,
                   [TK_DIGIT] = YES,
                   [TK_UNDER] = YES,
                   [TK_GLUE] = YES,
                   [TK_APOSTROPHE] = LOOK,
                   [TK_DOT] = LOOK,
                   [TK_HYPHEN] = LOOK,
                   [TK_MID] = LOOK,
                   [TK_DOUBLE] = LOOK},
    [TK_DIGIT] = {[TK_LETTER] = YES,
                  [TK_HEBREW] = YES,
                  [TK_DIGIT] = YES,
                  [TK_UNDER] = YES,
                  [TK_GLUE] = YES,
                  [TK_APOSTROPHE] = LOOK,
                  [TK_DOT] = LOOK,
                  [TK_COMMA] = LOOK,
                  [TK_HYPHEN] = LOOK,
                  [TK_COLON] = LOOK,
                  [TK_SLASH] = LOOK},
    [TK_KATAKANA] = {[TK_KATAKANA] = YES, [TK_UNDER] = YES, [TK_GLUE] = YES},
    [TK_UNDER] = {[TK_LETTER] = YES,
                  [TK_HEBREW] = YES,
                  [TK_DIGIT] = YES,
                  [TK_KATAKANA] = YES,
                  [TK_UNDER] = YES,
                  [TK_GLUE] = YES},
};

static const uint8_t class_of_wb[] = {
    [WB_OTHER] = TK_OTHER,
    [WB_CR] = TK_OTHER,
    [WB_LF] = TK_OTHER,
    [WB_NEWLINE] = TK_OTHER,
    [WB_EXTEND] = TK_GLUE,
    [WB_ZWJ] = TK_GLUE,
    [WB_FORMAT] = TK_GLUE,
    [WB_KATAKANA] = TK_KATAKANA,
    [WB_HEBREWLETTER] = TK_HEBREW,
    [WB_ALETTER] = TK_LETTER,
    [WB_SINGLEQUOTE] = TK_APOSTROPHE,
    [WB_DOUBLEQUOTE] = TK_DOUBLE,
    [WB_MIDNUMLET] = TK_DOT,
    [WB_MIDLETTER] = TK_MID,
    [WB_MIDNUM] = TK_COMMA,
    [WB_NUMERIC] = TK_DIGIT,
    [WB_EXTENDNUMLET] = TK_UNDER,
    [WB_REGIONALINDICATOR] = TK_OTHER,
    [WB_WSEGSPACE] = TK_OTHER,
};

/* A word being read. */
typedef struct reader {
    const unsigned char *s;
    uint32_t begin, end; // of the part
    uint32_t start, at;  // of the word so far
    token_class last;    // class of its last character, glued ones left out
    uint32_t segment;    // letters since the last joining mark
    uint32_t digits;     // digits in a row up to `at`
    uint32_t letters, uppers;
    bool first_upper, last_upper;
    bool initials; // single letters with stops so far: U.S
    uint32_t stops;
    bool wide; // something beyond ASCII
} reader;

#define X8(k) k, k, k, k, k, k, k, k
enum { N_ = TK_OTHER, L_ = TK_LETTER, D_ = TK_DIGIT };
// clang-format off
static const uint8_t ascii_class[128] = {
    X8(N_), X8(N_), X8(N_), X8(N_),
    N_, N_, TK_DOUBLE, N_, N_, N_, TK_AMP, TK_APOSTROPHE, N_, N_, N_, N_, TK_COMMA, TK_HYPHEN, TK_DOT, TK_SLASH,
    X8(D_), D_, D_, TK_COLON, N_, N_, N_, N_, N_,
    N_, L_, L_, L_, L_, L_, L_, L_, X8(L_), X8(L_), L_, L_, L_, N_, N_, N_, N_, TK_UNDER,
    N_, L_, L_, L_, L_, L_, L_, L_, X8(L_), X8(L_), L_, L_, L_, N_, N_, N_, N_, N_,
};

enum { R_ = FSC_RUN_LETTERLIKE | FSC_RUN_LETTER, U_ = R_ | FSC_RUN_UPPER, F_ = FSC_RUN_DIGIT };
static const uint8_t ascii_run[128] = {
    X8(0), X8(0), X8(0), X8(0), X8(0), X8(0), X8(F_), F_, F_, 0, 0, 0, 0, 0, 0,
    0, U_, U_, U_, U_, U_, U_, U_, X8(U_), X8(U_), U_, U_, U_, 0, 0, 0, 0, 0,
    0, R_, R_, R_, R_, R_, R_, R_, X8(R_), X8(R_), R_, R_, R_, 0, 0, 0, 0, 0,
};
// clang-format on

static inline token_class classify(fsc_char c)
{
    if (c.cp < 0x80)
        return (token_class)ascii_class[c.cp];
    token_class k = (token_class)class_of_wb[c.ucd.wb];
    if (k == TK_DOT && (c.cp == 0x2018 || c.cp == 0x2019 || c.cp == 0xFF07))
        return TK_APOSTROPHE;
    if (k == TK_OTHER && (c.cp == 0x2010 || c.cp == 0x2011))
        return TK_HYPHEN;
    // the narrow blank of French numbers: 3 000, but not before the mark in "mot »"
    return k == TK_UNDER && (c.ucd.flags & FSC_UCD_BLANK) ? TK_COMMA : k;
}

/* Takes a letter, digit, underscore or glued character into the word. */
static inline void take(reader *r, fsc_char c, token_class k)
{
    r->at += c.len;
    r->wide |= c.len > 1;
    if (k == TK_GLUE)
        return;
    r->digits = k == TK_DIGIT ? r->digits + 1 : 0;
    r->last = k;
    if (!(c.ucd.flags & FSC_UCD_LETTER))
        return;
    bool upper = c.ucd.sb == SB_UPPER;
    if (!r->letters)
        r->first_upper = upper;
    r->last_upper = upper;
    r->letters++;
    r->uppers += upper;
    r->segment++;
}

/* A joining mark of `len` bytes goes into the word; the caller has seen that a character follows. */
static void take_mark(reader *r, uint32_t len)
{
    r->at += len;
    r->wide |= len > 1;
    r->segment = 0;
    r->digits = 0;
}

/* The first character at or after i that is not glued; class OTHER at the end of the part. */
static token_class look(const reader *r, uint32_t i, fsc_char *c)
{
    while (i < r->end) {
        *c = fsc_char_at(r->s, i, r->end);
        token_class k = classify(*c);
        if (k != TK_GLUE)
            return k;
        i += c->len;
    }
    *c = (fsc_char){0};
    return TK_OTHER;
}

static bool is_letter(token_class k)
{
    return k == TK_LETTER || k == TK_HEBREW;
}

static unsigned char byte_at(const reader *r, uint32_t i)
{
    return i < r->end ? r->s[i] : 0;
}

/* Within reach an @ follows the run of name characters at i: an address, whose stops all join. */
static bool address_ahead(const reader *r, uint32_t i)
{
    for (uint32_t stop = r->end - i > 64 ? i + 64 : r->end; i < stop; i++) {
        unsigned char c = r->s[i];
        if (c == '@')
            return true;
        if (!fsc_ascii_letter(c) && !fsc_ascii_digit(c) && !memchr("._-+", c, 4))
            return false;
    }
    return false;
}

/* letter . letter: joins in U.S, example.com, Node.js, Ph.D; not in "said.The". */
static bool dot_joins(const reader *r, uint32_t dot, const fsc_char *next)
{
    if (r->segment <= 1 || next->ucd.sb != SB_UPPER || r->last_upper)
        return true;
    fsc_char after;
    look(r, r->at + dot + next->len, &after);
    return after.ucd.sb != SB_LOWER || address_ahead(r, r->at);
}

/* digit : digit joins as a time (10:30); digit ' s as a plural (1990's). */
static bool digit_joins(const reader *r, uint32_t len, token_class k, uint32_t next, token_class nk)
{
    uint32_t i = r->at + len;
    if (k == TK_APOSTROPHE && next == 's')
        return !is_letter(look(r, i + 1, &(fsc_char){0}));
    if (nk != TK_DIGIT)
        return false;
    if (k == TK_COLON)
        return r->digits <= 2 && fsc_ascii_digit(byte_at(r, i + 1)) && !fsc_ascii_digit(byte_at(r, i + 2));
    return true;
}

/* Whether the mark c at r->at joins what stands before and after it. */
static bool mark_joins(const reader *r, const fsc_char *c, token_class k)
{
    fsc_char next;
    token_class nk = look(r, r->at + c->len, &next);
    if (k == TK_HYPHEN)
        return is_letter(nk) || nk == TK_DIGIT;
    if (r->last == TK_DIGIT)
        return digit_joins(r, c->len, k, next.cp, nk);
    if (k == TK_AMP)
        return r->last_upper && next.ucd.sb == SB_UPPER;
    if (k == TK_DOUBLE)
        return nk == TK_HEBREW;
    if (k == TK_DOT)
        return is_letter(nk) && dot_joins(r, c->len, &next);
    return is_letter(nk) || (r->last == TK_HEBREW && k == TK_APOSTROPHE && c->cp == '\'');
}

/* Letters, digits and what is glued to them, one behind the other: the bulk of every word. The counts are kept apart
 * from *r meanwhile, else each would be stored and loaded for each character. */
static void read_letters(reader *r)
{
    const unsigned char *s = r->s;
    uint32_t at = r->at, end = r->end, letters = 0, uppers = 0, digits = r->digits;
    unsigned first = 0, last_letter = 0, last = 0, bytes = 0;
    while (at < end) {
        uint32_t len = 1;
        unsigned run = s[at] < 0x80 ? ascii_run[s[at]] : fsc_ucd_run_of(fsc_char_decode(s, at, end, &len));
        if (!run)
            break;
        at += len;
        bytes |= len;
        if (run & FSC_RUN_GLUE)
            continue;
        last = run;
        digits = run & FSC_RUN_DIGIT ? digits + 1 : 0;
        if (!(run & FSC_RUN_LETTER))
            continue;
        first = letters ? first : run;
        last_letter = run;
        letters++;
        uppers += run / FSC_RUN_UPPER & 1;
    }
    if (letters) {
        r->first_upper = r->letters ? r->first_upper : first & FSC_RUN_UPPER;
        r->last_upper = last_letter & FSC_RUN_UPPER;
    }
    if (last)
        r->last = last & FSC_RUN_DIGIT ? TK_DIGIT : last & FSC_RUN_HEBREW ? TK_HEBREW : TK_LETTER;
    r->at = at;
    r->digits = digits;
    r->letters += letters;
    r->uppers += uppers;
    r->segment += letters;
    r->wide |= bytes > 1;
}

/* Reads on as long as characters join. */
static void read_run(reader *r)
{
    for (;;) {
        if (r->last != TK_KATAKANA)
            read_letters(r);
        if (r->at >= r->end)
            return;
        fsc_char c = fsc_char_at(r->s, r->at, r->end);
        token_class k = classify(c);
        unsigned action = join[r->last][k];
        if (action == YES) {
            take(r, c, k);
            continue;
        }
        if (action == NO || !mark_joins(r, &c, k))
            return;
        r->initials &= k == TK_DOT && r->segment == 1 && r->last != TK_DIGIT;
        r->stops += k == TK_DOT;
        take_mark(r, c.len);
    }
}

/* The conditions under which a stop belongs to an abbreviation. The stop stands at r->at. */
static bool needs_hold(const reader *r, unsigned needs)
{
    uint32_t i = r->at + 1;
    while (i < r->end && i < r->at + 3 && r->s[i] == ' ')
        i++;
    fsc_char next = i < r->end ? fsc_char_at(r->s, i, r->end) : (fsc_char){0};
    bool comma = r->start >= r->begin + 2 && r->s[r->start - 1] == ' ' && r->s[r->start - 2] == ',';
    return !((needs & FSC_NEEDS_CAPITAL) && !r->first_upper) && !((needs & FSC_NEEDS_LOWER) && r->first_upper) &&
           !((needs & FSC_NEEDS_DIGIT) && next.ucd.wb != WB_NUMERIC) &&
           !((needs & FSC_NEEDS_NAME) && next.ucd.sb != SB_UPPER) && !((needs & FSC_NEEDS_COMMA) && !comma);
}

/* A single capital before a stop is an initial when a name seems to follow; "I" never is. */
static bool is_initial(const reader *r)
{
    bool one = r->uppers == 1 && fsc_char_at(r->s, r->start, r->at).len == r->at - r->start;
    return one && r->s[r->start] != 'I' && needs_hold(r, FSC_NEEDS_NAME);
}

/* The spelling s[p..q). NULL: out of memory. */
static const fsc_spelling *spelling_at(const fsc_scan *z, uint32_t p, uint32_t q)
{
    fsc_view word = fsc_view_of((const char *)z->s + p, q - p);
    if (word.len > FSC_KEY_MAX)
        return fsc_types_meet(z->types, fsc_types_key(word), word);
    fsc_key key = fsc_key_cut(fsc_key_load(z->s, p, z->size), q - p);
    // only here a word may have _ and @, which differ from other characters in the bit of capitals
    key.k0 |= fsc_capitals(key.k0);
    key.k1 |= fsc_capitals(key.k1);
    return fsc_types_meet(z->types, key, word);
}

/* Does the stop at r->at belong to the word? *ok false: out of memory. */
static bool stop_belongs(const reader *r, fsc_scan *z, bool *ok)
{
    if (byte_at(r, r->at + 1) == '.' || !r->letters)
        return false;
    if (r->initials && r->stops && r->segment == 1)
        return true;
    if (r->at - r->start > FSC_KEY_MAX)
        return false;
    const fsc_spelling *word = spelling_at(z, r->start, r->at);
    if (!word) {
        *ok = false;
        return false;
    }
    if (word->kind != FSC_ABBREV_NONE && needs_hold(r, z->types->type[word->type].needs))
        return true;
    return is_initial(r);
}

/* After the stop of an abbreviation: 's (Jr.'s) and hyphens (U.S.-led) go on with the word. */
static bool goes_on(reader *r)
{
    if (r->at >= r->end)
        return false;
    fsc_char c = fsc_char_at(r->s, r->at, r->end), next, after;
    token_class k = classify(c);
    if (k != TK_APOSTROPHE && k != TK_HYPHEN)
        return false;
    token_class nk = look(r, r->at + c.len, &next);
    if (k == TK_APOSTROPHE && (next.cp != 's' || is_letter(look(r, r->at + c.len + 1, &after))))
        return false;
    if (!is_letter(nk) && nk != TK_DIGIT)
        return false;
    take_mark(r, c.len);
    r->initials = false;
    read_run(r);
    return true;
}

static bool read_word(reader *r, fsc_scan *z)
{
    bool ok = true;
    do {
        read_run(r);
        if (byte_at(r, r->at) != '.' || !stop_belongs(r, z, &ok))
            break;
        r->at++;
    } while (goes_on(r));
    return ok;
}

/* The end of the emoji sequence at p: flags, skin tones, keycaps, ZWJ sequences, tags. 0: not an emoji. */
static uint32_t read_emoji(const unsigned char *s, uint32_t p, uint32_t end)
{
    fsc_char c = fsc_char_at(s, p, end);
    uint32_t q = p + c.len;
    bool indicator = c.ucd.wb == WB_REGIONALINDICATOR;
    if (!indicator && !(c.ucd.flags & FSC_UCD_PICT) && c.cp != '#' && c.cp != '*')
        return 0;
    bool emoji = indicator || (c.ucd.flags & FSC_UCD_EMOJI), paired = false, joiner = false;
    for (; q < end; q += c.len) {
        c = fsc_char_at(s, q, end);
        if (indicator && !paired && c.ucd.wb == WB_REGIONALINDICATOR) {
            paired = true;
        } else if (fsc_wb_glued(c.ucd.wb)) {
            emoji |= c.cp == 0xFE0F || c.cp == 0x20E3;
        } else if (!joiner || !(c.ucd.flags & FSC_UCD_PICT)) {
            break;
        }
        joiner = c.ucd.wb == WB_ZWJ;
    }
    bool keycap = s[p] >= 0x80 || (q - p > 3 && memcmp(s + q - 3, "\xE2\x83\xA3", 3) == 0);
    return emoji && keycap ? q : 0;
}

static uint32_t case_flags(const reader *r)
{
    uint32_t flags = r->first_upper ? FSC_WORD_CAPITAL : 0;
    if (r->uppers >= 2 && r->uppers == r->letters)
        flags |= FSC_WORD_UPPER;
    return flags | (r->wide ? FSC_WORD_NON_ASCII : 0);
}

/* Case of a word whose end was found otherwise. */
static void read_case(reader *r, uint32_t to)
{
    r->letters = r->uppers = 0;
    r->first_upper = r->wide = false;
    for (r->at = r->start; r->at < to;) {
        fsc_char c = fsc_char_at(r->s, r->at, to);
        take(r, c, TK_OTHER);
    }
}

static bool finish(fsc_token *out, fsc_scan *z, const reader *r)
{
    out->start = r->start;
    out->end = r->at;
    const fsc_spelling *word = spelling_at(z, r->start, r->at);
    if (!word)
        return false;
    out->type = word->type;
    out->flags = word->flags | case_flags(r);
    return true;
}

/* A word of letters and digits, at r->at; a link when it turns out to begin one. */
static bool token_word(fsc_token *out, fsc_scan *z, reader *r)
{
    if (!read_word(r, z))
        return false;
    uint32_t q = 0;
    unsigned char after = byte_at(r, r->at);
    if (!r->wide && (after == ':' || r->stops))
        q = fsc_link_from_word(r->s, r->start, r->at, r->end);
    if (!q && after == '@')
        q = fsc_link_address(r->s, r->at, r->end);
    if (q > r->at)
        read_case(r, q);
    return finish(out, z, r);
}

bool fsc_token_read(fsc_token *out, fsc_scan *z, uint32_t begin, uint32_t p, uint32_t end)
{
    reader r = {.s = z->s, .begin = begin, .end = end, .start = p, .at = p, .initials = true};
    fsc_char c = fsc_char_at(z->s, p, end);
    token_class k = classify(c);
    uint32_t q = 0;
    *out = (fsc_token){p + c.len, p + c.len, 0, 0};
    if ((c.ucd.flags & FSC_UCD_CURRENCY) && p + c.len < end) {
        fsc_char next = fsc_char_at(z->s, p + c.len, end);
        if (next.ucd.wb != WB_NUMERIC)
            return true;
        take_mark(&r, c.len);
        take(&r, next, TK_DIGIT);
        return token_word(out, z, &r);
    }
    if (is_letter(k) || k == TK_DIGIT || k == TK_KATAKANA || k == TK_UNDER) {
        take(&r, c, k);
        if (!token_word(out, z, &r))
            return false;
        // underscores alone are no word
        uint32_t wordy = FSC_WORD_ALPHA | FSC_WORD_NUMBER | FSC_WORD_URL | FSC_WORD_EMOJI;
        if (k == TK_UNDER && !(out->flags & wordy))
            out->start = out->end;
        return true;
    }
    if (c.cp == '@' || c.cp == '#')
        q = fsc_link_handle(z->s, p, end);
    if (!q)
        q = read_emoji(z->s, p, end);
    if (!q && (c.ucd.flags & (FSC_UCD_LETTER | FSC_UCD_NUMBER))) {
        // an ideograph, or a letter of a script without blanks, and its marks
        q = p + c.len;
        while (q < end && z->s[q] >= 0x80 && (c = fsc_char_at(z->s, q, end), fsc_wb_glued(c.ucd.wb)))
            q += c.len;
    }
    if (!q)
        return true;
    read_case(&r, q);
    return finish(out, z, &r);
}
