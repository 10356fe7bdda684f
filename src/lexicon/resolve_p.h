/*
 * resolve: word types -> the symbols they have. Each type is looked at once; most have none.
 */
#ifndef FSC_LEXICON_RESOLVE_P_H
#define FSC_LEXICON_RESOLVE_P_H

#include "base/vec.h"
#include "lexicon/lexicon.h"
#include "lexicon/set_p.h"
#include "text/text.h"

enum fsc_lex_start_flags {
    FSC_LEX_START_ODD = 1 << 0, /* case or a regex matters: the walk starts from the symbols */
    FSC_LEX_START_ONE = 1 << 1, /* one entry without flags, the word alone: its number stands above the flags */
    FSC_LEX_START_AHEAD = 1 << 2, /* leads on otherwise than by the next word */
    FSC_LEX_START_SHIFT = 3
};

/*
 * What the loop over words looks at: the keys (fsc_lex_keys) of the nodes that the type leads to as the first word of a
 * pattern, and of those that it leads on from. When the first of a word and the second of the next have none in common,
 * nothing starts there. FSC_LEX_ALWAYS is in all `follows`, and in the `starts` of a type that must be looked at whatever
 * follows.
 */
typedef struct fsc_lex_sign {
    uint64_t starts, follows;
    uint64_t later; /* keys of the nodes that it leads on from */
    uint32_t start; /* enum fsc_lex_start_flags, and above them an index into `start`; 0: starts nothing */
    uint32_t leads; /* index into `row` of the tests of first words that it comes behind; 0: none */
} fsc_lex_sign;

/* What else is known of a type: guards ask it, and steps that are not remembered. */
typedef struct fsc_lex_known {
    uint64_t asks;  /* the numbers of the row `asked`, or-ed: a row lies far away */
    uint32_t asked; /* index into `row` of the tests of guards that it passes; 0: none */
    uint32_t list;  /* its symbols, see fsc_lex_resolver_list; 0: none */
} fsc_lex_known;

/* What a symbol that the type has leads to, as the first word of a pattern: `nodes`. They need only be asked when the next
 * word has one of the keys `follows` and passes the test; if they lead on otherwise than by the next word, also when one of
 * the next `reach` words has one of the keys `later`, among which FSC_LEX_ALWAYS is in any case. */
typedef struct fsc_lex_lead {
    uint64_t follows, later;
    uint32_t nodes;
    uint16_t test; /* FSC_LEX_NO_TEST: the key is enough */
    uint8_t reach, otherwise;
} fsc_lex_lead;
enum { FSC_LEX_LEAD = sizeof(fsc_lex_lead) / sizeof(uint32_t) };

/*
 * Lists below image.list_count stand in the image, the others are merged here. In `start` at an index: number of
 * entries, of leads; then the entries that the word alone is (whole ones first, then FSC_LEX_STRIPPED; by number), and
 * the leads: a fsc_lex_lead each, and its nodes. All is forgotten with the types.
 */
typedef struct fsc_lex_resolver {
    const fsc_lex_image *image;
    const fsc_types *types;
    fsc_quiet_fn *quiet; /* NULL: no entry is */
    const void *quiet_user;
    fsc_arena arena;
    fsc_vec(fsc_lex_known) known; /* by type */
    fsc_vec(fsc_lex_sign) sign;   /* by type */
    fsc_vec(fsc_tags) tags;       /* by type, when some entry may be quiet */
    fsc_vec(uint64_t) row;        /* FSC_LEX_TESTS or FSC_LEX_FIRST_TESTS bits each; the first passes none */
    fsc_vec(uint32_t) merged;
    fsc_vec(uint32_t) start;
    fsc_vec(uint32_t) found; /* the list being made */
    uint32_t generation;
} fsc_lex_resolver;

void fsc_lex_resolver_init(fsc_lex_resolver *r, const fsc_lex_image *image, const fsc_types *types,
                           const fsc_alloc *alloc);
void fsc_lex_resolver_release(fsc_lex_resolver *r);

/* Learns the types that came since the last call, so that `known` and `sign` have an item for every type. */
int fsc_lex_resolver_update(fsc_lex_resolver *r, fsc_err *err);

/* Whether an entry (with flags) that a word alone is, whatever its case, makes no hit; its tags are added to *add. */
static inline bool fsc_lex_resolver_quiet(const fsc_lex_resolver *r, uint32_t entry, fsc_tags *add)
{
    return r->quiet && !(entry & (FSC_LEX_GUARDED | FSC_LEX_STRETCHES | FSC_LEX_REGEX)) &&
           r->quiet(r->quiet_user, entry & FSC_LEX_ENTRY, add);
}

/* A list of symbols: number of items, then (symbol with FSC_LEX_STRIPPED or not, check) each. */
static inline const uint32_t *fsc_lex_resolver_list(const fsc_lex_resolver *r, uint32_t list)
{
    return list < r->image->list_count ? r->image->list + list : r->merged.data + (list - r->image->list_count);
}

#endif
