/*
 * arguments.h - options and operands of a command, read by its table.
 *
 * -x VALUE, -xVALUE, --name VALUE, --name=VALUE, -xy for flags; "--" ends options; options and
 * operands may be mixed. Help is printed from the same table.
 */
#ifndef LECTERN_BENCH_ARGUMENTS_H
#define LECTERN_BENCH_ARGUMENTS_H

#include <stdio.h>

#include "base/error.h"
#include "base/span.h"

typedef struct {
    char letter;       /* 0: has no short form */
    const char *name;  /* without the dashes */
    const char *value; /* what its value is called in help; NULL: a flag */
    const char *help;
} bench_option;

typedef struct {
    const bench_option *option;
    const char *value; /* NULL for a flag */
} given_option;

/* Texts are borrowed from argv. */
typedef struct {
    given_option *given; /* in the order of the command line */
    size_t given_count, given_capacity;
    const char **operand;
    size_t operand_count, operand_capacity;
} arguments;

/* table and argv end with an entry without name, and NULL. On failure *out is not touched. */
lc_status arguments_read(const bench_option *table, char **argv, arguments *out, lc_error *error);
void arguments_free(arguments *what);
void arguments_help(const bench_option *table, FILE *to);

bool argument_given(const arguments *in, const char *name);
/* The value given last, or NULL. */
const char *argument_value(const arguments *in, const char *name);
/* A whole number from low to high, *value_out as it was when the option is not given. */
lc_status argument_number(const arguments *in, const char *name, long low, long high,
                          long *value_out, lc_error *error);

#endif
