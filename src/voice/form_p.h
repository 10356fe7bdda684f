/*
 * form_p: which word a word is, as numbers. A form of at most eight bytes is one number, so that asking whether a word is one of a few costs a
 * load and a compare each. Possessive 's is no part of a form.
 */
#ifndef FSC_VOICE_FORM_P_H
#define FSC_VOICE_FORM_P_H

#include "voice/voice_p.h"

/* Eight bytes as a number, the first lowest. Compilers make one load of it, and of a literal a constant. */
static inline uint64_t fsc_form_read(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
           (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/* A literal of at most eight bytes: a longer one does not compile. */
#define FSC_FORM(s) (fsc_form_read(s "\0\0\0\0\0\0\0\0") + 0 * sizeof(char[sizeof(s) <= 9 ? 1 : -1]))

/* The form of w with `bits` set in each of its bytes; 0: it is longer than eight. */
static inline uint64_t fsc_form_at(const fsc_vx *x, uint32_t w, uint64_t bits)
{
    const fsc_word *word = &x->text->word[w];
    fsc_view bytes = x->text->bytes;
    size_t len = word->flags & FSC_WORD_POSSESSIVE ? fsc_voice_words(x, w, w + 1).len : word->end - word->start;
    if (len == 0 || len > 8)
        return 0;
    char end[8] = {0};
    const char *at = bytes.data + word->start;
    if (bytes.len - word->start < 8)
        at = memcpy(end, at, bytes.len - word->start);
    return (fsc_form_read(at) | bits) & UINT64_MAX >> (64 - 8 * len);
}

/* The form of w as it stands in the text. */
static inline uint64_t fsc_vx_spelled(const fsc_vx *x, uint32_t w)
{
    return fsc_form_at(x, w, 0);
}

/* The same without regard to the case of ASCII letters, to be compared with forms of small letters and stops: this bit makes a letter of nothing
 * but a capital. */
static inline uint64_t fsc_vx_form(const fsc_vx *x, uint32_t w)
{
    return fsc_form_at(x, w, 0x2020202020202020u);
}

#endif
