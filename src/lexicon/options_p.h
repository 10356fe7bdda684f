/*
 * options: the cell "dir=down; names; !after=of|in" -> its parts.
 */
#ifndef FSC_LEXICON_OPTIONS_P_H
#define FSC_LEXICON_OPTIONS_P_H

#include "base/view.h"

typedef struct fsc_lex_option {
    fsc_view name, value; /* trimmed; value.data NULL: a flag */
} fsc_lex_option;

/* Cuts the next option off *rest ({NULL, 0} at the end); a backslash keeps a semicolon. False: no more. */
bool fsc_lex_option_next(fsc_view *rest, fsc_lex_option *out);

#endif
