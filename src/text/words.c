/*
 * words: the loop over a part, and the fast way for ASCII words.
 *
 * A word of ASCII letters that a blank or plain punctuation follows is taken eight bytes a step: where it ends, its
 * capitals and its lower-case form come from the same two 64-bit numbers, and these are its key in the type table.
 * All else goes through token.c, with the same result: tests compare the two.
 */
#include "text/abbrev_p.h"
#include "text/fold_p.h"
#include "text/scan_p.h"
#include "text/ucd_p.h"

/* What a byte means between words. */
enum gap_class {
    GAP_LETTER, // A-Z a-z
    GAP_DIGIT,
    GAP_IDEOGRAPH, // first byte of U+4000 to U+9FFF
    GAP_TOKEN,     // _ $ @ # * and other bytes beyond ASCII: token.c tells
    GAP_BLANK,     // space, tab
    GAP_COMMA,
    GAP_OTHER // anything that the sentence rules must see
};

#define ROW16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
enum { O = GAP_OTHER, B = GAP_BLANK, L = GAP_LETTER, D = GAP_DIGIT, T = GAP_TOKEN, I = GAP_IDEOGRAPH, C = GAP_COMMA };
// clang-format off
static const uint8_t gap_class[256] = {
    O, O, O, O, O, O, O, O, O, B, O, O, O, O, O, O, ROW16(O),
    B, O, O, T, T, O, O, O, O, O, T, O, C, O, O, O, D, D, D, D, D, D, D, D, D, D, O, O, O, O, O, O,
    T, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, T,
    O, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, O,
    ROW16(T), ROW16(T), ROW16(T), ROW16(T), ROW16(T), ROW16(T),
    T, T, T, T, I, I, I, I, I, I, T, T, T, T, T, T, ROW16(T),
};
// clang-format on

/* What a byte means after a run of letters: it ends the word, or the automaton must look, or it is a stop. */
enum { AFTER_END, AFTER_LOOK, AFTER_STOP, AFTER_APOSTROPHE };
enum { E = AFTER_END, K = AFTER_LOOK, S = AFTER_STOP };
// clang-format off
static const uint8_t after_class[256] = {
    E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, ROW16(E),
    E, E, E, E, E, E, K, K, E, E, E, E, E, K, S, E, K, K, K, K, K, K, K, K, K, K, K, E, E, E, E, E,
    K, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, K,
    E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E,
    ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K),
};
// clang-format on

static bool is_alnum(unsigned char c)
{
    return fsc_ascii_letter(c) || fsc_ascii_digit(c);
}

static unsigned lowest_byte(uint64_t highs)
{
    return (unsigned)__builtin_ctzll(highs) >> 3;
}

/* The words that may still come at or after byte p: each starts at an ASCII letter or digit after something else, or
 * at a character beyond ASCII. */
static uint32_t count_ahead(const fsc_scan *z, uint32_t p)
{
    uint32_t n = 1;
    bool in = false;
    for (; p < z->size; p++) {
        unsigned char c = z->s[p];
        bool word = is_alnum(c);
        n += (word && !in) + (c >= 0xC0);
        in = word;
    }
    return n;
}

/* The first guess holds for running text; a text with shorter words is counted once, from where the guess ran out. */
static bool grow(fsc_scan *z, uint32_t p)
{
    uint64_t cap = z->cap ? (uint64_t)z->count + count_ahead(z, p) : (uint64_t)z->size / 5 + 16;
    fsc_word *word = fsc_arena_grow(z->arena, z->word, z->cap * sizeof *word, (size_t)cap * sizeof *word);
    if (!word)
        return false;
    z->word = word;
    z->cap = (uint32_t)cap;
    return true;
}

static inline bool push(fsc_scan *z, fsc_word w, bool odd)
{
    if (odd && !fsc_types_note_gap(z->types, z->count))
        return false;
    if (z->count == z->cap && !grow(z, w.start))
        return false;
    z->word[z->count++] = w;
    return true;
}

