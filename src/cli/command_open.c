/* lectern open: a talk in the person's editor. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/editor.h"
#include "cli/last.h"

static const option OPTIONS[] = {
    {0, "at", "talk|match", "at the talk's first line, or at the last search's match (talk)"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

static lc_status open_talk(const chosen_talk *which, bool at_match, lc_error *error)
{
    char *root = xstrdup(which->record.root), *below = xstrdup(which->record.path);
    char *path = path_join(root, below);
    uint32_t line = at_match && which->match_line ? which->match_line : which->record.talk.line;
    lc_status status;
    if (access(path, R_OK) != 0)
        status = lc_fail_errno(error, errno,
                               "%s: the note can't be read; lectern index looks for "
                               "what changed",
                               path);
    else
        status = editor_run(path, line, error);
    free(path);
    free(root);
    free(below);
    return status;
}

static int open_command(command_context *context)
{
    lc_error error;
    searcher *in = NULL;
    chosen_talk which;
    int place;
    arena *memory = arena_new();
    const options *given = context->options;
    lc_status status = options_choice(given, "at", &place, &error);
    if (status == LC_OK && given->word_count != 1)
        status = lc_fail(&error, LC_BAD_INPUT,
                         "which talk? lectern open N (of the last search) or lectern open ID");
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    if (status == LC_OK)
        status = last_choose(in, given->words[0], memory, &which, &error);
    searcher_free(in);
    if (status == LC_OK)
        status = open_talk(&which, place == 1, &error);
    arena_free(memory);
    if (status == LC_OK)
        return 0;
    command_fail(&error);
    return status == LC_NOT_FOUND ? 1 : lc_exit_status(status);
}

const command COMMAND_OPEN = {
    "open",
    "N|ID",
    "Open a talk in the editor, at its line.",
    OPTIONS,
    false,
    open_command,
    "N is a hit of the last search on this terminal. The editor is $VISUAL, $EDITOR or vi.",
    NULL};
