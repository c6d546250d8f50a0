/*
 * location.h - where the index lives, and which roots it is made from.
 *
 * The default index is lectern/index under the XDG data folder; --index or LECTERN_INDEX name
 * another. The roots of the default index stand in lectern/roots under the XDG config folder, those
 * of another index beside it in INDEX.roots: plain text, one folder a line, outside the index so
 * that a damaged one can be made anew from them.
 */
#ifndef LECTERN_INDEX_LOCATION_H
#define LECTERN_INDEX_LOCATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

typedef struct {
    char *index; /* absolute */
    char *roots_file;
    char *config_folder; /* of the person's own tables; may be NULL */
} location;

/* index_option: what --index said, or NULL. */
lc_status location_find(const char *index_option, location *out, lc_error *error);
void location_free(location *what);

typedef struct {
    char **items; /* absolute, sorted, none inside another */
    size_t count, capacity;
} roots;

/* If the file is not there the list is the one that the index was made from, or empty. */
lc_status roots_load(const location *at, roots *out, lc_error *error);
lc_status roots_save(const location *at, const roots *list, lc_error *error);
/* Adds the real path of a folder; a folder inside one that is
 * there already changes nothing, one above others takes their place. */
lc_status roots_add(roots *to, const char *folder, lc_error *error);
/* False if it is not in the list. */
bool roots_remove(roots *from, const char *folder);
void roots_free(roots *what);

#endif
