/*
 * lock.h - one process at a time changes an index.
 *
 * A lock on the file INDEX.lock, which names its holder; the system lets go of it when the holder
 * ends, however it ends. It covers what Xapian's own lock can't: building a new index beside the
 * old one and putting it in its place.
 */
#ifndef LECTERN_INDEX_LOCK_H
#define LECTERN_INDEX_LOCK_H

#include "base/error.h"

/* Waits up to `seconds` for another holder; then LC_LOCKED, naming its process. */
lc_status index_lock(const char *index_path, int seconds, int *lock_out, lc_error *error);
void index_unlock(int lock);

#endif
