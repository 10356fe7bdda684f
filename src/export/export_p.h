/* Inside export: rows of any table format, offset units, JSON pieces shared by annotate and delta. */
#ifndef FSC_EXPORT_EXPORT_P_H
#define FSC_EXPORT_EXPORT_P_H

#include "codec/codec.h"
#include "export/export.h"

/* A row being written: CSV, TSV or JSONL by the same calls, cells in the order of the columns. */
typedef struct fsc_row {
    const fsc_export *x;
    fsc_buf *out;
    fsc_json_writer json;
    size_t at;              /* index of the next cell */
    char separator;         /* between cells; 0: JSON */
} fsc_row;

void fsc_row_begin(fsc_row *r, const fsc_export *x, fsc_buf *out);
void fsc_row_end(fsc_row *r);
void fsc_row_empty(fsc_row *r);
void fsc_row_text(fsc_row *r, fsc_view v);      /* empty view: missing */
void fsc_row_name(fsc_row *r, const char *s);   /* NULL: missing */
void fsc_row_u64(fsc_row *r, uint64_t n);
void fsc_row_thousandths(fsc_row *r, int64_t n);
void fsc_row_real(fsc_row *r, double x);        /* NAN: missing */
void fsc_row_bool(fsc_row *r, bool b);

/* Makes x->blank, for tables of scores. */
int fsc_score_blanks(fsc_export *x, fsc_arena *arena, fsc_err *err);

/* Appends what a column means, and finds what to do with it; false: nobody has explained it. */
bool fsc_explain_column(const fsc_export *x, size_t column, fsc_buf *meaning, const char **use);

/* The carried columns, after empty cells for what is not known. */
void fsc_row_keep(fsc_row *r, const fsc_article *a);

/* The first category of a dimension; they end at category_end. */
static inline uint32_t fsc_export_categories(const fsc_export *x, size_t dimension)
{
    return dimension ? x->category_end[dimension - 1] : 0;
}

/* Decimals of rates and other real numbers in all formats. */
#define FSC_DECIMALS 4

/* Byte offsets of one text in the unit asked for. Logarithmic setup cost is none: one table entry each 256 bytes. */
typedef struct fsc_units {
    fsc_view text;
    fsc_unit unit;
    bool ascii;
    uint32_t *before;       /* units before byte 256 i */
} fsc_units;
bool fsc_units_init(fsc_units *u, fsc_view text, fsc_unit unit, fsc_arena *scratch);
uint32_t fsc_units_of(const fsc_units *u, uint32_t offset);

/* Members of an object that holds a document: identity, metadata, text (no scores). Used by annotate and delta. */
void fsc_json_document(fsc_json_writer *w, const fsc_export *x, const fsc_analysis *a, const fsc_units *u);
void fsc_json_cue(fsc_json_writer *w, const fsc_analysis *a, const fsc_cue *c, const fsc_units *u);
void fsc_json_quantity(fsc_json_writer *w, const fsc_analysis *a, const fsc_quantity *q, const fsc_units *u);
void fsc_json_relation(fsc_json_writer *w, const fsc_analysis *a, const fsc_relation *r, const fsc_units *u);
void fsc_json_span(fsc_json_writer *w, fsc_span s, const fsc_units *u); /* FSC_NO_SPAN: null */

/* 16 hex digits of the text's hash. */
void fsc_content_hash(char out[17], fsc_view text);

/* Terminal colours, or "" without colour. */
const char *fsc_paint(const fsc_export *x, const char *sequence);
/* Columns a text takes on a terminal: characters, wide ones as two. */
size_t fsc_display_width(fsc_view v);
/* At most `width` columns of v, with an ellipsis where cut; blanks and line ends become one space. */
void fsc_add_cut(fsc_buf *out, fsc_view v, size_t width, bool pad);
/* Columns of the terminal; a usual number where there is none. */
unsigned fsc_terminal_width(const fsc_export *x);
/* Breaks the lines of out from `from` on at blanks, so that they fit the terminal; nothing without one. */
void fsc_wrap(const fsc_export *x, fsc_buf *out, size_t from);
/* Cuts what stands from `from` on, without colours, to `width` columns with an ellipsis. */
void fsc_cut_tail(fsc_buf *out, size_t from, size_t width);
/* A document's name in exactly `width` columns; of a path that is too long the end is kept. */
void fsc_add_label(fsc_buf *out, fsc_view v, size_t width);
/* One document of the score table of a terminal. */
void fsc_score_table_row(const fsc_export *x, const fsc_analysis *a, fsc_buf *out);

void fsc_export_annotate_text(const fsc_export *x, const fsc_analysis *a, fsc_buf *out);
/* Text with what has a meaning in HTML escaped. */
void fsc_html_text(fsc_buf *out, fsc_view v);
/* HTML pages: head, one section a document or comparison, foot. */
void fsc_html_head(fsc_buf *out);
void fsc_html_foot(fsc_buf *out);
void fsc_export_annotate_html(const fsc_analysis *a, fsc_buf *out);
/* delta_views.c */
void fsc_delta_unified(const fsc_export *x, const fsc_delta *d, fsc_buf *out);
void fsc_delta_sides(const fsc_export *x, const fsc_delta *d, fsc_arena *scratch, fsc_buf *out);

/* Pieces of pages (html.c): what a cue is, for a title attribute; a cell with a number. */
void fsc_html_cue_title(fsc_buf *out, const fsc_analysis *a, const fsc_cue *c);
void fsc_html_number(fsc_buf *out, double x);
void fsc_html_title(const fsc_view *name, size_t count, fsc_buf *out);
/* Site, author, date, address, and what went wrong; nothing when nothing is known. */
void fsc_html_meta(const fsc_article *d, fsc_buf *out);

void fsc_export_delta_html(const fsc_delta *d, fsc_view id, fsc_arena *scratch, fsc_buf *out);
void fsc_export_delta_text(const fsc_export *x, const fsc_delta *d, fsc_view id, fsc_arena *scratch, fsc_buf *out);

#endif
