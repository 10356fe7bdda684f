/*
 * xml_p: what happens to a document before libxml2 sees it (xml_clean.c).
 *
 * libxml2 2.9 loses `&lt;` and its like behind the first fault of a document, ends at a character that XML forbids, and
 * compares each attribute of a tag with all others. So references become the characters they stand for, and limits are
 * checked, here.
 */
#ifndef FSC_CODEC_XML_P_H
#define FSC_CODEC_XML_P_H

#include "codec/xml.h"

#define FSC_XML_MAX ((size_t)1 << 30)

/* The label in the XML declaration, or empty. */
fsc_view fsc_xml_encoding(fsc_view bytes);

/* Valid UTF-8 to a document without DOCTYPE, with the same line ends, whose only references are numbers. Limits as in
 * fsc_xml_parse. */
int fsc_xml_clean(fsc_view *out, fsc_view text, fsc_arena *scratch, fsc_err *err);

#endif
