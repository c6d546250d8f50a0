/* lectern show: a talk as a whole. */
#include <stdlib.h>

#include "cli/answer.h"

static const option OPTIONS[] = {
    {'f', "format", "FORMAT", "text, json or jsonl (text)"},
    {0, "hyperlink-format", "FORM", "links on a terminal, as in lectern search (none)"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

static lc_status show_one(searcher *in, const char *word, answer *to, lc_error *error)
{
    chosen_talk which;
    lc_status status = last_choose(in, word, to->memory, &which, error);
    if (status != LC_OK)
        return status;
    char *path = session_note_path(which.record.root, which.record.path);
    status = printer_talk(&to->printer, &which.record, path, error);
    free(path);
    return status;
}

static int show_all(const options *given, searcher *in, answer *to)
{
    lc_error error;
    int exit_status = 0;
    for (size_t i = 0; i < given->word_count; i++) {
        lc_status status = show_one(in, given->words[i], to, &error);
        if (status != LC_OK)
            exit_status = command_fail(&error);
        if (status == LC_NOT_FOUND)
            exit_status = 1;
    }
    printer_talks_end(&to->printer);
    return exit_status;
}

static int show_command(command_context *context)
{
    lc_error error;
    answer to;
    searcher *in = NULL;
    const options *given = context->options;
    lc_status status = answer_start(given, &to, &error);
    if (status == LC_OK && !given->word_count)
        status =
            lc_fail(&error, LC_BAD_INPUT, "which talk? lectern show N (of the last search) or ID");
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    int exit_status = status == LC_OK ? show_all(given, in, &to) : command_fail(&error);
    answer_finish(&to);
    searcher_free(in);
    return exit_status;
}

const command COMMAND_SHOW = {"show", "N|ID...", "Print a talk.", OPTIONS, false, show_command,
                              NULL,   NULL};
