/* Inside engine: a store as the source of a job's records, beside the inputs that ingest opens. */
#ifndef FSC_ENGINE_STORED_P_H
#define FSC_ENGINE_STORED_P_H

#include "engine/engine_p.h"
#include "store/store.h"

/* Reads while another connection may write. Zeroed: nothing is open. */
typedef struct fsc_stored_source {
    fsc_store *store;
    fsc_store_reader *reader;
} fsc_stored_source;

int fsc_stored_open(fsc_stored_source *s, const char *path, enum fsc_store_which which, fsc_err *err);
void fsc_stored_close(fsc_stored_source *s);

/* `next` of a pool job: the raw record stands for a stored article, which lives in the batch's arena. */
int fsc_stored_next(void *source, fsc_raw *out, fsc_arena *arena, fsc_err *err);
static inline const fsc_stored *fsc_stored_of(const fsc_raw *raw)
{
    return (const fsc_stored *)(const void *)raw->data.data;
}

/* FSC_E_USAGE for options and inputs that --db excludes; sets the names of carried columns (--keep=a,b). */
int fsc_stored_options(fsc_run_state *r, fsc_err *err);

/* Compares the neighbours of each document whose chain has changed since it was last compared, and stores the edits. */
int fsc_stored_edits(const fsc_run_state *r, fsc_store *store, fsc_err *err);

/* The article of a raw record as the options want it: which parts are scored, which columns are carried. */
int fsc_stored_article(fsc_article *out, const fsc_raw *raw, const fsc_run_state *r, fsc_arena *arena, fsc_err *err);

#endif
