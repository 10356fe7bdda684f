/*
 * store: articles, analyses and edits <-> one SQLite file, which is also a source of articles.
 *
 * The tables are in schema.def. A document is a page or post known by its address, its own id, its file, or its text; a version is one
 * text of it; a capture says when and where a version was seen. What is known already changes nothing, so the same input twice gives the
 * same rows, and rows never depend on how many threads made them.
 *
 * Workers pack an analysis into bytes (fsc_store_pack, any thread); the one thread that owns the store puts them in (fsc_store_put). All
 * that was put since the last commit, and the job's mark, are committed together: after a kill, what was marked is there and nothing else.
 * Several programs may read while one writes, and two may write: each waits for the other's transaction.
 *
 * Ownership: rows that are read are copied into the caller's arena. Threads: a store belongs to one thread; pack needs no store.
 * Errors: FSC_E_WRITE (disk full, read-only, another writer), FSC_E_READ (absent, damaged), FSC_E_CONFIG (not ours, newer schema).
 *
 * Source: sqlite.org, "File Format", "Write-Ahead Logging", "FTS5".
 */
#ifndef FSC_STORE_STORE_H
#define FSC_STORE_STORE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"

typedef struct fsc_store fsc_store;

/* READ needs an existing store; WRITE makes one where there is none. */
typedef enum fsc_store_mode { FSC_STORE_READ, FSC_STORE_WRITE } fsc_store_mode;

int fsc_store_open(fsc_store **out, const char *path, fsc_store_mode mode, fsc_err *err);

/* Commits when `status` is 0 and drops what is not committed otherwise; leaves a single file. Frees the store in any case; returns the
 * first failure. NULL is allowed. */
int fsc_store_close(fsc_store *s, int status, fsc_err *err);

/* ---------------------------------------------------------------- writing */

/* What analyses are made with. */
typedef struct fsc_store_run {
    fsc_view digest;        /* of program, options and lexicons */
    fsc_view program, settings;
    const fsc_schema *schema; /* outlives the store */
} fsc_store_run;

/* Makes `run` the one that follows are stored under, and the one that the views show. */
int fsc_store_begin(fsc_store *s, const fsc_store_run *run, fsc_err *err);

typedef enum fsc_known_by { FSC_KNOWN_URL, FSC_KNOWN_ID, FSC_KNOWN_SOURCE, FSC_KNOWN_CONTENT } fsc_known_by;

#define FSC_NO_TIME INT64_MIN

/* A document as it goes in: its analysis, what it is known by, and its times as seconds since 1970. */
typedef struct fsc_store_record {
    const fsc_analysis *analysis;   /* of an article that has no scores only `article` is read */
    fsc_known_by known_by;
    fsc_view key;
    int64_t captured, modified, published; /* FSC_NO_TIME: not known */
    int64_t version;                /* a version that is stored already and only analysed anew; 0: none */
} fsc_store_record;

/* Appends one record. Failure is in out->failed. */
void fsc_store_pack(fsc_buf *out, const fsc_store_record *r, fsc_arena *scratch);

typedef struct fsc_store_counts {
    uint64_t documents, versions, captures; /* new ones */
    uint64_t analyses;                      /* new ones */
    uint64_t known;                         /* records that changed nothing */
} fsc_store_counts;

/* Puts packed records in, in order. */
int fsc_store_put(fsc_store *s, fsc_view packed, fsc_err *err);
const fsc_store_counts *fsc_store_counted(const fsc_store *s);

/* How far a job has come. `position` is the program's own; `job` names the job: a digest of inputs and settings. */
typedef struct fsc_store_mark {
    fsc_view position;
    uint64_t records, failed;
    bool done;
} fsc_store_mark;

/* Written with the records put since the last commit. */
int fsc_store_mark_set(fsc_store *s, fsc_view job, const fsc_store_mark *mark, fsc_err *err);
/* What was committed: 1 found, 0 none, < 0 failed. */
int fsc_store_progress(fsc_store *s, fsc_view job, fsc_store_mark *out, fsc_arena *arena, fsc_err *err);

/* True when enough was put since the last commit (16 MiB, or 3 seconds) that one is worth its cost. */
bool fsc_store_is_due(const fsc_store *s);
int fsc_store_commit(fsc_store *s, fsc_err *err);

/* ---------------------------------------------------------------- articles out of the store */

typedef struct fsc_stored {
    int64_t document, version, capture;
    fsc_article article;
} fsc_stored;

