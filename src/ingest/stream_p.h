/*
 * stream: a file or stdin as UTF-8-to-be, read ahead as far as a record needs. gzip and zstd are unpacked.
 *
 * A byte order mark at the start is dropped; UTF-16 behind its mark comes out as UTF-8. Other bytes are passed on as
 * they are: repair is the business of whoever knows the borders of the record. Private to the room.
 */
#ifndef FSC_INGEST_STREAM_P_H
#define FSC_INGEST_STREAM_P_H

#include "base/file.h"

typedef struct fsc_packed fsc_packed; /* what unpacking needs; packed.c */

typedef struct fsc_stream_options {
    const fsc_alloc *alloc;     /* NULL: the default */
    unsigned window;            /* zstd windows up to 2^window bytes; 0: 8 MiB */
} fsc_stream_options;

typedef struct fsc_stream {
    fsc_reader reader;
    fsc_packed *packed;         /* NULL: the file is not packed */
    const fsc_alloc *alloc;
    unsigned window;
    bool wide, big_endian;      /* UTF-16 */
    bool marked;                /* a byte order mark stood at the start */
    char *data;                 /* decoded text when wide, unpacked bytes when packed */
    size_t pos, len, cap;
    uint64_t offset;            /* bytes of the stream skipped so far (decoded ones when wide or packed) */
    uint32_t repaired;          /* broken UTF-16 so far */
} fsc_stream;

int fsc_stream_open(fsc_stream *s, const char *path, const fsc_stream_options *opt, fsc_err *err);
/* The same over a source of bytes, such as a member of an archive. */
int fsc_stream_open_pull(fsc_stream *s, fsc_pull pull, void *user, const char *name, const fsc_stream_options *opt,
                         fsc_err *err);
/* A file whose bytes are what they are: nothing is read ahead to see whether they are packed or UTF-16. */
int fsc_stream_open_lines(fsc_stream *s, const char *path, const fsc_stream_options *opt, fsc_err *err);
void fsc_stream_close(fsc_stream *s);

/* The unread bytes. Valid until the next fill. */
fsc_view fsc_stream_rest(const fsc_stream *s);

/* Reads on until more than `have` bytes are unread. 1: they are; 0: the input ends with what is there; < 0: failed. */
int fsc_stream_more(fsc_stream *s, size_t have, fsc_err *err);

void fsc_stream_skip(fsc_stream *s, size_t n);

/* Frees the memory of a large record that has been copied. Voids views. */
void fsc_stream_give_back(fsc_stream *s);

/* ---------------------------------------------------------------- packed streams, member by member */

/* Is the next unread byte the first one of a member (a gzip member, a zstd frame)? Where in the file it begins. */
bool fsc_stream_member(const fsc_stream *s, uint64_t *address);
/* Unread bytes before the next member that is known to begin behind the next byte; SIZE_MAX: none. */
size_t fsc_stream_member_left(const fsc_stream *s);

/* Has unpacking failed? What was unpacked before can still be read. *at (may be NULL): the unpacked offset at which the
 * damaged member begins; *address: where in the file that is. */
bool fsc_stream_damaged(const fsc_stream *s, uint64_t *at);
void fsc_stream_damaged_place(const fsc_stream *s, uint64_t *address);
/* Leaves a damaged member: the next one whose bytes begin with `prefix`. 1 found, 0 the file has none, < 0 failed. */
int fsc_stream_resync(fsc_stream *s, fsc_view prefix, fsc_err *err);

/* Opens a regular file and goes to `offset`: of the file, where a member begins when it is packed. */
int fsc_stream_open_at(fsc_stream *s, const char *path, uint64_t offset, const fsc_stream_options *opt, fsc_err *err);

/* Used by stream.c: begins to unpack when the file is packed; reads on. */
int fsc_packed_open(fsc_stream *s, fsc_err *err);
int fsc_packed_more(fsc_stream *s, size_t have, fsc_err *err);
void fsc_packed_close(fsc_stream *s);

#endif
