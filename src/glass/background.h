/*
 * background.h - a thread that fills tables.  Compressing takes longer than all the rest; done
 * beside it, a second core makes a build a third faster.
 */
#ifndef LECTERN_GLASS_BACKGROUND_H
#define LECTERN_GLASS_BACKGROUND_H

#include "glass/table.h"

typedef struct background background;

/* Where no thread can be had the work is done by the caller's. */
background *background_new(void);
/* Stops the thread; what was not finished may not have been written. */
void background_free(background *what);
/* Will be added as glass_table_add() does; key and tag are copied.  A failure is told by a later
 * call. */
lc_status background_add(background *to, glass_table *table, span key, span tag, lc_error *error);
/* Waits until everything was added.  Then the tables are the caller's again. */
lc_status background_finish(background *what, lc_error *error);

#endif
