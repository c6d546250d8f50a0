/*
 * explain.h - where a hit's score comes from: the tree of what was asked for and matched, with what
 * each part added.
 */
#ifndef LECTERN_SEARCH_EXPLAIN_H
#define LECTERN_SEARCH_EXPLAIN_H

#include "search/query_build.h"

typedef struct {
    unsigned depth;
    double score;  /* of this line with all deeper ones below it */
    bool unscored; /* it had to match, and adds nothing */
    span text;     /* "stem kubernet in title or text (120 talks)" */
} explained;

typedef struct {
    explained *lines; /* in the arena, from the root down */
    size_t count, capacity;
} explanation;

/* `query` was made by `builder`; weights as it was searched with. */
void explain_score(const query_builder *builder, const xs_query *query, const xs_reader *reader,
                   const xs_weights *weights, uint32_t docid, arena *memory, explanation *out);

#endif
