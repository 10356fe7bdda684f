/*
 * json: reading JSON values (json-c) as plain nodes in an arena.
 *
 * One call parses one value; after it only blanks may follow. Depth is limited to 256. Integers above 2^63 keep
 * their source text. Lone surrogates become U+FFFD; bytes that are not UTF-8 are passed on, the caller repairs them.
 * Raw control characters in strings (NUL too), NaN and Infinity are accepted. When `lenient`, BOM, comments, CDATA and
 * `;` wrappers (JSON-LD in the wild) are stripped, and trailing commas accepted. More than FSC_JSON_MAX_VALUES values in
 * one are refused (FSC_E_LIMIT): memory stays in proportion to the text.
 */
#ifndef FSC_CODEC_JSON_H
#define FSC_CODEC_JSON_H

#include "base/arena.h"
#include "base/err.h"

#define FSC_JSON_MAX_VALUES (1u << 20)

typedef enum fsc_json_kind {
    FSC_JSON_NULL, FSC_JSON_BOOL, FSC_JSON_NUMBER, FSC_JSON_STRING, FSC_JSON_ARRAY, FSC_JSON_OBJECT
} fsc_json_kind;

typedef struct fsc_json {
    fsc_json_kind kind;
    bool boolean;
    fsc_view text;              /* string: its value; number: its source text */
    union {
        double number;
        uint64_t names;         /* object: fsc_json_name_bit of each member */
    };
    struct fsc_json *child;     /* first item or member */
    struct fsc_json *next;      /* next sibling */
    fsc_view key;               /* of a member */
} fsc_json;

/* One of 64 bits for the name of a member: of most names that an object lacks it is known by its bits. */
static inline uint64_t fsc_json_name_bit(fsc_view name)
{
    unsigned sum = name.len ? (unsigned)name.len * 11 + (unsigned char)name.data[0] + 3 * (unsigned char)name.data[name.len - 1] : 0;
    return UINT64_C(1) << sum % 64;
}

/* A parser that keeps its tokener; one per worker. */
typedef struct fsc_json_parser fsc_json_parser;
int fsc_json_parser_new(fsc_json_parser **out, const fsc_alloc *alloc, fsc_err *err);
void fsc_json_parser_free(fsc_json_parser *p);

/* FSC_E_SYNTAX with offset, FSC_E_LIMIT. The tree lives in `arena`; p may be NULL (a parser is made for the call). */
int fsc_json_parse(fsc_json **out, fsc_json_parser *p, fsc_view bytes, bool lenient, fsc_arena *arena, fsc_err *err);

/*
 * One record of JSONL or of an array, the hot path: an object of the plain shape (RFC 8259 to the letter, names without
 * escapes, not too deep) is read here, and whatever is not exactly that goes to json-c, as do numbers that take care to
 * round. The result is that of fsc_json_parse(..., lenient false, ...), but views may point into `bytes`, which must
 * live as long, and repeated names are all there.
 */
int fsc_json_record(fsc_json **out, fsc_json_parser *p, fsc_view bytes, fsc_arena *arena, fsc_err *err);

/*
 * Length of the first value of `bytes`, blanks before it included; 0 when it does not end there (and `at_end` is
 * false). Looks at brackets and quotes only: whether the value is well formed is for the parser to say. Resumable:
 * *scan is all zero at first and keeps the place, so growing input is scanned once. `complete` says whether the value
 * was closed.
 */
typedef struct fsc_json_scan {
    size_t pos;
    uint32_t depth;
    bool begun, quoted, complete;
} fsc_json_scan;
size_t fsc_json_value_end(fsc_view bytes, bool at_end, fsc_json_scan *scan);

/* The last member of that name, or NULL (also for NULL or non-objects). */
const fsc_json *fsc_json_find(const fsc_json *object, fsc_view name); /* of an object */
static inline const fsc_json *fsc_json_get(const fsc_json *object, const char *key)
{
    fsc_view name = fsc_view_cstr(key);
    return object && object->kind == FSC_JSON_OBJECT && (object->names & fsc_json_name_bit(name)) ? fsc_json_find(object, name) : NULL;
}
/* The text of a string or number, or the empty view. */
fsc_view fsc_json_text(const fsc_json *v);

#endif
