/* lectern completion: scripts for shells. lectern manual: man pages. Both are made at install. */
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "cli/command.h"
#include "cli/manual.h"

EMBED(completion_bash, "src/cli/completion/lectern.bash");
EMBED(completion_zsh, "src/cli/completion/lectern.zsh");
EMBED(completion_fish, "src/cli/completion/lectern.fish");

static const option NO_OPTIONS[] = {{0, NULL, NULL, NULL}};

static void print_span(span text)
{
    fwrite(text.at, 1, text.length, stdout);
}

static int wrong_use(const char *use)
{
    command_say("which one? %s", use);
    return 2;
}

static int completion_command(command_context *context)
{
    const options *given = context->options;
    const char *shell = given->word_count == 1 ? given->words[0] : "";
    if (strcmp(shell, "bash") == 0)
        print_span(EMBEDDED(completion_bash));
    else if (strcmp(shell, "zsh") == 0)
        print_span(EMBEDDED(completion_zsh));
    else if (strcmp(shell, "fish") == 0)
        print_span(EMBEDDED(completion_fish));
    else
        return wrong_use("lectern completion bash, zsh or fish");
    return 0;
}

static int manual_command(command_context *context)
{
    const options *given = context->options;
    const char *page = given->word_count == 1 ? given->words[0] : "";
    if (strcmp(page, "lectern") == 0)
        manual_print_program(stdout);
    else if (strcmp(page, "lectern-query") == 0)
        manual_print_query(stdout);
    else
        return wrong_use("lectern manual lectern or lectern-query");
    return 0;
}

const command COMMAND_COMPLETION = {
    "completion",
    "bash|zsh|fish",
    "Print the completion script of a shell.",
    NO_OPTIONS,
    false,
    completion_command,
    "make install puts them where shells look. By hand: . <(lectern completion bash)",
    NULL};
const command COMMAND_MANUAL = {
    "manual", "lectern|lectern-query", "Print a man page.", NO_OPTIONS, false, manual_command, NULL,
    NULL};
