/*
 * json_writer: a stream of JSON into a buffer. Commas and nesting are kept by the writer (depth 64); output has no
 * blanks, non-ASCII text stays UTF-8, control characters are escaped, U+2028/9 too. NAN is null.
 */
#ifndef FSC_CODEC_JSON_WRITER_H
#define FSC_CODEC_JSON_WRITER_H

#include "base/buf.h"

typedef struct fsc_json_writer {
    fsc_buf *out;
    uint64_t has_item;      /* bit d: level d has an item already */
    unsigned depth;
    bool after_key;
} fsc_json_writer;

void fsc_json_writer_init(fsc_json_writer *w, fsc_buf *out);
void fsc_json_open_object(fsc_json_writer *w);
void fsc_json_close_object(fsc_json_writer *w);
void fsc_json_open_array(fsc_json_writer *w);
void fsc_json_close_array(fsc_json_writer *w);
void fsc_json_key(fsc_json_writer *w, const char *key);
void fsc_json_keyv(fsc_json_writer *w, fsc_view key);
void fsc_json_string(fsc_json_writer *w, fsc_view v);
void fsc_json_string_or_null(fsc_json_writer *w, fsc_view v); /* empty: null */
void fsc_json_u64(fsc_json_writer *w, uint64_t n);
void fsc_json_i64(fsc_json_writer *w, int64_t n);
void fsc_json_thousandths(fsc_json_writer *w, int64_t n);
void fsc_json_real(fsc_json_writer *w, double x, int decimals);
void fsc_json_bool(fsc_json_writer *w, bool b);
void fsc_json_null(fsc_json_writer *w);

#endif
