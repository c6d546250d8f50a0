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
    size_t counted; /* queries whose results were counted */
    double results; /* their mean */
    size_t agree;   /* of those: their count is lectern's but for a tenth or one */
} count_figures;

index_figures speed_index_figures(const speed_result *of, span system);
count_figures speed_count_figures(const speed_result *of, span system, span class);

/* Of indexing, one row a system. Tables are freed with table_free(). */
table *speed_index_table(const speed_result *of);
/* One row a class, one column a system: the microseconds that `share` of the timings stay within.
 */
table *speed_time_table(const speed_result *of, double share);
/* One row a class and a column a system: mean number of results; and for systems whose results are
 * talks as lectern's are, for how many queries that agrees. */
table *speed_count_table(const speed_result *of);
/* What was measured, then all these tables. */
void speed_summary_print(const speed_result *of, FILE *to);

/* The shares of timings that are shown: 50, 90, 99 and 100 %. */
typedef struct {
    const char *name;
    double share;
} shown_share;
enum { SHOWN_SHARES = 4 };
extern const shown_share SPEED_SHARES[SHOWN_SHARES];

#endif
