/*
 * xml: an XML document as events (libxml2): feeds, dictionaries, word processor files.
 *
 * Lenient as readers of feeds must be: bare `&`, HTML's named references, characters that XML forbids and elements that
 * are not closed do not end the reading. Safe: nothing is fetched; a DOCTYPE that only names a DTD is passed over, and
 * one with declarations of its own is refused, so no entity can be defined; elements may be nested FSC_XML_DEPTH deep
 * and have FSC_XML_ATTRIBUTES attributes. Linear in time and memory. No state between calls: any thread.
 */
#ifndef FSC_CODEC_XML_H
#define FSC_CODEC_XML_H

#include "base/arena.h"
#include "base/err.h"

#define FSC_XML_DEPTH 256
#define FSC_XML_ATTRIBUTES 256

typedef struct fsc_xml_attribute {
    fsc_view name, value;       /* the name without its prefix; references in the value are decoded */
} fsc_xml_attribute;

typedef struct fsc_xml_element {
    fsc_view name;              /* without its prefix, in the case of the document */
    fsc_view prefix;            /* as written, or empty */
    fsc_view space;             /* the namespace's URI, or empty */
    const fsc_xml_attribute *attr;
    size_t attr_count;          /* 0 at an end tag */
    uint32_t line;              /* of the tag, 1-based */
} fsc_xml_element;

/* Events in document order, start and end in pairs: an end tag ends the innermost element whatever its name, and the end
 * of the document all that are open. A text may come in several pieces; CDATA is text. Comments and
 * processing instructions are left out. Views are valid during the call only. False stops the reading. */
typedef struct fsc_xml_handler {
    bool (*start)(void *user, const fsc_xml_element *e);
    bool (*end)(void *user, const fsc_xml_element *e);
    bool (*text)(void *user, fsc_view text, uint32_t line);
    void *user;
} fsc_xml_handler;

/*
 * Reads bytes in the charset that they declare (a byte order mark, then the XML declaration, else UTF-8).
 * FSC_E_SYNTAX, with the line in err: the document is malformed there; all events of what could be recovered, also
 * behind the place, have come, so a lenient caller takes them. FSC_E_UNSUPPORTED: a DOCTYPE with declarations.
 * FSC_E_LIMIT: too deep, too many attributes, above 1 GiB. FSC_E_CANCELLED: a handler stopped it. FSC_E_NOMEM.
 */
int fsc_xml_parse(fsc_view bytes, const fsc_xml_handler *handler, fsc_arena *scratch, fsc_err *err);

/* The value of the first attribute of that name; {NULL, 0} when there is none. */
fsc_view fsc_xml_attribute_of(const fsc_xml_element *e, const char *name);

/* Does the text begin as an XML document whose first element has this name (without prefix, case of ASCII letters
 * ignored)? What stands before it (a declaration, comments, a DOCTYPE) may be of any length within `head`. */
bool fsc_xml_root_is(fsc_view head, const char *name);

#endif
