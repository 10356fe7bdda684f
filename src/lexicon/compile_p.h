/*
 * compile: the state of one compilation, shared by compile.c (files, sections) and entry.c (rows).
 */
#ifndef FSC_LEXICON_COMPILE_P_H
#define FSC_LEXICON_COMPILE_P_H

#include "lexicon/automaton_p.h"
#include "lexicon/schema_p.h"

/* A one-word resource entry: the words that become members of classes of its category. */
typedef struct fsc_lex_member {
    fsc_view category, language;
    const fsc_lex_tree *tree;
} fsc_lex_member;

/* The guards of an entry: their roots, 0: none. */
typedef struct fsc_lex_guards {
    uint32_t root[FSC_LEX_GUARDS];
} fsc_lex_guards;

typedef struct fsc_lex_compiler {
    const fsc_alloc *alloc;
    fsc_arena arena;
    fsc_buf string;
    fsc_lex_symbols symbols;
    fsc_lex_automaton automaton;
    fsc_lex_names names;
    fsc_map guard; /* roots by kind, language and text */
    fsc_vec(fsc_entry) entry;
    fsc_vec(fsc_lex_regex) regex;
    fsc_vec(uint32_t) guarded;
    fsc_vec(fsc_lex_guards) guards;
    fsc_vec(fsc_lex_lexicon) lexicon;
    fsc_vec(fsc_lex_member) member;
    fsc_err *err;
    fsc_lexicon_notes *notes; /* entries of lenient sources that do not parse are noted here and left out; NULL: the first one fails */
    fsc_arena *notes_arena;
    const fsc_lexicon_source *source;
    size_t source_count;

    /* the file at hand */
    const fsc_lex_file *file;
    uint32_t dimension; /* FSC_NONE: a resource */
    fsc_map seen;       /* entries by pattern, category and guards -> line */
} fsc_lex_compiler;

/* Compiles one row of the file at hand. */
int fsc_lex_compile_row(fsc_lex_compiler *c, const fsc_lex_row *row);

#endif
