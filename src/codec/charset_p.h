/*
 * charset, private: the encodings and the search for a label in a page.
 */
#ifndef FSC_CODEC_CHARSET_P_H
#define FSC_CODEC_CHARSET_P_H

#include "base/arena.h"

typedef enum fsc_charset_decoder {
    FSC_DECODER_UTF8, FSC_DECODER_SINGLE, FSC_DECODER_WINDOWS_1252, FSC_DECODER_MULTI, FSC_DECODER_REPLACEMENT,
    FSC_DECODER_UTF16BE, FSC_DECODER_UTF16LE, FSC_DECODER_USER_DEFINED
} fsc_charset_decoder;

typedef struct fsc_charset {
    const char *name;               /* as in the standard */
    fsc_charset_decoder decoder;
    const char *iconv_name;         /* SINGLE and MULTI */
    const char *labels;             /* lower case, separated by blanks */
} fsc_charset;

/* The encoding of a label, or NULL. */
const fsc_charset *fsc_charset_find(fsc_view label);

/* The encoding that the page's <meta> elements declare in its first 1,024 bytes, or NULL. */
const fsc_charset *fsc_charset_prescan(fsc_view page);

#endif
