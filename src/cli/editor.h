/*
 * editor.h - the person's editor, at a line of a note.
 */
#ifndef LECTERN_CLI_EDITOR_H
#define LECTERN_CLI_EDITOR_H

#include <stdint.h>

#include "base/error.h"

typedef struct {
    char **words; /* of its command line; NULL-terminated */
    char *memory;
} editor_command;

/* The command that opens the file, an absolute path, at the line, by $VISUAL, $EDITOR or vi; each
 * editor wants its line in a way of its own. Free with editor_command_free(). */
void editor_command_make(const char *path, uint32_t line, editor_command *out);
void editor_command_free(editor_command *what);
/* Runs it (no shell reads the path) and waits; LC_IO when it can't be started or fails. */
lc_status editor_run(const char *path, uint32_t line, lc_error *error);

#endif
