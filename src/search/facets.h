/*
 * facets.h - how often each value of a field occurs among all talks that match.
 *
 * Exact. Few matches are counted from their own lists of terms, many by an array (facet_table.h).
 * Texts that belong to no talk are hits as others are; `-kind:note` leaves them out.
 */
#ifndef LECTERN_SEARCH_FACETS_H
#define LECTERN_SEARCH_FACETS_H

#include "search/searcher.h"

typedef struct {
    span text; /* as it is written in one of its talks; in the arena */
    uint32_t count;
} facet_spelling;

typedef struct {
    span text;
    uint32_t count;
    facet_spelling *spellings; /* of a person who is written in several ways, all of them; the
                                  most frequent first */
    size_t spelling_count;     /* 0 where there is one */
} facet_value;

typedef enum { FACETS_BY_COUNT, FACETS_BY_NAME } facet_order;

typedef struct {
    const field *field;
    facet_value *values;    /* in the order asked for; the first `shown` have their text */
    size_t shown, distinct; /* distinct: how many values there are */
} facet;

typedef struct {
    facet *items;
    size_t count;
} facets;

enum { FACETS_MAX = 16 };
typedef struct {
    const field *fields[FACETS_MAX];
    size_t count;
    size_t limit; /* values shown of each */
    facet_order order;
    const uint32_t *docids; /* count these documents instead of what the plan matches; or NULL */
    size_t docid_count;
} facet_request;

/* Reads "speaker,tech": LC_BAD_INPUT names what can be counted. Plurals are aliases, as in the
 * table of fields; `option` stands before the message. */
lc_status facet_request_read(const char *names, const char *option, facet_request *out,
                             lc_error *error);
/* Of everything that matches all words of the plan. */
lc_status facets_count(searcher *in, const query_plan *plan, const facet_request *request,
                       arena *memory, facets *out, lc_error *error);

/* The values of which a word begins so, the most frequent first: for completion. */
lc_status facets_complete(searcher *in, const field *of, span beginning, size_t limit,
                          arena *memory, facet *out, lc_error *error);

#endif
