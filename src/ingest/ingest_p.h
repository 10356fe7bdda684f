/*
 * ingest, private: what the kinds of input share. A kind is a row of kinds.def:
 *
 *     sniff   how well the first bytes of a file fit                        (any thread, pure)
 *     begin   reads what stands before the first record; may be NULL        (reading thread)
 *     cut     the next raw record of the file: 1 found, 0 end, < 0 failed   (reading thread); NULL: its members are inputs
 *     parse   a raw record to an item                                       (any thread, `in` read only)
 */
#ifndef FSC_INGEST_INGEST_P_H
#define FSC_INGEST_INGEST_P_H

#include <stdatomic.h>

#include "base/map.h"
#include "base/vec.h"
#include "codec/codec.h"
#include "ingest/ingest.h"
#include "ingest/members_p.h"
#include "ingest/stream_p.h"
#include "store/store.h"

/* NO: this is something else. MAYBE: nothing speaks against it. SURE: it says so itself. */
typedef enum fsc_sniff { FSC_SNIFF_NO, FSC_SNIFF_MAYBE, FSC_SNIFF_SURE } fsc_sniff;

typedef struct fsc_kind {
    const char *name;
    const char *extensions;     /* separated by blanks, lower case */
    fsc_sniff (*sniff)(fsc_view head);
    int (*begin)(fsc_ingest *in, fsc_err *err);
    int (*cut)(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
    int (*parse)(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err);
} fsc_kind;

/* ---------------------------------------------------------------- fields */

typedef enum fsc_field_id {
#define FSC_FIELD(id, member, name) FSC_FIELD_##id,
#include "ingest/fields.def"
#undef FSC_FIELD
    FSC_FIELD_COUNT
} fsc_field_id;

/* Which of some names stands for which field. */
typedef struct fsc_field_match {
    int32_t at[FSC_FIELD_COUNT];    /* index of the name; -1: none */
    bool guessed[FSC_FIELD_COUNT];  /* not by --map and not by the field's own name */
    int32_t rival;                  /* another name that could as well be the text; -1: none */
} fsc_field_match;

/* --map, parsed: one column a field; has[f] with an empty name: the field is left out. */
typedef struct fsc_field_map {
    bool has[FSC_FIELD_COUNT];
    fsc_view name[FSC_FIELD_COUNT];
} fsc_field_map;

/* FSC_E_USAGE with the place in the map. Views point into `map`. */
int fsc_field_map_parse(fsc_field_map *out, fsc_view map, fsc_err *err);

/* Names that are empty views are passed over. Returns a mapped field whose column is not among them, or -1. */
int fsc_field_match_names(fsc_field_match *out, const fsc_view *name, size_t count, const fsc_field_map *map);

const char *fsc_field_name(fsc_field_id f);
/* The field of that name, or -1. */
int fsc_field_named(fsc_view name);
/* Are the names the same but for case, and '-' and ' ' for '_'? */
bool fsc_field_same_name(fsc_view a, fsc_view b);
/* The item's view of that field (content for text and html). */
fsc_view *fsc_field_slot(fsc_item *item, fsc_field_id f);

/* ---------------------------------------------------------------- services (services.def) */

typedef struct fsc_service fsc_service;

/* The service whose exports have these names, or NULL. Static. */
const fsc_service *fsc_service_of(const fsc_view *name, size_t count);
const char *fsc_service_title(const fsc_service *s);
/* `map` (of --map) with what the service calls its fields where `map` leaves it open. s may be NULL. */
void fsc_service_map(fsc_field_map *out, const fsc_service *s, const fsc_field_map *map, const fsc_view *name, size_t count);
/* The value of a name in a record, or the empty view. */
typedef fsc_view (*fsc_service_value)(const void *record, const char *name);
/* What only this service has, once the fields are read: kind, site, deletion, shortened texts. */
int fsc_service_finish(const fsc_service *s, fsc_service_value value, const void *record, fsc_item *out, fsc_arena *arena,
                       fsc_err *err);

/* Tells the user which of the names ("columns", "fields") was taken for which field, when any of it was a guess. */
int fsc_field_note(fsc_ingest *in, const char *what, const fsc_service *service, const fsc_field_match *match,
                   const fsc_view *name, fsc_err *err);

/* ---------------------------------------------------------------- the state */

struct fsc_table {
    char sep;
    fsc_view *name;             /* columns */
    size_t count;
    fsc_field_match match;
    const fsc_service *service; /* NULL: none that is known */
    int32_t *keep;              /* column of each kept name */
    fsc_map users;              /* JSON: account id -> index into user */
    const fsc_json **user;
    fsc_view site, lang, author; /* JSON: of records that have none of their own */
    fsc_view handle;            /* X archive: the account's name in addresses */
    bool deleted;               /* JSON: all records were taken down */
};

typedef struct fsc_input {
    fsc_view path;              /* NUL-ended */
    uint64_t size;              /* 0: not known */
    uint64_t start, end, line;  /* the stretch that is read: all of it, unless ranges were asked for */
    bool named;                 /* on the command line, not inside a folder */
    bool cdx;                   /* the listing of --cdx */
} fsc_input;

/* A part of a document that waits to be handed out as a record of its own, as JSON. */
typedef struct fsc_piece {
    fsc_view data;
    uint64_t offset, line;
    const char *failed;         /* NULL, or why it is no record: static */
} fsc_piece;

/* The file being cut. */
typedef struct fsc_cut {
    bool open, ended;
    const fsc_input *input;
    const fsc_kind *kind;
    fsc_stream stream;
    uint64_t line;              /* of the next unread byte, 1-based */
    uint64_t records;           /* handed out so far */
    const fsc_table *table;
    uint64_t reread;            /* bytes read twice to recover from open quotes */
    uint64_t chunk_left;        /* filter: lines of the block that are still to come */
    bool in_array;              /* JSON: inside the array at the top */
    bool in_export;             /* JSON: that array is a member of an object that was not held */
    bool account;               /* X archive: the file tells of the account, and holds no posts */
    fsc_arena arena;            /* the document whose pieces wait */
    fsc_piece *piece;
    size_t piece_count, piece_next;
    bool whole;                 /* the only piece stands for the file: its source is the path alone */
    struct fsc_warc *warc;      /* WARC: what was counted, and the record at hand */
    struct fsc_cdx *cdx;        /* CDX: its columns */
} fsc_cut;

/* A zip or tar whose members are being read, one by one, as inputs of their own. */
typedef struct fsc_archive {
    fsc_members *members;       /* NULL: none is open */
    const fsc_input *input;     /* the archive */
    fsc_input member;           /* the member at hand: "path!MEMBER" */
    fsc_stream stream;          /* where its bytes come from when it is no regular file or packed */
    bool streamed;
    bool wacz;                  /* only its WARCs are read */
    uint64_t count, read, others, no_text; /* members; read, no files or not asked for, neither page nor text */
} fsc_archive;

struct fsc_ingest {
    const fsc_alloc *alloc;
    fsc_arena arena;            /* paths, tables, messages: until close */
    fsc_field_map map;
    const fsc_kind *forced;
    bool posts;                 /* --from names a service: JSON in any form */
    fsc_stream_options stream;
    uint64_t max_record;
    bool keep_all, keep_known;  /* --keep '*'; its columns are settled */
    fsc_view *keep;
    size_t keep_count;
    fsc_vec(fsc_input) input;
    size_t next_input;
    fsc_cut cut;
    fsc_archive archive;
    fsc_store_foreign *database; /* of another program, while it is read */
    fsc_vec(fsc_raw) waiting;   /* rows of files that opening passed over for --keep '*' */
    size_t waiting_next;
    fsc_view last_note;
    fsc_vec(const char *) missing;
    fsc_vec(const char *) note;
    atomic_uint_fast64_t done;
    uint64_t finished;          /* size of the inputs behind us */
    uint64_t total;
    bool every_line, chunk_header;
    bool unsized;               /* an input has no known size */
    struct fsc_warc_seen *seen; /* WARC: where the records of this run are */
    fsc_view filter;            /* --filter */
    fsc_vec(fsc_view) root;     /* --cdx: the inputs as given, where its archives are */
    bool choose;                /* only records whose key is among the chosen are read */
    fsc_vec(uint64_t) chosen;   /* of a listing without places: fsc_cdx_capture_key, ascending */
    const fsc_table *account;   /* X archive: whose posts these are, from account.js */
    fsc_view account_folder;    /* the folder that it is of */
    uint64_t without_posts;     /* X archive: files passed over */
};

/* ---------------------------------------------------------------- kinds and inputs */

/* NULL for an unknown name. */
const fsc_kind *fsc_kind_named(fsc_view name);
const fsc_kind *fsc_kind_at(int index);
/* Is this the name of a service whose posts are JSON, by lines or as a document? */
bool fsc_kind_is_service(fsc_view name);
/* Which of the two, by the first bytes. */
const fsc_kind *fsc_kind_json(fsc_view head);
int fsc_kind_index(const fsc_kind *kind);
/* The kinds' names, separated by blanks. */
int fsc_kind_names(fsc_view *out, fsc_arena *arena);
/* By the first bytes, then by the name. */
const fsc_kind *fsc_kind_detect(fsc_view path, fsc_view head);

/* Does a file of this kind hold bytes that are no text? */
bool fsc_kind_is_bytes(const fsc_kind *kind);

/* Why a file of text is none of the kinds, or NULL: it must not be scored for what it is not. Static storage. */
const char *fsc_kind_foreign(fsc_view path, fsc_view head);

/* A path as given: itself, or the files below the folder. */
int fsc_input_add(fsc_ingest *in, const char *path, fsc_err *err);
int fsc_input_add_range(fsc_ingest *in, const fsc_ingest_range *range, fsc_err *err);

/* Opens the next input: 1 it is open, 0 there is none, 2 it could not be and *out is its row, < 0 failed. */
int fsc_input_open_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
void fsc_input_close(fsc_ingest *in);
/* Makes `input` the one at hand; it is not open yet. */
void fsc_input_begin(fsc_ingest *in, const fsc_input *input);
/* The input at hand as one row with a status: 2, < 0 failed. */
int fsc_input_row(fsc_ingest *in, fsc_raw *out, fsc_record_status status, const char *why, fsc_arena *arena, fsc_err *err);

/* ---------------------------------------------------------------- archives (archive.c) */

/* The open input is a zip or tar whose first bytes are `head`: its members come next. */
int fsc_archive_begin(fsc_ingest *in, fsc_view head, fsc_err *err);
/* Makes the next member the input at hand: 1 done, 0 there is none and the archive is closed, 2 *out is a row instead, < 0
 * failed. */
int fsc_archive_next(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
void fsc_archive_close(fsc_ingest *in);

/* ---------------------------------------------------------------- shared by the kinds */

/* The first non-blank bytes of v. */
fsc_view fsc_ingest_skip_blanks(fsc_view v);

/* Fills out->kind, table, line and source: the path alone, path:LINE, or path@OFFSET. */
typedef enum fsc_place { FSC_PLACE_PATH, FSC_PLACE_LINE, FSC_PLACE_OFFSET } fsc_place;
int fsc_raw_start(fsc_ingest *in, fsc_raw *out, fsc_place place, uint64_t number, fsc_arena *arena, fsc_err *err);

/* Marks a record as failed; its data are dropped. */
int fsc_raw_fail(fsc_raw *out, fsc_record_status status, fsc_arena *arena, fsc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
int fsc_raw_too_large(const fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);

/* The same for an item while parsing. The blanks of an EMPTY one stay: a comparison gives them back. */
int fsc_item_fail(fsc_item *out, fsc_record_status status, fsc_arena *arena, fsc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* The next n unread bytes, copied into the record and skipped; counts their lines. */
int fsc_cut_take(fsc_ingest *in, fsc_raw *out, size_t n, fsc_arena *arena, fsc_err *err);
/* The same of n bytes without a line end, or with one at their end: they are not searched for more. */
int fsc_cut_take_line(fsc_ingest *in, fsc_raw *out, size_t n, fsc_arena *arena, fsc_err *err);
/* Skips n bytes and counts their lines. */
void fsc_cut_skip(fsc_ingest *in, size_t n);

/* The next of the pieces that wait: 1 found, 0 there is none, < 0 failed. */
int fsc_cut_piece(fsc_ingest *in, fsc_raw *out, fsc_place place, fsc_arena *arena, fsc_err *err);
/* The records of a file that is read at once: `read` finds the whole file unread, skips it and queues pieces; its failure
 * makes the file one row. */
int fsc_cut_pieces(fsc_ingest *in, fsc_raw *out, int (*read)(fsc_ingest *in, fsc_err *err), fsc_arena *arena, fsc_err *err);
/* Writes a member unless it is empty. */
void fsc_json_put(fsc_json_writer *w, const char *name, fsc_view v);

/* Reads on to the end of the file: 1 it is there unread, 0 it is larger than a record may be, < 0 failed. */
int fsc_cut_whole(fsc_ingest *in, fsc_err *err);

/* Adds a note for the user unless it repeats the last one. */
int fsc_ingest_add_note(fsc_ingest *in, fsc_view text, fsc_err *err);

/* Valid UTF-8 in the arena or in `v` itself; *repaired (may be NULL) is added to. */
int fsc_clean(fsc_view *out, fsc_view v, fsc_arena *arena, uint32_t *repaired, fsc_err *err);

/* Is this value of `kind` a post? */
bool fsc_kind_is_post(fsc_view kind);

/* What `content` of unknown make is: a page or a fragment of one. */
fsc_format fsc_html_format(fsc_view content);

/* Numbers of seconds or milliseconds since 1970 and the dates of v1.1 tweets as RFC 3339; others as they are. */
int fsc_ingest_date(fsc_view *out, fsc_view date, fsc_arena *arena, fsc_err *err);

/* ---------------------------------------------------------------- JSON records */

/* Text of a string or number; names of an array or object of people, joined. Empty for the rest. */
int fsc_json_plain(fsc_view *out, const fsc_json *v, fsc_arena *arena, fsc_err *err);

/* A JSON object to an item: a post of a known service, or fields by name. A misfit is a status. */
int fsc_record_parse(const fsc_ingest *in, const fsc_raw *raw, const fsc_json *v, fsc_item *out, fsc_arena *arena,
                     fsc_err *err);

/* Tells the user how the fields of the first record of a file were taken. What is malformed is left to parsing. */
int fsc_record_note(fsc_ingest *in, const fsc_raw *raw, fsc_err *err);

/* The text of a tweet to the item's content: references undone, and the addresses behind its short links. `entities` may
 * be NULL. */
int fsc_tweet_content(fsc_item *out, fsc_view text, const fsc_json *entities, fsc_arena *arena, fsc_err *err);

/* A post of X, Mastodon or Bluesky, `v` of the record `raw`: 1 it was one, 0 not, < 0 failed. */
int fsc_social_parse(const fsc_json *v, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err);

/* ---------------------------------------------------------------- headers, as of mail and HTTP (head.c) */

/* Length of a header with its blank line; 0: it does not end in v. */
size_t fsc_head_end(fsc_view v);
/* The next "Name: value" (folded lines included) of *rest; false at the end. Lines without a colon are passed over. */
bool fsc_head_field(fsc_view *rest, fsc_view *name, fsc_view *value);
/* The next line of *rest with the folded lines that belong to it. */
fsc_view fsc_head_line(fsc_view *rest);
/* A parameter of a value such as `text/html; charset="utf-8"`, or empty. */
fsc_view fsc_head_parameter(fsc_view value, const char *name);

/* ---------------------------------------------------------------- the kinds */

/* X archive (xarchive.c): the file begins with "window.YTD.". Reads past the "=": posts follow, an account, or nothing
 * that is ours, and then the file is at its end. */
int fsc_xarchive_begin(fsc_ingest *in, fsc_err *err);
/* The account of the file at hand, for the posts of its folder. */
int fsc_xarchive_account(fsc_ingest *in, fsc_view value, fsc_err *err);

/* --cdx (cdx.c): is the record of that address and time among those that a listing without places names? True without a
 * listing. */
bool fsc_cdx_chosen(const fsc_ingest *in, fsc_view url, fsc_view time);
uint64_t fsc_cdx_capture_key(fsc_view url, fsc_view time);

#define FSC_KIND_DECLARE(sniff, parse)                                                                                 \
    fsc_sniff sniff(fsc_view head);                                                                                    \
    int parse(const fsc_ingest *in, const fsc_raw *raw, fsc_item *out, fsc_arena *arena, fsc_err *err)

FSC_KIND_DECLARE(fsc_ingest_warc_sniff, fsc_ingest_warc_parse);
FSC_KIND_DECLARE(fsc_ingest_html_sniff, fsc_ingest_html_parse);
FSC_KIND_DECLARE(fsc_ingest_mhtml_sniff, fsc_ingest_mhtml_parse);
FSC_KIND_DECLARE(fsc_ingest_text_sniff, fsc_ingest_text_parse);
FSC_KIND_DECLARE(fsc_ingest_jsonl_sniff, fsc_ingest_jsonl_parse);
FSC_KIND_DECLARE(fsc_ingest_csv_sniff, fsc_ingest_table_parse);
fsc_sniff fsc_ingest_tsv_sniff(fsc_view head);
fsc_sniff fsc_ingest_feed_sniff(fsc_view head);
fsc_sniff fsc_ingest_zip_sniff(fsc_view head);
fsc_sniff fsc_ingest_cdx_sniff(fsc_view head);
fsc_sniff fsc_ingest_docx_sniff(fsc_view head);
fsc_sniff fsc_ingest_nexis_sniff(fsc_view head);
fsc_sniff fsc_ingest_tar_sniff(fsc_view head);
fsc_sniff fsc_ingest_database_sniff(fsc_view head);
fsc_sniff fsc_ingest_jsondoc_sniff(fsc_view head);

int fsc_ingest_warc_begin(fsc_ingest *in, fsc_err *err);
/* Puts the JSON lines of the database in the place of its bytes. */
int fsc_ingest_database_begin(fsc_ingest *in, fsc_err *err);
int fsc_ingest_jsonl_begin(fsc_ingest *in, fsc_err *err);
int fsc_ingest_jsondoc_begin(fsc_ingest *in, fsc_err *err);
int fsc_ingest_csv_begin(fsc_ingest *in, fsc_err *err);
int fsc_ingest_tsv_begin(fsc_ingest *in, fsc_err *err);

int fsc_ingest_warc_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_whole_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_cdx_begin(fsc_ingest *in, fsc_err *err);
int fsc_ingest_cdx_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_docx_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_nexis_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_feed_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_jsonl_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_jsondoc_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);
int fsc_ingest_table_cut(fsc_ingest *in, fsc_raw *out, fsc_arena *arena, fsc_err *err);

#endif
