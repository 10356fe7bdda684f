/*
 * group: what score --by and compare gather: one unit a document and group, as plain numbers.
 *
 * Workers append units to their batch's output as bytes; the collector reads them back in input order, so results never depend on the
 * number of workers. Weights are integer thousandths, so sums do not depend on order either.
 */
#ifndef FSC_ENGINE_GROUP_P_H
#define FSC_ENGINE_GROUP_P_H

#include "engine/engine_p.h"

/* Sums of one dimension in one unit. */
typedef struct fsc_unit_sums {
    uint32_t n, own_n;
    int64_t weight, own_weight, pos, neg;
} fsc_unit_sums;

typedef struct fsc_unit_head {
    uint32_t size;          /* bytes of the whole unit, a multiple of 8 */
    uint32_t key_len;
    uint32_t words, own_words;
    uint64_t content;       /* hash of the document's text: copies are folded by it */
    uint64_t document;      /* number that units of one document share: its hash of id and source */
} fsc_unit_head;            /* then fsc_unit_sums a dimension, then the key, padded */

/* Adds the unit(s) of a document for a field: "site", "author", "month", "year", "day", "lang", "kind", "section", "genre", "speaker", or a
 * carried column. A document without a value belongs to the group "" (shown as empty). */
void fsc_unit_add(fsc_buf *out, const fsc_analysis *a, fsc_view field, fsc_arena *scratch);

/* One of the fields above that every document has (carried columns aside). */
bool fsc_unit_field_known(fsc_view field);

/* A group: its units in input order. */
typedef struct fsc_group {
    fsc_view key;
    uint32_t documents;
    uint64_t words, own_words;
    fsc_unit_sums *sums;            /* one a dimension */
    const fsc_unit_head **unit;     /* pointers into the collected bytes */
    size_t unit_count, unit_cap;
} fsc_group;

static inline const fsc_unit_sums *fsc_unit_sums_of(const fsc_unit_head *u)
{
    return (const fsc_unit_sums *)(u + 1);
}

/* Groups the collected units, sorted by key in byte order. */
int fsc_groups_read(fsc_group **out, size_t *count, fsc_view bytes, size_t dimensions, fsc_arena *arena, fsc_err *err);

#endif
