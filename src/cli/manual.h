/*
 * manual.h - man pages from the tables of commands, options, forms of output and fields.
 */
#ifndef LECTERN_CLI_MANUAL_H
#define LECTERN_CLI_MANUAL_H

#include <stdio.h>

/* lectern(1) and lectern-query(7), as roff. */
void manual_print_program(FILE *to);
void manual_print_query(FILE *to);

#endif
