/*
 * gap: what stands between two words. The gaps that hold more than a blank are read once, in order: quote marks are
 * listed, the words on both sides get their flags, and what may end a sentence is described for rules.c.
 */
#ifndef FSC_TEXT_GAP_P_H
#define FSC_TEXT_GAP_P_H

#include "base/vec.h"
#include "text/types_p.h"
#include "text/ucd_p.h"

typedef enum fsc_term {
    FSC_TERM_NONE,
    FSC_TERM_STOP,     /* one full stop, perhaps an abbreviation's */
    FSC_TERM_ELLIPSIS, /* two and more, also with blanks between them; … */
    FSC_TERM_STRONG,   /* ! ? and their like */
    FSC_TERM_WIDE      /* 。 and its like: no blank need follow */
} fsc_term;

typedef struct fsc_gap {
    uint32_t from, to;
    uint32_t prev, next; /* word indices; FSC_NONE at the ends of the part */
    fsc_term term;
    bool own_stop;       /* the stop is the last byte of the word before (abbreviation) */
    bool spaced;         /* a blank or newline follows the terminator and what closes with it */
    bool omission;       /* FSC_TERM_ELLIPSIS of three dots after a blank, or one in brackets */
    bool closed_quote;   /* a closing quote mark stands behind the terminator */
    bool closed;         /* a closing bracket or quote mark does */
    bool opened;         /* an opening one stands before the next word */
    bool reference;      /* that is [ */
    bool ends_reference; /* the gap begins with ] */
    bool joins;          /* a comma, dash or colon stands last before the newline */
    uint32_t cut_end;    /* end of the terminator and what closes with it */
    uint32_t cut_start;  /* first character after that and blanks */
    uint32_t bullet;     /* a list bullet, or FSC_NONE */
    uint32_t lines;      /* newlines */
    bool blank_line;
    uint32_t line_end;  /* end of the last character before the first newline, or `from` */
    uint32_t line_next; /* after the last newline */
} fsc_gap;

/* The quote marks of a part as far as it has been read. */
typedef struct fsc_quotes {
    bool double_open, single_open;
} fsc_quotes;

typedef fsc_vec(fsc_mark) fsc_marks;

/* What the gaps of a part share. */
typedef struct fsc_gap_reader {
    const unsigned char *s;
    uint32_t begin, end; /* the part */
    uint32_t size;       /* the whole text */
    fsc_word *word;
    uint32_t word_count; /* of the whole text */
    uint32_t word_end;   /* index after the part's last word */
    fsc_quotes quotes;
    fsc_marks *marks;
    fsc_arena *arena;
} fsc_gap_reader;

/* Reads the gap between words prev and next (FSC_NONE at an end of the part). false: out of memory. */
bool fsc_gap_read(fsc_gap *out, fsc_gap_reader *r, uint32_t prev, uint32_t next);

/* A character that may be a quote mark. */
static inline bool fsc_mark_char(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '`' || cp == 0xAB || cp == 0xBB || (cp >= 0x2018 && cp <= 0x201F) ||
           cp == 0x2039 || cp == 0x203A || (cp >= 0x300C && cp <= 0x300F);
}

/*
 * Decides about the character `cp` of fsc_mark_char, `len` bytes at s[i]: side 0 when it is none (apostrophe, feet,
 * inches). `start` and `end` are set in any case; doubled single quotes are one mark. Keeps `quotes` up to date.
 */
fsc_mark fsc_mark_read(fsc_gap_reader *r, uint32_t i, uint32_t cp, uint32_t len);

#endif
