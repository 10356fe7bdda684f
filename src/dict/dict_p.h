/* Inside dict: what readers and writers share. */
#ifndef FSC_DICT_DICT_P_H
#define FSC_DICT_DICT_P_H

#include "dict/dict.h"

/* A reader gets the file as UTF-8 without BOM; a writer writes UTF-8. */
typedef int fsc_dict_reader(fsc_dict *d, fsc_view text, fsc_err *err);
typedef int fsc_dict_writer(fsc_buf *out, fsc_dict *d, fsc_err *err);
#define FSC_DICT(id, name, endings, what)                                                                                          \
    fsc_dict_reader fsc_dict_read_##id;                                                                                            \
    fsc_dict_writer fsc_dict_write_##id;
#include "dict/formats.def"
#undef FSC_DICT

/* Records FSC_E_LEXICON at a place of the dictionary; returns it. */
int fsc_dict_fail(const fsc_dict *d, fsc_err *err, uint32_t line, uint32_t column, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* Keeps a warning. False: out of memory. */
bool fsc_dict_warn(fsc_dict *d, uint32_t line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* A category; FSC_DICT_NONE: out of memory. `add` makes one whatever is there, `find` takes a known one of that name and parent. */
uint32_t fsc_dict_category_add(fsc_dict *d, uint32_t parent, fsc_view name, uint32_t line);
uint32_t fsc_dict_category_find(fsc_dict *d, uint32_t parent, fsc_view name, uint32_t line);

/* Adds an entry, once: the same term in the same category under the same condition is warned of. False: out of memory. */
bool fsc_dict_add(fsc_dict *d, const fsc_dict_entry *entry);

/* A raw term: blanks around and between words made single; `literal`: characters that the format does not take for wildcards, to be
 * kept as they are. Empty: nothing left. {NULL, 0}: out of memory. */
fsc_view fsc_dict_term(fsc_dict *d, fsc_view raw, const char *literal);

/* Appends a term for a format in which the characters of `special` cannot stand as themselves, nor wildcards but those of `wild`.
 * False, with the loss counted: it cannot be said. `blank` joins words. */
typedef struct fsc_dict_say {
    const char *wild;    /* "*?" or "*" */
    const char *special; /* characters that mean something else */
    bool last_only;      /* a `*` stands only at the end of the term */
    char blank;
} fsc_dict_say;
bool fsc_dict_say_term(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, const fsc_dict_say *say);

/* Takes back what was written behind `len`. */
static inline void fsc_dict_take_back(fsc_buf *out, size_t len)
{
    if (!out->failed && len < out->len) {
        out->len = len;
        out->data[len] = 0;
    }
}

/* Counts a loss. */
void fsc_dict_lose(fsc_dict *d, enum fsc_dict_loss kind, uint32_t line);

/* For formats without them: counts what an entry loses. True: it is left out altogether. */
enum fsc_dict_holds { FSC_DICT_HOLDS_WEIGHT = 1, FSC_DICT_HOLDS_NOTE = 2, FSC_DICT_HOLDS_CONDITION = 4, FSC_DICT_HOLDS_RULE = 8 };
bool fsc_dict_left_out(fsc_dict *d, const fsc_dict_entry *e, unsigned holds);

/* For formats of one level: counts categories that have a parent or no entries. */
void fsc_dict_count_levels(fsc_dict *d, bool keeps_levels, bool keeps_empty);

/* Lines of a text: the next, without its end; *number counts from 1. False: no more. */
bool fsc_dict_line(fsc_view *rest, fsc_view *line, uint32_t *number);

/* A decimal number? Whole: without a point. */
bool fsc_dict_is_number(fsc_view v);
bool fsc_dict_is_whole(fsc_view v);

/* The weight as a whole number / as one with at most three decimals, without a sign when `unsign`; counts what is rounded. */
void fsc_dict_weight(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e, int decimals, bool unsign);

/* The weight with the sign of its category, in full. */
void fsc_dict_signed_weight(fsc_buf *out, fsc_dict *d, const fsc_dict_entry *e);

/* Entries of category `c` by index, in order: next one from *at on; FSC_DICT_NONE: no more. Linear over all categories together. */
typedef struct fsc_dict_index {
    uint32_t *first, *next; /* by category; by entry */
    uint32_t *child, *sibling;
    uint32_t top;           /* first category at the top */
} fsc_dict_index;
bool fsc_dict_index_make(fsc_dict_index *x, const fsc_dict *d);

#endif
