/*
 * types: the table of word types, and its fast way in.
 *
 * A word is looked up by its key. The key of a form of up to 16 bytes is the form itself, padded with NUL, as
 * two 64-bit numbers; a longer one has its hash and, marked by a byte that no UTF-8 has, its place in `longs`.
 * A spelling that is not ASCII is entered as it stands too, as an alias of its folded form's type, so that
 * folding happens once a spelling. Aliases never give two answers: a folded form folds to itself.
 */
#ifndef FSC_TEXT_TYPES_P_H
#define FSC_TEXT_TYPES_P_H

#include "base/vec.h"
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

/* A spelling: its key and its type. `more` of a short key is what the scanner asks most of the type, so that it need not go
 * there: fsc_type.flags, and fsc_type.kind from bit FSC_SPELLING_KIND on. Of a long one it is its index into longs. */
#define FSC_SPELLING_KIND 16
#define FSC_SPELLING_FLAGS 0xFFFFu
typedef struct fsc_spelling {
    uint64_t k0, k1;
    uint32_t type;
    uint32_t more;
} fsc_spelling;

/*
 * Slots are small and three quarters of them free, so that a look-up seldom goes to a second one; spellings stand
 * in order of first sight, which keeps the frequent ones close together.
 */
struct fsc_types {
    const fsc_alloc *alloc;
    fsc_arena arena; /* forms, and spellings of long aliases */
    uint32_t *slot;  /* index of a spelling, or FSC_NONE */
    unsigned shift;  /* 64 - log2(number of slots) */
    uint32_t slot_mask;
    fsc_spelling *spelling;
    uint32_t spelling_count, spelling_cap;
    fsc_type *type;
    uint32_t count, cap;
    fsc_view *longs; /* spellings of the long keys */
    uint32_t long_count, long_cap;
    uint32_t generation;
    uint32_t *gap; /* scratch of one fsc_text_analyze: words with more than a blank before them */
    size_t gap_count, gap_cap;
};

static inline uint64_t fsc_types_hash(uint64_t k0, uint64_t k1)
{
    return (k0 ^ (k1 << 31 | k1 >> 33)) * 0x9E3779B97F4A7C15u + k1 * 0xC2B2AE3D27D4EB4Fu;
}

/* Where the look for a short key starts. */
static inline uint32_t fsc_types_home(const fsc_types *t, uint64_t k0, uint64_t k1)
{
    return (uint32_t)(fsc_types_hash(k0, k1) >> t->shift);
}

/* The spelling of a short key, or NULL. Valid until the next is entered. */
static inline const fsc_spelling *fsc_types_spelling(const fsc_types *t, uint64_t k0, uint64_t k1)
{
    uint32_t i = fsc_types_home(t, k0, k1);
    for (;; i = (i + 1) & t->slot_mask) {
        uint32_t at = t->slot[i];
        if (at == FSC_NONE)
            return NULL;
        const fsc_spelling *s = &t->spelling[at];
        if ((s->k0 == k0) & (s->k1 == k1))
            return s;
    }
}

/* The type of a short key, or FSC_NONE. */
static inline uint32_t fsc_types_find(const fsc_types *t, uint64_t k0, uint64_t k1)
{
    const fsc_spelling *s = fsc_types_spelling(t, k0, k1);
    return s ? s->type : FSC_NONE;
}

/* The same for a spelling of up to FSC_KEY_MAX bytes by its key, folded and entered when new. `word` is the
 * spelling. FSC_NONE: out of memory. */
uint32_t fsc_types_of_key(fsc_types *t, uint64_t k0, uint64_t k1, fsc_view word);

/* Enters a folded form of 1 to 16 bytes that is not there yet. FSC_NONE: out of memory. */
uint32_t fsc_types_add_short(fsc_types *t, uint64_t k0, uint64_t k1);

/* The type of a word as spelled in the text, folded where needed. FSC_NONE: out of memory. */
uint32_t fsc_types_of(fsc_types *t, fsc_view word);

/* Notes word index `at` in the scratch list. false: out of memory. */
bool fsc_types_note_gap(fsc_types *t, uint32_t at);

#endif
