/* Inside engine: context, worker, pool, and the verbs. The public door is framescope.h. */
#ifndef FSC_ENGINE_ENGINE_P_H
#define FSC_ENGINE_ENGINE_P_H

#include <stdatomic.h>

#include "base/file.h"
#include "base/temp.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "batch/batch.h"
#include "dict/dict.h"
#include "engine/options_p.h"
#include "export/export.h"
#include "extract/extract.h"
#include "framescope.h"
#include "framing/framing.h"
#include "ingest/ingest.h"
#include "lexicon/lexicon.h"
#include "model/model.h"
#include "revision/revision.h"
#include "text/text.h"
#include "voice/voice.h"

/* The shipped lexicons, laid out at build time, and what the rooms look up in them (builtin.c). */
fsc_view fsc_builtin_image(void);
fsc_view fsc_builtin_rules(void);
/* The shipped files one after the other; *rest is {0} at first. false: no more. */
bool fsc_builtin_next(fsc_view *rest, fsc_lexicon_source *out);

/* Lexicons and what the rooms looked up in them. Frozen once made, shared by all threads. */
struct fsc_ctx {
    fsc_arena arena;
    fsc_lexset *lexset;
    const fsc_schema *schema;
    fsc_voice_rules *voice;
    fsc_framing_rules *framing;
    fsc_revision_rules *revision;
    fsc_view run;               /* digest of version and lexicons */
    uint32_t about;             /* resource category of the target of --about, or FSC_NONE */
    const char **dimension;     /* names of the schema's dimensions, NUL-ended */
    fsc_lexicon_notes notes;    /* what was dirty in dictionaries of other tools, and entries left out of them */
    const char **note;          /* the same as text */
    size_t note_count;
    bool foreign;               /* the file to check is one */
    bool loud;                  /* all entries make hits, and nothing may be analysed but those: checking a resource lexicon */
};

/* What voice, framing and revision look up in a schema. */
typedef struct fsc_rules {
    fsc_voice_rules *voice;
    fsc_framing_rules *framing;
    fsc_revision_rules *revision;
} fsc_rules;

