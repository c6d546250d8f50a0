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
/* One row a class, one column a system: the microseconds that `share` of the timings (ROW_TIME or
 * ROW_CPU) stay within. */
table *speed_time_table(const speed_result *of, speed_row_kind kind, double share);
/* One row a class and a column a system: mean number of results; and for systems whose results are
 * talks as lectern's are, for how many queries that agrees. */
table *speed_count_table(const speed_result *of);
/* What was measured, then all these tables. */
void speed_summary_print(const speed_result *of, FILE *to);

/* The tables of times that are shown. */
typedef struct {
    const char *title;
    speed_row_kind kind;
    double share;
} shown_times;
enum { SHOWN_TIMES = 5 };
extern const shown_times SPEED_TIMES[SHOWN_TIMES];

#endif
