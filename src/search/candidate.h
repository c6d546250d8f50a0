/*
 * candidate.h - a talk on its way to a place in the result.
 */
#ifndef LECTERN_SEARCH_CANDIDATE_H
#define LECTERN_SEARCH_CANDIDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t docid;
    int level; /* a lower one comes first, whatever the scores */
    double score;
    bool all; /* matches every word, where the level does not say it */
} candidate;

/* Best first: by level, then score, then docid (ties.h orders those shown). */
void candidates_sort(candidate *list, size_t count);

#endif
