/* lectern: finds the command, reads its options, runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/span.h"
#include "base/watchdog.h"
#include "cli/command.h"
#include "cli/config.h"

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
    command_say("%s: no such command; lectern --help lists them", name);
    return 2;
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
    const char *name = count > 1 ? arguments[1] : "--help";
    signal(SIGPIPE, SIG_DFL);
    umask(077); /* index, lists and last results are private to the user */
    catch_faults();
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = COMMAND_HELP.name;
    if (strcmp(name, "--version") == 0) {
        puts("lectern " LECTERN_VERSION);
        return finish(0);
    }
    const command *which = command_by_name(name);
    if (!which)
        return unknown_command(name);
    return finish(count > 1 ? run(which, count - 2, arguments + 2) : run(which, 0, arguments));
}
