/*
 * members: the files inside a zip or tar (libarchive), one after the other and never written to disk. Private to the room.
 *
 * Guards: a member that unpacks to more than 200 times its size beyond the first MiB, one whose bytes overlap those of
 * another, more than a million members. Names are only ever shown: control characters, "..", and a leading "/" are
 * escaped as %XX.
 */
#ifndef FSC_INGEST_MEMBERS_P_H
#define FSC_INGEST_MEMBERS_P_H

#include "base/err.h"
#include "ingest/stream_p.h"

typedef struct fsc_members fsc_members;

typedef struct fsc_member {
    fsc_view name;          /* escaped, valid UTF-8; until the next call. Empty: the file is packed and no archive */
    bool regular;           /* false: a folder, a link */
    bool encrypted;
} fsc_member;

/* Over a regular file, which is gone through by its directory. FSC_E_READ: it is no archive. */
int fsc_members_open(fsc_members **out, const char *path, const fsc_alloc *alloc, fsc_err *err);
/* Over the rest of a stream, which stays the caller's and must live as long. */
int fsc_members_open_stream(fsc_members **out, fsc_stream *s, const fsc_alloc *alloc, fsc_err *err);
/* Over bytes in memory. */
int fsc_members_open_bytes(fsc_members **out, fsc_view bytes, const fsc_alloc *alloc, fsc_err *err);
void fsc_members_close(fsc_members *m);

/* The next member: 1 found, 0 there is none, < 0 failed. What was not read of the last one is passed over. */
int fsc_members_next(fsc_members *m, fsc_member *out, fsc_err *err);

/* Bytes of the member at hand: an fsc_pull, user is the fsc_members. */
int64_t fsc_members_pull(void *members, char *out, size_t room, fsc_err *err);

/* Bytes of the archive read so far. */
uint64_t fsc_members_read(const fsc_members *m);

/* Do the first bytes of a file look like a zip? A tar? Something packed that only libarchive unpacks (bzip2, xz)? */
bool fsc_members_is_zip(fsc_view head);
bool fsc_members_is_tar(fsc_view head);

#endif
