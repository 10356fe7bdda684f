/*
 * block: what the next bytes of a text are, as bit masks: bit i speaks of byte at + i. A word of the common scripts is
 * then a run of ones, whose ends are found by counting zeros, whatever its length and letters.
 */
#ifndef FSC_TEXT_BLOCK_P_H
#define FSC_TEXT_BLOCK_P_H

#include "base/view.h"

/* Bytes of a block. The last bit of `word` and `first` stays clear, so that a run always ends. */
enum { FSC_BLOCK = 63, FSC_BLOCK_LOAD = 64, FSC_BLOCK_AHEAD = 16 };

/*
 * Word characters here are ASCII letters and digits, and the letters from U+00C0 on that the automaton of token.c
 * treats like them, of two and three bytes: Latin, Greek, Cyrillic, Hebrew, Arabic, the scripts of India, Hangul and
 * more. Marks are those glued to letters, and those that join what stands on both sides whatever else is in the word: a
 * hyphen between word characters, an apostrophe (' or ’) between letters, a stop or comma between digits. A run of
 * `word` that reaches the end of the block may go on behind it.
 */
typedef struct fsc_block {
    uint32_t at;
    uint64_t first; /* first bytes of word characters */
    uint64_t word;  /* all bytes of word characters and of marks */
    uint64_t plain; /* blanks before a byte of `first` */
    uint64_t upper; /* ASCII capitals */
    uint64_t wide;  /* bytes of `word` beyond ASCII */
    uint64_t close; /* a run with one of these must be looked at closely: it is wide, or its case is not told by its
                       first byte alone (USA, 4K, A-B), or FSC_BLOCK_AHEAD bytes at it reach beyond the text */
} fsc_block;

/* The block at s[at], at < end; nothing behind `end`, the part's, counts. `size` is the whole text's. */
void fsc_block_read(fsc_block *out, const unsigned char *s, uint32_t at, uint32_t end, uint32_t size);

/* Classes of bytes, a bit for each of FSC_BLOCK_LOAD bytes. */
typedef struct fsc_planes {
    uint64_t letter, upper, digit, blank, high;
    uint64_t mark; /* from ' to . in ASCII: the marks that may join, and some that never do */
    uint64_t sure; /* begins a letter of two bytes */
    uint64_t look; /* may begin a letter of two or three bytes, or ’ */
} fsc_planes;

/* As fast as the machine allows, and as portable C has it: tests hold them equal. */
void fsc_planes_read(fsc_planes *out, const unsigned char *s);
void fsc_planes_read_portable(fsc_planes *out, const unsigned char *s);

#endif
