/* The table of commands, and what all of them share. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "output/safe.h"

const option COMMON_OPTIONS[] = {
    {0, "index", "FOLDER", "use this index instead of the default one (also LECTERN_INDEX)"},
    {0, "color", "auto|always|never", "auto: on a terminal, unless NO_COLOR is set (auto)"},
    {0, "no-pager", NULL, "print a long answer at once, even on a terminal"},
    {'h', "help", NULL, "say how the command is used"},
    {0, NULL, NULL, NULL},
};

const command *const COMMANDS[] = {
    &COMMAND_INDEX,   &COMMAND_SEARCH,     &COMMAND_PICK,   &COMMAND_SHOW,  &COMMAND_OPEN,
    &COMMAND_SIMILAR, &COMMAND_LIST,       &COMMAND_TALKS,  &COMMAND_SAVE,  &COMMAND_SAVED,
    &COMMAND_STATUS,  &COMMAND_LINT,       &COMMAND_CHECK,  &COMMAND_WATCH, &COMMAND_ROOTS,
    &COMMAND_FORGET,  &COMMAND_COMPLETION, &COMMAND_MANUAL, &COMMAND_HELP,  NULL,
};

const command *const HIDDEN_COMMANDS[] = {&COMMAND_COMPLETE, NULL};

const command *command_by_name(const char *name)
{
    const command *const *const lists[] = {COMMANDS, HIDDEN_COMMANDS};
    for (int i = 0; i < 2; i++)
        for (const command *const *c = lists[i]; *c; c++)
            if (strcmp((*c)->name, name) == 0)
                return *c;
    return NULL;
}

void command_print_help(const command *of, FILE *to)
{
    fprintf(to, "usage: lectern %s %s\n\n%s\n", of->name, of->words, of->summary);
    if (of->more)
        fprintf(to, "\n%s\n", of->more);
    fprintf(to, "\noptions:\n");
    options_print(of->options, to);
    options_print(COMMON_OPTIONS, to);
    if (of->print_more) {
        fputc('\n', to);
        of->print_more(to);
    }
}

/* Paths, queries and what notes hold stand in messages too. */
void command_say(const char *format, ...)
{
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&message, format, arguments) < 0)
        message = NULL;
    va_end(arguments);
    fflush(stdout);
    fputs("lectern: ", stderr);
    print_safe_line(stderr, message ? span_of(message) : SPAN("out of memory"));
    fputc('\n', stderr);
    free(message);
}

int command_fail(const lc_error *error)
{
    command_say("%s", error->message);
    if (error->status == LC_NO_INDEX)
        command_say("afterwards: lectern search WORDS; it takes in what changed by itself");
    return lc_exit_status(error->status);
}
