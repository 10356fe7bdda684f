/*
 * set: what a compiled set of lexicons is made of.
 */
#ifndef FSC_LEXICON_SET_P_H
#define FSC_LEXICON_SET_P_H

#include "lexicon/image_p.h"
#include "lexicon/lexicon.h"

struct fsc_lexset {
    const fsc_alloc *alloc;
    fsc_arena arena; /* schema and infos */
    fsc_view bytes;  /* the image */
    char *owned;     /* the image's memory when it is the set's own */
    fsc_lex_image image;
    fsc_schema schema;
    fsc_lexicon_info *info;
    size_t info_count;
};

/* A set over an image that it takes over (`owned`, by `alloc`), also on failure. */
int fsc_lex_set_over(fsc_lexset **out, char *owned, size_t len, const fsc_alloc *alloc, fsc_err *err);

#endif
