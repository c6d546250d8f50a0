/*
 * speed_summary.h - the figures that a person reads, from the raw ones.
 */
#ifndef LECTERN_BENCH_SPEED_SUMMARY_H
#define LECTERN_BENCH_SPEED_SUMMARY_H

#include <stdio.h>

#include "speed_result.h"
#include "table.h"

typedef struct {
    double seconds, cpu_seconds, peak_bytes, index_bytes; /* medians over rounds */
    double bytes_per_second, talks_per_second;            /* of notes, by the median time */
    double share;                                         /* bytes of index per byte of the notes */
} index_figures;

typedef struct {
    size_t queries, timings;
    double p50, p90, p99, max; /* microseconds, over all timings */
    size_t counted;            /* queries whose results were counted */
    double results;            /* their mean */
    size_t agree;              /* of those: their count is lectern's but for a tenth or one */
} query_figures;

index_figures speed_index_figures(const speed_result *of, span system);
query_figures speed_query_figures(const speed_result *of, span system, span class);

/* Tables of both, one row a system, and a row a class and system. Free with table_free(). */
table *speed_index_table(const speed_result *of);
table *speed_query_table(const speed_result *of);
/* What was measured, then both tables. */
void speed_summary_print(const speed_result *of, FILE *to);

#endif
