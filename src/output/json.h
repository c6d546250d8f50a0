/*
 * json.h - JSON that is no hit of a search: a talk as found in a file, a field's values.
 */
#ifndef LECTERN_OUTPUT_JSON_H
#define LECTERN_OUTPUT_JSON_H

#include <stdio.h>

#include "notes/talk.h"
#include "search/facets.h"

/* Path, line, title, speakers, orgs, techs, event, year, date, kind and more, on one line without
 * its end. */
void json_print_extracted(FILE *to, const char *path, const talk *what);

/* What stands before such talks when they are one document: `]}` ends it. */
void json_print_talks_begin(FILE *to);

/* One line: field, distinct, values with their counts. */
void json_print_facet(FILE *to, const facet *what);

#endif
