/*
 * nexis, private to ingest: the layout of Nexis Uni, found in word processor files.
 */
#ifndef FSC_INGEST_NEXIS_P_H
#define FSC_INGEST_NEXIS_P_H

#include "ingest/ingest_p.h"

/* Do the paragraphs of a document hold articles, each ended by "End of Document"? */
bool fsc_nexis_is(const fsc_view *para, size_t count);
/* Queues the articles as pieces; their line is the number of the paragraph at which they begin. */
int fsc_nexis_articles(fsc_ingest *in, const fsc_view *para, size_t count, fsc_err *err);

#endif
