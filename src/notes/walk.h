/*
 * walk.h - finds the note files below a root folder.
 *
 * Notes are `.md .markdown .mdown .txt` in any case; whether a `.txt` reads like a note is decided
 * later from its bytes (text_is_prose). Left out are hidden files and folders, what .gitignore and
 * .ignore of the root and the folders below exclude, and what is too large. Symbolic links are
 * followed while they stay inside the root and lead to something that is not found anyway, so that
 * each file comes once and loops end.
 */
#ifndef LECTERN_NOTES_WALK_H
#define LECTERN_NOTES_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/span.h"

enum {
    WALK_SIZE_LIMIT = 16 * 1024 * 1024, /* the default: a book is 1 MiB */
    WALK_DEPTH_LIMIT = 128              /* folders in folders; each holds a descriptor open */
};

typedef struct {
    size_t size_limit; /* bytes; 0 means WALK_SIZE_LIMIT */
    bool all; /* also tell of what is skipped; else only of notes to take and of failures */
} walk_options;

typedef struct {
    const char *path;          /* below the root, any bytes, '/' between; "" is the root itself */
    const struct stat *status; /* of the file behind a link; NULL where it was not asked for */
    bool is_folder;
    bool failed;        /* skipped because it could not be read, not because of a rule */
    bool too_large;     /* skipped for its size alone */
    const char *reason; /* NULL: take it; else why it is skipped, valid for this visit */
} walk_entry;

/* Called for each entry; anything but LC_OK ends the walk and is returned by it. */
typedef lc_status walk_visit(const walk_entry *entry, void *user, lc_error *error);

/* Visits notes in ascending byte order of their paths, then what was found through links, again
 * in order. A folder that can't be read is an entry with a reason, unless it is the root. options
 * may be NULL. */
lc_status walk_root(const char *root, const walk_options *options, walk_visit *visit, void *user,
                    lc_error *error);

/* True for a name that ends like a note's. */
bool is_note_name(span name);

#endif
