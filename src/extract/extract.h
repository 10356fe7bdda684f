/*
 * extract: one item -> an article: metadata and blocks of text.
 *
 * HTML is decoded (charset by the order of the WHATWG encoding sniffing), prefiltered, parsed as SAX events into
 * compact nodes of our own, and reduced to the main text. Posts and fragments skip boilerplate removal. Plain
 * text is taken byte for byte: its title, when given, comes first as the headline, then a blank line.
 * Precedence of metadata: the record's own values, JSON-LD, Open Graph, other meta, microdata, markup. Empty beats
 * a guess. General rules only; nothing English decides what is text: word hints are data.
 */
#ifndef FSC_EXTRACT_EXTRACT_H
#define FSC_EXTRACT_EXTRACT_H

#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"

typedef struct fsc_extract_options {
    bool text_only;           /* leave the headline, and a line under it that is like one, out of `text` */
    bool headline_first_line; /* plain text: its first line is the headline */
    bool score_captions, score_tables;
    bool source_offsets; /* fill part.source_start/end */
    bool comments;       /* read the comments of readers too, apart from the text */
    bool keep_mark;      /* plain text: U+FEFF at its start is text */
} fsc_extract_options;

/*
 * A page, fragment, or text becomes an article whose views live in `arena` (or in the item, which must live as
 * long). A bad page is a result: out->status and reason. Only FSC_E_NOMEM and internal faults fail the
 * call. `scratch` is reset by the caller. Worst case linear in time; memory at most 12 times the page.
 */
int fsc_extract(fsc_article *out, const fsc_item *item, const fsc_extract_options *opt, fsc_arena *arena,
                fsc_arena *scratch, fsc_err *err);

/*
 * The updates of a live blog, each an article of its own: id of `parent` (what fsc_extract made of `item`) + "#" +
 * number from 1 in the order of the page, kind liveblog, title and published its own. Taken from JSON-LD where that
 * holds their texts, else from entries side by side that each have a time. *count is 0 for what is no live blog.
 */
int fsc_extract_updates(fsc_article **out, size_t *count, const fsc_article *parent, const fsc_item *item,
                        const fsc_extract_options *opt, fsc_arena *arena, fsc_arena *scratch, fsc_err *err);

#endif
