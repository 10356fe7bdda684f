/*
 * batch: work that outlasts one process or one machine. A journal says how far a run has come, so that the same command takes it up again.
 * A plan cuts a large job into shards; the manifest of a part says which shard it is, of which plan, and what its bytes are, so that a
 * merge need not trust a scheduler.
 *
 * Threads: every object belongs to one thread at a time.
 */
#ifndef FSC_BATCH_BATCH_H
#define FSC_BATCH_BATCH_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "ingest/ingest.h"
#include "codec/codec.h"
#include "model/model.h"

/* How far a run has come: what of the input is done, and what came of it. */
typedef struct fsc_totals {
    uint64_t taken, bytes;  /* raw records behind us, and their size */
    uint64_t digest;        /* of their addresses and bytes, in order */
    uint64_t records, failed, differ;
    uint64_t outcome[FSC_RECORD_COUNT]; /* records by status */
    uint64_t output, errors; /* bytes written of the output and of the file of --errors */
} fsc_totals;

/* The digest with one more record behind it. */
uint64_t fsc_totals_digest(uint64_t digest, const fsc_raw *raw);

/* ---------------------------------------------------------------- journal */

/*
 * OUTPUT.journal: the identity of a run (lines that name everything the output depends on but the input), then a line each time
 * the output is safely on the disk. Lines carry a check sum, so one that a crash tore is none. Source: write-ahead logs; the
 * order "data synced, then the line that claims them" is the caller's to keep.
 */
typedef struct fsc_journal fsc_journal;

/* The last whole line of the journal of `output`. *found false: there is no journal, or nothing in it. FSC_E_CONFIG when it is of another run:
 * the message names the first line of the identity that differs. FSC_E_READ. */
int fsc_journal_last(fsc_totals *out, bool *found, const char *output, fsc_view identity, fsc_err *err);

/* A journal for `output`: one that goes on (`resumed`), or a new one; nothing is on the disk before the first line. */
int fsc_journal_open(fsc_journal **out, const char *output, fsc_view identity, bool resumed, const fsc_alloc *alloc, fsc_err *err);

/* Adds a line and syncs it. */
int fsc_journal_add(fsc_journal *j, const fsc_totals *t, fsc_err *err);

/* Closes; `remove` when the run has ended well. NULL is allowed. */
void fsc_journal_close(fsc_journal *j, bool remove);

/* Removes the journal of `output` that an older run left. FSC_E_WRITE when it is there to stay. */
int fsc_journal_drop(const char *output, fsc_err *err);

/* ---------------------------------------------------------------- digest */

/* SHA-256 of bytes as they come. */
typedef struct fsc_digest fsc_digest;
int fsc_digest_new(fsc_digest **out, const fsc_alloc *alloc, fsc_err *err);
void fsc_digest_add(fsc_digest *d, fsc_view bytes);
/* Of what was added so far; more may follow. */
void fsc_digest_hex(const fsc_digest *d, char out[65]);
void fsc_digest_free(fsc_digest *d);

/* ---------------------------------------------------------------- plan */

typedef struct fsc_shard {
    fsc_ingest_range *range;
    size_t range_count;
} fsc_shard;

/* Shards tile the inputs in their order. In files, messages and options they are numbered from 1. */
typedef struct fsc_plan {
    fsc_shard *shard;
    size_t count;
    fsc_view extension;     /* of the parts: "csv" */
    fsc_view identity;      /* of the run, as in its journal */
    char digest[17];        /* of the plan's file, once read */
} fsc_plan;

/* Cuts the inputs (files and folders) into `shards` of about equal size, at borders of records where the kind has such; 0: between files only,
 * so that each shard has 64 MiB or is a file. There may be fewer shards than asked for. FSC_E_READ, FSC_E_USAGE. */
int fsc_plan_make(fsc_plan *out, const char *const *path, size_t count, const fsc_ingest_options *opt, uint64_t shards, fsc_arena *arena, fsc_err *err);

void fsc_plan_write(fsc_buf *out, const fsc_plan *p);
/* FSC_E_READ, FSC_E_CONFIG with the line. */
int fsc_plan_read(fsc_plan *out, const char *path, fsc_arena *arena, fsc_err *err);

/* Files that run the shards of a plan in `folder`, from the working folder `here`. Each NUL-ended, to be written by the caller. */
typedef struct fsc_job_file {
    const char *name;
    fsc_buf text;
} fsc_job_file;
enum { FSC_JOB_FILES = 4 };
/* command: verb and options as given, without inputs. Texts are released by the caller. */
void fsc_plan_jobs(fsc_job_file out[FSC_JOB_FILES], const fsc_plan *p, const char *folder, const char *here, const fsc_view *command, size_t count);

/* ---------------------------------------------------------------- parts */

/* What the manifest of a part (PART.run.json) says of it. */
typedef struct fsc_manifest {
    fsc_view run;           /* digest of version, lexicons and options */
    char plan[17];
    uint64_t shard, shards; /* from 1 */
    fsc_totals totals;
    char sha256[65];        /* of the part's bytes */
} fsc_manifest;

/* "folder/part-0007.csv" */
fsc_view fsc_manifest_part(const char *folder, uint64_t shard, fsc_view extension, fsc_arena *arena);
/* The member "part" of the manifest. */
void fsc_manifest_put(fsc_json_writer *w, const fsc_manifest *p);
/* 1 read, 0 there is none that is whole, < 0 failed. */
int fsc_manifest_read(fsc_manifest *out, const char *part, fsc_arena *arena, fsc_err *err);

/* Has the part the length that its manifest claims? */
bool fsc_manifest_whole(const fsc_manifest *m, const char *part);

/* Checks that all parts of the plan in `folder` are there, each once, of one run, and of the length that they claim. FSC_E_MISMATCH names what is not,
 * shards that are missing as a list that Slurm takes ("3,7,12-14"). Bytes are the business of whoever reads them. */
int fsc_manifest_check(fsc_manifest *out, const fsc_plan *p, const char *folder, fsc_arena *arena, fsc_err *err);

/* A whole number that JSON text holds, up to 2^64 - 1. NULL is none. */
bool fsc_json_is_u64(const fsc_json *v, uint64_t *out);

#endif
