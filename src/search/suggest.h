/*
 * suggest.h - why a query found nothing or little: what matches nowhere, and what may be meant.
 *
 * Corrections come from the index's own words, names and technologies, nearest and most frequent
 * first (spelling.h), but one that a talk holds together with the rest of the query before one that
 * none does; in a field from that field's values only. A word that two words of the index
 * make together (machinelearning) is parted.
 */
#ifndef LECTERN_SEARCH_SUGGEST_H
#define LECTERN_SEARCH_SUGGEST_H

#include "search/query_plan.h"

typedef struct {
    span *unknown; /* pieces of the query, as typed, that match nothing by themselves */
    size_t unknown_count, unknown_capacity;
    span corrected; /* the query text with better words in it; empty: none is known */
} suggestion;

/* Whether an answer leaves a doubt: nothing or very little matches all words. */
bool suggest_is_wanted(size_t all_count);
/* `plan` is of the query `text`, all_count of its answer; results are in the arena. Several words
 * that meet in a talk confirm one another: then only one that no other talk has is doubted, for
 * one that others have together with the rest. */
void suggest(span text, query_plan *plan, size_t all_count, const vocabulary *words, arena *memory,
             suggestion *out);

#endif
