/*
 * regex: entries written as /regex/, run by PCRE2 over the sentences where their word stands.
 *
 * Case is ignored unless the expression says (?-i). One search may take FSC_LEX_MATCH_LIMIT steps; an expression
 * that reaches it is not run again in the same text. Compiled at the first trial, once a matcher.
 */
#ifndef FSC_LEXICON_REGEX_P_H
#define FSC_LEXICON_REGEX_P_H

#include "lexicon/source_p.h"

#define FSC_LEX_MATCH_LIMIT 100000

/* True for a pattern cell that is a regex. */
static inline bool fsc_lex_is_regex(fsc_view pattern)
{
    return pattern.len > 0 && pattern.data[0] == '/';
}

/* Checks a pattern cell /regex/; *text is what stands between the slashes. FSC_E_LEXICON with line and column. */
int fsc_lex_regex_check(fsc_view pattern, fsc_view *text, fsc_lex_place place, fsc_err *err);

/* The expressions of one matcher. */
typedef struct fsc_lex_regexes fsc_lex_regexes;
int fsc_lex_regexes_new(fsc_lex_regexes **out, size_t count, const fsc_alloc *alloc, fsc_err *err);
void fsc_lex_regexes_free(fsc_lex_regexes *r);

/* A new text: expressions that reached the limit are tried again. */
void fsc_lex_regexes_reset(fsc_lex_regexes *r);

/* Searches expression `index` (whose source is `text`) in a sentence from byte `from` on.
 * 1: found, *span set (bytes of the sentence); 0: not; FSC_E_NOMEM. One that reaches a limit gives 0 from then on. */
int fsc_lex_regexes_find(fsc_lex_regexes *r, uint32_t index, fsc_view text, fsc_view sentence, size_t from,
                         fsc_span *span, fsc_err *err);

/* Number of expressions that reached a limit in this text. */
uint32_t fsc_lex_regexes_limited(const fsc_lex_regexes *r);

#endif
