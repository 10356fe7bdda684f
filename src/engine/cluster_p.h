/*
 * cluster: which rows of scores are copies of an earlier one (merge --cluster). Two readings of the same rows in the same order: the first gathers
 * (head, add), the second writes (write_head, write). A text belongs to the first earlier one that is the same or resembles it by 0.8 or more, so
 * that chains of slight changes do not drift. Memory: about 170 bytes a row and 600 a text that repeats none. One thread.
 */
#ifndef FSC_ENGINE_CLUSTER_P_H
#define FSC_ENGINE_CLUSTER_P_H

#include "engine/engine_p.h"

typedef struct fsc_clusters fsc_clusters;

/* How many texts repeat another one: the same on a site that is the same or not known, one that resembles it there, or either on another site. */
typedef struct fsc_cluster_counts {
    uint64_t texts, duplicate, near_duplicate, syndicated;
} fsc_cluster_counts;

int fsc_clusters_new(fsc_clusters **out, char separator, const fsc_alloc *alloc, fsc_err *err);
/* NULL is allowed. */
void fsc_clusters_free(fsc_clusters *c);

/* The header row. FSC_E_USAGE when a column that is needed (sketch, content_hash, site) is missing. */
int fsc_clusters_head(fsc_clusters *c, fsc_view row, fsc_err *err);
int fsc_clusters_add(fsc_clusters *c, fsc_view row, fsc_err *err);

/* The same rows with `cluster`, `cluster_size` and `copy` in the place of `sketch`. Cells are empty for a row without a text. */
int fsc_clusters_write_head(fsc_clusters *c, fsc_target *out, fsc_err *err);
int fsc_clusters_write(fsc_clusters *c, fsc_view row, fsc_target *out, fsc_err *err);

fsc_cluster_counts fsc_clusters_counted(const fsc_clusters *c);

#endif
