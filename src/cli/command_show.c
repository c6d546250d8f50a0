/* lectern show: a talk as a whole. */
#include <stdlib.h>

#include "cli/session.h"
#include "output/printer.h"

static const option OPTIONS[] = {
    {'f', "format", "FORMAT", "text, json or jsonl (text)"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

static lc_status show_one(searcher *in, const char *id, printer *to, arena *memory, lc_error *error)
{
    talk_record record;
    lc_status status = searcher_talk(in, span_of(id), memory, &record, error);
    if (status != LC_OK)
        return status;
    char *path = session_note_path(record.root, record.path);
    to->format->talk(to, &record, path);
    free(path);
    return LC_OK;
}

static int show_command(command_context *context)
{
    lc_error error;
    searcher *in = NULL;
    const options *given = context->options;
    const char *format = options_text(given, "format");
    printer to = {output_format_by_name(format ? format : "text"), stdout, session_use_color(given),
                  0};
    arena *memory = arena_new();
    lc_status status = LC_OK;
    int exit_status = 0;
    if (!to.format)
        status = lc_fail(&error, LC_BAD_INPUT, "--format %s: not known; there are %s", format,
                         output_format_names());
    else if (!given->word_count)
        status = lc_fail(&error, LC_BAD_INPUT, "which talk? lectern show ID");
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    if (status != LC_OK)
        exit_status = command_fail(&error);
    for (size_t i = 0; i < given->word_count && status == LC_OK; i++)
        if (show_one(in, given->words[i], &to, memory, &error) != LC_OK)
            exit_status =
                error.status == LC_NOT_FOUND ? (command_fail(&error), 1) : command_fail(&error);
    searcher_free(in);
    arena_free(memory);
    return exit_status;
}

const command COMMAND_SHOW = {"show", "ID...", "Print a talk.", OPTIONS, false, show_command, NULL};
