/*
 * stream: a file or stdin as UTF-8-to-be, read ahead as far as a record needs.
 *
 * A byte order mark at the start is dropped; UTF-16 behind its mark comes out as UTF-8. Other bytes are passed on as
 * they are: repair is the business of whoever knows the borders of the record. Private to the room.
 */
#ifndef FSC_INGEST_STREAM_P_H
#define FSC_INGEST_STREAM_P_H

#include "base/file.h"

typedef struct fsc_stream {
    fsc_reader reader;
    const fsc_alloc *alloc;
    bool wide, big_endian;      /* UTF-16 */
    bool marked;                /* a byte order mark stood at the start */
    char *data;                 /* decoded text when wide */
    size_t pos, len, cap;
    uint64_t offset;            /* bytes of the stream skipped so far (decoded ones when wide) */
    uint32_t repaired;          /* broken UTF-16 so far */
} fsc_stream;

int fsc_stream_open(fsc_stream *s, const char *path, const fsc_alloc *alloc, fsc_err *err);
void fsc_stream_close(fsc_stream *s);

/* The unread bytes. Valid until the next fill. */
fsc_view fsc_stream_rest(const fsc_stream *s);

/* Reads on until more than `have` bytes are unread. 1: they are; 0: the input ends with what is there; < 0: failed. */
int fsc_stream_more(fsc_stream *s, size_t have, fsc_err *err);

void fsc_stream_skip(fsc_stream *s, size_t n);

#endif
