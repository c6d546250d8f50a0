/* lectern help: the commands; how one of them, or the query language, is used. */
#include <string.h>

#include "cli/command.h"
#include "cli/query_help.h"

static const option NO_OPTIONS[] = {{0, NULL, NULL, NULL}};

static void print_commands(FILE *to)
{
    fputs("usage: lectern COMMAND [OPTIONS] [WORDS]\n\n"
          "Finds talks in your conference notes.\n\n"
          "  lectern index ~/notes            once; afterwards every search is up to date\n"
          "  lectern search live migration\n"
          "  lectern search 'speaker:\"Grace Hopper\" year:2020..'\n\n"
          "commands:\n",
          to);
    for (const command *const *c = COMMANDS; *c; c++)
        fprintf(to, "  %-10s %s\n", (*c)->name, (*c)->summary);
    fputs("\nlectern COMMAND --help says more of each, lectern help query how to ask.\n", to);
}

static int help_command(command_context *context)
{
    const options *given = context->options;
    const command *of = given->word_count ? command_by_name(given->words[0]) : NULL;
    if (!given->word_count) {
        print_commands(stdout);
    } else if (of) {
        command_print_help(of, stdout);
    } else if (strcmp(given->words[0], "query") == 0) {
        query_help_print(stdout);
    } else {
        command_say("%s: no such command; lectern --help lists them", given->words[0]);
        return 2;
    }
    return 0;
}

const command COMMAND_HELP = {"help",
                              "[COMMAND|query]",
                              "Say how a command is used; lectern help query: how to ask.",
                              NO_OPTIONS,
                              false,
                              help_command,
                              NULL,
                              NULL};
