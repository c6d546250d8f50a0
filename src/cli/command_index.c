/* lectern index: adds folders and brings the index up to date. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/paths.h"
#include "cli/session.h"
#include "output/safe.h"

static const option OPTIONS[] = {
    {'n', "dry-run", NULL, "say of each file what would happen, and why one is skipped"},
    {0, "rebuild", NULL, "write the whole index anew"},
    {0, "max-filesize", "BYTES", "skip larger files (16777216)"},
    PATHS_OPTION,
    {0, "wait", "SECONDS", "wait so long for another process that is indexing (60)"},
    {0, NULL, NULL, NULL},
};

static void print_event(file_event event, const char *root, span path, uint32_t line,
                        const char *why, void *user)
{
    static const char *const names[] = {"add",  "change",  "remove", "keep",
                                        "skip", "problem", "skip",   "problem"};
    (void)line, (void)user;
    char *shown = path.length ? session_note_path(span_of(root), path) : xstrdup(span_of(root));
    printf("%-7s ", names[event]);
    print_safe_line(stdout, span_of(shown));
    if (why)
        printf(" (%s)", why);
    putchar('\n');
    free(shown);
}

static int print_report(const roots *list, const refresh_options *how, const refresh_report *report)
{
    size_t notes = report->notes.added + report->notes.changed + report->notes.unchanged;
    if (!how->dry_run)
        session_print_tally("talks", &report->talks);
    session_print_tally("notes", &report->notes);
    if (report->unreadable)
        return lc_exit_status(LC_IO);
    if (notes)
        return 0;
    for (size_t i = 0; i < list->count; i++)
        command_say("%s: no notes found; looked for .md .markdown .mdown .txt (--dry-run says "
                    "what is skipped)",
                    list->items[i]);
    return 1;
}

static lc_status read_options(const options *given, refresh_options *how, lc_error *error)
{
    long size = 0, wait = 0;
    lc_status status = options_number(given, "max-filesize", 1, 0, &size, error);
    if (status == LC_OK)
        status = options_number(given, "wait", 0, 60, &wait, error);
    if (status != LC_OK)
        return status;
    how->size_limit = (size_t)size;
    how->lock_seconds = (int)wait;
    how->rebuild = options_has(given, "rebuild");
    how->train = true;
    how->dry_run = options_has(given, "dry-run");
    return LC_OK;
}

static int index_command(command_context *context)
{
    lc_error error;
    roots list = {0};
    refresh_report report;
    refresh_options how = {0};
    refresh_observer printing = {print_event, NULL, NULL};
    lc_status status = read_options(context->options, &how, &error);
    if (status == LC_OK)
        status = session_refresh(context, ROOTS_ADD, &how, how.dry_run ? &printing : NULL, &list,
                                 &report, &error);
    int exit_status = status == LC_OK ? print_report(&list, &how, &report) : command_fail(&error);
    roots_free(&list);
    return exit_status;
}

const command COMMAND_INDEX = {
    "index",
    "[FOLDER...|-]",
    "Add folders of notes to the index, and bring it up to date.",
    OPTIONS,
    false,
    index_command,
    "Once is enough: every search takes in what changed since. Without a folder the ones that "
    "were\n"
    "added before are looked at. .gitignore and .ignore files are obeyed.",
    NULL};
