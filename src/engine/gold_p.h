/*
 * gold: hand codes to validate against. A CSV with `id`, for sentences `sentence` (index from 0) or `start` (a byte of the text: the
 * sentence around it), where drawn `weight`, and one column a category: "causality" or "causality.cause". Sentence cells are 0 or 1, document cells numbers; an empty cell was not coded.
 */
#ifndef FSC_ENGINE_GOLD_P_H
#define FSC_ENGINE_GOLD_P_H

#include "base/map.h"
#include "engine/engine_p.h"

typedef struct fsc_gold_column {
    fsc_view name;
    uint32_t dimension, category; /* category FSC_NONE: any of the dimension */
} fsc_gold_column;

typedef struct fsc_gold_row {
    fsc_view id;
    uint32_t sentence;      /* FSC_NONE: the whole document, or given by start */
    uint32_t start;         /* a byte of the sentence, or FSC_NONE */
    uint32_t next;          /* next row of the same id, or FSC_NONE */
    double weight;
    const double *value;    /* one a column; NAN: not coded */
} fsc_gold_row;

typedef struct fsc_gold {
    fsc_gold_column *column;
    size_t column_count;
    fsc_gold_row *row;
    size_t row_count;
    fsc_map first;          /* id -> its first row */
    bool sentences;
} fsc_gold;

/* FSC_E_USAGE with line and remedy: no id column, an unknown category, a cell that is no number. */
int fsc_gold_read(fsc_gold *out, const char *path, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

#endif
