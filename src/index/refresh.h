/*
 * refresh.h - makes the index fit the notes again: `lectern index`, and every search before it
 * searches.
 *
 * Walk the roots, compare with the catalog, read what differs, drop what is gone, one commit: all
 * or nothing. A first build, a rebuild and a refresh that changes much (renewal.h) go to a folder
 * beside the index and take its place when they are whole.
 */
#ifndef LECTERN_INDEX_REFRESH_H
#define LECTERN_INDEX_REFRESH_H

#include <stdint.h>

#include "base/span.h"
#include "index/location.h"

typedef struct {
    size_t added, changed, removed, unchanged;
} tally;

typedef struct {
    tally talks;          /* talks, without the texts that belong to none */
    tally notes;          /* files */
    size_t problems;      /* files that could not be read, or not all of which was understood */
    size_t unreadable;    /* files and folders of these that could not be read at all */
    size_t missing_roots; /* keep their talks */
    char rebuilt_why[64]; /* why all was written anew, or empty */
    char slow_why[256];   /* why it was written the slow way, or empty */
} refresh_report;

typedef enum {
    FILE_ADDED,
    FILE_CHANGED,
    FILE_REMOVED,
    FILE_UNCHANGED,
    FILE_SKIPPED,      /* why says so */
    FILE_PROBLEM,      /* why says what could not be read or understood */
    FILE_LARGE,        /* skipped for its size alone; why says so */
    FILE_PROBLEM_KNOWN /* FILE_PROBLEM, and the refresh before said so too */
} file_event;

/* Any function may be NULL. path is below root; empty: the root itself. */
typedef struct {
    void (*on_file)(file_event event, const char *root, span path, uint32_t line, const char *why,
                    void *user);
    void (*on_progress)(size_t done, size_t total, void *user);
    void *user;
} refresh_observer;

typedef struct {
    const location *at;
    const roots *roots;
    /* Called with the lock held, before roots is looked at: another process may have changed the
     * list, and what it indexed must not be dropped. May be NULL. */
    lc_status (*prepare)(void *user, lc_error *error);
    void *prepare_user;
    size_t size_limit; /* of a note in bytes, kept in the index; 0: as before, at first 16 MiB */
    int lock_seconds;  /* how long to wait for another writer */
    bool rebuild;      /* write all anew */
    bool train;        /* learn the vectors when that is due (vectors.h) */
    bool no_counts;    /* if nothing changed the report may stay empty: a search does not show it */
    bool dry_run;      /* tell what would happen */
} refresh_options;

/* LC_LOCKED: another process is writing; the index can still be searched. */
lc_status index_refresh(const refresh_options *options, const refresh_observer *observer,
                        refresh_report *report_out, lc_error *error);

#endif