/* Looks up the types of the words that wait. */
static bool resolve(fsc_scan *z)
{
    fsc_types *t = z->types;
    uint32_t n = z->open_count;
    z->open_count = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = t->slot[z->open[i].home];
        if (at != FSC_NONE)
            __builtin_prefetch(&t->spelling[at]);
    }
    for (uint32_t i = 0; i < n; i++) {
        const fsc_scan_open *w = &z->open[i];
        // nearly always at home; a table that has grown meanwhile moved it, and then it is searched for
        uint32_t at = t->slot[w->home], type;
        if (at != FSC_NONE && (t->spelling[at].k0 == w->k0) & (t->spelling[at].k1 == w->k1))
            type = t->spelling[at].type;
        else if ((type = fsc_types_find(t, w->k0, w->k1)) == FSC_NONE &&
                 (type = fsc_types_add_short(t, w->k0, w->k1)) == FSC_NONE)
            return false;
        z->word[w->word].type = type;
    }
    return true;
}

/* The word that was pushed last gets the type of a key, by and by. */
static inline bool resolve_later(fsc_scan *z, uint64_t k0, uint64_t k1)
{
    uint32_t home = fsc_types_home(z->types, k0, k1);
    __builtin_prefetch(&z->types->slot[home]);
    z->open[z->open_count++] = (fsc_scan_open){k0, k1, z->count - 1, home};
    return z->open_count < FSC_SCAN_BATCH || resolve(z);
}

/* Where the loop stands. Passed by value, so that it stays in registers. */
typedef struct step {
    uint32_t at; // the next byte to read; FSC_NONE: out of memory
    bool odd;    // there is more than a blank between the last word and `at`
} step;

#define FAILED ((step){FSC_NONE, false})

/* token.c reads the word at st.at. */
static step slow_word(fsc_scan *z, uint32_t begin, uint32_t end, step st)
{
    fsc_token tok;
    if (!fsc_token_read(&tok, z, begin, st.at, end))
        return FAILED;
    if (tok.start == tok.end)
        return (step){tok.end, true};
    if (!push(z, (fsc_word){tok.start, tok.end, tok.type, tok.flags}, st.odd))
        return FAILED;
    // an abbreviation's stop may end the sentence though only a blank follows, and so may an emoji
    return (step){tok.end, (tok.flags & (FSC_WORD_ABBREV | FSC_WORD_EMOJI)) != 0};
}

/* Adds the word from st.at to q, whose type is found by its key. */
static inline step add_word(fsc_scan *z, step st, uint32_t q, uint32_t flags, uint64_t k0, uint64_t k1)
{
    if (!push(z, (fsc_word){st.at, q, FSC_NONE, flags}, st.odd) || !resolve_later(z, k0, k1))
        return FAILED;
    return (step){q, false};
}

/* Ideographs: each is a word, unless a mark is glued to it. */
static step ideograph(fsc_scan *z, uint32_t begin, uint32_t end, step st)
{
    const unsigned char *s = z->s;
    uint32_t p = st.at;
    bool mark = p + 3 < end && s[p + 3] >= 0x80 && fsc_wb_glued(fsc_char_at(s, p + 3, end).ucd.wb);
    fsc_char c = fsc_char_at(s, p, end);
    if (c.len != 3 || c.cp < 0x4E00 || c.cp > 0x9FFF || !(c.ucd.flags & FSC_UCD_LETTER) || mark)
        return slow_word(z, begin, end, st);
    uint64_t key = s[p] | (uint64_t)s[p + 1] << 8 | (uint64_t)s[p + 2] << 16;
    return add_word(z, st, p + 3, FSC_WORD_ALPHA | FSC_WORD_NON_ASCII, key, 0);
}

/* Whether the fast way may take a word with this key that a stop follows: no letter or digit stands behind the stop,
 * and the word is no abbreviation. A new word goes the slow way, which finds out. */
static bool plain_stop(const fsc_scan *z, uint64_t k0, uint64_t k1, uint32_t q, uint32_t end)
{
    if (q + 1 < end) {
        unsigned char next = z->s[q + 1];
        if (is_alnum(next) || next >= 0x80)
            return false;
    }
    const fsc_spelling *s = fsc_types_spelling(z->types, k0, k1);
    return s && s->more >> FSC_SPELLING_KIND == FSC_ABBREV_NONE;
}

/* Up to 15 ASCII letters: their key, and what case they have. */
typedef struct letters {
    uint64_t k0, k1;
    uint32_t n;
    bool first_upper, all_upper;
} letters;

