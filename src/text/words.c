/*
 * words: the loop over a part, and the fast way for most words.
 *
 * Where a word of a common script begins and ends stands in the masks of block.c. Its bytes, ASCII capitals made small,
 * are its key in the type table, which knows each spelling from its first time on; so nothing is decoded or folded
 * here. What may join the word beyond its end, and all else, goes through token.c, with the same result: tests compare
 * the two.
 */
#include "text/abbrev_p.h"
#include "text/block_p.h"
#include "text/fold_p.h"
#include "text/key_p.h"
#include "text/scan_p.h"
#include "text/ucd_p.h"

/* What a byte means between words. */
enum gap_class {
    GAP_BLANK,     // space, tab
    GAP_OTHER,     // anything that the sentence rules must see
    GAP_WORD,      // A-Z a-z 0-9
    GAP_IDEOGRAPH, // first byte of U+4000 to U+9FFF
    GAP_TOKEN      // _ $ @ # * and other bytes beyond ASCII: token.c tells
};

#define ROW16(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
enum { O = GAP_OTHER, B = GAP_BLANK, W = GAP_WORD, T = GAP_TOKEN, I = GAP_IDEOGRAPH };
// clang-format off
static const uint8_t gap_class[256] = {
    O, O, O, O, O, O, O, O, O, B, O, O, O, O, O, O, ROW16(O),
    B, O, O, T, T, O, O, O, O, O, T, O, O, O, O, O, W, W, W, W, W, W, W, W, W, W, O, O, O, O, O, O,
    T, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, O, O, O, O, T,
    O, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, O, O, O, O, O,
    ROW16(T), ROW16(T), ROW16(T), ROW16(T), ROW16(T), ROW16(T),
    T, T, T, T, I, I, I, I, I, I, T, T, T, T, T, T, ROW16(T),
};
// clang-format on

/* What a byte means after a word: it ends it, or a closer look is needed, or it is a stop. */
enum { AFTER_END, AFTER_LOOK, AFTER_STOP };
enum { E = AFTER_END, K = AFTER_LOOK, S = AFTER_STOP };
// clang-format off
static const uint8_t after_class[256] = {
    ROW16(E), ROW16(E),
    E, E, K, E, E, E, K, K, E, E, E, E, K, K, S, K, K, K, K, K, K, K, K, K, K, K, K, E, E, E, E, E,
    K, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, K,
    ROW16(E), ROW16(E),
    ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K), ROW16(K),
};
// clang-format on

static bool is_alnum(unsigned char c)
{
    return fsc_ascii_letter(c) || fsc_ascii_digit(c);
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
    uint64_t cap = z->cap ? (uint64_t)z->count + count_ahead(z, p) : (uint64_t)z->size / 5;
    cap += 2 * FSC_BLOCK;
    fsc_word *word = fsc_arena_grow(z->arena, z->word, z->cap * sizeof *word, (size_t)cap * sizeof *word);
    if (!word)
        return false;
    z->word = word;
    z->cap = (uint32_t)cap;
    return true;
}

/* The spelling of a word that waits, wherever it is; entered when new. NULL: out of memory. */
static const fsc_spelling *meet(fsc_scan *z, const fsc_scan_open *o)
{
    const fsc_word *w = &z->word[o->word];
    return fsc_types_meet(z->types, o->key, fsc_view_of((const char *)z->s + w->start, w->end - w->start));
}

/* Looks up the types of the words that wait. */
static bool look_up(fsc_scan *z)
{
    const fsc_spelling *slot = z->types->slot;
    const fsc_scan_open *o = z->open, *end = o + z->open_count;
    z->open_count = 0;
    for (; o < end; o++) {
        // nearly always in the line it calls home, and which of its two slots it is cannot be foretold; a table that
        // has grown meanwhile moved it, and then it is searched for
        const fsc_spelling *s = slot + o->home;
        s += s->k0 != o->key.k0;
        if (s->k0 != o->key.k0 || s->k1 != o->key.k1 || o->key.k1 >= FSC_KEY_LONG) {
            if (!(s = meet(z, o)))
                return false;
            slot = z->types->slot;
        }
        fsc_word *w = &z->word[o->word];
        w->type = s->type;
        w->flags |= s->flags;
    }
    return true;
}

