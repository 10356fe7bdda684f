/*
 * yaml: a YAML document as events (libyaml): nested mappings and lists of text, as dictionaries use them.
 *
 * Safe: anchors, aliases and tags that make objects are refused (they let a few bytes stand for very many), nothing is
 * fetched, nesting is FSC_YAML_DEPTH deep at most. Linear in time and memory. No state between calls.
 */
#ifndef FSC_CODEC_YAML_H
#define FSC_CODEC_YAML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#define FSC_YAML_DEPTH 64

typedef enum fsc_yaml_event {
    FSC_YAML_MAP,     /* a mapping begins: keys and values follow in turn */
    FSC_YAML_LIST,    /* a list begins */
    FSC_YAML_END,     /* the innermost of both ends */
    FSC_YAML_SCALAR   /* a key or a value, without its quote marks */
} fsc_yaml_event;

/* Events in order; `text` (of a scalar) is valid during the call only; line and column from 1. False stops the reading. */
typedef bool fsc_yaml_fn(void *user, fsc_yaml_event event, fsc_view text, uint32_t line, uint32_t column);

/* Parses the first document of `bytes` (UTF-8). FSC_E_SYNTAX with line and column; FSC_E_CANCELLED when `fn` stopped it;
 * FSC_E_NOMEM. */
int fsc_yaml_parse(fsc_view bytes, fsc_yaml_fn *fn, void *user, fsc_err *err);

/* Appends a scalar, in double quotes unless it is letters, digits, `_`, `-` and blanks that no reader takes for anything else. */
void fsc_yaml_scalar(fsc_buf *out, fsc_view text);

#endif
