/*
 * text: words, sentences, quote marks.
 *
 * Words follow UAX #29 (Unicode 15) with a news tailoring kept apart from the base rules: hyphenated words,
 * apostrophes, U.S., 3,000, $3bn, @name, #tag, URLs and emoji sequences are one word. Sentences follow
 * UAX #29 with abbreviations, initials, ellipses and quotations. A border between parts always ends a
 * sentence. Everything points into the caller's bytes.
 *
 * Each word gets a type: the id of its folded form (full case folding by utf8proc, NFC, ’ as ', possessive
 * 's kept). Types live in a fsc_types table, one per worker. It is capped; fsc_types_trim empties it between
 * documents, which never changes output. Word types of two texts may be compared when no trim lay between.
 *
 * Sources: Unicode Standard Annex #29 revision 41 (text segmentation); UAX #15 (NFC).
 */
#ifndef FSC_TEXT_TEXT_H
#define FSC_TEXT_TEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"

/* The word types one worker has met. */
typedef struct fsc_types fsc_types;

/* alloc NULL: the default. *out is the caller's; free it with fsc_types_free. FSC_E_NOMEM. */
int fsc_types_new(fsc_types **out, const fsc_alloc *alloc, fsc_err *err);
void fsc_types_free(fsc_types *t);

/* Empties the table when it holds more than 2^16 types. Call between documents only: ids become void. */
void fsc_types_trim(fsc_types *t);

/* Grows with each emptying: whoever caches by type id compares it. */
uint32_t fsc_types_generation(const fsc_types *t);

/* Number of types; ids are 0 .. count-1, given as words are first looked up. */
uint32_t fsc_types_count(const fsc_types *t);

/* The folded form of a type; valid until the next trim. */
fsc_view fsc_types_form(const fsc_types *t, uint32_t type);

/* Flags shared by all words of the type as it was first met (FSC_WORD_NUMBER, URL, POSSESSIVE...; never
 * case or place). */
uint32_t fsc_types_flags(const fsc_types *t, uint32_t type);

/* The type of a form as the tables fold it (interned when new); FSC_NONE: out of memory. */
uint32_t fsc_types_intern(fsc_types *t, fsc_view form);

/* Folds a word as types are folded, into the arena: for patterns. {NULL, 0}: out of memory. */
fsc_view fsc_text_fold(fsc_arena *a, fsc_view word);

/*
 * Words, sentences and marks of `bytes` (valid UTF-8, below 4 GiB). Parts are in order, without overlaps; with
 * none the whole is one part of kind body. Abbreviations are those of abbrev.c: English, and the other languages
 * served. Linear in time and memory. FSC_E_NOMEM, FSC_E_LIMIT.
 */
int fsc_text_analyze(fsc_text *out, fsc_view bytes, const fsc_part *part, size_t part_count, fsc_types *types,
                     fsc_arena *arena, fsc_err *err);

/* The untailored rules, for tests of conformance: boundaries as byte offsets, 0 and the length included. */
int fsc_text_uax_words(uint32_t **out, size_t *count, fsc_view bytes, fsc_arena *arena, fsc_err *err);
int fsc_text_uax_sentences(uint32_t **out, size_t *count, fsc_view bytes, fsc_arena *arena, fsc_err *err);

/* Index of the first word that ends after `offset` (word_count when none does). Logarithmic. */
uint32_t fsc_text_word_at(const fsc_text *t, uint32_t offset);
/* Index of the sentence that holds `offset`, else of the first after it. Logarithmic. */
uint32_t fsc_text_sentence_at(const fsc_text *t, uint32_t offset);

#endif
