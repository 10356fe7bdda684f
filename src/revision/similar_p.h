/*
 * similar: pairs of sentences worth comparing, and how alike they are.
 *
 * Words are weighed by how few sentences hold them (IDF over both texts). `dice` is twice the shared weight over the
 * sum of both; within_a is the share of A's sentence found in B's; `kept` the share of the shorter one's tokens that
 * the word matching kept or moved between the two.
 */
#ifndef FSC_REVISION_SIMILAR_P_H
#define FSC_REVISION_SIMILAR_P_H

#include "revision/revision_p.h"

typedef struct rev_candidate {
    uint32_t a, b; /* sentences */
    float dice, within_a, within_b, kept;
} rev_candidate;

typedef fsc_vec(rev_candidate) rev_candidates;

/* Candidates among sentences without partner (partner[side][sentence] == REV_NONE): for each of A the few that share
 * kept tokens or rare words with it. Near linear. */
bool fsc_rev_candidates(rev_work *w, uint32_t *const partner[2], rev_candidates *out);

#endif
