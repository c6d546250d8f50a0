/*
 * speed_process.h - runs work in a process of its own and says what it cost.
 */
#ifndef LECTERN_BENCH_SPEED_PROCESS_H
#define LECTERN_BENCH_SPEED_PROCESS_H

#include "base/buffer.h"
#include "base/error.h"

typedef struct {
    double seconds;     /* from start to end */
    double cpu_seconds; /* user and system, of all threads */
    double peak_bytes;  /* largest resident set. Never below this process's own at the time of the
                           call, as Linux inherits it: call while this process is small */
} process_cost;

/* Runs work(user) in a forked child. A failure there is a failure here. */
lc_status child_run(lc_status (*work)(void *user, lc_error *error), void *user,
                    process_cost *cost_out, lc_error *error);

/* Runs the program argv[0] (looked for in PATH) in `folder` (NULL: here), without standard input.
 * What it prints on stdout goes into *output, unless that is NULL; with `quiet` its stderr is
 * dropped. *exit_out is its exit status; LC_IO when it could not be run or died of a signal. */
lc_status program_run(const char *const *argv, const char *folder, bool quiet, buffer *output,
                      process_cost *cost_out, int *exit_out, lc_error *error);

/* The full path of a program in PATH, or NULL. free() it. */
char *program_find(const char *name);

/* Seconds of a clock that only goes forward. */
double clock_now(void);
/* Seconds that the processor has worked for this thread. */
double clock_worked(void);

#endif
