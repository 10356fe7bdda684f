/*
 * types: the table of word types, and its fast way in.
 *
 * A word is looked up by its key. The key of a form of up to 16 bytes is the form itself, padded with NUL, as
 * two 64-bit numbers; a longer one has its hash and, marked by a byte that no UTF-8 has, its length.
 * A spelling that differs from its folded form by more than ASCII capitals is entered too, as an alias of the form's
 * type, so that folding happens once a spelling. Aliases never give two answers: a folded form folds to itself.
 */
#ifndef FSC_TEXT_TYPES_P_H
#define FSC_TEXT_TYPES_P_H

#include "base/vec.h"
#include "text/abbrev_p.h"
#include "text/text.h"

enum { FSC_TYPES_MAX = 1 << 16, FSC_KEY_MAX = 16 };

enum fsc_type_traits {
    FSC_TRAIT_OPENS = 1 << 0, /* fsc_abbrev_opens */
    FSC_TRAIT_MONTH = 1 << 1  /* fsc_abbrev_month_name */
};

typedef struct fsc_type {
    const char *form;
    uint32_t len;
    uint32_t flags; /* enum fsc_word_flags that follow from the form */
    uint8_t kind;   /* fsc_abbrev_kind */
    uint8_t needs;  /* enum fsc_abbrev_needs */
    uint8_t traits; /* enum fsc_type_traits */
} fsc_type;

/* A spelling: its key, its type, and what the scanner asks of the type, so that it need not go there. Half a cache
 * line. */
typedef struct fsc_spelling {
    uint64_t k0, k1;
    const char *bytes; /* of a long key: all of it */
    uint32_t type;     /* FSC_NONE: the slot is free */
    uint16_t flags;    /* fsc_type.flags */
    uint8_t kind;      /* fsc_type.kind */
} fsc_spelling;

/* Half of the slots and more are free, so that a look-up seldom goes to a second cache line. */
struct fsc_types {
    const fsc_alloc *alloc;
    fsc_arena arena; /* forms, and spellings of long aliases */
    fsc_spelling *slot;
    void *slots;    /* what was allocated for them */
    unsigned shift; /* 64 - log2(pairs of slots) */
    uint32_t slot_mask;
    uint32_t spelling_count;
    fsc_type *type;
    uint32_t count, cap;
    uint32_t generation;
    fsc_abbrev_filter abbrevs;
    uint32_t *gap; /* scratch of one fsc_text_analyze: words with more than a blank before them */
    size_t gap_count, gap_cap;
};

/* The key of a spelling. Of up to FSC_KEY_MAX bytes it is the bytes, with ASCII capitals made small. */
typedef struct fsc_key {
    uint64_t k0, k1;
} fsc_key;

#define FSC_KEY_LONG                                                                                                   \
    ((uint64_t)0xFF << 56) /* top byte of k1 of a long key: no byte of UTF-8; below it stands the length */

fsc_key fsc_types_key(fsc_view spelling);

static inline uint64_t fsc_key_hash(fsc_key key)
{
    return key.k0 * 0x9E3779B97F4A7C15u + key.k1 * 0xC2B2AE3D27D4EB4Fu;
}

/* Where the look for a key starts: the first of the two slots of a cache line. */
static inline uint32_t fsc_types_home(const fsc_types *t, uint64_t hash)
{
    return (uint32_t)(hash >> t->shift) * 2;
}

/* `bytes`: of the spelling whose key it is. */
static inline bool fsc_spelling_is(const fsc_spelling *s, fsc_key key, const char *bytes)
{
    bool same = (s->k0 == key.k0) & (s->k1 == key.k1);
    return same && (key.k1 < FSC_KEY_LONG || memcmp(s->bytes, bytes, (size_t)(key.k1 - FSC_KEY_LONG)) == 0);
}

/* The spelling with this key, or NULL. Valid until the next is entered. */
static inline const fsc_spelling *fsc_types_find(const fsc_types *t, fsc_key key, const char *bytes)
{
    for (uint32_t i = fsc_types_home(t, fsc_key_hash(key));; i = (i + 1) & t->slot_mask) {
        const fsc_spelling *s = &t->slot[i];
        if (fsc_spelling_is(s, key, bytes))
            return s;
        if (s->type == FSC_NONE)
            return NULL;
    }
}

/* Enters a spelling that is not there yet; a short one as it stands or with small ASCII letters. NULL: out of memory.
 */
const fsc_spelling *fsc_types_enter(fsc_types *t, fsc_key key, fsc_view word);

/* The spelling with this key, entered when new. */
static inline const fsc_spelling *fsc_types_meet(fsc_types *t, fsc_key key, fsc_view word)
{
    const fsc_spelling *s = fsc_types_find(t, key, word.data);
    return s ? s : fsc_types_enter(t, key, word);
}

/* Makes room in the scratch list. false: out of memory. */
bool fsc_types_grow_gaps(fsc_types *t);

#endif
