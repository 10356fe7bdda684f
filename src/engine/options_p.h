/* Inside engine: the option table, its parser, and the texts that are printed from it. */
#ifndef FSC_ENGINE_OPTIONS_P_H
#define FSC_ENGINE_OPTIONS_P_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"

typedef enum fsc_verb {
#define FSC_VERB(id, name, run, args, what, example) FSC_VERB_##id,
#include "engine/verbs.def"
#undef FSC_VERB
    FSC_VERB_COUNT
} fsc_verb;

typedef fsc_vec(const char *) fsc_texts;

/* Values as given; what they mean is decided by the verb. Text is borrowed from argv. */
typedef struct fsc_options {
    fsc_verb verb;
    fsc_texts arg;              /* inputs and other words that are no options */
#define FLAG bool
#define TEXT const char *
#define OPTIONAL const char * /* "" when given without a value */
#define LIST fsc_texts
#define NUMBER int64_t
#define SIZE int64_t
#define FSC_OPTION(field, name, letter, type, argument, verbs, help) type field;
#include "engine/options.def"
#undef FSC_OPTION
#undef FLAG
#undef TEXT
#undef OPTIONAL
#undef LIST
#undef NUMBER
#undef SIZE
} fsc_options;

/* argv[0] is the verb. NUMBER and SIZE options not given are -1. FSC_E_USAGE names the word at fault and the remedy. */
int fsc_options_parse(fsc_options *out, int argc, const char *const *argv, fsc_arena *arena, fsc_err *err);

/* Texts made from the tables. */
void fsc_options_help(fsc_buf *out, int verb); /* -1: the command */
void fsc_options_man(fsc_buf *out);
bool fsc_options_completion(fsc_buf *out, const char *shell);

/* Index of a verb, or -1. */
int fsc_verb_find(const char *name);
const char *fsc_verb_name(fsc_verb verb);

/* The values that decide the output, one "name=value" a line in table order: hashed into `run`. */
void fsc_options_describe(fsc_buf *out, const fsc_options *o);

#endif
