/* What the two ways of running batches share: threads (pool.c) and processes (isolate.c). */
#ifndef FSC_ENGINE_POOL_P_H
#define FSC_ENGINE_POOL_P_H

#include "engine/engine_p.h"

#define FSC_QUEUED_BYTES (64u << 20) /* of input that waits to be written out */

typedef struct fsc_batch_limit {
    size_t bytes, records;
} fsc_batch_limit;

void fsc_batch_init(fsc_batch *b);
void fsc_batch_release(fsc_batch *b);
void fsc_batch_reset(fsc_batch *b);
/* 1: something to do, 0: the input has ended, < 0: failed; records may have been taken in each case. */
int fsc_batch_fill(fsc_batch *b, const fsc_pool_job *p, fsc_batch_limit limit, fsc_err *err);
/* Writes messages, rows of --errors and output, counts, shows progress, saves the state when it is time. */
int fsc_batch_write(const fsc_pool_job *p, fsc_batch *b, fsc_totals *totals, fsc_err *err);

/* The next record of the job's input, whatever that is; whether it is here already; and the digest of the records with one more. */
int fsc_pool_next(const fsc_pool_job *p, fsc_raw *out, fsc_arena *arena, fsc_err *err);
bool fsc_pool_ready(const fsc_pool_job *p);
uint64_t fsc_pool_digest(const fsc_pool_job *p, uint64_t digest, const fsc_raw *raw);

bool fsc_pool_cancelled(const fsc_pool_job *p);
/* Bytes of the output, counted. */
int fsc_pool_put(const fsc_pool_job *p, fsc_view bytes, fsc_totals *totals, fsc_err *err);

/* Runs all batches in processes of their own (--isolate). */
int fsc_isolate_run(const fsc_pool_job *p, fsc_totals *totals, fsc_err *err);

#endif
