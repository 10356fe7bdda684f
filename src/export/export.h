/*
 * export: one record -> bytes of one format. No state beyond the column names.
 *
 * All functions append to a buffer, whose sticky failure the caller checks. Numbers have a point whatever the locale;
 * missing values are empty cells (CSV, TSV) or null (JSON). Offsets are bytes, characters or UTF-16 units.
 * Thread rule: an fsc_export is frozen after fsc_export_init and shared read-only by all workers.
 */
#ifndef FSC_EXPORT_EXPORT_H
#define FSC_EXPORT_EXPORT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"

typedef enum fsc_output {
    FSC_OUTPUT_CSV, FSC_OUTPUT_TSV, FSC_OUTPUT_JSONL, FSC_OUTPUT_JSON, FSC_OUTPUT_TABLE, FSC_OUTPUT_TEXT, FSC_OUTPUT_HTML,
    FSC_OUTPUT_W3C,         /* annotate: W3C Web Annotation, one a line */
    FSC_OUTPUT_BRAT         /* annotate: brat standoff, a folder */
} fsc_output;

typedef enum fsc_unit { FSC_UNIT_BYTES, FSC_UNIT_CHARS, FSC_UNIT_UTF16 } fsc_unit;

/* How a comparison is shown as text. */
typedef enum fsc_delta_view { FSC_VIEW_INLINE, FSC_VIEW_SIDE, FSC_VIEW_UNIFIED } fsc_delta_view;

typedef struct fsc_export_options {
    fsc_output format;
    fsc_unit offsets;
    bool long_rows, categories, voices;     /* score: --long, --categories, --voices */
    bool intervals;                         /* score: --ci */
    bool sketch;                            /* score: --sketch */
    unsigned context;                       /* cues: words on each side of a cue; 0: 60 bytes */
    bool source_offsets, text_only;
    bool features;                          /* score: --features */
    bool excel;                             /* csv: byte order mark, and no cell that a spreadsheet takes for a formula */
    bool colour;                            /* terminal sequences in table and text */
    fsc_delta_view view;
    unsigned width;                         /* columns of the terminal; 0: 100 */
    const fsc_view *keep;                   /* names of carried columns */
    size_t keep_count;
    fsc_view run;                           /* digest of version, options and lexicons */
} fsc_export_options;

/* The output of one job: options, schema and the names of the columns. Lives in the arena given. */
typedef struct fsc_blank fsc_blank;
typedef struct fsc_export {
    fsc_export_options opt;
    const fsc_schema *schema;
    fsc_view *column;       /* of the table made by `verb`; NULL for JSON forms */
    size_t column_count;
    size_t keep_at;         /* first of the carried columns */
    uint32_t *category_end; /* of each dimension: its categories begin where those of the one before end */
    uint32_t agency, agentless, by_passive; /* the dimension with a share of agentless passives, and the categories it is made of; FSC_NONE: none */
    fsc_blank *blank;       /* where the cells of each dimension begin in blank_cells, and where the last ends; NULL: not made */
    fsc_view blank_cells;   /* those of a row where nothing was found */
    fsc_view *hit_tail;     /* cells of the hits table that an entry decides, one an entry; len 0: not listed */
} fsc_export;

typedef enum fsc_table_kind {
    FSC_TABLE_SCORE, FSC_TABLE_SCORE_LONG, FSC_TABLE_CUES, FSC_TABLE_EXTRACT, FSC_TABLE_PAIRS, FSC_TABLE_SENTENCES, FSC_TABLE_HITS, FSC_TABLE_FEATURES } fsc_table_kind;

int fsc_export_init(fsc_export *x, fsc_table_kind table, const fsc_export_options *opt, const fsc_schema *schema,
                    fsc_arena *arena, fsc_err *err);

/* A table whose columns are not of this room: rows of any cells. */
void fsc_export_table(fsc_export *x, const fsc_export_options *opt, fsc_view *column, size_t count);
void fsc_export_cells(const fsc_export *x, const fsc_cell *cell, fsc_buf *out);

/* One document: an Annotation of W3C's model a cue. */
void fsc_export_webanno(const fsc_export *x, const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out);

/* One document as brat's standoff annotations of its text, and the configuration that names their types. */
void fsc_export_brat(const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out);
void fsc_export_brat_conf(const fsc_schema *s, fsc_buf *out);

