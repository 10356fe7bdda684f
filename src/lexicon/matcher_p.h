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

/* Where a word of a type leads from a node by its symbols, or from the nodes of a lead: nowhere, to one node whatever its
 * case, or it is more than that. Remembered in the slot of a hash until others take it. */
enum { FSC_LEX_STEPS = 32768 };
#define FSC_LEX_FROM_LEAD 0x80000000u
#define FSC_LEX_NOWHERE 0u
#define FSC_LEX_BRANCHES UINT32_MAX
typedef struct fsc_lex_stepped {
    uint32_t from, type; /* a node, or FSC_LEX_FROM_LEAD and the index of the lead in `start`; 0 is neither */
    uint32_t target;
    uint32_t header;     /* of the target, if that is a node: what comes next is mostly told by it alone */
} fsc_lex_stepped;

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
    fsc_lex_stepped *step;  /* FSC_LEX_STEPS */
    uint32_t generation;    /* of the types that they tell of */
    bool failed;   /* out of memory */

    /* patterns that start with a built-in class or at the start of a sentence */
    uint32_t class_words; /* flags of words that may start them; all bits: any word */
    uint64_t class_starts, behind_starts; /* keys of the next word, or of the first one; all: any */

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

/* Entries that start at word `at`, into m->candidate; regexes whose word stands there, into m->pending. From its symbols: */
void fsc_lex_walk_symbols(fsc_matcher *m, uint32_t at);

/* from its built-in classes, and when it is the first, from the start of the sentence; */
void fsc_lex_walk_otherwise(fsc_matcher *m, uint32_t at);

/* of two words and more, from the nodes that the first leads to (fsc_lex_lead). */
void fsc_lex_walk_leads(fsc_matcher *m, uint32_t at, const uint32_t *item, uint32_t count);

/* The built-in classes that a word is a member of, as bits by symbol. */
uint32_t fsc_lex_classes_of(const fsc_text *text, const fsc_word *word);

/* Where a word of a type leads from some nodes: found out, and remembered in the first of its two places; what was there
 * goes to the second. */
const fsc_lex_stepped *fsc_lex_step_find(const fsc_matcher *m, uint32_t from, const uint32_t *node, uint32_t count, uint32_t type);

/* The first of the two places where a step may be remembered. */
static inline fsc_lex_stepped *fsc_lex_step_slot(const fsc_matcher *m, uint32_t from, uint32_t type)
{
    uint32_t h = (from * 0x9E3779B1u ^ type) * 0x85EBCA77u;
    return &m->step[(h ^ h >> 15) & (FSC_LEX_STEPS - 2)];
}

/* Where a word of a type leads, if that is remembered; NULL: it is not. Two places side by side may hold it. */
static inline const fsc_lex_stepped *fsc_lex_step_known(const fsc_matcher *m, uint32_t from, uint32_t type)
{
    const fsc_lex_stepped *s = fsc_lex_step_slot(m, from, type);
    if (s[0].from == from && s[0].type == type)
        return &s[0];
    return s[1].from == from && s[1].type == type ? &s[1] : NULL;
}

/* Where a word of a type leads from a node. */
static inline const fsc_lex_stepped *fsc_lex_step_from(const fsc_matcher *m, uint32_t node, uint32_t type)
{
    const fsc_lex_stepped *s = fsc_lex_step_known(m, node, type);
    return s ? s : fsc_lex_step_find(m, node, &node, 1, type);
}

/* Whether the guards of an entry allow it at the words [first, end). */
bool fsc_lex_guards_allow(fsc_matcher *m, uint32_t entry, uint32_t first, uint32_t end);

/* Whether a guard with root `root` holds, by a walk from word `at` on, over `avail` words at most. */
bool fsc_lex_walk_guard(fsc_matcher *m, uint32_t root, uint32_t at, uint32_t avail, bool backwards);

#endif