typedef struct fsc_store_reader fsc_store_reader;

enum fsc_store_which {
    FSC_STORE_LATEST = 0,
    FSC_STORE_VERSIONS = 1,         /* all versions of each document, by number */
    FSC_STORE_MISSING = 2           /* versions with a text that have no analysis under the current run */
};

/* Articles by document. */
int fsc_store_read(fsc_store_reader **out, fsc_store *s, enum fsc_store_which which, fsc_err *err);
/* At most `limit` latest versions with a text, the one published last first. */
int fsc_store_recent(fsc_store_reader **out, fsc_store *s, int64_t limit, fsc_err *err);
/* 1 found, 0 end, < 0 failed. */
int fsc_store_next(fsc_store_reader *r, fsc_stored *out, fsc_arena *arena, fsc_err *err);
void fsc_store_reader_close(fsc_store_reader *r);
/* How many there will be, for progress. */
uint64_t fsc_store_reader_total(const fsc_store_reader *r);

/* Documents whose latest version has the words of a full-text query, best first, at most `limit`. A query that is not one for FTS5
 * (an apostrophe, a hyphen) is read as plain words that must all be there; *plain says so. */
int fsc_store_find(fsc_store_reader **out, fsc_store *s, fsc_view query, uint64_t limit, bool *plain, fsc_err *err);
/* Of the article that fsc_store_next has just given: where its text has words of the query. */
int fsc_store_matches(fsc_store_reader *r, const fsc_stored *found, fsc_span **out, size_t *count, fsc_arena *arena, fsc_err *err);

/* ---------------------------------------------------------------- chains of versions */

/* Documents whose edits are to be compared: all that came to have another chain, or have none compared under the run of
 * fsc_store_begin; their numbers, rising. */
int fsc_store_edited(fsc_store *s, int64_t **out, size_t *count, fsc_arena *arena, fsc_err *err);
/* All documents with more than one capture, rising. */
int fsc_store_chained(fsc_store *s, int64_t **out, size_t *count, fsc_arena *arena, fsc_err *err);
/* The captures of a document in order of time: by the first of captured, modified, published that all have; without one, and for equal
 * times, as they came in. Neighbours may be of the same version. */
int fsc_store_chain(fsc_store *s, int64_t document, fsc_stored **out, size_t *count, fsc_arena *arena, fsc_err *err);

/* One edit of a chain under the run of fsc_store_begin. */
typedef struct fsc_store_edit {
    int64_t from, to;               /* captures */
    int64_t reverts_to;             /* capture, or 0 */
    bool stealth;
    fsc_view types, summary;        /* as the columns of the table `revisions` */
    fsc_view scores;
} fsc_store_edit;

/* Replaces the edits of a document and marks it as compared. */
int fsc_store_edits_set(fsc_store *s, int64_t document, const fsc_store_edit *edit, size_t count, fsc_err *err);

/* ---------------------------------------------------------------- rows of a table */

typedef struct fsc_store_rows fsc_store_rows;

/* documents scores cues relations quotes revisions: rows by document, with the columns of their view. NULL name: no more. What a report
 * adds up can be opened too (rows.c): report.size units entries labels causes speakers edits. */
const char *fsc_store_table(size_t index);
int fsc_store_rows_open(fsc_store_rows **out, fsc_store *s, const char *table, fsc_err *err);
size_t fsc_store_rows_columns(const fsc_store_rows *r);
fsc_view fsc_store_rows_column(const fsc_store_rows *r, size_t i); /* lives as long as r */
/* 1 found, 0 end, < 0 failed; *cells has one cell a column, and lives until the next call. */
int fsc_store_rows_next(fsc_store_rows *r, const fsc_cell **cells, fsc_err *err);
void fsc_store_rows_close(fsc_store_rows *r);

/* ---------------------------------------------------------------- databases of other programs */

/* A database of a program that keeps versions of articles (foreign.def), as JSON lines: `pull` is an fsc_pull over what `open` gives.
 * FSC_E_USAGE: a store of ours, or of no known program; FSC_E_READ: absent or damaged. */
typedef struct fsc_store_foreign fsc_store_foreign;
int fsc_store_foreign_open(fsc_store_foreign **out, const char *path, fsc_err *err);
int64_t fsc_store_foreign_pull(void *foreign, char *out, size_t room, fsc_err *err);
void fsc_store_foreign_close(fsc_store_foreign *f);

#endif
