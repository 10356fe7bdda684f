/*
 * utf8: decoding, validation and repair. The rest of the library sees valid UTF-8 only.
 */
#ifndef FSC_BASE_UTF8_H
#define FSC_BASE_UTF8_H

#include "base/arena.h"

/*
 * The code point at s[0..len), len >= 1, and its length in *size (1-4). Not valid: returns UINT32_MAX and
 * *size is the length of the maximal subpart to replace (Unicode 15, 3.9, "U+FFFD substitution").
 */
uint32_t fsc_utf8_decode(const char *s, size_t len, unsigned *size);

/* Writes a code point (surrogates and > 0x10FFFF become U+FFFD); returns the bytes written (1-4). */
unsigned fsc_utf8_encode(char out[4], uint32_t cp);

/* Length of the longest valid prefix; == len when all is valid. Sixteen bytes a step where the machine can. */
size_t fsc_utf8_valid(const char *s, size_t len);

/*
 * `in` with each maximal invalid subpart replaced by U+FFFD; *repaired counts them. Valid input is
 * returned as it is, without a copy. {NULL, 0} when memory runs out (len > 0).
 */
fsc_view fsc_utf8_repair(fsc_arena *a, fsc_view in, uint32_t *repaired);

/* Number of code points / of UTF-16 units in valid UTF-8. */
size_t fsc_utf8_chars(fsc_view v);
size_t fsc_utf8_utf16(fsc_view v);

/* True when byte i of valid UTF-8 starts a character (or is the end). */
static inline bool fsc_utf8_is_start(unsigned char byte)
{
    return (byte & 0xC0) != 0x80;
}

#endif