/* Looks all of it up, and lays it out as bytes, which fsc_rules_open borrows (rules.c). */
int fsc_rules_image(fsc_buf *out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);
int fsc_rules_open(fsc_rules *out, fsc_view image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* One thread's working memory. */
typedef struct fsc_worker {
    const fsc_ctx *ctx;
    unsigned lacks;             /* enum fsc_lacks: what its analyses are made without */
    fsc_types *types;
    fsc_matcher *matcher;
    fsc_arena document, scratch;
} fsc_worker;

/* As fsc_ctx_new, with a target for --about: a pattern, or a file of patterns, one a line. NULL: none. What is not asked for is left
 * out: it would cost every start of the program. */
enum fsc_ctx_wants {
    FSC_CTX_ANALYSES = 1 << 0, /* voice and framing; without it there are hits only */
    FSC_CTX_COMPARES = 1 << 1
};
int fsc_ctx_make(fsc_ctx **out, const fsc_config *config, const char *about, unsigned wants, fsc_err *err);

/* A context of the shipped resource lexicons and one file, whose faulty entries are left out with a note in `arena`; *index is the
 * file's lexicon in the set. For `lexicon check`. */
int fsc_ctx_check(fsc_ctx **out, uint32_t *index, fsc_lexicon_notes *notes, const char *path, fsc_arena *arena, fsc_err *err);

/* Leaves only sentences scored that mention the target of the context; words are counted anew (about.c). */
int fsc_about_restrict(const fsc_ctx *ctx, fsc_analysis *a, fsc_arena *arena, fsc_err *err);

/* Fills low and high of each score: bootstrap over sentences from ten scored ones on, else the exact Poisson interval times W / n. */
int fsc_score_intervals(fsc_analysis *a, fsc_arena *scratch, fsc_err *err);

/* `w` stays where it is until it is released: its matcher knows it. */
int fsc_worker_init(fsc_worker *w, const fsc_ctx *ctx, unsigned lacks, fsc_err *err);
void fsc_worker_release(fsc_worker *w);

/* Forgets the last document: arenas above 1 MiB are given back, the type table is capped. */
void fsc_worker_reset(fsc_worker *w);

/* Item -> article -> analysis, in `arena`. With a bad record or an empty text the article alone is filled. */
int fsc_worker_article(fsc_worker *w, fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena, fsc_err *err);
/* The text and its hits alone, for a context made with FSC_CTX_HITS. */
int fsc_worker_hits(fsc_worker *w, fsc_analysis *out, const fsc_article *article, fsc_arena *arena, fsc_err *err);
int fsc_worker_analyze(fsc_worker *w, fsc_analysis *out, const fsc_article *article, fsc_arena *arena, fsc_err *err);

/* What counts as a difference (compare.c). */
typedef struct fsc_compare {
    unsigned ignore;            /* enum fsc_revision_ignore */
    unsigned parts;             /* 1 << fsc_part_kind; 0: all */
    double least;               /* share of the words that must change, 0 to 1 */
} fsc_compare;

int fsc_compare_read(fsc_compare *out, const fsc_options *o, fsc_err *err);
/* Leaves only the parts asked for: the text is theirs, joined by blank lines. */
int fsc_compare_parts(fsc_article *a, const fsc_compare *c, fsc_arena *arena, fsc_err *err);
/* Both analyses are of this worker, without a reset between. The result lives in the worker's document arena. */
int fsc_worker_compare(fsc_worker *w, fsc_delta *out, const fsc_analysis *a, const fsc_analysis *b, unsigned ignore, fsc_err *err);

/* ---------------------------------------------------------------- target */

/*
 * Output of one job: the file of -o, or the sink; beside it the file of --errors. A kept target outlives the process: now and then what is
 * written is synced and its journal says how far the input is done, so that --resume goes on from there.
 */
typedef struct fsc_target {
    fsc_outfile file, errors;
    bool is_file, has_errors;
    const fsc_sink *sink;
    fsc_buf *collect;           /* set: bytes are gathered here for a later step, and nothing is written */
    int (*take)(void *user, fsc_view bytes, fsc_err *err); /* set: the bytes of a batch go here, in input order, and nothing is written */
    int (*mark)(void *user, const fsc_totals *totals, bool now, fsc_err *err); /* set: behind each batch, in place of a journal */
    void *user;                 /* of take and mark */
    fsc_journal *journal;       /* NULL: not kept */
    fsc_digest *digest;         /* of the output, for a manifest; or NULL */
    fsc_totals start;           /* what older runs did; all zero without --resume */
    uint64_t saved;             /* raw records that the journal claims */
    uint64_t step;              /* bytes of input from one line of the journal to the next; 0: by time */
    uint64_t saved_bytes;
    double due;                 /* by time: seconds of the clock when the next line is written */
} fsc_target;

/* ---------------------------------------------------------------- pool */

/* The unit of work: up to about 256 KiB of input or 64 records. Owns its input and its output. */
typedef struct fsc_batch {
    fsc_arena input;
    fsc_raw *raw;
    size_t raw_count, raw_done; /* taken from the input; run without being stopped */
    fsc_buf out, message;       /* message: lines, each led by its level as a digit */
    fsc_spill spill;            /* of `out`: too many rows of one record wait in `spilled` */
    bool has_spilled;           /* the file is open */
    fsc_temp spilled;
    fsc_buf errors;             /* rows of --errors */
    uint64_t records, failed, differ, outcome[FSC_RECORD_COUNT];
    uint64_t place;             /* bytes of the inputs read when it was full */
    int state;
    int status;                 /* first failure of a worker */
    fsc_err err;
} fsc_batch;

/* What a job does with one record. Runs on any thread with that thread's worker, which is reset behind it. */
typedef int (*fsc_record_fn)(void *job, fsc_worker *w, fsc_batch *b, const fsc_raw *raw, fsc_err *err);

typedef struct fsc_pool_job {
    const fsc_ctx *ctx;
    unsigned lacks;             /* enum fsc_lacks: what `run` reads of no analysis */
    fsc_ingest *in;             /* NULL: `next` gives the records */
    int (*next)(void *user, fsc_raw *out, fsc_arena *arena, fsc_err *err); /* as fsc_ingest_next */
    void *user;                 /* of next */
    fsc_record_fn run;
    void *job;
    unsigned workers;
    const fsc_sink *sink;
    fsc_target *out;
    fsc_view foot;              /* written after the last batch */
    fsc_view head;              /* written before the first batch, or at the end when no input was missing */
    bool quiet;
    bool isolate;               /* records run in processes of their own */
    double timeout;             /* seconds that a record may take, 0: any; with isolate */
} fsc_pool_job;

/* Reads all records, runs the job on batches, writes output and messages in input order. Records that older runs did (out->start) are passed
 * over; FSC_E_CONFIG when they are not what they were. When the sink cancels, each worker ends its record and FSC_E_CANCELLED is returned. */
int fsc_pool_run(const fsc_pool_job *p, fsc_totals *totals, fsc_err *err);

/* Adds a message line to a batch: level 0 note, 1 record failed, 2 error. */
void fsc_batch_message(fsc_batch *b, int level, fsc_view source, const char *status, fsc_view reason);
/* Counts a record by its outcome; a failed one gets its message and its row of --errors. */
void fsc_batch_count(fsc_batch *b, fsc_view id, fsc_view source, fsc_record_status status, fsc_view reason);

/* ---------------------------------------------------------------- verbs */

typedef struct fsc_run_state {
    const fsc_ctx *ctx;
    const fsc_options *opt;
    const fsc_sink *sink;
    fsc_arena *arena;
    fsc_export_options export;
    fsc_view settings;          /* what the digest of the run stands for, a line each */
    fsc_view identity;          /* lines that name all that the output depends on but the input */
    const fsc_plan *plan;       /* --shard: of what it is a part; else NULL */
    fsc_manifest *manifest;     /* of that part, whole once its sha256 is set */
    bool recorded;              /* the record beside the output stays as it is */
} fsc_run_state;

/* Each returns the exit code of the command and sets err for codes 2, 3, 5. */
int fsc_run_documents(fsc_run_state *r, fsc_err *err);
int fsc_run_like(fsc_run_state *r, fsc_err *err); /* score --like */
int fsc_run_diff(fsc_run_state *r, fsc_err *err);
int fsc_run_revisions(fsc_run_state *r, fsc_err *err);
int fsc_groups_by(const fsc_run_state *r, fsc_view units, fsc_buf *out, fsc_err *err);
/* CSV as columns that line up on a terminal: numbers to the right. */
int fsc_align(fsc_buf *out, fsc_view csv, fsc_arena *scratch, fsc_err *err);
/* Writes a finished CSV, as a table where that is the format. */
int fsc_write_rows(const fsc_run_state *r, fsc_target *target, const fsc_buf *rows, fsc_err *err);
int fsc_concordance(const fsc_run_state *r, fsc_view rows, fsc_buf *out, fsc_err *err);
int fsc_run_validate(fsc_run_state *r, fsc_err *err);
int fsc_run_ingest(fsc_run_state *r, fsc_err *err);
int fsc_run_export(fsc_run_state *r, fsc_err *err);
int fsc_run_search(fsc_run_state *r, fsc_err *err);
int fsc_run_report(fsc_run_state *r, fsc_err *err);
int fsc_run_lexicon(fsc_run_state *r, fsc_err *err);
int fsc_run_plan(fsc_run_state *r, fsc_err *err);
int fsc_run_merge(fsc_run_state *r, fsc_err *err);

/* With --shard: reads the plan and checks that it is of this run. *done: the part is there, whole. */
int fsc_shard_open(fsc_run_state *r, bool *done, fsc_err *err);
int fsc_shard_ranges(const fsc_run_state *r, fsc_ingest_options *opt, fsc_err *err);
/* What names the run of options whose context is not made yet, and its form ("csv"). FSC_E_USAGE when parts of that form cannot be put together. */
int fsc_run_identity(fsc_run_state *r, fsc_view *identity, fsc_view *form, fsc_err *err);
int fsc_run_lexicon_convert(fsc_run_state *r, const char *from, const char *to, fsc_err *err);
int fsc_run_lexicon_check(fsc_run_state *r, const char *path, fsc_err *err);

/* Exit code of a status: 2 usage and lexicons, 3 reading and writing, 5 the rest. */
int fsc_exit_of(int status);

int fsc_target_open(fsc_target *t, const fsc_run_state *r, fsc_err *err);
/* A kept one, where the output can be: no pipe, no device, not in the hands of another process. With --resume anything else is an error. */
int fsc_target_open_kept(fsc_target *t, const fsc_run_state *r, fsc_err *err);
int fsc_target_write(fsc_target *t, fsc_view bytes, fsc_err *err);
int fsc_target_write_errors(fsc_target *t, fsc_view bytes, fsc_err *err);
/* Syncs and writes a line of the journal when it is time for one, or when `now`. Nothing for a target that is not kept. */
int fsc_target_save(fsc_target *t, const fsc_totals *totals, bool now, fsc_err *err);
/* Renames the file into place. When `status` is not 0 the file is dropped, or left to --resume when its journal claims something.
 * Returns the first failure. */
int fsc_target_close(fsc_target *t, int status, fsc_err *err);

/* Exit code of a job over records, after its output was closed; says how many failed. `in` may be NULL. */
int fsc_run_exit(const fsc_run_state *r, const fsc_ingest *in, const fsc_totals *t, int status, fsc_err *err);

/* datapackage.json beside the output, once that is in place. */
int fsc_package_write(const fsc_run_state *r, const fsc_export *x, fsc_err *err);

/* The folder of --format brat: a batch's documents become pairs of files, numbered in input order. */
typedef struct fsc_brat {
    const char *folder;
    uint64_t count;
} fsc_brat;
int fsc_brat_open(fsc_brat *b, fsc_target *t, const fsc_run_state *r, fsc_err *err);
void fsc_brat_add(const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out);

fsc_ingest_options fsc_run_ingest_options(const fsc_run_state *r, fsc_view map, fsc_view keep);
/* Opens the inputs of a documents or pairs job by the options. */
int fsc_run_open(fsc_ingest **out, const fsc_run_state *r, const char *const *path, size_t count, fsc_view map, fsc_view keep, fsc_err *err);
/* Says what could not be read; true when something could not. */
bool fsc_run_missing(const fsc_run_state *r, const fsc_ingest *in, fsc_err *err);
fsc_extract_options fsc_run_extract(const fsc_options *o);
unsigned fsc_run_workers(const fsc_options *o);
void fsc_run_message(const fsc_sink *sink, int level, const char *text);

#endif
