/*
 * tallying.h - what a refresh did, counted once at its end: a note may be read several times before
 * it is settled.
 */
#ifndef LECTERN_INDEX_TALLYING_H
#define LECTERN_INDEX_TALLYING_H

#include "index/catalog.h"
#include "index/refresh.h"

/* Adds the note and its talks to the report. A talk is the same talk while its id key is; of
 * several with the same key in one note the n-th is compared with the n-th. */
void tally_note(const catalog_note *what, refresh_report *to);
/* The same for one that is gone. */
void tally_removed(const catalog_note *gone, refresh_report *to);

#endif
