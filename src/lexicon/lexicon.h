/*
 * lexicon: lexicon files -> one compiled set -> hits in a text.
 *
 * File format, pattern syntax and options: lexicons/README.md. A set is compiled once (long arena), then frozen
 * and shared by all threads. A matcher belongs to one worker and holds what it learnt of word types: a
 * type is resolved once (exact forms, wildcards, classes, case), so that wildcards cost nothing per word.
 * All hits are kept; what overlaps is decided later (framing).
 */
#ifndef FSC_LEXICON_LEXICON_H
#define FSC_LEXICON_LEXICON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"
#include "text/text.h"

typedef struct fsc_lexset fsc_lexset;
typedef struct fsc_matcher fsc_matcher;

/* The head of one lexicon file. Views live as long as the set. */
typedef struct fsc_lexicon_info {
    fsc_view name, language, version, license, role, dimension, poles, source;
    uint32_t entry_count;
} fsc_lexicon_info;

/* One lexicon to compile: its text and the path that messages name. `line`, when set, has for each line of the text
 * the line of the file it was made from (a dictionary of another tool): messages and entries name that one. */
typedef struct fsc_lexicon_source {
    fsc_view path, bytes;
    const uint32_t *line;
    size_t line_count;
    bool lenient; /* see fsc_lexset_compile_lenient */
} fsc_lexicon_source;

/* Something to say about a place of a lexicon file; line and column from 1, 0: not known. */
typedef struct fsc_lexicon_note {
    fsc_view path, text;
    uint32_t line, column;
} fsc_lexicon_note;

typedef struct fsc_lexicon_notes {
    fsc_lexicon_note *data;
    size_t len, cap;
} fsc_lexicon_notes;

/*
 * Compiles lexicon files together. A pattern that does not parse gives FSC_E_LEXICON with path, line and column.
 * *out is the caller's (fsc_lexset_free). 3,000 patterns take below 10 ms.
 */
int fsc_lexset_compile(fsc_lexset **out, const fsc_lexicon_source *source, size_t count,
                       const fsc_alloc *alloc, fsc_err *err);

/*
 * The same, but entries of lenient sources that do not parse are left out, each with a note in the arena: for checking a
 * lexicon, and for dictionaries of other tools. What is wrong with a whole file still fails.
 */
int fsc_lexset_compile_lenient(fsc_lexset **out, fsc_lexicon_notes *notes, const fsc_lexicon_source *source, size_t count,
                               fsc_arena *arena, fsc_err *err);

/*
 * The same, laid out for loading without parsing: position-independent bytes for the binary's read-only
 * data. A set opened from an image borrows its bytes and starts in well below a millisecond.
 */
int fsc_lexset_image(fsc_buf *out, const fsc_lexset *set, fsc_err *err);
int fsc_lexset_open(fsc_lexset **out, fsc_view image, const fsc_alloc *alloc, fsc_err *err);

void fsc_lexset_free(fsc_lexset *set);

/* Names, categories and entries of the set; borrowed. */
const fsc_schema *fsc_lexset_schema(const fsc_lexset *set);

/* The lexicons in the set, in order of compilation; borrowed. */
const fsc_lexicon_info *fsc_lexset_lexicons(const fsc_lexset *set, size_t *count);

/* The value of an option of an entry: "dir=down; names" with name "dir" gives "down". A flag gives a view of
 * length 0 with data set; an absent option {NULL, 0}. */
fsc_view fsc_entry_option(const fsc_schema *s, const fsc_entry *entry, const char *name);

/* The options of an entry one after the other; *rest is the text of entry->options at first. A flag has value {NULL, 0}. false: no more. */
bool fsc_entry_next_option(fsc_view *rest, fsc_view *name, fsc_view *value);

/* Index of a category of a dimension ("causality", "cause"), of a dimension, of a resource category; FSC_NONE. */
uint32_t fsc_schema_category(const fsc_schema *s, const char *dimension, const char *category);
uint32_t fsc_schema_dimension(const fsc_schema *s, const char *dimension);
uint32_t fsc_schema_resource(const fsc_schema *s, const char *resource);

/* What fsc_lexicon_check finds out about entries. */
typedef enum fsc_finding_kind {
    FSC_FINDING_NEVER,     /* cannot match: no sentence made from it does */
    FSC_FINDING_DUPLICATE, /* finds the same as `other`, with the same category and options */
    FSC_FINDING_SHADOWED,  /* wherever it matches `other` does too, and takes the place */
    FSC_FINDING_OVERLAP,   /* `count` entries of its category meet entries of the category of `other` */
    FSC_FINDING_PAIR,      /* of a pair= label: one entry only, or weights that differ */
    FSC_FINDING_KINDS
} fsc_finding_kind;

typedef struct fsc_finding {
    fsc_finding_kind kind;
    uint32_t entry, other; /* FSC_NONE: no other */
    uint32_t count;
    fsc_view text; /* what to know and do, one sentence */
} fsc_finding;

typedef struct fsc_findings {
    fsc_finding *data;
    size_t len, cap;
    uint32_t untried; /* regexes: no example can be made of them */
} fsc_findings;

/*
 * Examines the entries of one lexicon of a set, by its index. Examples are made from each pattern (its alternatives, its
 * wildcards with and without letters, its gaps short and long, its guards) and matched; so what is found holds for the
 * matcher as it is. Wildcards and more than 64 alternatives are sampled. In order of entries, overlaps and pairs last.
 */
int fsc_lexicon_check(fsc_findings *out, const fsc_lexset *set, uint32_t lexicon, fsc_arena *arena, fsc_err *err);

/* A matcher for one worker over its type table. The set and the types must outlive it. */
int fsc_matcher_new(fsc_matcher **out, const fsc_lexset *set, fsc_types *types, const fsc_alloc *alloc, fsc_err *err);
void fsc_matcher_free(fsc_matcher *m);

/*
 * Entries that are heard but not seen. When `quiet` says so of an entry, the places where it is a word by itself
 * (whatever its case and neighbours) make no hits; the tags that `quiet` adds to *add are given to the word's type
 * (fsc_hits.tags). All its other hits stand. Asked once a type and entry. To be set before the first match;
 * `user` must outlive the matcher.
 */
typedef bool fsc_quiet_fn(const void *user, uint32_t entry, fsc_tags *add);
void fsc_matcher_quiet(fsc_matcher *m, fsc_quiet_fn *quiet, const void *user);

/* All hits of all entries in a text analysed with the matcher's types; sorted as fsc_hits says. */
int fsc_match(fsc_hits *out, fsc_matcher *m, const fsc_text *text, fsc_arena *arena, fsc_err *err);

#endif
