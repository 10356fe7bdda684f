/*
 * versions: which documents are versions of one article: chains by address, by id, by content, each in order of time.
 *
 * Nothing is read or compared here: of each document only a few numbers are needed, chains go out as indices.
 *
 * Source: A. Broder (1997), "On the resemblance and containment of documents" (shingles, resemblance, sketches).
 */
#ifndef FSC_REVISION_VERSIONS_H
#define FSC_REVISION_VERSIONS_H

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"
#include "text/text.h"

typedef enum fsc_chain_by { FSC_BY_URL, FSC_BY_ID, FSC_BY_CONTENT } fsc_chain_by;
const char *fsc_chain_by_name(fsc_chain_by by);

/* Hashes that a text is known by, rising, each once: runs of three folded words; of a brief text (8 to 39 words) its
 * words. Empty for shorter ones. */
typedef struct fsc_shingles {
    uint64_t *hash;
    size_t count;
    bool brief;
} fsc_shingles;

int fsc_revision_shingles(fsc_shingles *out, const fsc_text *text, const fsc_types *types, fsc_arena *arena,
                          fsc_err *err);

/* Share of all shingles of both that both have, 0 to 1. */
double fsc_revision_resemblance(const fsc_shingles *a, const fsc_shingles *b);

/* The part of the shingles that stays in memory: the smallest, all of a brief text. */
size_t fsc_revision_sketch(const fsc_shingles *s);

/* An address without scheme, "www.", fragment, tracking parameters and last slash; the host in lower case. Empty when
 * memory runs out or for an empty address. */
fsc_view fsc_revision_url_key(fsc_view url, fsc_arena *arena);

/* 64 bits that stand for a key; never 0. */
uint64_t fsc_revision_key(fsc_view key);

/* Seconds since 1970 of an ISO 8601 date, or date and time with an offset (none: UTC). false: no such. */
bool fsc_revision_time(int64_t *out, fsc_view date);

#define FSC_NO_TIME INT64_MIN

typedef struct fsc_chain_item {
    uint64_t url, id;       /* fsc_revision_key of the address, and of the record's own id; 0: none */
    int64_t time[3];        /* captured, modified, published; FSC_NO_TIME: none */
    const uint64_t *sketch; /* of its shingles */
    uint32_t sketch_count;
    uint32_t shingle_count; /* of all */
    bool brief;
} fsc_chain_item;

/* Gives all shingles of a document, in `arena`. Asked for only where the sketch is not all of them. */
typedef struct fsc_shingle_source {
    int (*get)(void *user, uint32_t item, fsc_shingles *out, fsc_arena *arena, fsc_err *err);
    void *user;
} fsc_shingle_source;

typedef struct fsc_chain {
    fsc_chain_by by;
    uint32_t first;    /* the document that gives the chain its key */
    uint32_t *version; /* indices into the list given, in order of time */
    size_t count;
} fsc_chain;

/* Every document is in one chain. An address decides where there is one; else an id that others share; else content:
 * resemblance of at least 0.2 (0.13 where few others share what two texts share); for brief texts half of the weight of their words, which weigh by their rarity. Time is
 * the first of captured, modified, published that all versions of a chain have; without one, and for equal times, the
 * order given. Chains stand in the order of their first document. */
int fsc_revision_chains(fsc_chain **out, size_t *out_count, const fsc_chain_item *v, size_t count,
                        const fsc_shingle_source *source, fsc_arena *arena, fsc_err *err);

#endif
