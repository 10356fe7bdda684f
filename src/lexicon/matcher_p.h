/*
 * matcher: one worker's state while it matches texts.
 */
#ifndef FSC_LEXICON_MATCHER_P_H
#define FSC_LEXICON_MATCHER_P_H

#include "lexicon/regex_p.h"
#include "lexicon/resolve_p.h"
#include "lexicon/set_p.h"

/* An array that the matcher keeps between texts. */
typedef struct fsc_lex_array {
    void *data;
    size_t len, cap;
} fsc_lex_array;

/* A node reached: `words` words from where the walk began, `gap` of them in gaps. */
typedef struct fsc_lex_item {
    uint32_t node;
    uint16_t words, gap;
} fsc_lex_item;

/* An entry found from the start at hand. */
typedef struct fsc_lex_candidate {
    uint32_t entry; /* with its flags, see FSC_LEX_ENTRY */
    uint16_t words, gap;
} fsc_lex_candidate;

/* A hit of an entry with FSC_LEX_STRETCHES in the sentence at hand: its words, those that gaps took, and the index of
 * the entry's hit before it. */
#define FSC_LEX_DROPPED UINT32_MAX /* as gap: a better hit has the same end */
typedef struct fsc_lex_stretch {
    uint32_t entry, first, end, gap, previous;
} fsc_lex_stretch;

/* A place visited in a walk: key is node, words, gap. */
typedef struct fsc_lex_visit {
    uint64_t key;
    uint32_t walk;
} fsc_lex_visit;

/*
 * What the matcher remembers of pairs of types, each in the slot of its hash until another takes it: two words of which
 * the second continues nothing that the first begins, and what the word at a node of a guard says about it.
 */
enum { FSC_LEX_PAIRS = 16384, FSC_LEX_VERDICTS = 8192 };
typedef struct fsc_lex_pair {
    uint32_t first, second; /* types; that of the first + 1, so that zeros are no pair */
} fsc_lex_pair;

typedef enum fsc_lex_verdict { FSC_LEX_FAILS, FSC_LEX_OPEN, FSC_LEX_HOLDS } fsc_lex_verdict; /* the surest last */
typedef struct fsc_lex_judged {
    uint32_t node, type; /* no node has number 0 */
    fsc_lex_verdict verdict;
} fsc_lex_judged;

static inline uint32_t fsc_lex_pair_slot(uint32_t a, uint32_t b, uint32_t slots)
{
    uint32_t h = (a * 0x9E3779B1u ^ b) * 0x85EBCA77u;
    return (h ^ h >> 15) & (slots - 1);
}

struct fsc_matcher {
    const fsc_alloc *alloc;
    const fsc_lexset *set;
    const fsc_lex_image *image;
    fsc_types *types;
    fsc_lex_resolver resolver;
    fsc_lex_regexes *regex;
    uint32_t *asked; /* by regex: number of the sentence that holds its word, plus 1 */
    uint32_t *last;  /* by entry: index of its newest item in `stretch`, if what stands there is of the entry */
    fsc_lex_array stack, candidate, pending; /* fsc_lex_item, fsc_lex_candidate, uint32_t */
    fsc_lex_array found, stretch;            /* fsc_hit (entry FSC_NONE: dropped), fsc_lex_stretch */
    fsc_lex_visit *visit;                    /* open addressing */
    size_t visits, visit_slots;
    uint32_t walk;          /* number of the walk at hand */
    fsc_lex_pair *barren;   /* FSC_LEX_PAIRS */
    fsc_lex_judged *judged; /* FSC_LEX_VERDICTS */
    uint32_t generation;    /* of the types that both tell of */
    bool failed;   /* out of memory */

    /* patterns that start with a built-in class or at the start of a sentence */
    uint32_t class_words; /* word flags of the classes; all bits: any word */
    uint64_t class_starts,
        behind_starts; /* bits of the symbols that must follow, as fsc_lex_known.starts; all: none must */

    /* the text at hand */
    const fsc_text *text;
    uint32_t sentence, first, end; /* its index, its words [first, end) */
    size_t found_before;           /* hits of the sentences before */
    bool dropped;                  /* some hit of the sentence is */
};

/* End of a word without its 's: before the s and one character more, whatever apostrophe that is. */
uint32_t fsc_lex_stripped_end(const fsc_text *text, const fsc_word *word);

/* Room for `more` items of `size` bytes; false (and failed set) when memory runs out. */
bool fsc_lex_array_room(fsc_matcher *m, fsc_lex_array *a, size_t more, size_t size);

/* One more item; NULL when memory runs out. */
static inline void *fsc_lex_array_push(fsc_matcher *m, fsc_lex_array *a, size_t size)
{
    if (a->len == a->cap && !fsc_lex_array_room(m, a, 1, size))
        return NULL;
    return (char *)a->data + size * a->len++;
}

/* All entries that start at word `at`, into m->candidate; regexes whose word stands there, into m->pending. */
void fsc_lex_walk_all(fsc_matcher *m, uint32_t at);

/* The same for entries of two words and more, from the nodes that the first word leads to (pairs of node and mask, see
 * fsc_lex_resolver.start). next: fsc_lex_known.follows of the next word. False: whatever stands around them, nothing
 * that the first word begins goes on with the second. */
bool fsc_lex_walk_nodes(fsc_matcher *m, uint32_t at, const uint32_t *node, size_t count, uint64_t next);

/* Word flags that may make a word a member of the built-in classes (bits by symbol); all bits for any word. */
uint32_t fsc_lex_class_words(uint32_t classes);

/* True when a guard with root `root` holds directly before word `first` (or from word `end` on). */
bool fsc_lex_walk_before(fsc_matcher *m, uint32_t root, uint32_t first);
bool fsc_lex_walk_after(fsc_matcher *m, uint32_t root, uint32_t end);

#endif
