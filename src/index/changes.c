#include "index/changes.h"

#include <string.h>
#include <sys/stat.h>

#include "notes/walk.h"

typedef struct {
    const refresh_observer *observer;
    catalog *in;
    const char *root;
    refresh_report *report;
} walking;

static void skip(walking *w, const walk_entry *entry)
{
    if (entry->failed)
        w->report->problems++;
    if (w->observer && w->observer->on_file)
        w->observer->on_file(entry->failed ? FILE_PROBLEM : FILE_SKIPPED, w->root,
                             span_of(entry->path), 0, entry->reason, w->observer->user);
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

/* A root that is not there (an unmounted disk) keeps its talks. */
static void keep_root(walking *w)
{
    w->report->missing_roots++;
    for (size_t i = 0; i < w->in->count; i++)
        if (span_equal(w->in->notes[i].root, span_of(w->root)))
            w->in->notes[i].seen = true;
    if (w->observer && w->observer->on_file)
        w->observer->on_file(FILE_PROBLEM, w->root, SPAN_NONE, 0,
                             "is not there; its talks are kept (lectern forget removes them)",
                             w->observer->user);
}

lc_status changes_find(const refresh_options *options, const refresh_observer *observer,
                       catalog *in, refresh_report *report, lc_error *error)
{
    walk_options walk = {options->size_limit, options->dry_run};
    for (size_t i = 0; i < options->roots->count; i++) {
        struct stat status;
        walking w = {observer, in, options->roots->items[i], report};
        if (stat(w.root, &status) != 0) {
            keep_root(&w);
            continue;
        }
        lc_status result = walk_root(w.root, &walk, visit, &w, error);
        if (result != LC_OK)
            return result;
    }
    return LC_OK;
}
