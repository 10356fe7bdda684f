/*
 * source: the text of a lexicon file -> head and rows. Knows lines, cells and head lines; nothing of patterns.
 */
#ifndef FSC_LEXICON_SOURCE_P_H
#define FSC_LEXICON_SOURCE_P_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "lexicon/lexicon.h"

/* Where something stands, for messages: line and column from 1, column in bytes; 0: not known. */
typedef struct fsc_lex_place {
    fsc_view path;
    uint32_t line, column;
} fsc_lex_place;

/* Records FSC_E_LEXICON with the place moved `offset` bytes to the right; returns it. */
int fsc_lex_fail(fsc_err *err, fsc_lex_place place, size_t offset, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* The columns, in the order of lexicons/README.md. */
typedef enum fsc_lex_column {
    FSC_LEX_PATTERN,
    FSC_LEX_CATEGORY,
    FSC_LEX_WEIGHT,
    FSC_LEX_OPTIONS,
    FSC_LEX_NOTE,
    FSC_LEX_COLUMNS
} fsc_lex_column;

/* The lines of the head. */
typedef enum fsc_lex_head {
    FSC_LEX_HEAD_LEXICON,
    FSC_LEX_HEAD_LANGUAGE,
    FSC_LEX_HEAD_VERSION,
    FSC_LEX_HEAD_LICENSE,
    FSC_LEX_HEAD_ROLE,
    FSC_LEX_HEAD_DIMENSION,
    FSC_LEX_HEAD_POLES,
    FSC_LEX_HEAD_RULES,
    FSC_LEX_HEAD_SOURCE,
    FSC_LEX_HEAD_LABEL,
    FSC_LEX_HEAD_OVERLAP,
    FSC_LEX_HEAD_PLAIN,
    FSC_LEX_HEADS
} fsc_lex_head;

typedef struct fsc_lex_row {
    fsc_view cell[FSC_LEX_COLUMNS];   /* without blanks around; empty when absent */
    uint32_t column[FSC_LEX_COLUMNS]; /* where each starts */
    uint32_t line;
} fsc_lex_row;

/* One file. Views point into its bytes or into the arena. */
typedef struct fsc_lex_file {
    fsc_view path;
    fsc_view bytes;
    fsc_view head[FSC_LEX_HEADS]; /* empty when absent; several sources are joined by "; "; of labels the last */
    fsc_lex_place head_place[FSC_LEX_HEADS];
    bool resource, rules, plain;
    fsc_overlap overlap;
    fsc_vec(fsc_lex_row) row;
} fsc_lex_file;

/* Reads a file. FSC_E_LEXICON with the place: not text, not UTF-8, a head line unknown or missing, a line too
 * long, too many cells. */
int fsc_lex_source_read(fsc_lex_file *out, const fsc_lexicon_source *source, fsc_arena *arena, fsc_err *err);

/* True for `[a-z][a-z0-9-]*`, levels joined by dots. */
bool fsc_lex_is_name(fsc_view name);

#endif
