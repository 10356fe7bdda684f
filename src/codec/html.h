/*
 * html: a page as SAX events (libxml2), after a prefilter that drops what no reader sees and guards against
 * libxml2's quadratic cases and silent losses. Owned by the extraction work; see codec/html.c.
 */
#ifndef FSC_CODEC_HTML_H
#define FSC_CODEC_HTML_H

#include "base/arena.h"
#include "base/err.h"

/* Elements by number; FSC_TAG_OTHER for names that html_tag.def does not list. */
typedef enum fsc_tag {
    FSC_TAG_OTHER,
#define T(id, name, flags) FSC_TAG_##id,
#include "codec/html_tag.def"
#undef T
    FSC_TAG_COUNT
} fsc_tag;

enum fsc_tag_flags {
    FSC_TAG_VOID = 1 << 0,
    FSC_TAG_CLOSES_P = 1 << 1,
    FSC_TAG_SPECIAL = 1 << 2, /* an inline end tag does not reach past it */
    FSC_TAG_BARRIER = 1 << 3, /* end tags of other elements do not reach out of it */
    FSC_TAG_INLINE = 1 << 4   /* no line break around it */
};

/* The element of a name in lower case. */
fsc_tag fsc_html_tag(fsc_view name);
unsigned fsc_html_tag_flags(fsc_tag t);
const char *fsc_html_tag_name(fsc_tag t);

typedef struct fsc_html_attribute {
    fsc_view name, value;
} fsc_html_attribute;

/*
 * Events in document order, start and end in pairs, but `script`, which comes for all scripts before anything else.
 * Views are valid during the call only. A false return stops the parse. Dropped before: comments, scripts, style, svg,
 * noscript, iframe, template, `<!...>` and `<?...>`, second html and body elements (their attributes come as a start
 * and end of that name), the end tags of html and body, head's tags, attributes that no rule reads, elements nested
 * deeper than 512 (their text stays). Blanks are collapsed outside pre. Names are in lower case.
 */
typedef struct fsc_html_handler {
    bool (*start)(void *user, fsc_view tag, const fsc_html_attribute *attr, size_t attr_count, uint32_t source);
    bool (*end)(void *user, fsc_view tag, uint32_t source);
    bool (*text)(void *user, fsc_view text, uint32_t source);
    bool (*script)(void *user, fsc_view type, fsc_view content); /* ld+json only */
    void *user;
} fsc_html_handler;

/* Parses valid UTF-8. `source` of events: byte offset in `page`. FSC_E_NOMEM, FSC_E_CANCELLED when a handler
 * stopped it. Linear in time. */
int fsc_html_parse(fsc_view page, const fsc_html_handler *handler, fsc_arena *scratch, fsc_err *err);

/* The text with its character references decoded (those of attribute values when `attribute`), as a browser does it;
 * the text itself when it has none. {NULL, 0} when memory runs out. */
fsc_view fsc_html_unescape(fsc_view text, bool attribute, fsc_arena *arena);

#endif
