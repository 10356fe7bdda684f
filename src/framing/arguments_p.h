/*
 * arguments_p: the stretches of words on both sides of a causality cue.
 *
 * borders.c knows where a stretch ends: hard punctuation, a coordinated or contrasted clause, an attribution, the
 * next relation. arguments.c knows which stretches a cue takes. relations.c makes relations of them.
 */
#ifndef FSC_FRAMING_ARGUMENTS_P_H
#define FSC_FRAMING_ARGUMENTS_P_H

#include "framing/framing_p.h"

#define FSC_NO_WORDS ((fsc_range){0, 0})

/* One relation in the making. */
typedef struct fsc_draft {
    const fsc_cue *cue;
    const fsc_entry_rule *rule;
    uint32_t index;   /* of the cue */
    fsc_range window; /* the sentence, cut to the speech and the clause that the cue stands in */
    bool inserted;    /* the cue stands in a relative clause between commas: its arguments end there */
    uint32_t resume;  /* where the left argument of a later relation may begin */
    fsc_range cause, effect;
} fsc_draft;

static inline bool fsc_range_is_empty(fsc_range r)
{
    return r.first >= r.end;
}

/* borders.c */
bool fsc_word_is_form(const fsc_context *c, uint32_t w, fsc_view form);
bool fsc_word_is_ing(const fsc_context *c, uint32_t w);
bool fsc_words_have_verb(const fsc_context *c, fsc_range r);
/* Words from `first` on, up to `stop`, that belong to the argument after a cue; its first noun phrase. */
fsc_range fsc_words_right(const fsc_context *c, const fsc_draft *d, uint32_t first, uint32_t stop);
fsc_range fsc_words_phrase(const fsc_context *c, const fsc_draft *d, uint32_t first, uint32_t stop);
/* Words between `low` and `end` that belong to the argument before a cue. */
fsc_range fsc_words_left(const fsc_context *c, const fsc_draft *d, uint32_t low, uint32_t end);
/* An attribution whose content begins behind word `w`. */
bool fsc_words_say(const fsc_context *c, uint32_t w, uint32_t sentence);
/* The word before the comma that ends what opens a sentence, or FSC_NONE. */
uint32_t fsc_words_front_end(const fsc_context *c, const fsc_draft *d, uint32_t from);

/* The cue ends in a preposition and not in a word that may open a clause. */
bool fsc_cue_is_preposition(const fsc_context *c, const fsc_cue *cue);
/* "In 1929, demanding a state, they marched": nothing but a short phrase stands before word `end`. */
bool fsc_cue_behind_opener(const fsc_context *c, const fsc_draft *d, uint32_t end);
/* arguments.c: fills cause, effect and resume. `low`: no left argument begins before it; `previous` may be NULL. */
void fsc_arguments_find(const fsc_context *c, fsc_draft *d, uint32_t low, uint32_t stop, const fsc_draft *previous);

#endif
