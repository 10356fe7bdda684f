/*
 * example: sentences made from a pattern, for checking a lexicon.
 *
 * A pattern of at most FSC_LEX_EXAMPLES word sequences gives all of them; of others each alternative is met, as far as
 * that many go. A wildcard stands for nothing and for letters that no word has, a gap is short and long.
 */
#ifndef FSC_LEXICON_EXAMPLE_P_H
#define FSC_LEXICON_EXAMPLE_P_H

#include "lexicon/pattern_p.h"

#define FSC_LEX_EXAMPLES 64
/* Sentences made around one sequence: alone and among other words, with different words of its guards. */
#define FSC_LEX_FRAMES 20

/* A word that stands in no lexicon. */
#define FSC_LEX_FILLER "qzword"

typedef struct fsc_lex_examples {
    const fsc_schema *schema;
    fsc_lex_symbols symbols;
    fsc_map member; /* class name -> a word of it, in member_tree */
    fsc_vec(const fsc_lex_tree *) member_tree;
    fsc_view language;
    /* the entry at hand */
    fsc_lex_tree *tree, *before, *after;
    bool guarded;
    uint32_t sequences; /* number of sequences that are tried */
    bool complete;      /* they are all there are */
} fsc_lex_examples;

int fsc_lex_examples_init(fsc_lex_examples *x, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);
void fsc_lex_examples_release(fsc_lex_examples *x);

/* Takes an entry up. Its pattern has been compiled before. False: a regex or a rule, of which no examples can be made. */
int fsc_lex_examples_entry(bool *can, fsc_lex_examples *x, const fsc_entry *entry, fsc_view language, fsc_err *err);

/* Writes sentence `frame` around sequence `index`; false when it would be the same as an earlier one. Where the words of
 * the pattern itself stand is *span. */
bool fsc_lex_examples_write(fsc_lex_examples *x, uint32_t index, uint32_t frame, fsc_buf *out, fsc_span *span);

#endif
