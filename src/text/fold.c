/*
 * fold: the form under which words are compared. Full case folding and NFC by utf8proc, done in short pieces so
 * that a word of a million combining marks takes linear time; ’ and its relatives become ', the hyphens U+2010
 * and U+2011 become -, soft hyphens and variation selectors are dropped.
 */
#include <utf8proc.h>

#include "base/utf8.h"
#include "text/fold_p.h"
#include "text/text.h"
#include "text/ucd_p.h"

enum {
    PIECE_SOFT = 48, // characters after which a piece ends before the next base character
    PIECE_HARD = 64, // characters after which it ends anywhere
    PIECE_ROOM = PIECE_HARD * 18,
    ROUNDS = 4,        // folding is repeated until nothing changes
    LONGEST = 1024,    // bytes; what is longer is no word of a language: only ASCII letters are folded
    FOLD_LETTERS = 64, // bytes of a word that fold_letters takes
    GROWTH = 18        // bytes that one byte may become: three code points, decomposed
};

static uint32_t fold_variant(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0xFF07:
        return '\'';
    case 0x2010:
    case 0x2011:
        return '-';
    case 0x00AD:
    case 0xFE0E:
    case 0xFE0F:
        return 0;
    default:
        return cp;
    }
}

// A piece may end before `cp`: it does not join the character before it in any normalisation.
static bool starts_piece(uint32_t cp)
{
    bool jamo = cp >= 0x1100 && cp <= 0x11FF;
    return !jamo && !fsc_wb_glued(fsc_ucd_of(cp).wb);
}

// Folds `len` bytes of mapped UTF-8 into out; returns the bytes written. What utf8proc refuses is copied.
static size_t fold_piece(char *out, const char *piece, size_t len)
{
    utf8proc_int32_t cps[PIECE_ROOM];
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)piece, (utf8proc_ssize_t)len, cps, PIECE_ROOM,
                                            UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (n >= 0 && n <= PIECE_ROOM)
        n = utf8proc_normalize_utf32(cps, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0 || n > PIECE_ROOM) {
        memcpy(out, piece, len);
        return len;
    }
    size_t size = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        size += fsc_utf8_encode(out + size, (uint32_t)cps[i]);
    return size;
}

// One round over the whole word. `out` has room for GROWTH * in.len bytes.
static size_t fold_round(char *out, fsc_view in)
{
    char piece[PIECE_HARD * 4 + 4];
    size_t size = 0, len = 0, chars = 0;
    const unsigned char *s = (const unsigned char *)in.data;
    for (uint32_t i = 0, n; i < in.len; i += n) {
        uint32_t cp = fold_variant(fsc_char_decode(s, i, (uint32_t)in.len, &n));
        if (!cp)
            continue;
        if (chars >= PIECE_HARD || (chars >= PIECE_SOFT && starts_piece(cp))) {
            size += fold_piece(out + size, piece, len);
            len = chars = 0;
        }
        len += fsc_utf8_encode(piece + len, cp);
        chars++;
    }
    return size + fold_piece(out + size, piece, len);
}

bool fsc_fold_is_ascii(fsc_view v)
{
    unsigned char any = 0;
    for (size_t i = 0; i < v.len; i++)
        any |= (unsigned char)v.data[i];
    return any < 0x80;
}

static fsc_view fold_ascii(fsc_arena *a, fsc_view word)
{
    char *out = fsc_arena_alloc(a, word.len + 1);
    if (!out)
        return (fsc_view){NULL, 0};
    for (size_t i = 0; i < word.len; i++)
        out[i] = (char)fsc_ascii_lower((unsigned char)word.data[i]);
    out[word.len] = 0;
    return fsc_view_of(out, word.len);
}

// Of ASCII and letters that fold one by one, which is most words of Latin, Greek and Cyrillic; {NULL, 0}: not so, or no
// memory.
static fsc_view fold_letters(fsc_arena *a, fsc_view word)
{
    char small[FOLD_LETTERS];
    const unsigned char *s = (const unsigned char *)word.data;
    if (word.len > sizeof small)
        return (fsc_view){NULL, 0};
    for (size_t i = 0; i < word.len; i++) {
        if (s[i] < 0x80) {
            small[i] = (char)fsc_ascii_lower(s[i]);
            continue;
        }
        uint32_t cp = s[i] < 0xE0 && i + 1 < word.len ? (s[i] & 0x1Fu) << 6 | (s[i + 1] & 0x3Fu) : UINT32_MAX;
        if (cp >= FSC_UCD_FOLD || !fsc_ucd_fold[cp])
            return (fsc_view){NULL, 0};
        fsc_utf8_encode(small + i++, fsc_ucd_fold[cp]);
    }
    return fsc_arena_dup(a, fsc_view_of(small, word.len));
}

fsc_view fsc_text_fold(fsc_arena *a, fsc_view word)
{
    if (word.len > LONGEST || fsc_fold_is_ascii(word))
        return fold_ascii(a, word);
    fsc_view letters = fold_letters(a, word);
    if (letters.data)
        return letters;
    char room[2][LONGEST * GROWTH];
    fsc_view now = word;
    for (int round = 0; round < ROUNDS && now.len <= LONGEST; round++) {
        char *out = room[round % 2];
        size_t size = fold_round(out, now);
        bool same = size == now.len && memcmp(out, now.data, size) == 0;
        now = fsc_view_of(out, size);
        if (same)
            break;
    }
    return fsc_arena_dup(a, now);
}