/* A Frictionless Data Package for a CSV or TSV: `file` is its name, `settings` what the digest of the run stands for. */
void fsc_export_package(const fsc_export *x, fsc_view file, uint64_t bytes, fsc_view settings, fsc_buf *out);

/* Pieces of a report: an HTML page of FSC_OUTPUT_HTML between header and footer. */
typedef struct fsc_mark_point {
    fsc_view label;
    double value, low, high;    /* NAN: none */
} fsc_mark_point;
void fsc_export_dots(fsc_view title, const fsc_mark_point *p, size_t count, fsc_buf *out);
void fsc_export_line(fsc_view title, const fsc_mark_point *p, size_t count, fsc_buf *out);
void fsc_export_heading(int level, fsc_view text, fsc_buf *out);
void fsc_export_paragraph(fsc_view text, fsc_buf *out);
/* A table: text to the left, numbers to the right; line ends within a cell are kept. */
void fsc_export_html_head_row(const fsc_view *name, size_t count, fsc_buf *out);
void fsc_export_html_row(const fsc_cell *cell, size_t count, fsc_buf *out);
void fsc_export_html_table_end(fsc_buf *out);
/* A text with its marks, folded behind its title. */
void fsc_export_html_text(const fsc_analysis *a, fsc_buf *out);

/* What stands before and after all records: the header row of CSV and TSV, head and foot of an HTML page; else nothing. */
void fsc_export_header(const fsc_export *x, fsc_buf *out);
void fsc_export_footer(const fsc_export *x, fsc_buf *out);

/* The head of the score table of a terminal: names of the dimensions, as many as fit. */
void fsc_score_table_head(const fsc_export *x, fsc_buf *out);

/* The columns of the table with their meaning and use, a row each (columns.def). */
void fsc_export_explain(const fsc_export *x, fsc_buf *out);

/* One document: its row of the score table (wide, or its rows of the long one). */
void fsc_export_score(const fsc_export *x, const fsc_analysis *a, fsc_buf *out);

/* One document: a row a sentence of its scored parts, with counts and sums of weights of each dimension. `scratch` holds them meanwhile. */
void fsc_export_sentences(const fsc_export *x, const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out);

/* One document: a row a cue. */
void fsc_export_cues(const fsc_export *x, const fsc_analysis *a, fsc_buf *out);

/* cues --hits: which entries are listed (one an entry of the schema), once after fsc_export_init. */
int fsc_export_hits_prepare(fsc_export *x, const bool *wanted, fsc_arena *arena, fsc_err *err);

/* One document: a row a hit, from its text and hits alone. */
void fsc_export_hits(const fsc_export *x, const fsc_analysis *a, fsc_buf *out);

/* One document: its cues as lines of a terminal, and a text cut to one line, set in. */
void fsc_export_cue_lines(const fsc_export *x, const fsc_analysis *a, fsc_buf *out);
void fsc_export_cut(const fsc_export *x, fsc_view text, fsc_buf *out);

/* One document: its rows of the cue table, each led by a sort key: uint32 length of key, uint32 length of row, key, row. `list`: one key or up to
 * four with commas, their values then separated by FSC_KEY_BORDER. Keys: text, entry, category, speaker (in whose voice the cue stands), source (to
 * whom an attribution cue attributes), site, and left or right for the words beside the cue, read away from it. */
#define FSC_KEY_BORDER '\x1f'
void fsc_export_cues_keyed(const fsc_export *x, const fsc_analysis *a, const char *list, fsc_buf *out);
bool fsc_cue_keys_known(const char *list);

/* One document: the whole analysis as one JSON object on a line (design of the fields: README.md), or readable text. */
void fsc_export_annotate(const fsc_export *x, const fsc_analysis *a, fsc_arena *scratch, fsc_buf *out);

/* One document: text and metadata, as JSON, a table row, or readable text. */
void fsc_export_extract(const fsc_export *x, const fsc_article *a, fsc_buf *out);

/* A comparison as JSON, or readable text. `id`: of the pair, empty without --pairs. */
void fsc_export_delta(const fsc_export *x, const fsc_delta *d, fsc_view id, fsc_arena *scratch, fsc_buf *out);

/* A pair that could not be compared: its status and reason. */
void fsc_export_pair_failed(const fsc_export *x, fsc_view id, fsc_record_status status, fsc_view reason, fsc_buf *out);

/* One row of --pairs as a table. */
void fsc_export_pair(const fsc_export *x, const fsc_delta *d, fsc_view id, fsc_buf *out);

#endif
