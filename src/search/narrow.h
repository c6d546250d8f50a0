/*
 * narrow.h - what a search can be held to beyond its query: conditions on the stored talk, another
 * order, few hits of one note or event.
 *
 * It reads every match instead of a page of them, so it costs by their number.
 */
#ifndef LECTERN_SEARCH_NARROW_H
#define LECTERN_SEARCH_NARROW_H

#include "search/searcher.h"

/* A talk's score halves for each so many days since it, with `recent`; a talk without a date counts
 * as old as half of the others. */
enum { RECENT_HALF_LIFE_DAYS = 730 };

typedef struct {
    span root;  /* below this folder; absolute; empty: anywhere */
    span exact; /* its title, text or code holds these bytes, runs of white space alike */
    size_t per_note, per_event; /* at most so many hits of one; 0: all */
    bool recent;
    bool by_event; /* order by event, then date, then note and line */
} narrowing;

bool narrowing_is_any(const narrowing *what);
/* As searcher_search(). Counts are of all that fits, before per_note and per_event. fitting_out:
 * the documents that match all words and fit, for the facets; in the arena. */
typedef struct {
    uint32_t *docids;
    size_t count;
} docid_list;
lc_status narrow_search(searcher *in, const search_request *request, const narrowing *to,
                        arena *memory, search_result *out, docid_list *fitting_out, lc_error *error,
                        query_mistake *where);

#endif
