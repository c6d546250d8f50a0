/* lectern status: what the index holds. lectern roots, lectern forget: which folders. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/session.h"
#include "index/index_status.h"

static const option STATUS_OPTIONS[] = {
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};
static const option NO_OPTIONS[] = {{0, NULL, NULL, NULL}};

static void print_problem(span root, span path, span problem, void *user)
{
    (void)user;
    char *shown = session_note_path(root, path);
    printf("problem   %s: %.*s\n", shown, SPAN_ARG(problem));
    free(shown);
}

static int status_command(command_context *context)
{
    lc_error error;
    searcher *in = NULL;
    roots list = {0};
    index_status what;
    lc_status status = session_open(context, &in, &error);
    if (status == LC_OK)
        status = roots_load(&context->at, &list, &error);
    if (status == LC_OK)
        status = index_status_read(context->at.index, print_problem, NULL, &what, &error);
    if (status == LC_OK) {
        printf("index     %s\n", context->at.index);
        printf("format    %s\n", what.version);
        for (size_t i = 0; i < list.count; i++)
            printf("root      %s\n", list.items[i]);
        printf("notes     %zu\n", what.notes);
        printf("talks     %zu\n", what.talks);
        printf("leftovers %zu (texts that belong to no talk)\n", what.leftovers);
        printf("problems  %zu\n", what.problems);
    }
    searcher_free(in);
    roots_free(&list);
    return status == LC_OK ? 0 : command_fail(&error);
}

static int roots_command(command_context *context)
{
    lc_error error;
    roots list;
    if (roots_load(&context->at, &list, &error) != LC_OK)
        return command_fail(&error);
    for (size_t i = 0; i < list.count; i++)
        puts(list.items[i]);
    int exit_status = list.count ? 0 : 1;
    roots_free(&list);
    return exit_status;
}

static int forget_command(command_context *context)
{
    lc_error error;
    roots list = {0};
    refresh_report report;
    refresh_options how = {.lock_seconds = 60};
    lc_status status = LC_OK;
    if (!context->options->word_count)
        status = lc_fail(&error, LC_BAD_INPUT, "which folder? lectern roots lists them");
    if (status == LC_OK)
        status = session_refresh(context, ROOTS_FORGET, &how, NULL, &list, &report, &error);
    if (status == LC_OK)
        session_print_tally("talks", &report.talks);
    roots_free(&list);
    return status == LC_OK ? 0 : command_fail(&error);
}

const command COMMAND_STATUS = {
    "status",       "",    "Say what the index holds, and which notes had problems.",
    STATUS_OPTIONS, false, status_command,
    NULL,           NULL};
const command COMMAND_ROOTS = {"roots",    "",    "List the folders that are indexed.",
                               NO_OPTIONS, false, roots_command,
                               NULL,       NULL};
const command COMMAND_FORGET = {
    "forget",   "FOLDER...", "Remove a folder and its talks from the index; the notes stay.",
    NO_OPTIONS, false,       forget_command,
    NULL,       NULL};
