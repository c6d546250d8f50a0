/*
 * ties.h - the order of talks whose scores are equal: as they stand in the notes. By docid it would
 * depend on which note changed last, and a refreshed index would answer unlike one built anew.
 */
#ifndef LECTERN_SEARCH_TIES_H
#define LECTERN_SEARCH_TIES_H

#include "search/candidate.h"
#include "search/searcher.h"

/* Orders the ties in a sorted list that the page from first to before end has a part of; a long run
 * of them stays by docid. */
lc_status ties_order(const searcher *in, candidate *list, size_t count, size_t first, size_t end,
                     arena *memory, lc_error *error);

#endif
