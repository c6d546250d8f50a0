/*
 * facet_list.h - the values of one field with their counts: `lectern list`.
 */
#ifndef LECTERN_OUTPUT_FACET_LIST_H
#define LECTERN_OUTPUT_FACET_LIST_H

#include <stdio.h>

#include "search/facets.h"

typedef enum {
    FACET_TEXT, /* count, value, spellings */
    FACET_JSON, /* one object: field, distinct, values */
    FACET_TSV,  /* value, tab, count; where there are several: tab, spellings */
    FACET_PLAIN /* value */
} facet_form;

void facet_list_print(FILE *to, const facet *what, facet_form form);

#endif
