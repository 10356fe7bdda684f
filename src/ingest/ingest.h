/*
 * ingest: where documents come from: files, folders, stdin, archives of files; the kinds of kinds.def.
 *
 * Two steps, so that the costly one runs on all workers: one thread pulls raw records (fsc_ingest_next, cutting
 * the stream at record borders only), any thread parses a raw record into an item (fsc_ingest_parse). Kinds are a
 * table (kinds.def): one line and one file each.
 *
 * Nothing is lost without a word: whatever cannot be read, is too large or malformed is a record with a status and a
 * reason that names the place. Text, JSON and CSV are repaired to valid UTF-8 here, once (item.repaired counts what
 * was replaced in the content); pages stay raw, extract decides their charset.
 *
 * Threads: next, missing, note and progress' writer side belong to one thread (progress itself may be asked from
 * any); parse may run on any number of threads, also while next runs.
 */
#ifndef FSC_INGEST_INGEST_H
#define FSC_INGEST_INGEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"

typedef struct fsc_ingest fsc_ingest;
typedef struct fsc_table fsc_table; /* header and column mapping of one CSV file; owned by the fsc_ingest */

/* A stretch of an input: the records that begin at or behind `start` and before `end`. `start` is 0 or the `at` of a raw record that is a border,
 * `line` its line. */
typedef struct fsc_ingest_range {
    const char *path;
    uint64_t start, end, line;
} fsc_ingest_range;

typedef struct fsc_ingest_options {
    fsc_view from;          /* kind forced by --from, or empty: by content, then by name */
    fsc_view map;           /* --map text=content,title=name; `title=` leaves a field out */
    fsc_view keep;          /* --keep: empty none, "*" all columns (CSV), else names "a,b" */
    fsc_view cdx;           /* --cdx FILE: a listing that chooses records of the archives among the paths; or empty */
    fsc_view filter;        /* --filter status=200,mime=text/html: which captures of that listing; or empty */
    unsigned zstd_window;   /* zstd windows up to 2^N bytes, 10 to 31; 0: 8 MiB */
    uint64_t max_record;    /* bytes; a larger record becomes `too-large` and is not held. 0: 64 MiB */
    bool every_line;        /* JSONL as a filter reads it: a blank line is a record too, an empty input has none */
    bool chunk_header;      /* and before each block of lines stands a line with their number */
    const fsc_ingest_range *range; /* read these instead of the paths; files only */
    size_t range_count;
} fsc_ingest_options;

/* One record as bytes, with its address. Lives in the arena given to fsc_ingest_next. */
typedef struct fsc_raw {
    int kind;               /* index into kinds.def */
    fsc_view data;
    fsc_view source;        /* as fsc_item.source */
    const fsc_table *table; /* CSV and TSV; the accounts beside posts of a JSON file */
    uint64_t line;          /* where the record begins, 1-based; 0: not known */
    uint64_t at;            /* where it begins in its input; packed: in the file when `border`, else in what it unpacks to */
    bool border;            /* its input can be cut here: a range may start at it */
    bool utf8;              /* a byte order mark settled the charset of a page */
    bool marked;            /* U+FEFF stood before the record as three bytes, and was taken off */
    uint32_t repaired;      /* broken UTF-16 replaced while reading */
    fsc_record_status status; /* decided while reading: too-large, unreadable; else OK */
    fsc_view reason;
} fsc_raw;

/* Opens the inputs (files, folders, "-"). A named path that is absent or unreadable is no failure here:
 * see fsc_ingest_missing. FSC_E_USAGE: unknown kind, bad --map, --keep or --filter. */
int fsc_ingest_open(fsc_ingest **out, const char *const *path, size_t count, const fsc_ingest_options *opt,
                    const fsc_alloc *alloc, fsc_err *err);
void fsc_ingest_close(fsc_ingest *in);

/* The next raw record: 1 found, 0 end, < 0 failed. Data is copied into `arena`. A named file with a
 * format fault (a CSV without a text column) fails with FSC_E_USAGE and a remedy; found in a folder it is a row. */
int fsc_ingest_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);

/* Parses a raw record. Thread-safe: `in` is only read. A bad record is a result (item.status, item.reason).
 * Views live in `arena` or in raw. */
int fsc_ingest_parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err);

/* Named inputs that could not be read so far: message `i` (0-based) or NULL. Exit code 3 when there is one. */
const char *fsc_ingest_missing(const fsc_ingest *in, size_t i);

/* Messages for the user about the inputs (chosen column mapping), one a line, or NULL. As above. */
const char *fsc_ingest_note(const fsc_ingest *in, size_t i);

/* Names of the columns that --keep carries (CSV: of the first file), for the header of the output. Known from the start
 * and never changed: with "*" the first input's header is read by fsc_ingest_open. Items carry their values in this
 * order. */
const fsc_view *fsc_ingest_keep_names(const fsc_ingest *in, size_t *count);

/* Is the next line here already, so that fsc_ingest_next need not wait for whoever writes it? For every_line; true otherwise. */
bool fsc_ingest_ready(const fsc_ingest *in);

/* The input that the last record came from, and its size (0: not known); NULL before the first. */
const char *fsc_ingest_input(const fsc_ingest *in, uint64_t *size);

/* Bytes read and bytes in all (0: not known), for progress. */
void fsc_ingest_progress(const fsc_ingest *in, uint64_t *done, uint64_t *total);

#endif
