/*
 * string: runs of bytes in JSON strings that need no care, sixteen bytes a step. Private to the room.
 */
#ifndef FSC_CODEC_STRING_P_H
#define FSC_CODEC_STRING_P_H

#include "base/lanes.h"

/* Bytes before the first '"' or '\\' of s[0..len); len when there is none. */
static inline size_t fsc_string_run(const char *s, size_t len)
{
    size_t i = 0;
    for (; i + 16 <= len; i += 16) {
        fsc_lanes l = fsc_lanes_load(s + i);
        unsigned found = fsc_lanes_bits(fsc_lanes_or(fsc_lanes_is(l, '"'), fsc_lanes_is(l, '\\')));
        if (found)
            return i + (size_t)__builtin_ctz(found);
    }
    while (i < len && s[i] != '"' && s[i] != '\\')
        i++;
    return i;
}

/* Bytes before the first that JSON text must escape, or that may begin U+2028/9 (E2 80 A8/A9). */
static inline size_t fsc_string_plain_run(const char *s, size_t len)
{
    size_t i = 0;
    for (; i + 16 <= len; i += 16) {
        fsc_lanes l = fsc_lanes_load(s + i);
        fsc_lanes marks = fsc_lanes_or(fsc_lanes_is(l, '"'), fsc_lanes_is(l, '\\'));
        unsigned found = fsc_lanes_bits(fsc_lanes_or(marks, fsc_lanes_or(fsc_lanes_below(l, 0x20), fsc_lanes_is(l, 0xE2))));
        if (found)
            return i + (size_t)__builtin_ctz(found);
    }
    for (; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0xE2)
            break;
    }
    return i;
}

#endif
