/*
 * group: what score --by and compare gather: one unit a document and group, as plain numbers and counted terms.
 *
 * Workers append units to their batch's output as bytes; the collector reads them back in input order and puts those of a group in an
 * order of their own (fsc_units_order), so results depend neither on the number of workers nor on the order of documents. Weights are
 * integer thousandths, so sums do not depend on order either.
 */
#ifndef FSC_ENGINE_GROUP_P_H
#define FSC_ENGINE_GROUP_P_H

#include "base/map.h"
#include "base/vec.h"
#include "codec/codec.h"
#include "engine/engine_p.h"
#include "engine/near_p.h"

/* What compare shows: the terms that are counted beside the sums of the dimensions. */
typedef enum fsc_show { FSC_SHOW_RATES, FSC_SHOW_CUES, FSC_SHOW_WORDS, FSC_SHOW_LABELS, FSC_SHOW_CAUSES, FSC_SHOW_COUNT } fsc_show;
const char *fsc_show_name(fsc_show show);
bool fsc_show_find(fsc_show *out, const char *name);

/* Sums of one dimension in one unit. */
typedef struct fsc_unit_sums {
    uint32_t n, own_n;
    int64_t weight, own_weight, pos, neg;
} fsc_unit_sums;

typedef struct fsc_unit_head {
    uint32_t size;          /* bytes of the whole unit, a multiple of 8 */
    uint32_t key_len, terms_len;
    uint32_t words, own_words;
    fsc_sketch sketch;
    uint64_t content;       /* hash of the document's text */
    uint64_t document;      /* hash of its id and source */
} fsc_unit_head;            /* then fsc_unit_sums a dimension, the key, the terms, padding */

/* Adds the unit(s) of a document for a field: "site", "author", "month", "year", "day", "lang", "kind", "section", "genre", "speaker", or a
 * carried column; NULL data: all documents are one group. A document without a value belongs to the group "" (shown as empty). */
int fsc_unit_add(fsc_buf *out, const fsc_analysis *a, const fsc_types *types, fsc_view field, fsc_show show, fsc_arena *scratch, fsc_err *err);

/* One of the fields above that every document has (carried columns aside). */
bool fsc_unit_field_known(fsc_view field);

/* A group: its units. */
typedef struct fsc_group {
    fsc_view key;
    uint32_t documents;
    uint64_t words, own_words;
    fsc_unit_sums *sums;            /* one a dimension */
    const fsc_unit_head **unit;     /* pointers into the collected bytes */
    size_t unit_count, unit_cap;
} fsc_group;

static inline const fsc_unit_sums *fsc_unit_sums_of(const fsc_unit_head *u)
{
    return (const fsc_unit_sums *)(u + 1);
}

static inline fsc_view fsc_unit_key(const fsc_unit_head *u, size_t dimensions)
{
    return fsc_view_of((const char *)(fsc_unit_sums_of(u) + dimensions), u->key_len);
}

/* Groups the collected units, sorted by key in byte order; units of a group in the order of their content. With `fold`, texts that are equal
 * to or resemble (0.8 and more) an earlier one of the group are left out: a wire story printed twice is one text. */
int fsc_groups_read(fsc_group **out, size_t *count, fsc_view bytes, size_t dimensions, bool fold, fsc_arena *arena, fsc_err *err);

/* Sorts units by content; with `fold`, drops copies and near-copies (fold.c). */
int fsc_units_order(fsc_group *g, bool fold, fsc_err *err);

/* Who speaks a word: a quotation's speaker, the author of a post, else nobody (empty): the outlet. */
fsc_view fsc_word_speaker(const fsc_analysis *a, uint32_t word);

/* ---------------------------------------------------------------- terms */

/* Counts of terms by owner (a place in the caller's list of groups), for one document. */
typedef struct fsc_term {
    fsc_view text;
    uint32_t owner, count;
} fsc_term;

typedef struct fsc_terms {
    fsc_arena *arena;
    fsc_map map;                    /* owner and term -> place */
    fsc_vec(fsc_term) term;
    bool failed;
} fsc_terms;
void fsc_terms_init(fsc_terms *t, fsc_arena *arena);
void fsc_terms_add(fsc_terms *t, uint32_t owner, fsc_view text);
/* The terms of one owner as bytes: length and count (16 bits each), text; and back: false at the end. */
void fsc_terms_put(fsc_buf *out, const fsc_terms *t, uint32_t owner);
bool fsc_terms_next(fsc_view *rest, fsc_view *text, uint32_t *count);

/* Whose a term is: a view that names the speaker -> owner, or FSC_NONE on failure. */
typedef struct fsc_owner {
    uint32_t (*of)(void *self, fsc_view speaker);
    void *self;
} fsc_owner;

/* Counts what `show` asks for (terms.c). Terms of cues are "dimension TAB category TAB entry"; of labels "voice TAB referent.variant"; of
 * causes "cause TAB effect TAB type TAB status TAB valence"; of words their folded form. */
/* The causes among them (causes.c). */
void fsc_terms_causes(fsc_terms *t, const fsc_analysis *a, const fsc_types *types, fsc_owner owner);
void fsc_terms_count(fsc_terms *t, const fsc_analysis *a, const fsc_types *types, fsc_show show, fsc_owner owner);

/* The terms of all groups with their totals. */
typedef struct fsc_term_table {
    fsc_map place;                  /* term -> index */
    fsc_view *text;                 /* in byte order */
    uint32_t *total;
    size_t count;
    bool pruned;                    /* there were more than FSC_TERMS_MAX: the rarest were left out, ties by byte order */
} fsc_term_table;
enum { FSC_TERMS_MAX = 1 << 20 };
int fsc_term_table_read(fsc_term_table *out, const fsc_group *group, size_t count, size_t dimensions, fsc_arena *arena, fsc_err *err);
/* Fills n[0..table->count) with one group's counts. */
void fsc_term_table_group(const fsc_term_table *t, const fsc_group *g, size_t dimensions, uint32_t *n);

/* ---------------------------------------------------------------- rows */

/* Cells of a table that a later step may line up. */
void fsc_cell_text(fsc_buf *out, char sep, fsc_view v);
void fsc_cell_real(fsc_buf *out, char sep, double x);
void fsc_cell_count(fsc_buf *out, char sep, uint64_t n);
const char *fsc_row_end_of(const fsc_run_state *r);
char fsc_row_sep_of(const fsc_run_state *r);

/* compare: collected units -> the table asked for. */
int fsc_groups_compare(const fsc_run_state *r, fsc_show show, fsc_view units, fsc_buf *out, fsc_err *err);
/* compare --show cues|words: log-odds of each term in each group against all others. */
int fsc_compare_odds(const fsc_run_state *r, fsc_show show, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err);
/* compare --show labels: each variant's share among all mentions of its referent, by voice. */
int fsc_compare_labels(const fsc_run_state *r, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err);
/* compare --show causes: who gives what as the cause of what. */
int fsc_compare_causes(const fsc_run_state *r, const fsc_group *group, size_t count, fsc_buf *out, fsc_err *err);

#endif
