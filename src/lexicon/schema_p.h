/*
 * schema: names, poles and order of dimensions and categories, while a set is being compiled.
 */
#ifndef FSC_LEXICON_SCHEMA_P_H
#define FSC_LEXICON_SCHEMA_P_H

#include "base/map.h"
#include "lexicon/image_p.h"
#include "lexicon/source_p.h"

typedef struct fsc_lex_named_pole {
    fsc_view name;
    uint32_t dimension;
    int32_t pole;
    fsc_lex_place place;
} fsc_lex_named_pole;

typedef struct fsc_lex_names {
    fsc_arena *arena;
    fsc_map by_name; /* dimensions, categories and resources, by a letter and the name */
    fsc_vec(fsc_lex_dimension) dimension;
    fsc_vec(fsc_lex_category) category; /* in order of first mention */
    fsc_vec(fsc_view) category_name;
    fsc_vec(fsc_view) resource;
    fsc_vec(fsc_lex_named_pole) pole;
    fsc_view last_name; /* the category asked for last: entries of one stand together */
    uint32_t last_dimension, last_number;
    uint32_t *rank; /* by category: its place when grouped by dimension */
} fsc_lex_names;

void fsc_lex_names_init(fsc_lex_names *n, fsc_arena *arena);

/* Declares the dimension of a scored lexicon with its poles and rules. */
int fsc_lex_names_dimension(fsc_lex_names *n, const fsc_lex_file *file, fsc_buf *string, uint32_t *out, fsc_err *err);

/* The category of a dimension, or a resource category (dimension FSC_NONE); new ones are added. */
int fsc_lex_names_category(fsc_lex_names *n, uint32_t dimension, fsc_view name, uint32_t *out, fsc_err *err);

/* Gives categories their poles, adds those that only #poles names, groups them by dimension; fills `rank` and the
 * sections dimension, category, resource. */
int fsc_lex_names_finish(fsc_lex_names *n, fsc_lex_image *image, fsc_buf *string, fsc_err *err);

#endif
