/*
 * sentences: words and gaps -> sentences and quote marks.
 */
#ifndef FSC_TEXT_SENTENCES_P_H
#define FSC_TEXT_SENTENCES_P_H

#include "text/gap_p.h"

typedef fsc_vec(fsc_sentence) fsc_sentences;

/* The sentence being read: what the rules may ask about it. */
typedef struct fsc_sentence_state {
    const unsigned char *s;
    const fsc_types *types;
    const fsc_word *word;
    uint32_t end;        /* of the part */
    uint32_t first_word; /* of the sentence */
    uint32_t word_end;   /* after the part's last word */
} fsc_sentence_state;

/* Does the terminator in the gap end the sentence? Both words are there. Looks at a few words and bytes only. */
bool fsc_rules_ends(const fsc_sentence_state *st, const fsc_gap *g);

/* A number or small letter that stands first in its sentence, with ) or . behind it: a list item's mark. */
bool fsc_rules_item_mark(const fsc_sentence_state *st, uint32_t word, const fsc_gap *g);

/* Bytes; a text with longer lines is not wrapped by hand: its lines are paragraphs. */
enum { FSC_HARD_WRAP = 90 };

/* Does the line end in the gap end the sentence? `line` is the length of the line in bytes; wrapped: no line of the
 * part is longer than FSC_HARD_WRAP. */
bool fsc_rules_line_ends(const fsc_sentence_state *st, const fsc_gap *g, uint32_t line, bool wrapped);

/*
 * Sentences and marks of one part, words [first, end). The part's gaps are types->gap[*gap...); *gap moves past
 * them. false: out of memory.
 */
bool fsc_sentences_read(fsc_sentences *sentences, fsc_gap_reader *r, const fsc_types *types, uint32_t part,
                        uint32_t first, size_t *gap);

#endif
