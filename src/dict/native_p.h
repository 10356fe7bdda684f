/* Inside dict: framescope's own format. */
#ifndef FSC_DICT_NATIVE_P_H
#define FSC_DICT_NATIVE_P_H

#include "dict/dict_p.h"

/* A lexicon being written. Its lines are counted, so that messages can name the line of the file they stand for. */
typedef struct fsc_native {
    fsc_buf *out;
    fsc_dict *d;
    fsc_dict_lines *line; /* NULL: nobody asks */
    fsc_view *slug;       /* of each category */
    bool failed;          /* out of memory */
} fsc_native;

/* One row. `options` may be empty. A negative weight goes to the category's other side. */
void fsc_native_row(fsc_native *w, const fsc_dict_entry *e, fsc_view options);

/* Appends a term as a pattern; `guard`: within the cell of options. */
void fsc_native_pattern(fsc_buf *out, fsc_view term, bool guard);

/* The options that make a condition of LIWC hold; false: too long, or its categories have no single words. */
bool fsc_native_condition(fsc_native *w, const fsc_dict_entry *e, fsc_buf *options);

/* The rows that a rule of WordStat stands for; false: it says something that guards cannot. */
bool fsc_native_rule(fsc_native *w, const fsc_dict_entry *rule);

/* Ends a line that stands for line `line` of the file. */
void fsc_native_end(fsc_native *w, uint32_t line);

/* The plain terms that a pattern stands for; false: it says more than words and wildcards, or too many of them. */
typedef fsc_vec(fsc_view) fsc_native_terms;
bool fsc_native_expand(fsc_native_terms *out, fsc_view pattern, fsc_arena *arena);

#endif
