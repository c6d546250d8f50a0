/*
 * run.h - sorted lists in temporary files, and merging them.
 */
#ifndef LECTERN_GLASS_RUN_H
#define LECTERN_GLASS_RUN_H

#include "glass/list.h"

typedef struct run run;

/*
 * A merge walks over the lists of several sources by ascending key.  Where sources have the same
 * key their entries follow each other in the order of the sources, so document numbers must ascend
 * from source to source.
 */
typedef struct merge merge;

/* The sources are borrowed. */
merge *merge_new(list_source **sources, size_t count);
void merge_free(merge *what);
/* The sources that have the next key, in their order, and how many: 0 at the end.  The lists at
 * hand may be read; what is not read is left out. */
lc_status merge_next(merge *of, list_source ***group_out, size_t *count_out, lc_error *error);
/* The heads of a group as one, with the first one's key; length is not filled in. */
list_head merge_head(list_source *const *group, size_t count);

/* Writes all that the merge has to a temporary file in the folder. */
lc_status run_write(const char *folder, merge *from, run **run_out, lc_error *error);
void run_free(run *what);
/* Free with run_source_free(), before the run, also after a failure.  It reads `ahead` bytes at
 * once. */
lc_status run_source(const run *of, size_t ahead, list_source **source_out, lc_error *error);
void run_source_free(list_source *what);

#endif
