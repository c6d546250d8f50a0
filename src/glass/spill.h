/*
 * spill.h - an inversion of any size in bounded memory: full, it is written to a sorted run, and
 * runs are merged, at last with what is still in memory.
 */
#ifndef LECTERN_GLASS_SPILL_H
#define LECTERN_GLASS_SPILL_H

#include "glass/inversion.h"
#include "glass/run.h"

typedef struct spill spill;

/* The runs go to temporary files in folder. */
spill *spill_new(const char *folder, size_t memory_limit);
void spill_free(spill *what);
/* What is in memory. */
inversion *spill_lists(spill *of);
/* Writes a run if the limit is reached: call between documents. */
lc_status spill_when_full(spill *of, lc_error *error);
uint32_t spill_run_count(const spill *of);
/* All lists there are, in order.  After it only spill_free() may be called. */
lc_status spill_merge(spill *of, list_merge **merge_out, lc_error *error);

#endif
