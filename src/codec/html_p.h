/*
 * html_p: the parts of the HTML reader: character references, the stack of open elements, the prefilter.
 */
#ifndef FSC_CODEC_HTML_P_H
#define FSC_CODEC_HTML_P_H

#include "codec/html.h"

/* ---------------------------------------------------------------- character references (html_entity.c) */

/*
 * Reads the reference at s[0] == '&'. Returns the bytes it takes up, 0 when it is none. Its value goes to out
 * (at most 8 bytes), its length to *out_len. Numbers 128-159 are read as windows-1252.
 */
size_t fsc_html_reference(const char *s, size_t len, bool attribute, char out[8], unsigned *out_len);

/* ---------------------------------------------------------------- open elements (html_stack.c) */

#define FSC_HTML_DEPTH 512

typedef struct fsc_html_open {
    fsc_tag tag;
    uint64_t key; /* of the name: the tag, or a hash */
    char name[36];
    uint8_t len;
} fsc_html_open;

/* What is open, as HTML's tree construction would have it, as far as it matters for text. */
typedef struct fsc_html_stack {
    fsc_html_open open[FSC_HTML_DEPTH];
    size_t depth;
    uint32_t count[1024];   /* open elements, by key modulo 1024 */
    uint32_t swallow[1024]; /* end tags to come of elements that were dropped or closed early */
    uint32_t pre;           /* open pre, listing, textarea */
} fsc_html_stack;

uint64_t fsc_html_key(fsc_tag tag, fsc_view name);

/* How many of the innermost elements a start tag closes by itself. */
size_t fsc_html_closed_by_start(const fsc_html_stack *s, fsc_tag tag);

/* How many an end tag closes; 0: it is to be dropped. */
size_t fsc_html_closed_by_end(fsc_html_stack *s, fsc_tag tag, uint64_t key);

/* False when the element is too deep: its tags are to be dropped. */
bool fsc_html_push(fsc_html_stack *s, fsc_tag tag, uint64_t key, fsc_view name);
/* Takes the innermost element off; its record stays readable until the next push. */
const fsc_html_open *fsc_html_pop(fsc_html_stack *s);

/* ---------------------------------------------------------------- prefilter (html_filter.c, html_attr.c) */

/* Around everything: without a parent libxml2 makes a paragraph of text. Its events are not handed on. */
#define FSC_HTML_ROOT "fsc-page"
#define FSC_HTML_ROOT_START "<" FSC_HTML_ROOT ">"
#define FSC_HTML_ROOT_END "</" FSC_HTML_ROOT ">"

/* From output offset `out` on, output bytes are those of the page from `in` on. */
typedef struct fsc_html_splice {
    uint32_t out, in;
} fsc_html_splice;

/* The filtered page: well nested markup, with an offset map back to the page. */
typedef struct fsc_html_filter {
    fsc_view page;
    char *out;
    size_t len, cap;
    fsc_html_splice *splice;
    size_t splice_len, splice_cap;
    int64_t shift; /* in - out of the last splice */
    fsc_arena *scratch;
    const fsc_html_handler *handler;
    fsc_html_stack *stack;
    bool failed, stopped;
    bool seen_html, seen_body;
    size_t last_double, last_single; /* last quote of the page + 1 */
    uint32_t no_close;               /* bit: no such closing tag or comment end is ahead */
} fsc_html_filter;

/* Fills f->out and f->splice. FSC_E_NOMEM, FSC_E_CANCELLED. */
int fsc_html_filter_run(fsc_html_filter *f, fsc_err *err);

/* Output of bytes of the page, and of bytes that are not in it. */
void fsc_html_copy(fsc_html_filter *f, size_t from, size_t to);
void fsc_html_emit(fsc_html_filter *f, const char *s, size_t len);
/* Page text [from, to) with references decoded and markup characters escaped. */
void fsc_html_copy_text(fsc_html_filter *f, size_t from, size_t to, bool attribute);

/*
 * The attributes at `pos` (after the tag name). Kept ones are written when `write`. Returns the offset after '>',
 * or the page's end. `type` (may be NULL) gets the value of the attribute type, *self_closed whether "/>" ended it.
 */
size_t fsc_html_attributes(fsc_html_filter *f, size_t pos, bool write, fsc_view *type, bool *self_closed);

#endif
