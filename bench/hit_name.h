/* hit_name.h - what the qrels call a talk that was found in a test index. */
#ifndef LECTERN_BENCH_HIT_NAME_H
#define LECTERN_BENCH_HIT_NAME_H

#include "running.h"
#include "search/searcher.h"

/* Of notes the hit needs its record. In the arena, or the index's. */
span hit_name(const test_index *in, const hit *found, arena *memory);

#endif
