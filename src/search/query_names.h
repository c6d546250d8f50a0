/*
 * query_names.h - a field's name that was meant and misspelt.
 */
#ifndef LECTERN_SEARCH_QUERY_NAMES_H
#define LECTERN_SEARCH_QUERY_NAMES_H

#include "base/span.h"

/*
 * The name of a field within two edits of `name` (which is none), or NULL. *mistake says whether it
 * is near enough to be sure: one edit, or two on a name of five letters or more with the same first
 * letter. Names of three or four letters must begin alike (`lint:` is not `link:`, `line:` hardly),
 * shorter ones are near to everything and never suggested.
 */
const char *field_name_nearest(span name, bool *mistake);

#endif
