/*
 * abbrev: abbreviations that end in a stop, and words that open sentences.
 *
 * Forms are folded and stand without their last stop ("gov", "a.m"). Words of single letters with stops between
 * them (U.S., z.B.) need no entry unless they are more than a place.
 */
#ifndef FSC_TEXT_ABBREV_P_H
#define FSC_TEXT_ABBREV_P_H

#include "base/view.h"

typedef enum fsc_abbrev_kind {
    FSC_ABBREV_NONE,
    FSC_ABBREV_TITLE,  /* stands before a name: Mr., Gov., St. */
    FSC_ABBREV_NUMBER, /* stands before a number: No., p., Fig. */
    FSC_ABBREV_DATE,   /* month or day: Jan., Tues. */
    FSC_ABBREV_INNER,  /* never last in a sentence: e.g., vs., z.B. */
    FSC_ABBREV_END,    /* etc.: a capital behind it begins a sentence */
    FSC_ABBREV_LAST,   /* may be last: Inc., etc., usw. */
    FSC_ABBREV_TIME,   /* a.m., p.m. */
    FSC_ABBREV_PLACE,  /* may be last, and stands before names too: U.S., Calif. */
    FSC_ABBREV_INITIAL /* one capital letter: not in the table */
} fsc_abbrev_kind;

/* What must hold in the text for the stop to belong to the word. */
enum fsc_abbrev_needs {
    FSC_NEEDS_CAPITAL = 1 << 0, /* its first letter is a capital */
    FSC_NEEDS_DIGIT = 1 << 1,   /* a blank and a digit follow */
    FSC_NEEDS_NAME = 1 << 2,    /* a blank and a capital letter follow */
    FSC_NEEDS_COMMA = 1 << 3,   /* a comma stands before it: Springfield, Mass. */
    FSC_NEEDS_LOWER = 1 << 4    /* its first letter is not a capital */
};

typedef struct fsc_abbrev {
    uint8_t kind;  /* fsc_abbrev_kind */
    uint8_t needs; /* enum fsc_abbrev_needs */
} fsc_abbrev;

/* Bytes of the longest entry, its stop included; letters with stops between them may be longer. */
enum { FSC_ABBREV_LONGEST = 16 };

/* Which forms may be in the tables, by hash (fsc_key_hash of a form without last stop): nearly all words are in none,
 * and need no search. */
typedef struct fsc_abbrev_filter {
    uint64_t bit[256];
} fsc_abbrev_filter;

void fsc_abbrev_filter_fill(fsc_abbrev_filter *f);

/* false: the form is in no table. */
static inline bool fsc_abbrev_listed(const fsc_abbrev_filter *f, uint64_t hash)
{
    // the top 14 bits: one of 256 * 64
    return f->bit[hash >> 56] >> (hash >> 50 & 63) & 1;
}

/* Looks up a folded form, with or without its last stop. */
fsc_abbrev fsc_abbrev_of(fsc_view form);

/* A function word that, written with a capital, tells that a sentence begins: The, But, However. */
bool fsc_abbrev_opens(fsc_view form);

/* German month names: a stop after a day number before them is an ordinal's (3. Oktober). */
bool fsc_abbrev_month_name(fsc_view form);

/* The tables are in order and without doubles: for the tests. */
bool fsc_abbrev_sorted(void);

#endif
