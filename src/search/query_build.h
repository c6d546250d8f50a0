/*
 * query_build.h - Xapian queries without a check at every step.
 *
 * A builder owns every query it makes and remembers the first failure; after it, everything is
 * NULL. NULL children are left out, so an empty part needs no special case. It keeps what each
 * query was made of, for explain.h.
 */
#ifndef LECTERN_SEARCH_QUERY_BUILD_H
#define LECTERN_SEARCH_QUERY_BUILD_H

#include "base/memory.h"
#include "xapian_shim.h"

typedef enum {
    BUILT_TERM,
    BUILT_JOIN,
    BUILT_NEAR,
    BUILT_SCALE,
    BUILT_RANGE,
    BUILT_ALL,
    BUILT_NONE
} built_kind;

typedef struct {
    built_kind kind;
    xs_op op;      /* of BUILT_JOIN */
    bool ordered;  /* BUILT_NEAR: a phrase */
    double factor; /* of BUILT_SCALE */
    span term;     /* of BUILT_TERM, with its prefix */
    xs_query *query;
    xs_query **children;
    size_t count;
} built_query;

typedef struct {
    built_query *made;
    size_t count, capacity;
    arena *memory; /* of terms and lists of children */
    xs_status status;
    xs_error said;
} query_builder;

typedef struct {
    xs_query **items;
    size_t count, capacity;
} query_list;

void query_builder_free(query_builder *what);
/* NULL when text is empty or too long to be a term. */
xs_query *build_term(query_builder *with, const char *prefix, span text);
/* NULL without children, the child itself when it is the only one. */
xs_query *build_join(query_builder *with, xs_op op, const query_list *children);
xs_query *build_two(query_builder *with, xs_op op, xs_query *a, xs_query *b);
/* Several ways to say the same: as XS_OR, but of the children that a document has only the first
 * scores. */
xs_query *build_first(query_builder *with, const query_list *children);
xs_query *build_either(query_builder *with, xs_query *a, xs_query *b);
/* Of terms that have positions. */
xs_query *build_near(query_builder *with, const query_list *children, uint32_t window,
                     bool ordered);
/* Of words of title, body and code: the children that stand as the phrase says. It must live as
 * long as the builder. */
struct phrase;
xs_query *build_phrase(query_builder *with, const query_list *children, const struct phrase *how);
xs_query *build_scale(query_builder *with, double factor, xs_query *child);
xs_query *build_range(query_builder *with, uint32_t slot, span low, span high);
xs_query *build_all(query_builder *with);
xs_query *build_none(query_builder *with);
void query_list_add(query_list *to, xs_query *child);
void query_list_free(query_list *what);

#endif
