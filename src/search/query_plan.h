/*
 * query_plan.h - from a query tree to Xapian queries.
 *
 * Words are analysed as the notes were, in each language that the index holds. A word without a
 * field is looked for as a stem, as the exact form (ranking.h), as an alias of a technology, joined
 * with its neighbour (node js: nodejs), and in the names of speakers, technologies, organisations,
 * events and tags and in the note's path, each with its own weight. Words that are together the
 * whole name of an event or a series (build 2017) count as that, too. A compound (node.js, ci/cd)
 * is looked for joined or side by side. A name's words may stand in any order, and as initials;
 * where nobody has that name, nearly equal ones are taken. Beginnings and misspellings stand for
 * the EXPANSIONS_MAX most frequent words of the index.
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

/* A leaf of the tree and what it asks for; NULL: nothing. */
typedef struct {
    const query_node *leaf;
    xs_query *query;
    xs_query *loose; /* of a word, where some of the words will do */
    uint32_t times;  /* a plain word that is repeated is one leaf */
} planned_leaf;

enum { EXPANSIONS_MAX = 50 }; /* most frequent words that `word*` or `word~` stand for */

typedef struct {
    query_builder builder; /* owns the queries */
    xs_query *all;         /* every word; filters and negations too; NULL: nothing can match */
    xs_query *some;        /* any of the words, same filters; NULL where that is the same */
    bool alike;            /* it asks for words: talks that say them otherwise may come in, */
    xs_query *within;      /* those that match its filters and negations; NULL: it has none */
    xs_query *dated; /* talks whose whole date lies in an interval that is asked for; or NULL */
    xs_query *title; /* talks whose whole title is the query; NULL if it has fields or operators */
    mark *marks;     /* in the arena */
    size_t mark_count, mark_capacity;
    span *notices; /* what was taken otherwise than it was asked for, one line each */
    size_t notice_count, notice_capacity;
    planned_leaf *leaves; /* what must or may match, in the order of the text */
    size_t leaf_count, leaf_capacity;
} query_plan;

lc_status query_plan_make(const query_tree *tree, span text, const vocabulary *words,
                          const ranker *how, arena *memory, query_plan *out, lc_error *error);
void query_plan_free(query_plan *what);

#endif
