/*
 * voice: who says it. Hits of resource lexicons and of the attribution dimension, with the quote marks and sentences of
 * a text, give speech spans with speakers, actors, names and quantities.
 *
 * Rules: direct, block and embed give voice `quote`, nested speech the innermost speaker; indirect speech
 * governs its own clause only; a quoted fragment of up to five words is `quote` under an attribution and
 * `scare` without one; own voice has no speaker, except in a post, where it is the author; null beats a guess.
 * Linear in the text, whatever it holds.
 */
#ifndef FSC_VOICE_VOICE_H
#define FSC_VOICE_VOICE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "lexicon/lexicon.h"
#include "model/model.h"
#include "text/text.h"

/* What voice needs to know of the lexicons: looked up once per set, then frozen. Lives in the arena given. */
typedef struct fsc_voice_rules fsc_voice_rules;

/* Resource categories that a set lacks are simply never met. FSC_E_NOMEM. */
int fsc_voice_rules_new(fsc_voice_rules **out, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* The same tables laid out at build time (base/table.h), for the schema they were made from: appended to `out`, and taken from the start of
 * *image, which they borrow. FSC_E_CONFIG when it is too short. */
void fsc_voice_rules_image(fsc_buf *out, const fsc_voice_rules *rules);
int fsc_voice_rules_open(fsc_voice_rules **out, fsc_view *image, const fsc_schema *schema, fsc_arena *arena, fsc_err *err);

/* Whether this room needs no hits of an entry where it is one word, for analyses that lack this (enum fsc_lacks): its tags say all (fsc_hits.tags). */
bool fsc_voice_quiet(const fsc_voice_rules *rules, uint32_t entry, unsigned lacks, uint64_t *tags);

/* `a` comes with article, text and hits; its voices are filled, without what a->lacks leaves out. Results live in `arena`; `scratch` is reset
 * by the caller. */
int fsc_voice_analyze(fsc_analysis *a, const fsc_voice_rules *rules, const fsc_types *types, fsc_arena *arena, fsc_arena *scratch, fsc_err *err);

#endif
