/*
 * revision: two analyses -> aligned words and sentences, framing delta, types of the edit, summary.
 *
 * Edit script: words with their blanks and marks as tokens, matched on folded form; function words may extend a match
 * but never found one; borders respect words. Ops stand in the order of B, deletes where they stood; their `b`
 * ranges tile B, and sorted by `a` they tile A. `equal` and `move` have the same bytes on both sides: what
 * differs only in case or typography is a replace.
 *
 * Cues are paired within aligned sentences by dimension, category breaking ties; the rest are removed or added.
 * Types of an edit as in the table of README.md. Both analyses must have been made with the same type table,
 * without a trim between them.
 *
 * Sources: E. Myers (1986), "An O(ND) difference algorithm and its variations"; patience and histogram
 * anchors as in git's xdiff (idea only).
 */
#ifndef FSC_REVISION_REVISION_H
#define FSC_REVISION_REVISION_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"
#include "revision/versions.h"
#include "text/text.h"

typedef struct fsc_revision_rules fsc_revision_rules;
/* Looked up once per schema (function words, hedges...), then frozen. */
int fsc_revision_rules_new(fsc_revision_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* The same laid out at build time (base/table.h), for the schema it was made from: appended to `out`, and taken from the start of *image,
 * which it borrows. FSC_E_CONFIG when it is too short. */
void fsc_revision_rules_image(fsc_buf *out, const fsc_revision_rules *rules);
int fsc_revision_rules_open(fsc_revision_rules **out, fsc_view *image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* Whether this room needs no hits of an entry where it is one word: its tags say all (fsc_hits.tags). */
bool fsc_revision_quiet(const fsc_revision_rules *rules, uint32_t entry, uint32_t *tags);

/* Differences that are none: their ops are marked `ignored`, no type and no sentence pair tells of them. */
enum fsc_revision_ignore {
    FSC_IGNORE_CASE = 1 << 0,
    FSC_IGNORE_SPACE = 1 << 1,
    FSC_IGNORE_PUNCT = 1 << 2, /* but quote marks */
    FSC_IGNORE_QUOTES = 1 << 3
};

/* What a comparison needs beside the two texts. Results live in `arena`, which must not outlive the analyses. */
typedef struct fsc_revision_context {
    const fsc_revision_rules *rules;
    const fsc_types *types;
    unsigned ignore; /* enum fsc_revision_ignore */
    fsc_arena *arena, *scratch;
} fsc_revision_context;

/* Compares two analyses. Bounded: two 1 MB texts take at most two seconds; `approximate` says that a bound cut the search
 * short. */
int fsc_revision_compare(fsc_delta *out, const fsc_analysis *a, const fsc_analysis *b, const fsc_revision_context *with,
                         fsc_err *err);

/* Some byte differs that is not ignored. */
bool fsc_revision_differs(const fsc_delta *d);
/* Share of the words of both texts that were not kept, 0 to 1. */
double fsc_revision_changed(const fsc_delta *d);

#endif
