/*
 * run.h - sorted lists in temporary files, and merging them.
 */
#ifndef LECTERN_GLASS_RUN_H
#define LECTERN_GLASS_RUN_H

#include "glass/list.h"

typedef struct sorted_run sorted_run;

/*
 * A merge walks over the lists of several sources by ascending key.  Where sources have the same
 * key their entries follow each other in the order of the sources, so document numbers must ascend
 * from source to source.
 */
typedef struct list_merge list_merge;

/* The sources are borrowed. */
list_merge *list_merge_new(list_source **sources, size_t count);
void list_merge_free(list_merge *what);
/* The sources that have the next key, in their order, and how many: 0 at the end.  The lists at
 * hand may be read; what is not read is left out. */
lc_status list_merge_next(list_merge *of, list_source ***group_out, size_t *count_out,
                          lc_error *error);
/* The heads of a group as one, with the first one's key; length is not filled in. */
list_head list_merge_head(list_source *const *group, size_t count);

/* Writes all that the merge has to a temporary file in the folder. */
lc_status sorted_run_write(const char *folder, list_merge *from, sorted_run **run_out,
                           lc_error *error);
void sorted_run_free(sorted_run *what);
/* Free with sorted_run_source_free(), before the run, also after a failure.  It reads `ahead` bytes
 * at once. */
lc_status sorted_run_source(const sorted_run *of, size_t ahead, list_source **source_out,
                            lc_error *error);
void sorted_run_source_free(list_source *what);

#endif
