/*
 * reasons.h - an answer that explains itself: how the query was understood, what may be meant, why
 * a hit stands where it stands.
 */
#ifndef LECTERN_CLI_REASONS_H
#define LECTERN_CLI_REASONS_H

#include <stdio.h>

#include "search/searcher.h"
#include "search/suggest.h"

/* The text, the tree, and Xapian's query for all words. */
void understanding_print(FILE *to, span query, const search_result *result);
/* On stderr; `taken`: the correction is searched for now. */
void suggestion_say(const suggestion *what, bool taken);
/* The tree of a hit's score. */
void reasons_print(FILE *to, searcher *in, const search_request *request,
                   const search_result *result, const hit *of, arena *memory);

#endif
