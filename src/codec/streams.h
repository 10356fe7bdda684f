/*
 * streams: unpacking gzip and zstd, member by member, and whole HTTP bodies.
 *
 * A member is a gzip member (RFC 1952) or a zstd frame (RFC 8878); a file is one or many of them. Unpacking stops at
 * each member's end, so that the caller knows where in the file each begins: archives address their records that way.
 * A member that unpacks to more than 1,000 times its size behind the first 256 MiB is refused, and a zstd window
 * (unless a larger one is allowed) or dictionary above 8 MiB.
 */
#ifndef FSC_CODEC_STREAMS_H
#define FSC_CODEC_STREAMS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

typedef enum fsc_pack { FSC_PACK_NONE, FSC_PACK_GZIP, FSC_PACK_ZSTD } fsc_pack;

/* By the first 4 bytes; zstd also by a skippable frame. */
fsc_pack fsc_pack_of(fsc_view head);
/* "gzip", "zstd". */
const char *fsc_pack_name(fsc_pack pack);

typedef struct fsc_unpack fsc_unpack;
int fsc_unpack_new(fsc_unpack **out, fsc_pack pack, const fsc_alloc *alloc, fsc_err *err);
/* Allows zstd windows up to 2^log bytes, 10 to 31: dumps made with --long. Memory grows by as much. */
void fsc_unpack_window(fsc_unpack *u, unsigned log);
void fsc_unpack_free(fsc_unpack *u);

/* Forgets the member begun: the next bytes begin one. A dictionary stays. */
void fsc_unpack_restart(fsc_unpack *u);

typedef struct fsc_unpack_step {
    size_t used, made;  /* bytes read and written */
    bool ended;         /* the member ended there */
} fsc_unpack_step;

/* Unpacks up to the end of the member, of `in` or of `out`. FSC_E_SYNTAX: damaged; FSC_E_LIMIT: a bomb, or a window
 * above 8 MiB. What was written before a failure counts in *step. */
int fsc_unpack_run(fsc_unpack *u, fsc_view in, char *out, size_t room, fsc_unpack_step *step, fsc_err *err);

/* A zstd file may begin with a skippable frame that holds the dictionary of all others, itself packed or not. 0: `head`
 * does not begin so. Else the bytes of that frame with its 8 bytes of header, of which the rest is the argument of
 * fsc_unpack_dictionary. */
uint64_t fsc_unpack_dictionary_size(fsc_view head);
int fsc_unpack_dictionary(fsc_unpack *u, fsc_view bytes, fsc_err *err);

/*
 * A body as HTTP sends it: `encoding` is one of gzip x-gzip deflate zstd identity br. Lenient: a body that is not
 * packed at all is returned as it is, and one that breaks off keeps what came before. FSC_E_SYNTAX: nothing could be
 * unpacked; FSC_E_LIMIT: larger than `max`, or more than 200 times its size and above 1 MiB; FSC_E_UNSUPPORTED: no
 * such encoding here.
 */
int fsc_unpack_body(fsc_view *out, fsc_view body, fsc_view encoding, size_t max, fsc_arena *arena, fsc_err *err);

#endif
