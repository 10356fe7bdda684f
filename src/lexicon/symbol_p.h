/*
 * symbol: the words of patterns, each interned once, while a set is being compiled.
 *
 * A symbol belongs to a form: the folded word (or wildcard) that types are compared with. Several symbols may share
 * a form: `may`, `=May` and `=MAY`. A class `{title}` is a symbol without a form; the forms of its
 * members give it as well.
 */
#ifndef FSC_LEXICON_SYMBOL_P_H
#define FSC_LEXICON_SYMBOL_P_H

#include "base/map.h"
#include "base/vec.h"
#include "lexicon/image_p.h"
#include "lexicon/source_p.h"

typedef struct fsc_lex_symbol {
    fsc_view exact;      /* what the text must have, case and all; empty: any case */
    fsc_view class_name; /* of a class, else empty */
    fsc_view language;   /* of a class: of the lexicon that names it */
    fsc_lex_place place; /* of a class: where it is named first */
    uint32_t form;       /* FSC_NONE: a class or built in */
    uint32_t next;       /* next symbol of the form, FSC_NONE */
    uint32_t flags;      /* enum fsc_lex_sym_flags */
    uint32_t member;     /* of a class: number of forms that give it */
    uint32_t tests;      /* see fsc_lex_sym */
    uint32_t first;
    uint64_t follows, later;
} fsc_lex_symbol;

/* A class given by a form; check: the symbol whose exact case is needed, or 0. */
typedef struct fsc_lex_implied {
    uint32_t symbol, check, next;
} fsc_lex_implied;

typedef struct fsc_lex_wordform {
    fsc_view text;
    bool wild;
    uint32_t symbol;  /* first symbol of the form, FSC_NONE */
    uint32_t implied; /* first implied class, FSC_NONE */
} fsc_lex_wordform;

typedef struct fsc_lex_symbols {
    fsc_arena *arena;
    const fsc_alloc *alloc;
    fsc_types *types; /* to cut pattern words as the text room cuts text */
    fsc_map by_name;  /* forms, exact forms and classes, by a letter and the text */
    fsc_vec(fsc_lex_symbol) symbol;
    fsc_vec(fsc_lex_wordform) form;
    fsc_vec(fsc_lex_implied) implied;
} fsc_lex_symbols;

int fsc_lex_symbols_init(fsc_lex_symbols *s, fsc_arena *arena, const fsc_alloc *alloc, fsc_err *err);
void fsc_lex_symbols_release(fsc_lex_symbols *s);

/* The symbol of a folded form or wildcard; `exact` empty, or the word in its case. FSC_NONE: out of memory. */
uint32_t fsc_lex_symbol_word(fsc_lex_symbols *s, fsc_view form, bool wild, fsc_view exact);

/* The symbol of a class; FSC_NONE: out of memory. Whether it has members shows when all entries are read. */
uint32_t fsc_lex_symbol_class(fsc_lex_symbols *s, fsc_view name, fsc_view language, fsc_lex_place place);

/* Makes the word of symbol `member` a member of class `symbol`. False: out of memory. */
bool fsc_lex_symbol_imply(fsc_lex_symbols *s, uint32_t member, uint32_t symbol);

/* The class symbol of a language and name if some pattern uses it, else FSC_NONE. */
uint32_t fsc_lex_symbol_find_class(const fsc_lex_symbols *s, fsc_view name, fsc_view language);

/* Fills the sections sym, form, list, wild, prefix, suffix, loose and the stem lengths; text goes to `string`. */
int fsc_lex_symbols_finish(fsc_lex_symbols *s, fsc_lex_image *image, fsc_lex_globals *globals, fsc_buf *string,
                           fsc_err *err);

/* Appends text to the section `string`. */
fsc_lex_str fsc_lex_string_add(fsc_buf *string, fsc_view text);

#endif
