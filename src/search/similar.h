/*
 * similar.h - talks that are like a talk or like a text: those that share the words that mark it
 * out.
 *
 * The words are the stems and technologies with the highest (1 + ln tf) * ln(N / df) of what stands
 * in at least one other talk; a talk's score is its ranking for all of them at once, and as much
 * its likeness in the space of index/vectors.h where that is learned: what says the same in other
 * words.
 */
#ifndef LECTERN_SEARCH_SIMILAR_H
#define LECTERN_SEARCH_SIMILAR_H

#include "search/searcher.h"

enum { SIMILAR_TERMS = 30 };

typedef struct {
    span title, body; /* what to be like */
    span path;        /* leave out the talks of this note (absolute); empty: none */
    span id;          /* leave out the talk of this id */
    size_t offset, limit;
} similar_request;

/* As searcher_search(); every hit is of TIER_ALL. The plan's marks are the words. */
lc_status similar_search(searcher *in, const similar_request *request, arena *memory,
                         search_result *out, lc_error *error);

#endif
