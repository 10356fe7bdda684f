/*
 * ucd: classes of characters, from tables made by make_tables.py.
 *
 * Word_Break and Sentence_Break values are those of UAX #29; the flags are general categories and emoji
 * properties that the news tailoring needs. All tables are constant data.
 */
#ifndef FSC_TEXT_UCD_P_H
#define FSC_TEXT_UCD_P_H

#include "base/view.h"

enum fsc_wb {
    WB_OTHER,
    WB_CR,
    WB_LF,
    WB_NEWLINE,
    WB_EXTEND,
    WB_ZWJ,
    WB_FORMAT,
    WB_KATAKANA,
    WB_HEBREWLETTER,
    WB_ALETTER,
    WB_SINGLEQUOTE,
    WB_DOUBLEQUOTE,
    WB_MIDNUMLET,
    WB_MIDLETTER,
    WB_MIDNUM,
    WB_NUMERIC,
    WB_EXTENDNUMLET,
    WB_REGIONALINDICATOR,
    WB_WSEGSPACE
};

enum fsc_sb {
    SB_OTHER,
    SB_CR,
    SB_LF,
    SB_SEP,
    SB_EXTEND,
    SB_FORMAT,
    SB_SP,
    SB_LOWER,
    SB_UPPER,
    SB_OLETTER,
    SB_NUMERIC,
    SB_ATERM,
    SB_SCONTINUE,
    SB_STERM,
    SB_CLOSE
};

enum fsc_ucd_flags {
    FSC_UCD_LETTER = 1 << 0,   /* general category L* */
    FSC_UCD_NUMBER = 1 << 1,   /* N* */
    FSC_UCD_CURRENCY = 1 << 2, /* Sc */
    FSC_UCD_DASH = 1 << 3,     /* Pd */
    FSC_UCD_OPEN = 1 << 4,     /* Ps, Pi */
    FSC_UCD_CLOSE = 1 << 5,    /* Pe, Pf */
    FSC_UCD_BLANK = 1 << 6,    /* Zs, Zl, Zp */
    FSC_UCD_PICT = 1 << 7,     /* Extended_Pictographic */
    FSC_UCD_EMOJI = 1 << 8     /* Emoji_Presentation */
};

typedef struct fsc_ucd {
    uint8_t wb, sb; /* enum fsc_wb, enum fsc_sb */
    uint16_t flags; /* enum fsc_ucd_flags */
} fsc_ucd;

/* The same for the middle of a word, in one byte. */
enum fsc_ucd_run {
    FSC_RUN_LETTERLIKE = 1 << 0, /* ALetter and Hebrew_Letter */
    FSC_RUN_DIGIT = 1 << 1,      /* Numeric */
    FSC_RUN_GLUE = 1 << 2,       /* Extend, Format, ZWJ */
    FSC_RUN_HEBREW = 1 << 3,
    FSC_RUN_LETTER = 1 << 4, /* general category L* */
    FSC_RUN_UPPER = 1 << 5
};

extern const fsc_ucd fsc_ucd_class[];
extern const uint8_t fsc_ucd_run[];
extern const uint16_t fsc_ucd_stage1[];

/* What a letter below FSC_UCD_FOLD folds to, wherever it stands, in two bytes as it has itself; 0: utf8proc tells. */
enum { FSC_UCD_FOLD = 0x600 };
extern const uint16_t fsc_ucd_fold[FSC_UCD_FOLD];
extern const uint8_t fsc_ucd_stage2[];

/* The properties of a code point (anything above U+10FFFF counts as unassigned). */
static inline fsc_ucd fsc_ucd_of(uint32_t cp)
{
    if (cp > 0x10FFFF)
        cp = 0x10FFFF;
    return fsc_ucd_class[fsc_ucd_stage2[fsc_ucd_stage1[cp >> 7] * 128u + (cp & 127)]];
}

/* enum fsc_ucd_run of a code point. */
static inline unsigned fsc_ucd_run_of(uint32_t cp)
{
    if (cp > 0x10FFFF)
        cp = 0x10FFFF;
    return fsc_ucd_run[fsc_ucd_stage2[fsc_ucd_stage1[cp >> 7] * 128u + (cp & 127)]];
}

/* A character of a text: its code point, length in bytes and properties. */
typedef struct fsc_char {
    uint32_t cp;
    uint32_t len;
    fsc_ucd ucd;
} fsc_char;

/* Code point at s[i], i < end, of valid UTF-8. A sequence cut off by `end` counts as one odd byte. */
static inline uint32_t fsc_char_decode(const unsigned char *s, uint32_t i, uint32_t end, uint32_t *len)
{
    uint32_t c = s[i], left = end - i;
    *len = 1;
    if (c < 0x80)
        return c;
    if (c < 0xE0 && left >= 2) {
        *len = 2;
        return (c & 0x1F) << 6 | (s[i + 1] & 0x3Fu);
    }
    if (c < 0xF0 && left >= 3) {
        *len = 3;
        return (c & 0x0F) << 12 | (s[i + 1] & 0x3Fu) << 6 | (s[i + 2] & 0x3Fu);
    }
    if (left >= 4) {
        *len = 4;
        return (c & 0x07) << 18 | (s[i + 1] & 0x3Fu) << 12 | (s[i + 2] & 0x3Fu) << 6 | (s[i + 3] & 0x3Fu);
    }
    return 0xFFFD;
}

/* The character at s[i], i < end. */
static inline fsc_char fsc_char_at(const unsigned char *s, uint32_t i, uint32_t end)
{
    fsc_char c;
    c.cp = fsc_char_decode(s, i, end, &c.len);
    c.ucd = fsc_ucd_of(c.cp);
    return c;
}

/* Offset of the character before s[i], start < i. */
static inline uint32_t fsc_char_before(const unsigned char *s, uint32_t start, uint32_t i)
{
    uint32_t stop = i - start > 4 ? i - 4 : start;
    do {
        i--;
    } while (i > stop && (s[i] & 0xC0) == 0x80);
    return i;
}

/* Extend, Format and ZWJ: what WB4 glues to the character before it. */
static inline bool fsc_wb_glued(unsigned wb)
{
    return wb == WB_EXTEND || wb == WB_FORMAT || wb == WB_ZWJ;
}

static inline bool fsc_wb_letter(unsigned wb)
{
    return wb == WB_ALETTER || wb == WB_HEBREWLETTER;
}

/* The version of the tables, "15.0.0". */
const char *fsc_ucd_version(void);

#endif
