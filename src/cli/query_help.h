/*
 * query_help.h - the query language for people: lectern help query, and lectern-query(7).
 */
#ifndef LECTERN_CLI_QUERY_HELP_H
#define LECTERN_CLI_QUERY_HELP_H

#include <stdio.h>

typedef struct {
    const char *form, *meaning; /* NULL form: a heading */
} query_form;

/* Ends with both NULL. The fields are in FIELDS. */
extern const query_form QUERY_FORMS[];

void query_help_print(FILE *to);

#endif
