/*
 * csv: RFC 4180 records, and TSV with the same quoting.
 */
#ifndef FSC_CODEC_CSV_H
#define FSC_CODEC_CSV_H

#include "base/arena.h"
#include "base/buf.h"

/*
 * Length of the first record of `bytes` with its line end (LF or CR LF); 0 when no record ends in it and `at_end` is
 * false. Quoted cells may hold line ends and doubled quotes; a quote inside an unquoted cell is an ordinary character.
 *
 * `*open_quote`: the quote at scan->quote was never meant to open a cell of several lines. Either nothing closes it, or
 * after some lines a quote does that something follows which is neither separator nor line end; the length then
 * reaches to that place. Resumable: *scan is all zero at first and keeps the place, so growing input is scanned once.
 */
typedef struct fsc_csv_scan {
    size_t pos;
    size_t quote;           /* where the newest quoted cell begins */
    bool quoted, in_cell;
    bool lines, closed;     /* the newest quoted cell holds a line end; it was closed just now */
} fsc_csv_scan;
size_t fsc_csv_record_end(fsc_view bytes, char sep, bool at_end, fsc_csv_scan *scan, bool *open_quote);

/* Cells of one record (its line end may be there). Unquoted in the arena where needed. No record has more than
 * FSC_CSV_MAX_CELLS: what follows stays one cell, the last. -1: out of memory. */
#define FSC_CSV_MAX_CELLS 10000
int fsc_csv_cells(fsc_view **out, size_t *count, fsc_view record, char sep, fsc_arena *arena);

/* Appends a cell, quoted when it must be; NUL becomes U+FFFD. Separators and line ends are the caller's. */
void fsc_csv_cell(fsc_buf *out, fsc_view v, char sep);

/* Is what fsc_csv_cell would append the bytes of v themselves? */
bool fsc_csv_plain(fsc_view v, char sep);

#endif
