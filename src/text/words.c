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
    GAP_LETTER,     // A-Z a-z
    GAP_IDEOGRAPH,  // first byte of U+4000 to U+9FFF
    GAP_TOKEN,      // digits _ $ @ # * and bytes beyond ASCII: token.c tells
    GAP_BLANK,      // space, tab
    GAP_COMMA,
    GAP_OTHER       // anything that the sentence rules must see
};

#define ROW16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
enum { O = GAP_OTHER, B = GAP_BLANK, L = GAP_LETTER, T = GAP_TOKEN, I = GAP_IDEOGRAPH, C = GAP_COMMA };
static const uint8_t gap_class[256] = {
    O, O, O, O, O, O, O, O, O, B, O, O, O, O, O, O, ROW16(O),
    B, O, O, T, T, O, O, O, O, O, T, O, C, O, O, O, T, T, T, T, T, T, T, T, T, T, O, O, O, O, O, O,
    T, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, T,
    O, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, O, O, O, O, O,
    ROW16(T), ROW16(T), ROW16(T), ROW16(T), ROW16(T), ROW16(T),
    T, T, T, T, I, I, I, I, I, I, T, T, T, T, T, T, ROW16(T),
};

/* What a byte means after a run of letters: it ends the word, or the automaton must look, or it is a stop. */
enum { AFTER_END, AFTER_LOOK, AFTER_STOP };
enum { E = AFTER_END, K = AFTER_LOOK, S = AFTER_STOP };
static const uint8_t after_class[256] = {
    E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, ROW16(E),
    E, E, E, E, E, E, K, K, E, E, E, E, E, K, S, E, K, K, K, K, K, K, K, K, K, K, K, E, E, E, E, E,
    K, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, K,
    E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E,
    ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K),
};

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
        bool word = fsc_ascii_letter(c) || fsc_ascii_digit(c);
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

/* What the loop needs to know of the word just read. */
typedef struct step {
    uint32_t at;    // where to go on
    bool odd;       // there is more than a blank between the last word and `at`
} step;

/* token.c reads the word at p. */
static bool slow_word(fsc_scan *z, uint32_t begin, uint32_t p, uint32_t end, step *st)
{
    fsc_token tok;
    if (!fsc_token_read(&tok, z, begin, p, end))
        return false;
    if (tok.start == tok.end) {
        *st = (step){tok.end, true};
        return true;
    }
    if (!push(z, (fsc_word){tok.start, tok.end, tok.type, tok.flags}, st->odd))
        return false;
    // an abbreviation's stop may end the sentence though only a blank follows
    *st = (step){tok.end, (tok.flags & FSC_WORD_ABBREV) != 0};
    return true;
}

/* Ideographs: each is a word, unless a mark is glued to it. */
static inline bool ideograph(fsc_scan *z, uint32_t begin, uint32_t p, uint32_t end, step *st)
{
    const unsigned char *s = z->s;
    bool mark = p + 3 < end && s[p + 3] >= 0x80 && fsc_wb_glued(fsc_char_at(s, p + 3, end).ucd.wb);
    fsc_char c = fsc_char_at(s, p, end);
    if (c.len != 3 || c.cp < 0x4E00 || c.cp > 0x9FFF || !(c.ucd.flags & FSC_UCD_LETTER) || mark)
        return slow_word(z, begin, p, end, st);
    uint64_t key = s[p] | (uint64_t)s[p + 1] << 8 | (uint64_t)s[p + 2] << 16;
    uint32_t type = fsc_types_find(z->types, key, 0);
    if (type == FSC_NONE && (type = fsc_types_add_short(z->types, key, 0)) == FSC_NONE)
        return false;
    if (!push(z, (fsc_word){p, p + 3, type, FSC_WORD_ALPHA | FSC_WORD_NON_ASCII}, st->odd))
        return false;
    *st = (step){p + 3, false};
    return true;
}

/* Whether the fast way may take a word that a stop follows. */
static bool plain_stop(const fsc_scan *z, uint32_t type, uint32_t q, uint32_t end)
{
    if (q + 1 < end) {
        unsigned char next = z->s[q + 1];
        if (fsc_ascii_letter(next) || fsc_ascii_digit(next) || next >= 0x80)
            return false;
    }
    return z->types->type[type].kind == FSC_ABBREV_NONE;
}

/* The word of ASCII letters at p. */
static inline bool fast_word(fsc_scan *z, uint32_t begin, uint32_t p, uint32_t end, step *st)
{
    uint64_t lower, low1 = 0, k0, k1 = 0, caps;
    uint64_t x = fsc_load8(z->s, p, z->size);
    uint64_t stop = fsc_not_letters(x, &lower);
    unsigned n;
    if (stop) {
        n = lowest_byte(stop);
        uint64_t keep = ((uint64_t)1 << (8 * n)) - 1;
        k0 = lower & keep;
        caps = ~x & keep & FSC_ONES * 0x20;
    } else {
        k0 = lower;
        caps = ~x & FSC_ONES * 0x20;
        uint64_t x1 = p + 8 < z->size ? fsc_load8(z->s, p + 8, z->size) : 0;
        stop = fsc_not_letters(x1, &low1);
        if (!stop)
            return slow_word(z, begin, p, end, st);
        unsigned m = lowest_byte(stop);
        uint64_t keep = ((uint64_t)1 << (8 * m)) - 1;
        k1 = low1 & keep;
        caps |= (~x1 & keep & FSC_ONES * 0x20) >> 1;
        n = 8 + m;
    }
    uint32_t q = p + n;
    unsigned after = q < end ? after_class[z->s[q]] : q == end ? AFTER_END : AFTER_LOOK;
    if (after == AFTER_LOOK || (after == AFTER_STOP && n == 1))
        return slow_word(z, begin, p, end, st);
    uint32_t type = fsc_types_find(z->types, k0, k1);
    if (type == FSC_NONE && (type = fsc_types_add_short(z->types, k0, k1)) == FSC_NONE)
        return false;
    if (after == AFTER_STOP && !plain_stop(z, type, q, end))
        return slow_word(z, begin, p, end, st);
    uint32_t flags = FSC_WORD_ALPHA;
    if (caps) {
        flags |= caps & 0x20 ? FSC_WORD_CAPITAL : 0;
        flags |= n > 1 && (unsigned)__builtin_popcountll(caps) == n ? FSC_WORD_UPPER : 0;
    }
    if (!push(z, (fsc_word){p, q, type, flags}, st->odd))
        return false;
    *st = (step){q, false};
    return true;
}

bool fsc_words_scan(fsc_scan *z, uint32_t start, uint32_t end)
{
    const unsigned char *s = z->s;
    uint32_t first = z->count;
    step st = {start, true};
    while (st.at < end) {
        bool ok = true;
        switch ((enum gap_class)gap_class[s[st.at]]) {
        case GAP_LETTER:
            ok = fast_word(z, start, st.at, end, &st);
            break;
        case GAP_IDEOGRAPH:
            ok = ideograph(z, start, st.at, end, &st);
            break;
        case GAP_TOKEN:
            ok = slow_word(z, start, st.at, end, &st);
            break;
        case GAP_COMMA:
            // the common ", " needs no look by the sentence rules
            if (z->count > first && z->word[z->count - 1].end == st.at)
                z->word[z->count - 1].flags |= FSC_WORD_COMMA | FSC_WORD_BREAK;
            else
                st.odd = true;
            st.at++;
            break;
        case GAP_BLANK:
            st.at++;
            break;
        case GAP_OTHER:
            st.odd = true;
            st.at++;
            break;
        }
        if (!ok)
            return false;
    }
    return true;
}
