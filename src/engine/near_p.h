/*
 * near: copies and near-copies among texts that come one after the other. A text is told by a hash of all of it and a sketch of its runs of words.
 */
#ifndef FSC_ENGINE_NEAR_P_H
#define FSC_ENGINE_NEAR_P_H

#include "base/map.h"
#include "base/vec.h"
#include "engine/engine_p.h"

/* The smallest hashes of a text's runs of three words: the share that two texts have in common estimates their resemblance (bottom-k
 * sketch; Broder 1997). Texts below 40 words have none. */
enum { FSC_SKETCH = 32 };
typedef struct fsc_sketch {
    uint32_t count;
    uint32_t value[FSC_SKETCH];     /* ascending */
} fsc_sketch;

/* As the cell that the column `sketch` holds, into the analysis; and back. false: not a sketch. */
int fsc_sketch_put(fsc_analysis *a, fsc_worker *w, fsc_err *err);
bool fsc_sketch_get(fsc_sketch *out, fsc_view cell);

int fsc_sketch_make(fsc_sketch *out, const fsc_text *text, const fsc_types *types, fsc_arena *scratch, fsc_err *err);

/* Resemblance of two sketched texts, 0..1; 0 when one has no sketch. */
double fsc_sketch_resemblance(const fsc_sketch *a, const fsc_sketch *b);

/* The texts met so far. What is added is borrowed and must outlive it. */
typedef struct fsc_near_node {
    const fsc_sketch *sketch;
    uint32_t number;
    uint32_t next, depth;           /* an earlier text with the same hash, or FSC_NONE; how many there are */
} fsc_near_node;
typedef struct fsc_near {
    fsc_arena *arena;
    fsc_map exact, hash;            /* content -> number; hash of a sketch -> its newest node */
    fsc_vec(fsc_near_node) node;
} fsc_near;

void fsc_near_init(fsc_near *n, fsc_arena *arena);
/* The number of a text that is the same, or resembles this one by 0.8 or more; FSC_NONE. */
uint32_t fsc_near_find(const fsc_near *n, const uint64_t *content, const fsc_sketch *s);
/* false: out of memory. */
bool fsc_near_add(fsc_near *n, const uint64_t *content, const fsc_sketch *s, uint32_t number);

#endif
