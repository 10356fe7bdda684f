/*
 * warc, private to ingest: WARC 0.17 to 1.1 (ISO 28500), WET, and the HTTP messages inside.
 *
 * warc.c cuts records and decides which ones are documents, warc_head.c reads headers, warc_item.c makes items of
 * records (any thread), warc_seen.c knows where the targets of revisits are. A raw record is the record's header and
 * block as they stand in the file; a resolved revisit is its own header and the target's block.
 */
#ifndef FSC_INGEST_WARC_P_H
#define FSC_INGEST_WARC_P_H

#include "ingest/ingest_p.h"

/* Headers above this are no headers. */
#define FSC_HEAD_MAX (64u << 10)

typedef enum fsc_warc_type {
    FSC_WARC_RESPONSE, FSC_WARC_RESOURCE, FSC_WARC_CONVERSION, FSC_WARC_REVISIT, FSC_WARC_CONTINUATION,
    FSC_WARC_REQUEST, FSC_WARC_METADATA, FSC_WARC_INFO, FSC_WARC_OTHER,
    FSC_WARC_TYPE_COUNT
} fsc_warc_type;
const char *fsc_warc_type_name(fsc_warc_type t);

/* Views into the record; long values may be folded over lines. */
typedef struct fsc_warc_head {
    size_t len;                 /* with its blank line */
    fsc_warc_type type;
    bool has_length;
    uint64_t length;            /* of the block */
    fsc_view uri, date, content_type, digest, refers_uri, refers_date, segment;
} fsc_warc_head;

/* `v` begins with a whole header. False: no WARC header of a version we know. */
bool fsc_warc_head_parse(fsc_warc_head *out, fsc_view v);
/* Does a record begin here? */
bool fsc_warc_begins(fsc_view v);

typedef enum fsc_media { FSC_MEDIA_OTHER, FSC_MEDIA_UNKNOWN, FSC_MEDIA_HTML, FSC_MEDIA_TEXT, FSC_MEDIA_JSON } fsc_media;
fsc_media fsc_media_of(fsc_view content_type);

typedef struct fsc_http_head {
    size_t len;                 /* 0: the block has no HTTP header */
    int status;                 /* 0: no status line */
    fsc_media media;
    fsc_view charset, encoding;
    bool chunked, typed;        /* typed: it has a Content-Type */
} fsc_http_head;
void fsc_http_head_parse(fsc_http_head *out, fsc_view block);
/* The charset parameter of a media type, or empty. */
fsc_view fsc_media_charset(fsc_view content_type);

/* Undoes chunked transfer; a body that does not begin with a chunk, and what follows a broken one, stay as they are. */
int fsc_http_dechunk(fsc_view *out, fsc_view body, fsc_arena *arena, fsc_err *err);

/* ---------------------------------------------------------------- records (warc.c) */

/* What was counted of the archives at hand. NULL: out of memory. */
struct fsc_warc *fsc_warc_new(fsc_arena *arena);
/* One record where a listing says that it begins: 1 *out is its row, 0 it is no document and counted, < 0 failed. */
int fsc_warc_record_at(fsc_ingest *in, fsc_view path, uint64_t offset, fsc_raw *out, fsc_arena *arena, fsc_err *err);
/* Tells the user what was counted. */
int fsc_warc_finish(fsc_ingest *in, fsc_err *err);

/* ---------------------------------------------------------------- targets of revisits */

/*
 * Where the records of this run are, by payload digest and by URI and date: a table of fixed size in which old records
 * give way to new ones, so that memory does not grow with the run.
 */
typedef struct fsc_warc_seen fsc_warc_seen;
typedef struct fsc_warc_place {
    uint32_t input;             /* index */
    bool document;              /* false: skipped, and so are its revisits */
    bool reachable;             /* false: inside a file packed as one piece, or in a pipe */
    uint64_t address;
} fsc_warc_place;

fsc_warc_seen *fsc_warc_seen_new(fsc_arena *arena);
uint64_t fsc_warc_key_digest(fsc_view digest);
uint64_t fsc_warc_key_uri(fsc_view uri, fsc_view date);
void fsc_warc_seen_put(fsc_warc_seen *s, uint64_t key, fsc_warc_place place);
const fsc_warc_place *fsc_warc_seen_get(const fsc_warc_seen *s, uint64_t key);

/* The URI without blanks and the <> that Wget puts around it. */
fsc_view fsc_warc_uri(fsc_view uri);

#endif
