/*
 * saved.h - saved queries: `@name` in a query stands for the query saved under that name.
 *
 * They stand in `queries` in the config folder, a line each: NAME = QUERY. Lines that begin with #
 * and empty ones are kept as they are.
 */
#ifndef LECTERN_CLI_SAVED_H
#define LECTERN_CLI_SAVED_H

#include "base/buffer.h"
#include "index/location.h"

typedef struct {
    char *path;
    buffer text; /* the file */
} saved_queries;

/* A file that is not there is an empty one. */
lc_status saved_load(const location *at, saved_queries *out, lc_error *error);
void saved_free(saved_queries *what);
/* The query of that name; borrowed. The form that search_request.saved_query wants: `context` is
 * the saved_queries. */
bool saved_find(void *context, span name, span *text_out);
/* Cuts the next query off *rest (begin with the file's text); false at the end. */
bool saved_cut(span *rest, span *name_out, span *query_out);
/* Letters, digits, '-', '_' and '.'. */
bool saved_name_is_good(span name);
/* Adds or replaces a query, an empty one removes it, and writes the file. */
lc_status saved_put(saved_queries *in, span name, span query, lc_error *error);

#endif