/* Reads the block at `at`, and makes room for its words, which are no more than its bytes. */
static bool next_block(fsc_scan *z, fsc_block *b, uint32_t at, uint32_t end)
{
    fsc_types *t = z->types;
    if (z->open_count > FSC_SCAN_OPEN - FSC_BLOCK && !look_up(z))
        return false;
    fsc_block_read(b, z->s, at, end, z->size);
    return (z->cap - z->count >= FSC_BLOCK || grow(z, at)) &&
           (t->gap_cap - t->gap_count >= FSC_BLOCK || fsc_types_grow_gaps(t));
}

/* The gap before the next word, when it is odd. */
static inline void note_gap(fsc_scan *z, bool odd)
{
    // written in any case: which are cannot be foretold
    z->types->gap[z->types->gap_count] = z->count;
    z->types->gap_count += odd;
}

static inline void push(fsc_scan *z, fsc_word w, bool odd)
{
    note_gap(z, odd);
    z->word[z->count++] = w;
}

/* Where the loop stands. Passed by value, so that it stays in registers. */
typedef struct step {
    uint32_t at; // the next byte to read; FSC_NONE: out of memory
    bool odd;    // there is more than a blank between the last word and `at`
} step;

#define FAILED ((step){FSC_NONE, false})

/* The part being read. */
typedef struct part {
    uint32_t begin, end;
    uint32_t first; // index of its first word
} part;

/* token.c reads the word at st.at. */
static step slow_word(fsc_scan *z, const part *in, step st)
{
    fsc_token tok;
    if (!fsc_token_read(&tok, z, in->begin, st.at, in->end))
        return FAILED;
    if (tok.start == tok.end)
        return (step){tok.end, true};
    push(z, (fsc_word){tok.start, tok.end, tok.type, tok.flags}, st.odd);
    // an abbreviation's stop may end the sentence though only a blank follows, and so may an emoji
    return (step){tok.end, (tok.flags & (FSC_WORD_ABBREV | FSC_WORD_EMOJI)) != 0};
}

/* ---------------------------------------------------------------- words of a block */

/* Whether a character beyond ASCII at q ends the word before it: nothing that may join words, glues, or is a word. */
static bool wide_ends(const fsc_scan *z, uint32_t q, uint32_t end)
{
    fsc_char c = fsc_char_at(z->s, q, end);
    if (c.cp == 0x2018 || c.cp == 0x2019)
        return q + c.len >= end || (z->s[q + c.len] < 0x80 && !is_alnum(z->s[q + c.len]));
    return c.ucd.wb == WB_OTHER && c.cp != 0x2010 && c.cp != 0x2011;
}

/* What follows the word s[p..q), more closely: a mark ends it before anything but letters and digits. */
static unsigned look_after(const fsc_scan *z, uint32_t p, uint32_t q, uint32_t end)
{
    const unsigned char *s = z->s;
    unsigned char c = s[q], next = q + 1 < end ? s[q + 1] : ' ';
    if (c >= 0x80)
        return wide_ends(z, q, end) ? AFTER_END : AFTER_LOOK;
    // what is glued to a comma may stand before a digit
    if (c == ',')
        return next >= 0x80 && fsc_ascii_digit(s[q - 1]) ? AFTER_LOOK : AFTER_END;
    // a letter of Hebrew joins more; 0xD7 is the first byte of all
    bool hebrew = s[q - 1] >= 0x80 && memchr(s + p, 0xD7, q - p);
    if (c == '"' || (c == '\'' && hebrew))
        return hebrew ? AFTER_LOOK : AFTER_END;
    if (c == '@' || c == '_' || next >= 0x80 || is_alnum(next) || (c == ':' && next == '/'))
        return c == '/' && !fsc_ascii_digit(s[q - 1]) && !memchr(s + p, '.', q - p) ? AFTER_END : AFTER_LOOK;
    // a link goes on behind its host
    return c == '/' && memchr(s + p, '.', q - p) ? AFTER_LOOK : AFTER_END;
}

/* The same for a stop behind a word of `len` bytes that is no abbreviation: it is no initial, nor part of a name with
 * stops. */
static bool stop_ends(const fsc_scan *z, uint32_t len, uint32_t q, uint32_t end)
{
    unsigned char next = q + 1 < end ? z->s[q + 1] : ' ';
    bool one = len == 1 ? !fsc_ascii_digit(z->s[q - 1]) : len <= 3 && z->s[q - 1] >= 0x80;
    return !one && next < 0x80 && !is_alnum(next);
}

