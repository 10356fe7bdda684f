/*
 * word: one word of a pattern with its wildcards, escapes and glued alternatives -> the forms it stands for.
 */
#ifndef FSC_LEXICON_WORD_P_H
#define FSC_LEXICON_WORD_P_H

#include "lexicon/symbol_p.h"

/* One form: usually one symbol; several when the text room cuts it into several words (`and/or`). */
typedef struct fsc_lex_word_form {
    uint32_t *symbol;
    size_t count;
} fsc_lex_word_form;

typedef struct fsc_lex_word {
    fsc_lex_symbols *symbols;
    fsc_view text;       /* the pattern */
    size_t pos;          /* in: where the word starts; out: behind it */
    fsc_lex_place place; /* of the pattern */
    fsc_err *err;
    fsc_vec(fsc_lex_word_form) form; /* out */
} fsc_lex_word;

/* FSC_E_LEXICON with line and column; FSC_E_NOMEM. */
int fsc_lex_word_parse(fsc_lex_word *w);

#endif
