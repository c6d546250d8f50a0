/*
 * postlist.h - the tables that are ordered by term: from merged lists to the postlist table and the
 * position table.
 */
#ifndef LECTERN_GLASS_POSTLIST_H
#define LECTERN_GLASS_POSTLIST_H

#include "glass/run.h"
#include "glass/table.h"

lc_status glass_postlist_write(glass_table *postlist, glass_table *positions, list_merge *from,
                               lc_error *error);

#endif
