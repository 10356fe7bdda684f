/*
 * spool: what revisions keeps of each document between its two passes. The article and its shingles lie in a temporary file; in memory
 * stays what chains are made of: keys, times, a sketch.
 */
#ifndef FSC_ENGINE_SPOOL_P_H
#define FSC_ENGINE_SPOOL_P_H

#include "base/temp.h"
#include "engine/engine_p.h"

typedef struct fsc_spooled {
    uint64_t author;        /* of a post: who wrote it and where; 0: not known, or no post */
    uint64_t text;          /* stands for its bytes */
    uint64_t place;         /* in the file: the article, behind it its shingles where the sketch is not all of them */
    uint32_t article_size;
    uint8_t status;         /* fsc_record_status */
    bool deleted;
} fsc_spooled;

typedef struct fsc_spool {
    fsc_temp file;
    fsc_arena sketches, items, versions; /* one each, so that the lists grow in place */
    fsc_vec(fsc_chain_item) item;        /* of each version */
    fsc_vec(fsc_spooled) version;
} fsc_spool;

int fsc_spool_open(fsc_spool *s, const char *folder, fsc_err *err);
void fsc_spool_close(fsc_spool *s);

/* Any thread: a document as one record of bytes, keys and all. Links by content only what has no address. `chain`: what is known to
 * belong together has the same; 0: not known. */
int fsc_spool_pack(fsc_buf *out, const fsc_article *a, uint64_t chain, fsc_worker *w, fsc_err *err);
/* One thread: takes packed records, one after the other. */
int fsc_spool_take(fsc_spool *s, fsc_view records, fsc_err *err);
/* Writes what waits; from then on any thread may read. */
int fsc_spool_ready(fsc_spool *s, fsc_err *err);

/* An article as bytes of this run, and back: views into them, parts in the arena. */
void fsc_spool_put_article(fsc_buf *out, const fsc_article *a);
bool fsc_spool_get_article(fsc_article *out, fsc_view bytes, fsc_arena *arena);

int fsc_spool_article(const fsc_spool *s, uint32_t version, fsc_article *out, fsc_arena *arena, fsc_err *err);
/* For fsc_shingle_source; user is the spool. */
int fsc_spool_shingles(void *user, uint32_t version, fsc_shingles *out, fsc_arena *arena, fsc_err *err);

#endif
