/*
 * config.h - what a person sets once: ~/.config/lectern/config, lines of `name = value`.
 *
 * A name is that of an option of any command; the value holds where the option is not given.
 *
 *     # ten are too few
 *     limit = 20
 *     max-filesize = 33554432
 */
#ifndef LECTERN_CLI_CONFIG_H
#define LECTERN_CLI_CONFIG_H

#include "cli/command.h"

typedef struct {
    char *text; /* of the file; the values of options borrow from it */
} config;

/* Adds the options of the command that the file sets and the person did not give. LC_BAD_INPUT with
 * `path:line: ...` for a line that is none, or whose name no command knows. A file that is not
 * there is no error. */
lc_status config_apply(const command *which, options *given, config *out, lc_error *error);
void config_free(config *what);

#endif
