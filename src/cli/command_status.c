/* lectern status: what the index holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/session.h"
#include "index/index_status.h"
#include "output/safe.h"

static const option OPTIONS[] = {
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

static void print_path(const char *name, const char *path)
{
    printf("%-9s ", name);
    print_safe_line(stdout, span_of(path));
    putchar('\n');
}

static void print_problem(span root, span path, span problem, void *user)
{
    (void)user;
    char *shown = session_note_path(root, path);
    fputs("problem   ", stdout);
    if (!span_starts_with(problem, SPAN("/"))) { /* what can't be read says its path itself */
        print_safe_line(stdout, span_of(shown));
        fputs(": ", stdout);
    }
    print_safe_line(stdout, problem);
    putchar('\n');
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
        print_path("index", context->at.index);
        printf("format    %s\n", what.version);
        for (size_t i = 0; i < list.count; i++)
            print_path("root", list.items[i]);
        printf("notes     %zu\n", what.notes);
        printf("talks     %zu\n", what.talks);
        printf("leftovers %zu (texts that belong to no talk)\n", what.leftovers);
        printf("problems  %zu\n", what.problems);
    }
    searcher_free(in);
    roots_free(&list);
    return status == LC_OK ? 0 : command_fail(&error);
}

const command COMMAND_STATUS = {
    "status", "",    "Say what the index holds, and which notes had problems.",
    OPTIONS,  false, status_command,
    NULL,     NULL};
