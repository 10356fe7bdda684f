/*
 * pattern: the text of a pattern -> a tree over symbols. The syntax is in lexicons/README.md.
 */
#ifndef FSC_LEXICON_PATTERN_P_H
#define FSC_LEXICON_PATTERN_P_H

#include "lexicon/symbol_p.h"

typedef enum fsc_lex_tree_kind {
    FSC_LEX_TREE_EMPTY,
    FSC_LEX_TREE_WORD,     /* one word: `symbol` */
    FSC_LEX_TREE_SEQUENCE, /* children one after the other */
    FSC_LEX_TREE_CHOICE,   /* one of the children */
    FSC_LEX_TREE_GAP,      /* min to max words */
    FSC_LEX_TREE_FIRST,    /* ^ */
    FSC_LEX_TREE_LAST      /* $ */
} fsc_lex_tree_kind;

typedef struct fsc_lex_tree fsc_lex_tree;
struct fsc_lex_tree {
    fsc_lex_tree_kind kind;
    uint32_t symbol;
    uint32_t min, max;
    uint32_t at; /* byte offset in the pattern, for messages */
    fsc_lex_tree *child, *next;
};

enum fsc_lex_pattern_use {
    FSC_LEX_USE_ENTRY,  /* a pattern cell: alternatives stand in parentheses */
    FSC_LEX_USE_BEFORE, /* a guard: `a|b`; `^` may stand first, a gap last */
    FSC_LEX_USE_AFTER,  /* a guard: `$` may stand last, a gap first */
    FSC_LEX_USE_NEED    /* words to look for: `a|b` */
};

/* Longest pattern, in words with its gaps; deepest nesting of groups. */
#define FSC_LEX_MAX_WORDS 128
#define FSC_LEX_MAX_DEPTH 16

/* Parses `text`, which stands at `place`, in a lexicon of `language`. FSC_E_LEXICON with line and column. */
int fsc_lex_pattern_parse(fsc_lex_tree **out, fsc_view text, enum fsc_lex_pattern_use use, fsc_lex_symbols *symbols,
                          fsc_view language, fsc_lex_place place, fsc_err *err);

/* Number of word sequences the tree stands for, at most `limit`. */
uint32_t fsc_lex_tree_sequences(const fsc_lex_tree *tree, uint32_t limit);

/* True when its matches may have several lengths, counted in words. */
bool fsc_lex_tree_stretches(const fsc_lex_tree *tree);

#endif
