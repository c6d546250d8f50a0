#include "index/changes.h"

#include <dirent.h>
#include <sys/stat.h>

#include "notes/walk.h"

typedef struct {
    const refresh_observer *observer;
    catalog *in;
    const char *root;
    refresh_report *report;
} walking;

static void tell(const walking *w, file_event event, span path, const char *why)
{
    w->report->problems += event == FILE_PROBLEM;
    if (w->observer && w->observer->on_file)
        w->observer->on_file(event, w->root, path, 0, why, w->observer->user);
}

static bool is_below(span path, span folder)
{
    return !folder.length || (span_starts_with(path, folder) && path.length > folder.length &&
                              path.at[folder.length] == '/');
}

/* What can't be looked at now keeps its talks: a folder without permission, an unmounted disk. */
static void keep_below(walking *w, span folder)
{
    for (size_t i = 0; i < w->in->count; i++) {
        catalog_note *n = &w->in->notes[i];
        if (span_equal(n->root, span_of(w->root)) &&
            (is_below(n->path, folder) || span_equal(n->path, folder)))
            n->seen = true;
    }
}

static void skip(walking *w, const walk_entry *entry)
{
    span path = span_of(entry->path);
    bool known = catalog_find(w->in, span_of(w->root), path) != NULL;
    file_event event = entry->failed                ? FILE_PROBLEM
                       : !entry->too_large          ? FILE_SKIPPED
                       : known && !entry->is_folder ? FILE_PROBLEM /* its talks go: said once */
                                                    : FILE_LARGE;
    tell(w, event, path, entry->reason);
    w->report->unreadable += entry->failed;
    if (entry->failed)
        keep_below(w, span_of(entry->path));
}

static lc_status visit(const walk_entry *entry, void *user, lc_error *error)
{
    walking *w = user;
    span path = span_of(entry->path);
    (void)error;
    if (entry->reason) {
        skip(w, entry);
        return LC_OK;
    }
    catalog_note *known = catalog_find(w->in, span_of(w->root), path);
    if (known && !catalog_note_differs(known, entry->status)) {
        known->seen = true;
        return LC_OK;
    }
    if (!known) {
        known = catalog_put(w->in, span_of(w->root), path);
        known->fresh = true;
    }
    known->seen = true;
    known->now = arena_alloc(w->in->memory, sizeof *known->now);
    *known->now = *entry->status;
    return LC_OK;
}

static bool has_notes(const walking *w)
{
    for (size_t i = 0; i < w->in->count; i++)
        if (span_equal(w->in->notes[i].root, span_of(w->root)))
            return true;
    return false;
}

/* Where a disk is not mounted its mount point is there, and empty. */
static bool is_empty_folder(const char *path)
{
    size_t entries = 0;
    DIR *folder = opendir(path);
    if (!folder)
        return false;
    while (entries < 3 && readdir(folder)) /* . and .. are always there */
        entries++;
    closedir(folder);
    return entries < 3;
}

static void keep_root(walking *w, const char *why)
{
    w->report->missing_roots++;
    tell(w, FILE_PROBLEM, SPAN_NONE, why);
    keep_below(w, SPAN_NONE);
}

static void walk_one(walking *w, const walk_options *how)
{
    lc_error why;
    struct stat status;
    if (stat(w->root, &status) != 0)
        keep_root(w, "is not there; its talks are kept (lectern forget removes them)");
    else if (has_notes(w) && is_empty_folder(w->root))
        keep_root(w, "is empty now; its talks are kept (lectern forget removes them)");
    else if (walk_root(w->root, how, visit, w, &why) != LC_OK) {
        w->report->unreadable++;
        keep_root(w, why.message);
    }
}

void changes_find(const refresh_options *options, size_t size_limit,
                  const refresh_observer *observer, catalog *in, refresh_report *report)
{
    walk_options how = {size_limit, options->dry_run};
    for (size_t i = 0; i < options->roots->count; i++) {
        walking w = {observer, in, options->roots->items[i], report};
        walk_one(&w, &how);
    }
}
