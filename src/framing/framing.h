/*
 * framing: cues in context, relations, scores of one document.
 *
 * Every hit of a scored entry becomes a cue with its voice, speaker, part, sentence and direction, once where several
 * entries of a category hit the same words, and never where the entry's own conditions fail (target=people). It is
 * scored unless its weight is 0 (neutral), it is negated, inside a name, in a part that is not scored, or covered by a
 * longer or earlier hit of its dimension (leftmost-longest, or as fsc_dimension.overlap says). Negation: the clause before the cue, at most five words. A
 * negated cause becomes `denial`, a negated booster `doubt`. Then the rules of agency and stance, then relations with
 * their arguments, then sums. Scores are sums over scored cues in integer thousandths.
 *
 * Sources: balance and logit after Lowe, Benoit, Mikhaylov and Laver (2011), "Scaling policy preferences from
 * coded political texts", Legislative Studies Quarterly 36.
 */
#ifndef FSC_FRAMING_FRAMING_H
#define FSC_FRAMING_FRAMING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "lexicon/lexicon.h"
#include "model/model.h"
#include "text/text.h"

/* Looked up once per set, then frozen. Lives in the arena given. */
typedef struct fsc_framing_rules fsc_framing_rules;
int fsc_framing_rules_new(fsc_framing_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* The same laid out at build time (base/table.h), for the schema it was made from: appended to `out`, and taken from the start of *image,
 * which it borrows. FSC_E_CONFIG when it is too short. */
void fsc_framing_rules_image(fsc_buf *out, const fsc_framing_rules *rules);
int fsc_framing_rules_open(fsc_framing_rules **out, fsc_view *image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* Resolves overlaps of every dimension this way, whatever its lexicons say. Before the first document. */
void fsc_framing_overlap(fsc_framing_rules *rules, fsc_overlap overlap);

/* Whether this room needs no hits of an entry where it is one word: its tags say all (fsc_hits.tags). It needs those of all scored entries. */
bool fsc_framing_quiet(const fsc_framing_rules *rules, uint32_t entry, uint32_t *tags);

/*
 * `a` comes with schema, article, text, hits and voices; cues, relations, scores and the framing of
 * quantities are added, without what a->lacks leaves out. Results live in `arena`; `scratch` is reset by the caller. Linear.
 */
int fsc_framing_analyze(fsc_analysis *a, const fsc_framing_rules *rules, const fsc_types *types, fsc_arena *arena,
                        fsc_arena *scratch, fsc_err *err);

/* What a word of a matched text is by grammar, whatever its sentence. */
typedef enum fsc_word_class { FSC_WORD_CONTENT, FSC_WORD_FUNCTION, FSC_WORD_PREPOSITION } fsc_word_class;
fsc_word_class fsc_framing_word_class(const fsc_hits *hits, const fsc_word *word);

/* Sums the scores anew from the cues and the word counts of `a`: for those who changed which cues are scored. */
int fsc_framing_sum(fsc_analysis *a, fsc_arena *arena, fsc_err *err);

#endif