/* The letters at p; false when there are 16 and more. */
static inline __attribute__((always_inline)) bool letters_at(const fsc_scan *z, uint32_t p, letters *out)
{
    uint64_t x = fsc_load8(z->s, p, z->size), lower, lower1;
    uint64_t stop = fsc_not_letters(x, &lower), cases = FSC_ONES * 0x20;
    if (stop) {
        uint32_t n = lowest_byte(stop);
        uint64_t keep = ((uint64_t)1 << (8 * n)) - 1;
        uint64_t caps = ~x & keep & cases;
        *out = (letters){lower & keep, 0, n, caps & 0x20, caps == (keep & cases)};
        return true;
    }
    uint64_t x1 = p + 8 < z->size ? fsc_load8(z->s, p + 8, z->size) : 0;
    stop = fsc_not_letters(x1, &lower1);
    if (!stop)
        return false;
    uint32_t n = lowest_byte(stop);
    uint64_t keep = ((uint64_t)1 << (8 * n)) - 1;
    uint64_t caps = ~x & cases, caps1 = ~x1 & keep & cases;
    *out = (letters){lower, lower1 & keep, 8 + n, caps & 0x20, caps == cases && caps1 == (keep & cases)};
    return true;
}

/* A closer look at a byte of AFTER_LOOK at q: curly quotes and dashes, a hyphen or colon before a blank end the word.
 */
static unsigned look_after(const fsc_scan *z, uint32_t q, uint32_t end)
{
    const unsigned char *s = z->s;
    if (q >= end)
        return q == end ? AFTER_END : AFTER_LOOK;
    if (s[q] == '\'')
        return AFTER_APOSTROPHE;
    if (s[q] == '-' || s[q] == ':')
        return q + 1 < end && s[q + 1] <= ' ' ? AFTER_END : AFTER_LOOK;
    if (end - q < 3 || s[q] != 0xE2 || s[q + 1] != 0x80)
        return AFTER_LOOK;
    switch (s[q + 2]) {
    case 0x99:
        return AFTER_APOSTROPHE;
    case 0x93:
    case 0x94:
    case 0x9C:
    case 0x9D:
    case 0xA6:
        return AFTER_END;
    default:
        return AFTER_LOOK;
    }
}

static unsigned after_at(const fsc_scan *z, uint32_t q, uint32_t end)
{
    unsigned after = q < end ? after_class[z->s[q]] : AFTER_LOOK;
    return after == AFTER_LOOK ? look_after(z, q, end) : after;
}

static uint32_t case_flags(const letters *w)
{
    return (w->first_upper ? FSC_WORD_CAPITAL : 0) | (w->all_upper && w->n > 1 ? FSC_WORD_UPPER : 0);
}

/* "it's", "mayor’s": behind the letters `w` at st.at stands an apostrophe. What follows joins them, when it is letters
 * that a plain end follows; else the automaton looks. */
static step apostrophe_word(fsc_scan *z, uint32_t begin, uint32_t end, step st, letters w)
{
    letters more;
    uint32_t q = st.at + w.n;
    bool wide = z->s[q] != '\'';
    q += wide ? 3 : 1;
    bool plain = q < end && letters_at(z, q, &more) && more.n > 0 && more.n <= 8 && w.n + more.n < FSC_KEY_MAX;
    q += plain ? more.n : 0;
    if (!plain || q > end || after_at(z, q, end) != AFTER_END)
        return slow_word(z, begin, end, st);
    // the apostrophe and what follows it, as bytes of a key, go behind the letters
    uint64_t tail0 = more.k0 << 8 | '\'', tail1 = more.k0 >> 56;
    unsigned shift = w.n % 8 * 8;
    if (w.n < 8) {
        w.k0 |= tail0 << shift;
        w.k1 = shift ? tail0 >> (64 - shift) | tail1 << shift : tail1;
    } else {
        w.k1 |= tail0 << shift;
    }
    uint32_t flags = FSC_WORD_ALPHA | (wide ? FSC_WORD_NON_ASCII : 0);
    if (more.n == 1 && more.k0 == 's')
        flags |= FSC_WORD_POSSESSIVE;
    w.n += 1 + more.n;
    w.all_upper &= more.all_upper;
    return add_word(z, st, q, flags | case_flags(&w), w.k0, w.k1);
}

