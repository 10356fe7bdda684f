#include "text/block_p.h"

#include "base/lanes.h"
#include "text/ucd_p.h"

/* ---------------------------------------------------------------- classes of bytes */

enum { LETTER = 1 << 0, UPPER = 1 << 1, DIGIT = 1 << 2, BLANK = 1 << 3, MARK = 1 << 4, HIGH = 1 << 5 };

/* U+0100 to U+017F and U+0400 to U+047F are letters throughout. Of the other first bytes, those of U+3000 to U+9FFF
 * begin no word character, and those of four bytes are left to the automaton. */
enum { SURE = 1 << 0, LOOK = 1 << 1 };

#define X4(k) k, k, k, k
#define X8(k) X4(k), X4(k)
#define X16(k) X8(k), X8(k)
enum { U = LETTER | UPPER, W = LETTER, D = DIGIT, M = MARK, H = HIGH, Q = SURE, K = LOOK };
// clang-format off
static const uint8_t byte_class[256] = {
    X16(0), X16(0),
    BLANK, 0, 0, 0, 0, 0, 0, M, M, M, M, M, M, M, M, 0,
    X8(D), D, D, 0, 0, 0, 0, 0, 0,
    0, U, U, U, X4(U), X8(U), X8(U), U, U, U, 0, 0, 0, 0, 0,
    0, W, W, W, X4(W), X8(W), X8(W), W, W, W, 0, 0, 0, 0, 0,
    X16(H), X16(H), X16(H), X16(H), X16(H), X16(H), X16(H), X16(H),
};

static const uint8_t lead_class[256] = {
    X16(0), X16(0), X16(0), X16(0), X16(0), X16(0), X16(0), X16(0), X16(0), X16(0), X16(0), X16(0),
    0, 0, 0, K, Q, Q, K, K, X8(K), Q, Q, K, K, X4(K), X8(K),
    K, K, K, 0, X4(0), 0, 0, K, K, X4(K), X16(0),
};
// clang-format on

/* The lowest bits of eight bytes, side by side: each is moved by the product to a place of its own in the top byte. */
static uint64_t gather(uint64_t x)
{
    return ((x & 0x0101010101010101u) * 0x0102040810204080u) >> 56;
}

/* Eight classes, the first in the lowest byte. */
static uint64_t classes(const uint8_t table[256], const unsigned char *s)
{
    uint64_t x = 0;
    for (unsigned i = 0; i < 8; i++)
        x |= (uint64_t)table[s[i]] << (8 * i);
    return x;
}

void fsc_planes_read_portable(fsc_planes *out, const unsigned char *s)
{
    fsc_planes p = {0};
    for (unsigned i = 0; i < FSC_BLOCK_LOAD; i += 8) {
        uint64_t c = classes(byte_class, s + i), high = gather(c >> 5);
        p.letter |= gather(c) << i;
        p.upper |= gather(c >> 1) << i;
        p.digit |= gather(c >> 2) << i;
        p.blank |= gather(c >> 3) << i;
        p.mark |= gather(c >> 4) << i;
        p.high |= high << i;
        if (!high)
            continue;
        c = classes(lead_class, s + i);
        p.sure |= gather(c) << i;
        p.look |= gather(c >> 1) << i;
    }
    *out = p;
}

#if defined(FSC_LANES_SSE2)

static inline uint64_t bits(__m128i x, unsigned at)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(x) << at;
}

static inline __m128i all(int byte)
{
    return _mm_set1_epi8((char)byte);
}

/* The bytes from `low` to `high`, both of the same half of the 256. */
static inline __m128i range(__m128i x, int low, int high)
{
    return _mm_and_si128(_mm_cmpgt_epi8(x, all(low - 1)), _mm_cmplt_epi8(x, all(high + 1)));
}

static inline __m128i pair(__m128i x, int even)
{
    return _mm_cmpeq_epi8(_mm_and_si128(x, all(0xFE)), all(even));
}

static void read_leads(fsc_planes *p, const unsigned char *s)
{
    uint64_t sure = 0, look = 0;
    for (unsigned i = 0; i < FSC_BLOCK_LOAD; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(s + i));
        sure |= bits(_mm_or_si128(pair(x, 0xC4), pair(x, 0xD0)), i);
        look |= bits(_mm_or_si128(range(x, 0xC3, 0xE2), range(x, 0xEA, 0xEF)), i);
    }
    p->sure = sure;
    p->look = look & ~sure;
}

/* The bytes from `low` to `high`, which are ASCII: a sum that a signed byte just holds, so that one comparison does. */
static inline __m128i ascii_range(__m128i x, int low, int high)
{
    return _mm_cmpgt_epi8(_mm_add_epi8(x, all(127 - high)), all(126 - high + low));
}

void fsc_planes_read(fsc_planes *out, const unsigned char *s)
{
    fsc_planes p = {0};
    for (unsigned i = 0; i < FSC_BLOCK_LOAD; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(s + i));
        p.letter |= bits(ascii_range(_mm_or_si128(x, all(0x20)), 'a', 'z'), i);
        p.digit |= bits(ascii_range(x, '0', '9'), i);
        p.mark |= bits(ascii_range(x, '\'', '.'), i);
        p.blank |= bits(_mm_cmpeq_epi8(x, all(' ')), i);
        // bit 0x20, which capitals lack, goes to the top of each byte
        p.upper |= bits(_mm_slli_epi16(x, 2), i);
        p.high |= bits(x, i);
    }
    p.upper = p.letter & ~p.upper;
    *out = p;
    if (p.high)
        read_leads(out, s);
}

