/* lectern-bench: how well, and how fast, lectern and other rankers find what they should. */
#include <stdio.h>
#include <string.h>

#include "command.h"

static const bench_command *const COMMANDS[] = {
    &BENCH_CHECK,    &BENCH_EVAL,          &BENCH_COMPARE, &BENCH_DIFF,      &BENCH_JUDGE,
    &BENCH_MEASURES, &BENCH_RUN,           &BENCH_RANKERS, &BENCH_RELEVANCE, &BENCH_TUNE,
    &BENCH_SPEED,    &BENCH_COMPARE_SPEED, &BENCH_REPORT,
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

static void print_usage(FILE *to)
{
    fputs("usage: lectern-bench COMMAND [OPTION]... [ARGUMENT]...\n\n", to);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(to, "  %-13s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
    fputs("\nlectern-bench COMMAND --help says more of each.\n"
          "Exit status: 0 done; 1 the answer is no (a measure below its bound, a problem found);\n"
          "2 wrong use or bad input; 3 a file could not be read or written.\n",
          to);
}

static void print_help(const bench_command *of)
{
    printf("usage: lectern-bench %s [OPTION]... %s\n%s\n", of->name, of->operands, of->summary);
    if (of->about)
        printf("\n%s", of->about);
    if (of->options[0].name)
        putchar('\n');
    options_print(of->options, stdout);
}

static const bench_command *command_named(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    return NULL;
}

static bool wants_help(char **argv)
{
    for (; *argv && strcmp(*argv, "--") != 0; argv++)
        if (strcmp(*argv, "--help") == 0 || strcmp(*argv, "-h") == 0)
            return true;
    return false;
}

static lc_status run_command(const bench_command *what, int count, char **argv, int *exit_out,
                             lc_error *error)
{
    options given;
    lc_status status = options_parse(what->options, NULL, false, count, argv, &given, error);
    bool fits = given.word_count >= what->least && given.word_count <= what->most;
    if (status == LC_OK && !fits)
        status = lc_fail(error, LC_BAD_INPUT, "usage: lectern-bench %s [OPTION]... %s", what->name,
                         what->operands);
    if (status == LC_OK)
        status = what->run(&given, exit_out, error);
    options_free(&given);
    return status;
}

/* --help, help COMMAND, --version: whether that was asked, and answered. */
static bool answer_about_itself(int argc, char **argv)
{
    bool help = strcmp(argv[1], "help") == 0;
    const bench_command *command = command_named(help && argc > 2 ? argv[2] : argv[1]);
    if (command && (help || wants_help(argv + 2)))
        print_help(command);
    else if (help || (!command && wants_help(argv + 1)))
        print_usage(stdout);
    else if (strcmp(argv[1], "--version") == 0)
        puts("lectern-bench " LECTERN_VERSION);
    else
        return false;
    return true;
}

static int run_named(int argc, char **argv)
{
    lc_error error = {0};
    int exit_status = 0;
    const bench_command *command = command_named(argv[1]);
    if (!command)
        lc_fail(&error, LC_BAD_INPUT, "%s: no such command; lectern-bench --help lists them",
                argv[1]);
    else
        run_command(command, argc - 2, argv + 2, &exit_status, &error);
    if (error.status == LC_OK)
        return exit_status;
    fprintf(stderr, "lectern-bench: %s\n", error.message);
    return lc_exit_status(error.status);
}

int main(int argc, char **argv)
{
    int exit_status = 0;
    if (argc < 2) {
        print_usage(stderr);
        return 2;
    }
    if (!answer_about_itself(argc, argv))
        exit_status = run_named(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("lectern-bench: the answer could not be written\n", stderr);
        return 3;
    }
    return exit_status;
}
