/* lectern: finds the command, reads its options, runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/span.h"
#include "base/watchdog.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/nearest.h"

static lc_status check_words(const command *which, const options *given, lc_error *error)
{
    if (which->words[0] || !given->word_count)
        return LC_OK;
    return lc_fail(error, LC_BAD_INPUT,
                   "%s: %s takes no words; lectern %s --help says what it does", given->words[0],
                   which->name, which->name);
}

/* Help is there for those, too, whose configuration is broken. */
static lc_status prepare(const command *which, options *given, config *settings, location *at,
                         lc_error *error)
{
    lc_status status = check_words(which, given, error);
    if (status != LC_OK || which == &COMMAND_HELP)
        return status;
    status = config_apply(which, given, settings, error);
    return status == LC_OK ? location_find(options_text(given, "index"), at, error) : status;
}

static int run(const command *which, int count, char **arguments)
{
    lc_error error;
    options given;
    command_context context = {&given, {0}};
    config settings = {NULL};
    int exit_status;
    if (options_parse(which->options, COMMON_OPTIONS, which->words_are_query, count, arguments,
                      &given, &error) != LC_OK) {
        exit_status = command_fail(&error);
    } else if (options_has(&given, "help")) {
        command_print_help(which, stdout);
        exit_status = 0;
    } else if (prepare(which, &given, &settings, &context.at, &error) != LC_OK) {
        exit_status = command_fail(&error);
    } else {
        exit_status = which->run(&context);
    }
    location_free(&context.at);
    options_free(&given);
    config_free(&settings);
    return exit_status;
}

/* A closed pipe is no error (`lectern search x | head`); any other failure to write is. */
static int finish(int exit_status)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        command_say("the answer could not be written");
        return 3;
    }
    return exit_status;
}

static int unknown_command(const char *name)
{
    nearest best = nearest_to(span_of(name));
    for (const command *const *c = COMMANDS; *c; c++)
        nearest_consider(&best, (*c)->name);
    if (name[0] == '-')
        command_say("%s: no such option before a command; lectern --help lists them", name);
    else if (best.name)
        command_say("%s: no such command; did you mean %s?", name, best.name);
    else
        command_say("%s: no such command; lectern --help lists them", name);
    return 2;
}

/* `lectern --index X search foo`, as with git: what stands before the command goes behind it. */
static bool find_command(int count, char **arguments)
{
    int leading = options_leading(COMMON_OPTIONS, count - 1, arguments + 1);
    if (leading + 1 == count)
        return false;
    char *name = arguments[leading + 1];
    memmove(arguments + 2, arguments + 1, (size_t)leading * sizeof *arguments);
    arguments[1] = name;
    return true;
}

static int run_without_command(int count, char **arguments)
{
    const char *last = arguments[count - 1];
    if (count == 1 || strcmp(last, "--help") == 0 || strcmp(last, "-h") == 0)
        return run(&COMMAND_HELP, 0, arguments);
    command_say("which command? lectern --help lists them");
    return 2;
}

static int run_command(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        puts("lectern " LECTERN_VERSION);
        return 0;
    }
    if (!find_command(count, arguments))
        return run_without_command(count, arguments);
    const command *which = command_by_name(arguments[1]);
    return which ? run(which, count - 2, arguments + 2) : unknown_command(arguments[1]);
}

/* Xapian trusts what an index's files say: damaged ones make it read and write where there is
 * nothing. */
static void catch_faults(void)
{
#ifndef __SANITIZE_ADDRESS__
    enum { STACK_SIZE = 64 * 1024 };
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    static char stack[STACK_SIZE]; /* the program's own may be what ran out */
    stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = watchdog_stop, .sa_flags = SA_ONSTACK};
    sigaltstack(&other, NULL);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        sigaction(faults[i], &action, NULL);
#endif
}

int main(int count, char **arguments)
{
    signal(SIGPIPE, SIG_DFL);
    umask(077); /* index, lists and last results are private to the user */
    catch_faults();
    return finish(run_command(count, arguments));
}
