/*
 * dict: the dictionaries of other tools, read into one plain form and written from it; and how those tools count.
 *
 * Files in the wild are dirty. What can be understood is taken, and a warning names file and line; nothing is dropped in
 * silence. What a format cannot hold is counted while it is written (fsc_dict.loss). Formats: formats.def.
 * Sources: LIWC 2001-2022 manuals and help pages, Yoshikoder and Lexicoder files, WordStat's user guide, quanteda's and
 * VADER's documentation.
 */
#ifndef FSC_DICT_DICT_H
#define FSC_DICT_DICT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"

#define FSC_DICT_NONE UINT32_MAX

typedef enum fsc_dict_format {
#define FSC_DICT(id, name, endings, what) FSC_DICT_##id,
#include "dict/formats.def"
#undef FSC_DICT
    FSC_DICT_FORMATS
} fsc_dict_format;

enum fsc_dict_loss {
#define FSC_DICT_LOSS(id, text) FSC_DICT_LOSS_##id,
#include "dict/losses.def"
#undef FSC_DICT_LOSS
    FSC_DICT_LOSSES
};

typedef struct fsc_dict_category {
    fsc_view name;   /* of its level, as written */
    fsc_view id;     /* the number LIWC gives it, as written, or empty */
    fsc_view note;   /* a description, or a colour (#AA0000), or empty */
    uint32_t parent; /* FSC_DICT_NONE: at the top */
    int pole;        /* 1, -1, 0 */
    uint32_t line;
} fsc_dict_category;

enum fsc_dict_flags {
    FSC_DICT_PATTERN = 1 << 0, /* the term is a pattern of framescope that no other format can say */
    FSC_DICT_RULE = 1 << 1     /* a rule of WordStat: the term is its name, `when` what stands in the brackets */
};

/* One term in one category. */
typedef struct fsc_dict_entry {
    /* Words with one blank between them; `*` stands for any characters, `?` for one, a backslash takes the next as it is. */
    fsc_view term;
    fsc_view weight;   /* a decimal number as written, may be negative; empty: none */
    fsc_view note;     /* VADER: "deviation; [ratings]" */
    fsc_view when;     /* a condition of LIWC: "<of>", "(02 134)"; with ! before it: if not. Empty: always */
    fsc_view options;  /* of framescope's own format */
    uint32_t category;
    uint32_t line;
    uint32_t flags;    /* enum fsc_dict_flags */
} fsc_dict_entry;

typedef struct fsc_dict_note {
    uint32_t line; /* 0: the whole file */
    fsc_view text;
} fsc_dict_note;

/* A dictionary; everything lives in its arena, the text of the file too. */
typedef struct fsc_dict {
    fsc_arena *arena;
    fsc_view path, name;    /* the name: of the file, without folders and ending */
    fsc_dict_format format; /* it was read from */
    fsc_vec(fsc_dict_category) category;
    fsc_vec(fsc_dict_entry) entry;
    fsc_vec(fsc_dict_note) warning;
    fsc_map seen;           /* entries, to find doubles */
    /* by kind of loss: how many, and the line of the first */
    uint32_t loss[FSC_DICT_LOSSES], loss_line[FSC_DICT_LOSSES];
} fsc_dict;

/* The format that a file of that name and content has. */
fsc_dict_format fsc_dict_format_of(fsc_view path, fsc_view bytes);
/* By name or ending; FSC_DICT_FORMATS: none. */
fsc_dict_format fsc_dict_format_named(fsc_view name);
const char *fsc_dict_format_name(fsc_dict_format format);

/*
 * Reads a dictionary. FSC_E_LEXICON with path, line and column: binary, larger than 256 MiB, not of the format at all, XML
 * with a DOCTYPE of its own. FSC_E_NOMEM.
 */
int fsc_dict_read(fsc_dict *out, fsc_dict_format format, fsc_view path, fsc_view bytes, fsc_arena *arena, fsc_err *err);

/* Writes it; losses are counted anew. */
int fsc_dict_write(fsc_buf *out, fsc_dict *dict, fsc_dict_format format, fsc_err *err);

/* Writes it as a lexicon of framescope for matching: `*line` has for each line written the line of the file it stands for. */
typedef fsc_vec(uint32_t) fsc_dict_lines;
int fsc_dict_lexicon(fsc_buf *out, fsc_dict_lines *line, fsc_dict *dict, fsc_err *err);

/* What was lost, one sentence of each kind: "12 weights are left out, the first in line 14". NULL: no (more). In its arena. */
const char *fsc_dict_lost(const fsc_dict *dict, enum fsc_dict_loss kind);

/* The names of a category and those above it, joined by `separator`. */
fsc_view fsc_dict_path(const fsc_dict *dict, uint32_t category, char separator, fsc_arena *arena);

/* The sign of a category: its pole, else what its name says (positive, negative), else 0. */
int fsc_dict_sign(const fsc_dict_category *category);

/* ---------------------------------------------------------------- how other tools count */

/* A hit: words [first, end) and the key (category) it counts for. */
typedef struct fsc_dict_hit {
    uint32_t first, end, key;
} fsc_dict_hit;

/*
 * LIWC: from left to right, the longest term at each word is taken and its words are passed over; a term counts once in
 * each of its categories. Adds to n[key]; *captured: words that some term took. Sorts `hit`. n log n.
 */
void fsc_dict_count_liwc(uint64_t *n, uint64_t *captured, fsc_dict_hit *hit, size_t count);

/* quanteda's nested_scope: `dictionary`: words that a longer term of any key has used are gone for all; else of the same key. */
typedef struct fsc_dict_scope {
    bool dictionary;
    uint32_t words; /* of the text */
} fsc_dict_scope;

/*
 * quanteda's tokens_lookup: the longest terms first, each key taking a word once. Adds to n[key]; covered[word] (all false
 * at first) is set for words that some key took: the others are what exclusive = FALSE keeps. Sorts `hit`. FSC_E_NOMEM.
 */
int fsc_dict_count_quanteda(uint64_t *n, bool *covered, fsc_dict_hit *hit, size_t count, const fsc_dict_scope *scope, fsc_arena *scratch);

/* VADER's rules with the valences of a dictionary, as its reference implementation 3.3 has them; no emoji descriptions. Frozen
 * once made, shared by all threads. */
typedef struct fsc_vader fsc_vader;
int fsc_vader_new(fsc_vader **out, const fsc_dict *d, fsc_arena *arena, fsc_err *err);

typedef struct fsc_vader_rating {
    double neg, neu, pos, compound;
} fsc_vader_rating;
int fsc_vader_rate(fsc_vader_rating *out, const fsc_vader *v, fsc_view text, fsc_arena *scratch, fsc_err *err);

#endif
