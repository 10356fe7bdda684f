/*
 * look: what can be told of a guard before its nodes are asked (sections look and test), while a set is being compiled.
 */
#ifndef FSC_LEXICON_LOOK_P_H
#define FSC_LEXICON_LOOK_P_H

#include "lexicon/automaton_p.h"

/* Fills the sections, and `look` of the guards of the image. Equal roots share looks. */
int fsc_lex_looks_finish(fsc_lex_image *image, fsc_lex_symbols *symbols, fsc_lex_guard *guard, fsc_err *err);

/* Word flags that may make a word a member of the built-in classes (bits by symbol); all bits for any word. */
uint32_t fsc_lex_class_words(uint32_t classes);

#endif
