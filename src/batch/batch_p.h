/* What the files of batch share. */
#ifndef FSC_BATCH_BATCH_P_H
#define FSC_BATCH_BATCH_P_H

#include "batch/batch.h"

/* Totals as members of a JSON object, and back. */
void fsc_totals_put(fsc_json_writer *w, const fsc_totals *t);
bool fsc_totals_get(fsc_totals *out, const fsc_json *object);

#endif
