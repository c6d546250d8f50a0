/*
 * changes.h - what changed on disk since the catalog was written.
 */
#ifndef LECTERN_INDEX_CHANGES_H
#define LECTERN_INDEX_CHANGES_H

#include "index/catalog.h"
#include "index/refresh.h"

/* Walks the roots. Marks every note of the catalog that is still there as seen; adds new ones as
 * fresh; gives those that differ their present state (catalog_note.now). What can't be looked at (a
 * root that is not there or empty, an unreadable folder) is a problem that is told, and its notes
 * count as seen. Tells the observer of files that are skipped. */
void changes_find(const refresh_options *options, size_t size_limit,
                  const refresh_observer *observer, catalog *in, refresh_report *report);

#endif
