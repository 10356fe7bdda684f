/*
 * versions: which documents are versions of one article: chains by address, by id, by content, each in order of time.
 *
 * Nothing is read or compared here: documents come as a few fields and a set of hashes, chains go out as indices.
 *
 * Source: A. Broder (1997), "On the resemblance and containment of documents" (shingles, resemblance).
 */
#ifndef FSC_REVISION_VERSIONS_H
#define FSC_REVISION_VERSIONS_H

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "text/text.h"

typedef enum fsc_chain_by { FSC_BY_URL, FSC_BY_ID, FSC_BY_CONTENT } fsc_chain_by;
const char *fsc_chain_by_name(fsc_chain_by by);

/* Hashes of all runs of three folded words, rising, each once. Empty for texts below 40 words. */
typedef struct fsc_shingles {
    uint64_t *hash;
    size_t count;
} fsc_shingles;

int fsc_revision_shingles(fsc_shingles *out, const fsc_text *text, const fsc_types *types, fsc_arena *arena,
                          fsc_err *err);

/* Share of all shingles of both that both have, 0 to 1. */
double fsc_revision_resemblance(const fsc_shingles *a, const fsc_shingles *b);

/* An address without scheme, "www.", fragment, tracking parameters and last slash; the host in lower case. Empty when
 * memory runs out or for an empty address. */
fsc_view fsc_revision_url_key(fsc_view url, fsc_arena *arena);

/* Seconds since 1970 of an ISO 8601 date, or date and time with an offset (none: UTC). false: no such. */
bool fsc_revision_time(int64_t *out, fsc_view date);

typedef struct fsc_chain_item {
    fsc_view url, canonical, id; /* id: the record's own, or empty */
    fsc_view source;
    fsc_view captured, modified, published;
    fsc_shingles shingles;
} fsc_chain_item;

typedef struct fsc_chain {
    fsc_chain_by by;
    fsc_view key;
    uint32_t *version; /* indices into the list given, in order of time */
    size_t count;
} fsc_chain;

/* Every document is in one chain. An address decides where there is one; else an id that others share; else
 * content: resemblance of at least 0.2. Time is the first of captured, modified, published that all versions of a
 * chain have; without one, and for equal times, the order given. Chains stand in the order of their first document. */
int fsc_revision_chains(fsc_chain **out, size_t *out_count, const fsc_chain_item *v, size_t count, fsc_arena *arena,
                        fsc_arena *scratch, fsc_err *err);

#endif