/* Flags of case of the word s[p..q). Only that of a capital is read beyond its first letter. */
static uint32_t case_flags(const unsigned char *s, uint32_t p, uint32_t q)
{
    uint32_t letters = 0;
    for (uint32_t len; p < q; p += len) {
        unsigned run = fsc_ucd_run_of(fsc_char_decode(s, p, q, &len));
        if (!(run & FSC_RUN_LETTER))
            continue;
        if (!(run & FSC_RUN_UPPER))
            return letters ? FSC_WORD_CAPITAL : 0;
        letters++;
    }
    return (letters ? FSC_WORD_CAPITAL : 0u) | (letters > 1 ? FSC_WORD_UPPER : 0u);
}

/* A word as block.c has it: its key, and what the scanner knows of its flags. */
typedef struct found {
    fsc_key key;
    uint32_t flags;
} found;

/* read_word for a word that is long or in b->close. */
static found close_word(const fsc_scan *z, const fsc_block *b, uint32_t i, uint32_t n)
{
    const uint64_t highs = 0x8080808080808080u;
    uint64_t run = ((uint64_t)1 << n) - 1;
    uint32_t p = b->at + i;
    uint32_t flags = case_flags(z->s, p, p + n) | (b->wide >> i & run ? FSC_WORD_NON_ASCII : 0u);
    if (n > FSC_KEY_MAX)
        return (found){fsc_types_key(fsc_view_of((const char *)z->s + p, n)), flags};
    fsc_key key = fsc_key_load(z->s, p, z->size);
    key.k0 |= (~key.k0 & highs) >> 2;
    key.k1 |= (~key.k1 & highs) >> 2;
    return (found){fsc_key_cut(key, n), flags};
}

/* The n bytes at byte i of the block. Of letters, digits and marks all but capitals have bit 0x20 set. */
static inline found read_word(const fsc_scan *z, const fsc_block *b, uint32_t i, uint32_t n)
{
    const uint64_t small = 0x2020202020202020u;
    if ((b->close >> i & (((uint64_t)1 << n) - 1)) || n > FSC_KEY_MAX)
        return close_word(z, b, i, n);
    fsc_key key = fsc_key_load_within(z->s, b->at + i);
    key = fsc_key_cut((fsc_key){key.k0 | small, key.k1 | small}, n);
    return (found){key, b->upper >> i & 1 ? FSC_WORD_CAPITAL : 0};
}

/* The type of a word is looked up by and by. */
static inline void look_up_later(fsc_scan *z, uint32_t word, fsc_key key)
{
    uint32_t home = fsc_types_home(z->types, fsc_key_hash(key));
    __builtin_prefetch(&z->types->slot[home]);
    z->open[z->open_count++] = (fsc_scan_open){key, word, home};
}

static inline uint32_t run_at(const fsc_block *b, uint32_t i)
{
    return (uint32_t)__builtin_ctzll(~(b->word >> i));
}

/* From the word at st.at on, those that a blank and the next word of the block follow: nine in ten. */
static step plain_words(fsc_scan *z, const fsc_block *b, step st)
{
    uint32_t i = st.at - b->at, n = run_at(b, i), count = z->count;
    if (!(b->plain >> (i + n) & 1))
        return st;
    // only before the first there may be more than a blank
    note_gap(z, st.odd);
    do {
        found f = read_word(z, b, i, n);
        look_up_later(z, count, f.key);
        z->word[count++] = (fsc_word){b->at + i, b->at + i + n, FSC_NONE, f.flags};
        i += n + 1;
        n = run_at(b, i);
    } while (b->plain >> (i + n) & 1);
    z->count = count;
    return (step){b->at + i, false};
}

/* Whether the word at p may be an abbreviation. A key in ASCII is its form, for which the filter speaks; else its type
 * tells. *ok false: out of memory. */
static bool is_abbrev(const fsc_scan *z, fsc_key key, uint32_t p, uint32_t n, bool *ok)
{
    const uint64_t highs = 0x8080808080808080u;
    if (!((key.k0 | key.k1) & highs) && !fsc_abbrev_listed(&z->types->abbrevs, fsc_key_hash(key)))
        return false;
    const fsc_spelling *word = fsc_types_meet(z->types, key, fsc_view_of((const char *)z->s + p, n));
    *ok = word != NULL;
    return word && word->kind != FSC_ABBREV_NONE;
}

