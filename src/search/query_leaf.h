/*
 * query_leaf.h - the leaves of the query tree: words, phrases, dates, with what follows them.
 *
 * Inside the parser only. Each consumes its text and returns the node, or NULL where there is
 * nothing to search for or the parser has failed; begin is where its extent begins.
 */
#ifndef LECTERN_SEARCH_QUERY_LEAF_H
#define LECTERN_SEARCH_QUERY_LEAF_H

#include "search/query_scan.h"

query_node *leaf_node(query_scan *p, query_kind kind, span text, size_t begin);
/* The word that stands here; starred: a `*` was skipped before it. */
query_node *leaf_bare(query_scan *p, size_t begin, bool starred);
/* The word that has just been consumed, with its `*`, `~1`, `^2`. */
query_node *leaf_word(query_scan *p, span word, size_t begin, bool starred);
query_node *leaf_phrase(query_scan *p, size_t begin);
/* The value of a field of dates, quoted or not. */
query_node *leaf_dates(query_scan *p, size_t begin);
bool leaf_in_dates(const query_scan *p);

/* A `^2` that follows directly; node may be NULL. */
query_node *leaf_boost(query_scan *p, query_node *node, size_t begin);
/* Cuts `^2.5` off the end of the word. */
bool leaf_cut_boost(span *word, double *boost);
query_node *leaf_boosted(query_scan *p, query_node *node, double boost, size_t begin);

#endif
