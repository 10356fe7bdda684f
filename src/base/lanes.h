/*
 * lanes: sixteen bytes at once. Where a test of bytes says "go on" nearly always, this asks sixteen of them in a few steps.
 *
 * A test gives lanes that are set where a byte qualifies; tests are joined by fsc_lanes_or, and fsc_lanes_bits turns the result into
 * sixteen bits, bit i for byte i, so that __builtin_ctz finds the first. SSE2 belongs to every x86-64; other machines take two words of eight
 * bytes. That second way is compiled everywhere (fsc_swar_*), and a test holds both equal.
 */
#ifndef FSC_BASE_LANES_H
#define FSC_BASE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(FSC_NO_SSE2)
#include <emmintrin.h>
#define FSC_LANES_SSE2 1
#endif

/* ---------------------------------------------------------------- two words */

#define FSC_SWAR_ONES UINT64_C(0x0101010101010101)
#define FSC_SWAR_TOPS UINT64_C(0x8080808080808080)

/* Byte i of memory is bits 8i..8i+7 of its word. As the result of a test the top bit of a byte counts, the others are zero. */
typedef struct fsc_swar {
    uint64_t w[2];
} fsc_swar;

static inline uint64_t fsc_swar_word(const void *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

static inline fsc_swar fsc_swar_two(const void *low, const void *high)
{
    return (fsc_swar){{fsc_swar_word(low), fsc_swar_word(high)}};
}

static inline fsc_swar fsc_swar_is(fsc_swar l, unsigned char c)
{
    fsc_swar r;
    for (int i = 0; i < 2; i++) {
        uint64_t x = l.w[i] ^ FSC_SWAR_ONES * c;
        r.w[i] = ~(((x & ~FSC_SWAR_TOPS) + ~FSC_SWAR_TOPS) | x) & FSC_SWAR_TOPS;
    }
    return r;
}

static inline fsc_swar fsc_swar_below(fsc_swar l, unsigned char c)
{
    fsc_swar r;
    for (int i = 0; i < 2; i++)
        r.w[i] = ~(((l.w[i] & ~FSC_SWAR_TOPS) + FSC_SWAR_ONES * (0x80u - c)) | l.w[i]) & FSC_SWAR_TOPS;
    return r;
}

static inline fsc_swar fsc_swar_or(fsc_swar a, fsc_swar b)
{
    return (fsc_swar){{a.w[0] | b.w[0], a.w[1] | b.w[1]}};
}

/* The product brings the eight top bits together in the highest byte. */
static inline unsigned fsc_swar_bits(fsc_swar l)
{
    unsigned low = (unsigned)(((l.w[0] & FSC_SWAR_TOPS) >> 7) * UINT64_C(0x0102040810204080) >> 56);
    unsigned high = (unsigned)(((l.w[1] & FSC_SWAR_TOPS) >> 7) * UINT64_C(0x0102040810204080) >> 56);
    return low | high << 8;
}

/* ---------------------------------------------------------------- what is used */

#ifdef FSC_LANES_SSE2

typedef __m128i fsc_lanes;

/* Eight bytes from each place. */
static inline fsc_lanes fsc_lanes_two(const void *low, const void *high)
{
    return _mm_unpacklo_epi64(_mm_loadl_epi64(low), _mm_loadl_epi64(high));
}

static inline fsc_lanes fsc_lanes_load(const void *p)
{
    return _mm_loadu_si128(p);
}

/* Bytes equal to c. */
static inline fsc_lanes fsc_lanes_is(fsc_lanes l, unsigned char c)
{
    return _mm_cmpeq_epi8(l, _mm_set1_epi8((char)c));
}

/* Bytes below c, 1 <= c <= 128. */
static inline fsc_lanes fsc_lanes_below(fsc_lanes l, unsigned char c)
{
    return _mm_cmpeq_epi8(_mm_min_epu8(l, _mm_set1_epi8((char)(c - 1))), l);
}

static inline fsc_lanes fsc_lanes_or(fsc_lanes a, fsc_lanes b)
{
    return _mm_or_si128(a, b);
}

/* The top bit of each byte: of a test, the bytes that qualify; of loaded bytes, those that are not ASCII. */
static inline unsigned fsc_lanes_bits(fsc_lanes l)
{
    return (unsigned)_mm_movemask_epi8(l);
}

#else

typedef fsc_swar fsc_lanes;
#define fsc_lanes_two fsc_swar_two
#define fsc_lanes_is fsc_swar_is
#define fsc_lanes_below fsc_swar_below
#define fsc_lanes_or fsc_swar_or
#define fsc_lanes_bits fsc_swar_bits

static inline fsc_lanes fsc_lanes_load(const void *p)
{
    return fsc_swar_two(p, (const char *)p + 8);
}

#endif

/*
 * Lanes of s[0..n), 1 <= n <= 16, and of no byte beyond: some bytes stand there twice, so this is for asking whether any byte
 * qualifies, not which.
 */
static inline fsc_lanes fsc_lanes_some(const char *s, size_t n)
{
    char piece[8];
    if (n >= 8)
        return fsc_lanes_two(s, s + n - 8);
    if (n >= 4) {
        memcpy(piece, s, 4);
        memcpy(piece + 4, s + n - 4, 4);
    } else {
        for (int i = 0; i < 8; i++)
            piece[i] = s[0];
        piece[1] = s[n / 2];
        piece[2] = s[n - 1];
    }
    return fsc_lanes_two(piece, piece);
}

#endif