/* The word of ASCII letters at st.at. */
static inline step fast_word(fsc_scan *z, uint32_t begin, uint32_t end, step st)
{
    letters w;
    if (!letters_at(z, st.at, &w))
        return slow_word(z, begin, end, st);
    uint32_t q = st.at + w.n;
    unsigned after = q < end ? after_class[z->s[q]] : AFTER_LOOK;
    if (after != AFTER_END) {
        if (after == AFTER_LOOK)
            after = look_after(z, q, end);
        if (after == AFTER_APOSTROPHE)
            return apostrophe_word(z, begin, end, st, w);
        if (after == AFTER_LOOK || (after == AFTER_STOP && (w.n == 1 || !plain_stop(z, w.k0, w.k1, q, end))))
            return slow_word(z, begin, end, st);
    }
    return add_word(z, st, q, FSC_WORD_ALPHA | case_flags(&w), w.k0, w.k1);
}

/* High bit of each byte that is no ASCII digit. */
static uint64_t not_digits(uint64_t x)
{
    uint64_t t = x & ~FSC_HIGHS;
    uint64_t from_0 = t + FSC_ONES * (0x80 - '0'), after_9 = t + FSC_ONES * (0x7F - '9');
    return (~(from_0 & ~after_9) | x) & FSC_HIGHS;
}

/* The number at st.at: up to seven digits that nothing joins. */
static step fast_number(fsc_scan *z, uint32_t begin, uint32_t end, step st)
{
    uint32_t p = st.at;
    uint64_t x = fsc_load8(z->s, p, z->size), stop = not_digits(x);
    uint32_t n = stop ? lowest_byte(stop) : 8, q = p + n;
    unsigned char c = q < end ? z->s[q] : ' ', next = q + 1 < end ? z->s[q + 1] : ' ';
    bool mark = c == '.' || c == ',';
    bool plain = q <= end && n < 8 && (mark ? !fsc_ascii_digit(next) && next < 0x80 : c <= ' ' || c == ')' || c == '%');
    if (!plain)
        return slow_word(z, begin, end, st);
    return add_word(z, st, q, FSC_WORD_NUMBER, x & (((uint64_t)1 << (8 * n)) - 1), 0);
}

/* Curly quotes, dashes and other punctuation of U+2010 to U+2027: no word begins there. */
static bool is_punctuation(const fsc_scan *z, uint32_t p, uint32_t end)
{
    const unsigned char *s = z->s;
    return s[p] == 0xE2 && end - p >= 3 && s[p + 1] == 0x80 && s[p + 2] >= 0x90 && s[p + 2] < 0xA8;
}

/* Between words: reads the byte at st.at, or the word that begins there. */
static step next_word(fsc_scan *z, uint32_t begin, uint32_t end, uint32_t first, step st)
{
    switch ((enum gap_class)gap_class[z->s[st.at]]) {
    case GAP_DIGIT:
        return fast_number(z, begin, end, st);
    case GAP_IDEOGRAPH:
        return ideograph(z, begin, end, st);
    case GAP_TOKEN:
        return is_punctuation(z, st.at, end) ? (step){st.at + 3, true} : slow_word(z, begin, end, st);
    case GAP_BLANK:
        return (step){st.at + 1, st.odd};
    case GAP_COMMA:
        // the common ", " needs no look by the sentence rules
        if (z->count == first || z->word[z->count - 1].end != st.at)
            break;
        z->word[z->count - 1].flags |= FSC_WORD_COMMA | FSC_WORD_BREAK;
        return (step){st.at + 1, st.odd};
    case GAP_LETTER:
    case GAP_OTHER:
        break;
    }
    return (step){st.at + 1, true};
}

bool fsc_words_scan(fsc_scan *z, uint32_t start, uint32_t end)
{
    const unsigned char *s = z->s;
    uint32_t first = z->count;
    step st = {start, true};
    while (st.at < end) {
        // nine times in ten: a letter, then a blank
        if (gap_class[s[st.at]] != GAP_LETTER) {
            st = next_word(z, start, end, first, st);
            continue;
        }
        st = fast_word(z, start, end, st);
        if (st.at < end && s[st.at] == ' ')
            st.at++;
    }
    return st.at != FSC_NONE && resolve(z);
}
