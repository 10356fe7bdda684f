/*
 * framescope: how a text frames its subject, and how an edit changes that.
 *
 * Two layers. Objects, for programs and bindings: a context (lexicons, frozen once made), sessions (one thread's
 * working memory), documents with their analysis, deltas between two documents. And jobs: fsc_run does what
 * the command `framescope` does, with its output given to a sink.
 *
 *     fsc_ctx *ctx; fsc_session *session; fsc_doc *doc; char *json; size_t len;
 *     fsc_ctx_new(&ctx, NULL, NULL);
 *     fsc_session_new(&session, ctx, NULL);
 *     fsc_doc_from_text(&doc, session, "Crime plunges despite rhetoric.", 31, NULL, 0, NULL);
 *     fsc_doc_json(doc, &json, &len, NULL);
 *     ... fsc_free(json); fsc_doc_free(doc); fsc_session_free(session); fsc_ctx_free(ctx);
 *
 * Threads: a context may be shared by all threads. A session, its documents and deltas belong to one thread at
 * a time. There is no global state.
 * Ownership: what a call returns through `out` is the caller's and has a _free; getters return borrowed memory that
 * lives as long as their object. Text is UTF-8; offsets are bytes, [start, end).
 * Errors: calls return 0 or a negative status; `err` (may be NULL) gets code and message, the first error wins. The
 * library never prints, exits or aborts.
 */
#ifndef FRAMESCOPE_H
#define FRAMESCOPE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FSC_API __attribute__((visibility("default")))

typedef struct fsc_err fsc_err;
typedef struct fsc_ctx fsc_ctx;
typedef struct fsc_session fsc_session;
typedef struct fsc_doc fsc_doc;

/* "0.1.0" */
FSC_API const char *fsc_version(void);

/* Frees what a call handed over as char *. NULL is allowed. */
FSC_API void fsc_free(void *ptr);

/* An error record for the `err` parameters; NULL when memory runs out. */
FSC_API fsc_err *fsc_err_new(void);
FSC_API void fsc_err_free(fsc_err *err);
/* 0: no error since the last clear. */
FSC_API int fsc_err_code(const fsc_err *err);
/* "file:line:column: text", borrowed until the next use of err; "" without an error. */
FSC_API const char *fsc_err_message(fsc_err *err);
FSC_API void fsc_err_clear(fsc_err *err);

/* ---------------------------------------------------------------- context */

/* All members may be zero. `size` is sizeof(fsc_config): later versions add members at the end. */
typedef struct fsc_config {
    uint32_t size;
    uint32_t lexicon_count;
    const char *const *lexicon;   /* names of shipped lexicons, or files, also in other tools' formats; none: all shipped ones */
    const char *lexicon_dir;      /* folder of .tsv files used instead of the shipped ones */
} fsc_config;

/* config NULL: the shipped lexicons. A bad lexicon fails with file, line and column. */
FSC_API int fsc_ctx_new(fsc_ctx **out, const fsc_config *config, fsc_err *err);
/* What was dirty in a dictionary of another tool and how it was taken, "file:line: text"; borrowed. NULL: no more. */
FSC_API const char *fsc_ctx_note(const fsc_ctx *ctx, size_t index);
FSC_API void fsc_ctx_free(fsc_ctx *ctx);
/* Digest of version and lexicons (and, in output of fsc_run, of the options that decide): 16 hex digits. */
FSC_API const char *fsc_ctx_run(const fsc_ctx *ctx);
/* Dimensions by index, NULL beyond the last: "causality"... */
FSC_API const char *fsc_ctx_dimension(const fsc_ctx *ctx, size_t index);

FSC_API int fsc_session_new(fsc_session **out, const fsc_ctx *ctx, fsc_err *err);
/* Its documents must have been freed. */
FSC_API void fsc_session_free(fsc_session *session);

/* ---------------------------------------------------------------- documents */

/* Plain text, with an optional headline (title, title_len; NULL: none). Analysed at once. */
FSC_API int fsc_doc_from_text(fsc_doc **out, fsc_session *session, const char *text, size_t len, const char *title,
                              size_t title_len, fsc_err *err);
