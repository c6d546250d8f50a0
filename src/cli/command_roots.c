/* lectern roots, lectern forget: which folders are indexed. */
#include "cli/session.h"
#include "output/safe.h"

static const option NO_OPTIONS[] = {{0, NULL, NULL, NULL}};

static void print_root(const char *path)
{
    print_safe_line(stdout, span_of(path));
    putchar('\n');
}

static int roots_command(command_context *context)
{
    lc_error error;
    roots list;
    if (roots_load(&context->at, &list, &error) != LC_OK)
        return command_fail(&error);
    for (size_t i = 0; i < list.count; i++)
        print_root(list.items[i]);
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

const command COMMAND_ROOTS = {"roots",    "",    "List the folders that are indexed.",
                               NO_OPTIONS, false, roots_command,
                               NULL,       NULL};
const command COMMAND_FORGET = {
    "forget",   "FOLDER...", "Remove a folder and its talks from the index; the notes stay.",
    NO_OPTIONS, false,       forget_command,
    NULL,       NULL};
