/*
 * cdx, private to ingest: listings of captures, and the records of an archive that they choose.
 *
 * cdx_line.c reads lines, cdx.c the records. A listing with file names and offsets is gone through line by line, and each
 * record is read where it stands; one without (as the Wayback machine gives them) chooses among the records of the archives
 * that are named beside it, by address and time.
 */
#ifndef FSC_INGEST_CDX_P_H
#define FSC_INGEST_CDX_P_H

#include "ingest/ingest_p.h"

typedef enum fsc_cdx_field {
    FSC_CDX_KEY, FSC_CDX_TIME, FSC_CDX_URL, FSC_CDX_MIME, FSC_CDX_STATUS, FSC_CDX_DIGEST, FSC_CDX_LENGTH, FSC_CDX_OFFSET,
    FSC_CDX_FILE, FSC_CDX_MIME_DETECTED, FSC_CDX_LANGUAGES,
    FSC_CDX_FIELDS
} fsc_cdx_field;

typedef struct fsc_capture {
    fsc_view field[FSC_CDX_FIELDS]; /* empty: not given */
} fsc_capture;

#define FSC_CDX_COLUMNS 32

typedef struct fsc_cdx {
    int8_t column[FSC_CDX_COLUMNS]; /* fsc_cdx_field, -1: another */
    size_t columns;                 /* 0: no header yet */
    bool places;                    /* lines have file and offset */
    uint64_t lines, filtered;
    fsc_map file;                   /* names of archives -> index of where they are */
    fsc_vec(fsc_view) path;         /* empty: not found */
} fsc_cdx;

/* 1 a capture, 2 a header or blank, 0 neither, < 0 failed. Views into `line` or the arena. */
int fsc_cdx_line(fsc_cdx *cdx, fsc_capture *out, fsc_view line, fsc_arena *arena, fsc_err *err);
int fsc_cdx_field_named(fsc_view name); /* -1: none */

/* --filter status=200,mime=text/html|text/plain,url!=*: all conditions must hold. FSC_E_USAGE. */
int fsc_cdx_filter_check(fsc_view filter, fsc_err *err);
bool fsc_cdx_filter_fits(fsc_view filter, const fsc_capture *c);

#endif
