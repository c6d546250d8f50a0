/*
 * place.h - building an index beside the old one and putting it in its place, without ever touching
 * a folder that is not lectern's.
 *
 * A folder of ours holds a file named INDEX_MARKER: a Xapian database alone may be another
 * program's.
 */
#ifndef LECTERN_INDEX_PLACE_H
#define LECTERN_INDEX_PLACE_H

#include "base/error.h"

#define INDEX_MARKER "lectern"

/* Whether an index may be built here: nothing is there, an empty folder, or an index of ours. */
lc_status place_check(const char *path, lc_error *error);
/* Removes what a killed process left there, if it is ours. */
lc_status place_clear(const char *path, lc_error *error);
/* Makes `path` an empty folder of ours; removes what a killed process left there. */
lc_status place_prepare(const char *path, lc_error *error);
/* Puts the folder `built` at `path` at once, once it is safely on disk, and removes what was there;
 * a reader that has the old one open goes on with it. On failure both are as they were. */
lc_status place_put(const char *built, const char *path, lc_error *error);

#endif
