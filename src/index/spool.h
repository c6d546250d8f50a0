/*
 * spool.h - documents on their way to a writer that can't take one back: they wait in a temporary
 * file until it is known which of them are to stay.
 *
 * While a new index is made, a few notes are read again after others have told more about them;
 * what was written of them before goes.
 */
#ifndef LECTERN_INDEX_SPOOL_H
#define LECTERN_INDEX_SPOOL_H

#include "base/error.h"
#include "base/span.h"
#include "glass/glass.h"

typedef struct spool spool;

/* The file is in that folder, which must be there, and has no name. */
lc_status spool_open(const char *folder, spool **spool_out, lc_error *error);
void spool_free(spool *what);
lc_status spool_add(spool *to, const glass_document *what, lc_error *error);
/* Drops every document added so far that has the term. */
void spool_remove(spool *from, span term);
/* Calls take with what is left, in the order it was added; once. */
lc_status spool_drain(spool *from,
                      lc_status (*take)(const glass_document *what, void *user, lc_error *error),
                      void *user, lc_error *error);

#endif
