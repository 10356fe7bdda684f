/*
 * chain: one chain of versions as a line of JSON: its versions, and what each edit changed.
 */
#ifndef FSC_ENGINE_CHAIN_P_H
#define FSC_ENGINE_CHAIN_P_H

#include "engine/spool_p.h"

/* What all writers share; frozen. */
typedef struct fsc_chain_job {
    const fsc_run_state *run;
    const fsc_spool *spool;
    const fsc_chain *chain;
    size_t count;
    fsc_compare compare;
    uint32_t *by_author;    /* chains whose first version has an author, by author, then time */
    size_t by_author_count;
} fsc_chain_job;

/* One thread's. */
typedef struct fsc_chain_writer {
    const fsc_chain_job *job;
    fsc_worker worker;
    fsc_arena side[2];      /* the two versions being compared, in turn */
    fsc_buf out;
    uint64_t edits, trivial, small; /* listed; left out as trivial, as below --min-change */
} fsc_chain_writer;

int fsc_chain_writer_init(fsc_chain_writer *w, const fsc_chain_job *job, fsc_err *err);
void fsc_chain_writer_release(fsc_chain_writer *w);

/* Appends the line of one chain to w->out. */
int fsc_chain_write(fsc_chain_writer *w, const fsc_chain *c, fsc_err *err);

/* Fills job->by_author. */
int fsc_chain_authors(fsc_chain_job *job, fsc_arena *arena, fsc_err *err);

/* What takes the place of a deleted post: among what its author posted in the week after, the chain whose first version is most like
 * it. *out: its index, or FSC_NONE. */
int fsc_chain_replacement(uint32_t *out, fsc_chain_writer *w, const fsc_chain *deleted, uint32_t version, fsc_err *err);

#endif
