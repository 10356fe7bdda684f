/*
 * fold: see fsc_text_fold in text/text.h.
 */
#ifndef FSC_TEXT_FOLD_P_H
#define FSC_TEXT_FOLD_P_H

#include "base/view.h"

static inline unsigned char fsc_ascii_lower(unsigned char c)
{
    return (unsigned)c - 'A' < 26 ? (unsigned char)(c | 0x20) : c;
}

static inline bool fsc_ascii_letter(unsigned char c)
{
    return ((unsigned)c | 0x20) - 'a' < 26;
}

static inline bool fsc_ascii_upper(unsigned char c)
{
    return (unsigned)c - 'A' < 26;
}

static inline bool fsc_ascii_digit(unsigned char c)
{
    return (unsigned)c - '0' < 10;
}

/* True when no byte is above 127. */
bool fsc_fold_is_ascii(fsc_view v);

#endif
