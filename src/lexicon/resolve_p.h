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
    FSC_LEX_START_ALWAYS = 1 << 0, /* to be looked at whatever follows: the three below, and one-word patterns */
    FSC_LEX_START_ODD = 1 << 1,    /* case or a regex matters: the walk starts from the symbols */
    FSC_LEX_START_OTHER = 1 << 2,  /* leads on by a gap, a class or the end of the sentence */
    FSC_LEX_START_ONE = 1 << 3,    /* one entry without flags, the word alone: its number stands above the flags */
    FSC_LEX_START_SHIFT = 4
};

/* What is known of a type. The bits are those of fsc_lex_sym_bit, for the symbols of the type or of the words that may
 * follow: when the `starts` of a word and the `follows` of the next have none in common, nothing starts here. */
typedef struct fsc_lex_known {
    uint64_t follows; /* symbols of the type that stand in patterns, but first */
    uint64_t starts;  /* symbols that may follow it as the first word of a pattern */
    uint32_t guards;  /* symbols of the type that stand in guards, fsc_lex_fold */
    uint32_t list;    /* its symbols, see fsc_lex_resolver_list; 0: none */
    uint32_t start;   /* enum fsc_lex_start_flags, and above them an index into `start`; 0: none */
} fsc_lex_known;

/*
 * The sign of a type: the same bits folded to 16 each, in one number, so that what the loop over words and most steps of
 * a walk read stays in the nearest caches. What fails here fails there.
 */
#define FSC_LEX_SIGN_GUARDS 16 /* bit of the sign where they begin; `follows` at bit 0 */
#define FSC_LEX_SIGN_STARTS 32
#define FSC_LEX_SIGN_ALWAYS ((uint64_t)1 << 48) /* FSC_LEX_START_ALWAYS */
static inline bool fsc_lex_sign_starts(uint64_t word, uint64_t next)
{
    return (word & FSC_LEX_SIGN_ALWAYS) | (word >> FSC_LEX_SIGN_STARTS & next & 0xFFFF);
}

/*
 * Lists below image.list_count stand in the image, the others are merged here. In `start` at an index: number of
 * entries, number of nodes; then the entries that the word alone is (whole ones first, then FSC_LEX_STRIPPED; by
 * number) and the nodes that lead on, each with its mask folded. All is forgotten with the types.
 */
typedef struct fsc_lex_resolver {
    const fsc_lex_image *image;
    const fsc_types *types;
    fsc_quiet_fn *quiet; /* NULL: no entry is */
    const void *quiet_user;
    fsc_arena arena;
    fsc_vec(fsc_lex_known) known; /* by type */
    fsc_vec(uint64_t) sign;       /* by type */
    fsc_vec(fsc_tags) tags;       /* by type, when some entry may be quiet */
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
