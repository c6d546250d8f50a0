/* lectern check: whether the index is as it was written, and holds exactly what the notes say. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "cli/session.h"
#include "index/contents.h"
#include "index/lock.h"
#include "index/sums.h"
#include "output/safe.h"

static const option OPTIONS[] = {
    {0, "no-refresh", NULL, "do not take in what changed before comparing"},
    {0, NULL, NULL, NULL},
};

/* Words differ whenever a talk does: they are shown only when no talk does. */
typedef struct {
    bool words;
    size_t shown;
} check_job;

static void print_difference(const content_item *in_index, const content_item *in_notes, void *user)
{
    check_job *job = user;
    const content_item *which = in_index;
    const char *how = "not as in the notes: ";
    if (!in_index) {
        which = in_notes;
        how = "only in the notes: ";
    } else if (!in_notes) {
        how = "only in the index: ";
    }
    if ((strncmp(which->key, "term ", 5) == 0) != job->words)
        return;
    fputs(how, stdout);
    print_safe_line(stdout, span_of(which->key));
    putchar('\n');
    job->shown++;
}

/* An index of the same roots, made anew in a folder beside this one. */
static lc_status build_anew(const command_context *context, const char *folder, char **index_out,
                            size_t *unreadable, lc_error *error)
{
    roots list = {0};
    refresh_report report = {.unreadable = 0};
    command_context anew = *context;
    const refresh_options how = {.rebuild = false};
    anew.at.index = *index_out = path_join(folder, "index");
    lc_status status = folder_make(folder, error);
    if (status == LC_OK)
        status = session_refresh(&anew, ROOTS_STAY, &how, NULL, &list, &report, error);
    roots_free(&list);
    *unreadable = report.unreadable;
    return status;
}

static lc_status compare(const char *index, const char *anew, size_t *differences, lc_error *error)
{
    contents left = {0}, right = {0};
    check_job job = {.words = false};
    lc_status status = contents_read(index, false, &left, error);
    if (status == LC_OK)
        status = contents_read(anew, false, &right, error);
    if (status == LC_OK)
        *differences = contents_compare(&left, &right, print_difference, &job);
    if (status == LC_OK && *differences && !job.shown) {
        job.words = true;
        contents_compare(&left, &right, print_difference, &job);
    }
    contents_free(&left);
    contents_free(&right);
    return status;
}

static void print_damaged(span file, const char *how, void *user)
{
    (void)user;
    fputs("damaged: ", stdout);
    print_safe_line(stdout, file);
    printf(" %s\n", how);
}

/* Nobody may write meanwhile; where we can't lock, nobody like us can write. */
static lc_status check_sums(const command_context *context, size_t *damaged, lc_error *error)
{
    enum { LOCK_SECONDS = 60 };
    int lock = -1;
    lc_status status = index_lock(context->at.index, LOCK_SECONDS, &lock, error);
    if (status == LC_LOCKED)
        return status;
    *damaged = sums_check(context->at.index, print_damaged, NULL);
    if (!*damaged && !sums_are_there(context->at.index))
        command_say("this index has no check sums (it was written by a search, or by one that was "
                    "stopped); lectern index writes them");
    if (lock >= 0)
        index_unlock(lock);
    return LC_OK;
}

static lc_status check_contents(const command_context *context, size_t *differences,
                                size_t *unreadable, lc_error *error)
{
    searcher *in = NULL;
    char *anew = NULL;
    buffer folder = {0};
    buffer_printf(&folder, "%s.check", context->at.index);
    /* what a killed check left */
    lc_status status = folder_remove(folder.at, error);
    if (status == LC_OK)
        status = session_open(context, &in, error);
    searcher_free(in);
    if (status == LC_OK)
        status = build_anew(context, folder.at, &anew, unreadable, error);
    if (status == LC_OK)
        status = compare(context->at.index, anew, differences, error);
    folder_remove(folder.at, NULL);
    buffer_free(&folder);
    free(anew);
    return status;
}

static int compare_with_notes(const command_context *context)
{
    lc_error error;
    size_t differences = 0, unreadable = 0;
    if (check_contents(context, &differences, &unreadable, &error) != LC_OK)
        return command_fail(&error);
    if (differences && unreadable)
        command_say("what can't be read now could not be compared: make it readable, and check "
                    "again");
    else if (differences)
        command_say("the index differs from the notes; mend it with: lectern index --rebuild");
    else
        puts("the index is as it was written and holds what the notes say");
    if (unreadable)
        return lc_exit_status(LC_IO);
    return differences ? 1 : 0;
}

/* What a damaged index holds says nothing more; reading it may even fail in other words. */
static int check_command(command_context *context)
{
    lc_error error;
    size_t damaged = 0;
    if (check_sums(context, &damaged, &error) != LC_OK)
        return command_fail(&error);
    if (!damaged)
        return compare_with_notes(context);
    command_say("the index is damaged; rebuild it with: lectern index --rebuild");
    return 1;
}

const command COMMAND_CHECK = {
    "check",
    "",
    "Compare the index with its check sums, and with the notes, which are read anew.",
    OPTIONS,
    false,
    check_command,
    "It takes as long as indexing everything. Status 1 when anything differs.",
    NULL};
