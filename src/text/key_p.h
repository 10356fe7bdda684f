/*
 * key: loading keys of spellings from a text.
 */
#ifndef FSC_TEXT_KEY_P_H
#define FSC_TEXT_KEY_P_H

#include "text/types_p.h"

/* The up to eight bytes of s[p..size), the first in the lowest place; then zeros. */
static inline uint64_t fsc_load_tail(const unsigned char *s, uint32_t p, uint32_t size)
{
    uint64_t x = 0;
    for (uint32_t i = 0; i < 8 && p + i < size; i++)
        x |= (uint64_t)s[p + i] << (8 * i);
    return x;
}

/* The FSC_KEY_MAX bytes at s[p], of which a key is cut; all of them must be there. */
static inline fsc_key fsc_key_load_within(const unsigned char *s, uint32_t p)
{
    fsc_key key;
    memcpy(&key, s + p, sizeof key);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key = (fsc_key){__builtin_bswap64(key.k0), __builtin_bswap64(key.k1)};
#endif
    return key;
}

/* The bytes that fsc_key_load_within makes this key of. */
static inline void fsc_key_store(unsigned char out[FSC_KEY_MAX], fsc_key key)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key = (fsc_key){__builtin_bswap64(key.k0), __builtin_bswap64(key.k1)};
#endif
    memcpy(out, &key, sizeof key);
}

/* fsc_key_load_within with zeros for what lies beyond `size`. */
static inline fsc_key fsc_key_load(const unsigned char *s, uint32_t p, uint32_t size)
{
    if (size - p >= FSC_KEY_MAX)
        return fsc_key_load_within(s, p);
    return (fsc_key){fsc_load_tail(s, p, size), fsc_load_tail(s, p + 8, size)};
}

/* The first `len` bytes of a key, FSC_KEY_MAX at most. */
static inline fsc_key fsc_key_cut(fsc_key key, uint32_t len)
{
#define FSC_KEEP(n) UINT64_MAX >> (64 - 8 * (n))
    static const uint64_t keep[2][FSC_KEY_MAX + 1] = {
        {0, FSC_KEEP(1), FSC_KEEP(2), FSC_KEEP(3), FSC_KEEP(4), FSC_KEEP(5), FSC_KEEP(6), FSC_KEEP(7), FSC_KEEP(8),
         UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
        {0, 0, 0, 0, 0, 0, 0, 0, 0, FSC_KEEP(1), FSC_KEEP(2), FSC_KEEP(3), FSC_KEEP(4), FSC_KEEP(5), FSC_KEEP(6),
         FSC_KEEP(7), FSC_KEEP(8)},
    };
#undef FSC_KEEP
    return (fsc_key){key.k0 & keep[0][len], key.k1 & keep[1][len]};
}

/* Bit 0x20 of each byte that is an ASCII capital letter. */
static inline uint64_t fsc_capitals(uint64_t x)
{
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    uint64_t t = x & ~highs, from_a = t + ones * (0x80 - 'A'), after_z = t + ones * (0x7F - 'Z');
    return (from_a & ~after_z & ~x & highs) >> 2;
}

#endif
