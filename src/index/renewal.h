/*
 * renewal.h - a refresh that changes so much that writing the whole index anew costs less.
 *
 * It is written beside the old one, in sequence, as a first build is, but stays a refresh to
 * whoever looks on: what was there before is what the report counts from, and no talk of a note
 * that can't be read now is lost, for then there is no renewal.
 */
#ifndef LECTERN_INDEX_RENEWAL_H
#define LECTERN_INDEX_RENEWAL_H

#include "index/indexing.h"

/* Whether to renew, from what changes_find() found and the catalog's details. Writes nothing. */
bool renewal_pays(indexing *in);
/* Opens the writer of the new index in that folder; false when it would be written the slow way:
 * the folder is gone again and all is as before the call. */
bool renewal_begin(indexing *in, const char *beside);
/* From now on all notes of the catalog are read and written anew. After the gone ones were removed.
 */
void renewal_forget(catalog *what);

#endif