/* The word of n bytes at st.at, which anything may follow. */
static step end_word(fsc_scan *z, const fsc_block *b, const part *in, uint32_t n, step st)
{
    uint32_t q = st.at + n;
    unsigned after = q == in->end ? AFTER_END : after_class[z->s[q]];
    if (after == AFTER_LOOK && look_after(z, st.at, q, in->end) == AFTER_LOOK)
        return slow_word(z, in, st);
    found f = read_word(z, b, st.at - b->at, n);
    bool ok = true;
    if (after == AFTER_STOP && (!stop_ends(z, n, q, in->end) || is_abbrev(z, f.key, st.at, n, &ok)))
        return ok ? slow_word(z, in, st) : FAILED;
    if (!ok)
        return FAILED;
    look_up_later(z, z->count, f.key);
    push(z, (fsc_word){st.at, q, FSC_NONE, f.flags}, st.odd);
    return (step){q, false};
}

/* ---------------------------------------------------------------- what lies between */

/* Curly quotes, dashes and other punctuation of U+2010 to U+2027: no word begins there. */
static bool is_punctuation(const fsc_scan *z, uint32_t p, uint32_t end)
{
    const unsigned char *s = z->s;
    return s[p] == 0xE2 && end - p >= 3 && s[p + 1] == 0x80 && s[p + 2] >= 0x90 && s[p + 2] < 0xA8;
}

/* An ideograph is a word, unless a mark is glued to it. */
static bool is_ideograph(const unsigned char *s, uint32_t p, uint32_t end)
{
    fsc_char c = fsc_char_at(s, p, end);
    bool mark = p + 3 < end && s[p + 3] >= 0x80 && fsc_wb_glued(fsc_char_at(s, p + 3, end).ucd.wb);
    return c.len == 3 && c.cp >= 0x4E00 && c.cp <= 0x9FFF && (c.ucd.flags & FSC_UCD_LETTER) && !mark;
}

/* The ideographs from st.at on, as far as the block goes. */
static step ideographs(fsc_scan *z, const fsc_block *b, const part *in, step st)
{
    const unsigned char *s = z->s;
    do {
        uint32_t p = st.at;
        if (!is_ideograph(s, p, in->end))
            return slow_word(z, in, st);
        look_up_later(z, z->count, (fsc_key){s[p] | (uint64_t)s[p + 1] << 8 | (uint64_t)s[p + 2] << 16, 0});
        push(z, (fsc_word){p, p + 3, FSC_NONE, FSC_WORD_NON_ASCII}, st.odd);
        st = (step){p + 3, false};
    } while (st.at < in->end && st.at - b->at < FSC_BLOCK && gap_class[s[st.at]] == GAP_IDEOGRAPH);
    return st;
}

/* From st.at, where no word of the block begins, to the next place where one may; reads what else begins there. */
static step between_words(fsc_scan *z, const fsc_block *b, const part *in, step st)
{
    const unsigned char *s = z->s;
    uint32_t at = st.at;
    // the common ", " needs no look by the sentence rules
    if (s[at] == ',' && z->count > in->first && z->word[z->count - 1].end == at) {
        z->word[z->count - 1].flags |= FSC_WORD_COMMA | FSC_WORD_BREAK;
        at++;
    }
    while (at < in->end && gap_class[s[at]] <= GAP_OTHER)
        st.odd |= gap_class[s[at++]] == GAP_OTHER;
    // a word of the block, perhaps
    if (at != st.at)
        return (step){at, st.odd};
    if (is_punctuation(z, at, in->end))
        return (step){at + 3, true};
    return gap_class[s[at]] == GAP_IDEOGRAPH ? ideographs(z, b, in, st) : slow_word(z, in, st);
}

bool fsc_words_scan(fsc_scan *z, uint32_t start, uint32_t end)
{
    const part in = {start, end, z->count};
    step st = {start, true};
    fsc_block b;
    if (start < end && !next_block(z, &b, start, end))
        return false;
    while (st.at < end) {
        if (st.at - b.at >= FSC_BLOCK && !next_block(z, &b, st.at, end))
            return false;
        if (!(b.first >> (st.at - b.at) & 1)) {
            st = between_words(z, &b, &in, st);
            continue;
        }
        st = plain_words(z, &b, st);
        uint32_t i = st.at - b.at, n = run_at(&b, i);
        if (i + n < FSC_BLOCK)
            st = end_word(z, &b, &in, n, st);
        else if (i == 0)
            st = slow_word(z, &in, st);
        else if (!next_block(z, &b, st.at, end))
            return false;
    }
    return st.at != FSC_NONE && look_up(z);
}
