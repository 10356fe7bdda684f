/*
 * swar: eight bytes a step through strings. Private to the room.
 *
 * Each test answers for a whole word whether some byte in it qualifies; which one is found byte by byte, so
 * byte order does not matter.
 */
#ifndef FSC_CODEC_SWAR_P_H
#define FSC_CODEC_SWAR_P_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define FSC_SWAR_ONES UINT64_C(0x0101010101010101)
#define FSC_SWAR_TOPS UINT64_C(0x8080808080808080)

static inline uint64_t fsc_swar_load(const char *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return w;
}

/* Non-zero when some byte of w equals c / is below c (c <= 128). */
static inline uint64_t fsc_swar_has(uint64_t w, unsigned char c)
{
    uint64_t x = w ^ (FSC_SWAR_ONES * c);
    return (x - FSC_SWAR_ONES) & ~x & FSC_SWAR_TOPS;
}

static inline uint64_t fsc_swar_below(uint64_t w, unsigned char c)
{
    return (w - FSC_SWAR_ONES * c) & ~w & FSC_SWAR_TOPS;
}

/* Bytes before the first '"' or '\\' of s[0..len); len when there is none. */
static inline size_t fsc_swar_string_run(const char *s, size_t len)
{
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t w = fsc_swar_load(s + i);
        if (fsc_swar_has(w, '"') | fsc_swar_has(w, '\\'))
            break;
    }
    while (i < len && s[i] != '"' && s[i] != '\\')
        i++;
    return i;
}

#endif
