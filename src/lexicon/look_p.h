/*
 * look: what can be told of a guard before its nodes are asked (sections look and test), while a set is being compiled.
 */
#ifndef FSC_LEXICON_LOOK_P_H
#define FSC_LEXICON_LOOK_P_H

#include "lexicon/automaton_p.h"

/* A guard of an entry: what it is (enum fsc_lex_head_flags) and its root, a place in `code`; then where it stands. */
typedef struct fsc_lex_guard {
    uint32_t flags, root;
    uint32_t look;
} fsc_lex_guard;

/* Fills the sections and `look` of the guards, which stand in their order. */
int fsc_lex_looks_finish(fsc_lex_image *image, fsc_lex_symbols *symbols, fsc_lex_guard *guard, size_t count, fsc_err *err);

/* Word flags that may make a word a member of the built-in classes (bits by symbol); all bits for any word. */
uint32_t fsc_lex_class_words(uint32_t classes);

#endif
