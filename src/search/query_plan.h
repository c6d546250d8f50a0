/*
 * query_plan.h - from a query tree to Xapian queries.
 *
 * Words are analysed as the notes were, in each language that the index holds. A word without a
 * field is looked for as a stem, as the exact form (ranking.h), as an alias of a technology, and
 * in the names of speakers, technologies, organisations and events, each with its own weight.
 */
#ifndef LECTERN_SEARCH_QUERY_PLAN_H
#define LECTERN_SEARCH_QUERY_PLAN_H

#include "search/query.h"
#include "search/query_build.h"
#include "search/ranking.h"
#include "search/vocabulary.h"

/* What a hit's text is marked for. */
typedef enum {
    MARK_WORD,  /* the word itself, folded */
    MARK_STEM,  /* every word with this stem */
    MARK_TECH,  /* every alias of this canonical technology */
    MARK_PREFIX /* every word that begins so */
} mark_kind;
typedef struct {
    mark_kind kind;
    span text;
} mark;

typedef struct {
    query_builder builder; /* owns the queries */
    xs_query *all;         /* every word; filters and negations too; NULL: nothing can match */
    xs_query *some;        /* any of the words, same filters; NULL where that is the same */
    xs_query *title; /* talks whose whole title is the query; NULL if it has fields or operators */
    mark *marks;     /* in the arena */
    size_t mark_count, mark_capacity;
    span *unknown; /* words that stand nowhere in the index */
    size_t unknown_count, unknown_capacity;
} query_plan;

lc_status query_plan_make(const query_tree *tree, span text, const vocabulary *words,
                          const ranking *how, arena *memory, query_plan *out, lc_error *error);
void query_plan_free(query_plan *what);

#endif
