/*
 * glob: words with wildcards. FSC_LEX_RUN stands for any run of characters, FSC_LEX_ONE for one character.
 */
#ifndef FSC_LEXICON_GLOB_P_H
#define FSC_LEXICON_GLOB_P_H

#include "lexicon/image_p.h"

/* True when the whole of `text` (UTF-8) fits. Time is at most the product of the lengths. */
bool fsc_lex_glob(fsc_view glob, fsc_view text);

/* Bytes of the literal start (or end) of a glob, cut to FSC_LEX_STEM. */
size_t fsc_lex_glob_stem(fsc_view glob, bool end);

/* FNV-1a over the bytes of a stem; an end is read backwards, so that both grow by one byte a step. */
#define FSC_LEX_STEM_SEED 0x811C9DC5u
static inline uint32_t fsc_lex_stem_step(uint32_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 0x01000193u;
}

static inline uint32_t fsc_lex_stem_mix(uint32_t hash)
{
    return hash ^ hash >> 15;
}

uint32_t fsc_lex_stem_hash(const char *stem, size_t len, bool end);

#endif
