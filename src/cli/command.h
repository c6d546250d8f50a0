/*
 * command.h - the commands: one table that dispatch, help and completion read.
 *
 * Each command has a file of its own, command_NAME.c. It returns the process's exit status: 0 done
 * or found, 1 nothing found, 2 wrong use, 3 index or notes can't be read or written.
 */
#ifndef LECTERN_CLI_COMMAND_H
#define LECTERN_CLI_COMMAND_H

#include "cli/options.h"
#include "index/location.h"

typedef struct {
    const options *options;
    location at;
} command_context;

typedef struct {
    const char *name, *words, *summary;
    const option *options;
    bool words_are_query;
    int (*run)(command_context *context);
    const char *more;             /* of its help: how to use it; may be NULL */
    void (*print_more)(FILE *to); /* what follows its options; may be NULL */
} command;

extern const command *const COMMANDS[]; /* ends with NULL */
/* Those that help does not list: shells use them. */
extern const command *const HIDDEN_COMMANDS[];
extern const option COMMON_OPTIONS[];

extern const command COMMAND_CHECK, COMMAND_COMPLETE, COMMAND_COMPLETION, COMMAND_FORGET,
    COMMAND_HELP, COMMAND_INDEX, COMMAND_LINT, COMMAND_LIST, COMMAND_MANUAL, COMMAND_OPEN,
    COMMAND_PICK, COMMAND_ROOTS, COMMAND_SAVE, COMMAND_SAVED, COMMAND_SEARCH, COMMAND_SHOW,
    COMMAND_SIMILAR, COMMAND_STATUS, COMMAND_TALKS, COMMAND_WATCH;

/* Of either list, or NULL. */
const command *command_by_name(const char *name);
void command_print_help(const command *of, FILE *to);

/* Prints `lectern: message` on stderr and returns the exit status that belongs to it. */
int command_fail(const lc_error *error);
void command_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
