/*
 * options.h - command-line options from a table: the parser and --help can't disagree.
 */
#ifndef LECTERN_CLI_OPTIONS_H
#define LECTERN_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

typedef struct {
    char letter;          /* 0: none */
    const char *name;     /* without the dashes; NULL ends a table */
    const char *argument; /* what it takes: "N", or the choices: "talk|match"; NULL: a flag */
    const char *help;
} option;

typedef struct {
    const option *which;
    const char *text; /* of its argument; "" of a flag */
} option_given;

typedef struct {
    option_given *given; /* in order */
    size_t given_count, given_capacity;
    const char **words; /* what is no option */
    size_t word_count, word_capacity;
} options;

/*
 * Reads the arguments by two tables (the command's and the common one). `--name=text`, `--name
 * text`,
 * `-n text`, `-ntext`, and letters of flags together; `--` ends options. When the words are a
 * query, a dash may also negate: after the first word only options that the tables hold are
 * options, a single letter only by itself or with what it takes (-n5, -fjsonl).
 */
lc_status options_parse(const option *own, const option *common, bool words_are_query, int count,
                        char **arguments, options *out, lc_error *error);
/* How many of the arguments, from the first on, are options of the table and what they take. */
int options_leading(const option *table, int count, char **arguments);
void options_free(options *what);

bool options_has(const options *in, const char *name);
/* The last one given, or NULL. */
const char *options_text(const options *in, const char *name);
/* A whole number from minimum on; `initial` when not given. */
lc_status options_number(const options *in, const char *name, long minimum, long initial,
                         long *number_out, lc_error *error);
/* Which of the choices that the table lists; 0, the first, when not given. */
lc_status options_choice(const options *in, const char *name, int *index_out, lc_error *error);
/* One line an option, aligned. */
void options_print(const option *table, FILE *to);

#endif