#else

void fsc_planes_read(fsc_planes *out, const unsigned char *s)
{
    fsc_planes_read_portable(out, s);
}

#endif

/* ---------------------------------------------------------------- words */

/* Letters beyond ASCII: their first, last and all bytes; ’ by its first. */
typedef struct wide {
    uint64_t lead, tail, bytes, curly;
} wide;

/* From here on marks may make an emoji of what they are glued to. */
enum { GLUE_END = 0x2000 };

static bool is_letter(unsigned run, uint32_t len)
{
    // those of Hebrew that words.c knows by their first byte
    run &= ~(unsigned)(len == 2 ? FSC_RUN_UPPER | FSC_RUN_HEBREW : FSC_RUN_UPPER);
    return run == (FSC_RUN_LETTERLIKE | FSC_RUN_LETTER);
}

/* The characters of p->look, and those of p->sure; marks glued to letters are in `bytes` only. `letter`: those of
 * ASCII. `room`: bytes that are there; a character that the load cut off counts as a letter, so that its run reaches
 * the end of the block and is read again from its start. */
static wide wide_letters(const fsc_planes *p, const unsigned char *s, uint64_t letter, uint32_t room)
{
    uint64_t there = room < FSC_BLOCK_LOAD ? ((uint64_t)1 << room) - 1 : UINT64_MAX;
    uint64_t sure = p->sure & (room < FSC_BLOCK_LOAD ? there >> 1 : UINT64_MAX);
    wide w = {sure, sure << 1, sure | sure << 1, 0};
    for (uint64_t left = p->look & there; left; left &= left - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(left), len = s[i] < 0xE0 ? 2 : 3;
        uint64_t bit = left & -left;
        if (i + len > FSC_BLOCK_LOAD && room > FSC_BLOCK_LOAD) {
            w.lead |= bit;
            w.bytes |= UINT64_MAX << i;
            break;
        }
        if (i + len > room)
            break;
        uint32_t cp = fsc_char_decode(s, i, i + len, &len);
        unsigned run = fsc_ucd_run_of(cp);
        uint64_t all = len == 2 ? bit | bit << 1 : bit | bit << 1 | bit << 2;
        if (cp == 0x2019) {
            w.curly |= bit;
        } else if (is_letter(run, len)) {
            w.lead |= bit;
            w.tail |= bit << (len - 1);
            w.bytes |= all;
        } else if ((run & FSC_RUN_GLUE) && cp < GLUE_END && (letter | w.bytes) & bit >> 1) {
            w.bytes |= all;
        }
    }
    return w;
}

/* Which of the marks at `left`, between word characters, join them. */
static uint64_t joining(const unsigned char *s, uint64_t left, uint64_t letters, uint64_t digits)
{
    uint64_t marks = 0;
    for (; left; left &= left - 1) {
        unsigned char c = s[__builtin_ctzll(left)];
        uint64_t bit = left & -left, kind = c == '\'' ? letters : c == '.' || c == ',' ? digits : 0;
        marks |= c == '-' ? bit : bit & kind;
    }
    return marks;
}

void fsc_block_read(fsc_block *out, const unsigned char *s, uint32_t at, uint32_t end, uint32_t size)
{
    unsigned char copy[FSC_BLOCK_LOAD];
    const unsigned char *bytes = s + at;
    uint32_t room = end - at;
    if (size - at < FSC_BLOCK_LOAD) {
        memset(copy, 0, sizeof copy);
        memcpy(copy, bytes, size - at);
        bytes = copy;
    }
    fsc_planes p;
    fsc_planes_read(&p, bytes);
    uint64_t there = room < FSC_BLOCK_LOAD ? ((uint64_t)1 << room) - 1 : UINT64_MAX;
    uint64_t letter = p.letter & there, digit = p.digit & there, kept = UINT64_MAX >> (64 - FSC_BLOCK);
    wide w = {0};
    if (p.high)
        w = wide_letters(&p, bytes, letter, room);
    // bytes behind and before a letter, and behind and before a digit
    uint64_t behind = (letter | w.tail) << 1, before = (letter | w.lead) >> 1, digits = digit << 1 & digit >> 1;
    uint64_t marks = p.mark & (behind | digit << 1) & (before | digit >> 1);
    if (marks)
        marks = joining(bytes, marks, behind & before, digits);
    uint64_t curly = w.curly & behind & before >> 2;
    curly |= curly << 1 | curly << 2;
    uint64_t others = marks | digit, upper = p.upper & letter;
    *out = (fsc_block){.at = at, .wide = w.bytes | curly};
    out->first = (letter | digit | w.lead) & kept;
    out->word = (letter | others | w.bytes | curly) & kept;
    out->plain = p.blank & out->first >> 1;
    out->upper = upper;
    out->close = out->wide | (upper & (upper >> 1 | others << 1 | others >> 1));
    if (size - at < FSC_BLOCK_LOAD + FSC_BLOCK_AHEAD)
        out->close = UINT64_MAX;
}
