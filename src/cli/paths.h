/*
 * paths.h - the paths that a command is given: its words, `-` standing for those on standard input.
 */
#ifndef LECTERN_CLI_PATHS_H
#define LECTERN_CLI_PATHS_H

#include "base/buffer.h"
#include "cli/options.h"

/* The entry for the table of options. */
#define PATHS_OPTION                                                                               \
    {                                                                                              \
        '0', "null", NULL, "a NUL byte, not a line end, ends each path on standard input"          \
    }

typedef struct {
    const char **items;
    size_t count, capacity;
    buffer input;
} path_list;

/* Empty lines are left out. Free with paths_free() whether it succeeded or not. */
lc_status paths_read(const options *given, path_list *out, lc_error *error);
void paths_free(path_list *what);

#endif
