/*
 * scan: bytes -> words. words.c has the loop and the fast way for words that block.c finds, token.c the automaton
 * for all others, links.c URLs, addresses, @names and #tags.
 */
#ifndef FSC_TEXT_SCAN_P_H
#define FSC_TEXT_SCAN_P_H

#include "text/types_p.h"

/* A word whose type is still to be looked up. */
typedef struct fsc_scan_open {
    fsc_key key;
    uint32_t word;
    uint32_t home; /* where the look starts */
} fsc_scan_open;

enum { FSC_SCAN_OPEN = 96 };

/*
 * Types of most words are looked up many at a time: the table's memory is asked for when a word is read, and has come
 * when they are. The table is seldom in the near caches, as all rooms take turns document by document.
 */
typedef struct fsc_scan {
    const unsigned char *s;
    uint32_t size;    /* of the whole text */
    fsc_types *types; /* words with more than a blank before them are noted in its `gap` list */
    fsc_arena *arena;
    fsc_word *word;
    uint32_t count, cap;
    uint32_t open_count;
    fsc_scan_open open[FSC_SCAN_OPEN];
} fsc_scan;

/* Adds the words of s[start..end). false: out of memory. */
bool fsc_words_scan(fsc_scan *z, uint32_t start, uint32_t end);

/* A word found by the automaton. */
typedef struct fsc_token {
    uint32_t start, end; /* start == end: there is none at this place */
    uint32_t type;
    uint32_t flags; /* enum fsc_word_flags: of the type, of case, NON_ASCII */
} fsc_token;

/*
 * The word that starts at s[p], p < end, by the news rules. `begin` is the start of the part. Without a word `end`
 * is after the character at p. false: out of memory.
 */
bool fsc_token_read(fsc_token *out, fsc_scan *z, uint32_t begin, uint32_t p, uint32_t end);

/* Where a URL that starts at p ends: at a blank, quote or angle bracket, less closing punctuation. */
uint32_t fsc_link_url(const unsigned char *s, uint32_t p, uint32_t end);
/* Where the URL ends whose scheme or "www" is s[p..q), or 0 when there is none. */
uint32_t fsc_link_from_word(const unsigned char *s, uint32_t p, uint32_t q, uint32_t end);
/* The end of the e-mail address whose local part ends at q, where an @ stands; 0: none. */
uint32_t fsc_link_address(const unsigned char *s, uint32_t q, uint32_t end);
/* The end of the @name or #tag whose sign is at p; 0: none. */
uint32_t fsc_link_handle(const unsigned char *s, uint32_t p, uint32_t end);

#endif