/* A page, charset by the WHATWG order; url may be NULL. A bad page is a document whose status says so. */
FSC_API int fsc_doc_from_html(fsc_doc **out, fsc_session *session, const char *html, size_t len, const char *url, fsc_err *err);
FSC_API void fsc_doc_free(fsc_doc *doc);

/* "ok", "empty", ... */
FSC_API const char *fsc_doc_status(const fsc_doc *doc);
/* The text that all offsets point into. */
FSC_API const char *fsc_doc_text(const fsc_doc *doc, size_t *len);
/* A metadata field by its JSON name ("title", "author", "published"...); NULL: not known. NUL-ended copy. */
FSC_API const char *fsc_doc_field(fsc_doc *doc, const char *name);
/* Words in scored parts. */
FSC_API uint32_t fsc_doc_words(const fsc_doc *doc);

/* Places of all words / sentences: pairs start, end; *count pairs. */
FSC_API const uint32_t *fsc_doc_words_at(fsc_doc *doc, size_t *count);
FSC_API const uint32_t *fsc_doc_sentences_at(fsc_doc *doc, size_t *count);

/* One cue. Strings are borrowed from the document and NUL-ended; speaker and direction may be NULL. */
typedef struct fsc_cue_info {
    uint32_t size;                /* set by the caller: sizeof(fsc_cue_info) */
    uint32_t start, end, sentence;
    int32_t weight;               /* thousandths */
    uint8_t scored, negated;
    const char *dimension, *category, *voice, *speaker, *direction, *lexicon, *entry;
} fsc_cue_info;
FSC_API size_t fsc_doc_cue_count(const fsc_doc *doc);
FSC_API int fsc_doc_cue(fsc_doc *doc, size_t index, fsc_cue_info *out, fsc_err *err);

/* Sums of one dimension; weights in thousandths; rates and balance are NAN where there is none. */
typedef struct fsc_score_info {
    uint32_t size;                /* set by the caller: sizeof(fsc_score_info) */
    uint32_t n, own_n, headline_n;
    int64_t weight, pos, neg;
    double rate, own_rate, balance, logit;
} fsc_score_info;
FSC_API int fsc_doc_score(const fsc_doc *doc, const char *dimension, fsc_score_info *out, fsc_err *err);

/* The whole analysis as one line of JSON; *out is the caller's (fsc_free). */
FSC_API int fsc_doc_json(const fsc_doc *doc, char **out, size_t *len, fsc_err *err);

/* Two versions compared, as one line of JSON; *out is the caller's (fsc_free). Same session for both. */
FSC_API int fsc_diff_json(const fsc_doc *a, const fsc_doc *b, char **out, size_t *len, fsc_err *err);

/* ---------------------------------------------------------------- jobs */

/* Where a job's output goes. write returns 0, or another value to stop the job. message gets one line without its
 * newline for each bad record or note (level 0 note, 1 record failed, 2 error). cancelled may be NULL. */
typedef struct fsc_sink {
    uint32_t size;
    uint32_t width;               /* columns of the terminal, 0: not a terminal */
    int32_t colour;               /* terminal sequences allowed */
    void *user;
    int (*write)(void *user, const char *data, size_t len);
    void (*message)(void *user, int level, const char *text);
    int (*cancelled)(void *user);
    /* NULL, or called now and then: bytes done, bytes in all (0: not known), records, failed records */
    void (*progress)(void *user, uint64_t done, uint64_t total, uint64_t records, uint64_t failed);
} fsc_sink;

/*
 * Runs a verb with its options and inputs, as the command line takes them: argv[0] is the verb. Returns the exit code
 * of the command: 0 done, 1 --strict or all records failed, 2 usage, 3 file unreadable or output not written, 5
 * internal. ctx NULL: one is made from the job's lexicon options; with a ctx those options are refused.
 */
FSC_API int fsc_run(const fsc_ctx *ctx, int argc, const char *const *argv, const fsc_sink *sink, fsc_err *err);

/* Help of a verb (NULL: the command), man page source, completion script for "bash" or "zsh"; fsc_free. NULL: no such. */
FSC_API char *fsc_help(const char *verb);
FSC_API char *fsc_man(void);
FSC_API char *fsc_completion(const char *shell);

#ifdef __cplusplus
}
#endif

#endif
