/*
 * command.h - the commands of lectern-bench: what the table in main.c needs of each.
 *
 * A command's file defines its bench_command; help is printed from it. run() prints results on
 * stdout and returns a failure for main to print; *exit_out is 0 on entry, and a command sets it to
 * 1 where it has an answer of yes or no (problems found, a measure below its bound).
 */
#ifndef LECTERN_BENCH_COMMAND_H
#define LECTERN_BENCH_COMMAND_H

#include "cli/options.h"

typedef struct {
    const char *name;
    const char *operands; /* as shown in usage */
    const char *summary;  /* one line */
    const char *about;    /* the rest of its help, or NULL */
    size_t least, most;   /* operands */
    const option *options;
    lc_status (*run)(const options *given, int *exit_out, lc_error *error);
} bench_command;

extern const bench_command BENCH_CHECK, BENCH_EVAL, BENCH_COMPARE, BENCH_DIFF, BENCH_JUDGE,
    BENCH_MEASURES, BENCH_RUN, BENCH_RANKERS, BENCH_RELEVANCE, BENCH_TUNE, BENCH_SPEED,
    BENCH_COMPARE_SPEED, BENCH_REPORT;

#endif
