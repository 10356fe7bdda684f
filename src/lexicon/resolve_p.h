/*
 * resolve: word types -> the symbols they have. Each type is looked at once; most have none.
 */
#ifndef FSC_LEXICON_RESOLVE_P_H
#define FSC_LEXICON_RESOLVE_P_H

#include "base/vec.h"
#include "lexicon/set_p.h"
#include "text/text.h"

/* What is known of a type: flags, and from bit FSC_LEX_INFO_SHIFT on the index of its list (0: no symbols). */
enum fsc_lex_info_flags {
    FSC_LEX_INFO_STARTS = 1 << 0,     /* some pattern may start here */
    FSC_LEX_INFO_FOLLOWS = 1 << 1,    /* some pattern may go on here */
    FSC_LEX_INFO_NEEDS_NEXT = 1 << 2, /* what starts here needs a next word that FOLLOWS */
    FSC_LEX_INFO_SHIFT = 3
};

/* Lists below image.list_count stand in the image, the others are merged here. Forgotten with the types. */
typedef struct fsc_lex_resolver {
    const fsc_lex_image *image;
    const fsc_types *types;
    fsc_arena arena;            /* info and merged lists */
    fsc_vec(uint32_t) info;     /* by type */
    fsc_vec(uint32_t) merged;
    fsc_vec(uint32_t) found;    /* the list being made */
    uint32_t generation;
} fsc_lex_resolver;

void fsc_lex_resolver_init(fsc_lex_resolver *r, const fsc_lex_image *image, const fsc_types *types,
                           const fsc_alloc *alloc);
void fsc_lex_resolver_release(fsc_lex_resolver *r);

/* Learns the types that came since the last call, so that info has an item for every type. */
int fsc_lex_resolver_update(fsc_lex_resolver *r, fsc_err *err);

/* The list of a type's info: number of items, then (symbol with FSC_LEX_STRIPPED or not, check) each. */
static inline const uint32_t *fsc_lex_resolver_list(const fsc_lex_resolver *r, uint32_t info)
{
    uint32_t at = info >> FSC_LEX_INFO_SHIFT;
    return at < r->image->list_count ? r->image->list + at : r->merged.data + (at - r->image->list_count);
}

#endif
