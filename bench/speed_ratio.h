/*
 * speed_ratio.h - how many times longer the same queries take elsewhere, and how sure that is.
 *
 * Pure. A query is timed several times on each side; the machine disturbs some of them, so a
 * query's time is the median of its timings. Queries differ by orders of magnitude, so the ratio
 * over queries is the geometric mean of the ratios of each.
 */
#ifndef LECTERN_BENCH_SPEED_RATIO_H
#define LECTERN_BENCH_SPEED_RATIO_H

#include <stddef.h>
#include <stdint.h>

/* One query's timings on both sides, all above 0, at least one of each. */
typedef struct {
    double *base, *other;
    size_t base_count, other_count;
} timed_pair;

typedef struct {
    double ratio; /* other / base */
    double low, high;
} speed_ratio;

/* low and high: the percentile bootstrap interval (Efron 1979) that holds 95 % of `draws` ratios,
 * each over queries drawn with replacement, with timings drawn with replacement for each. It knows
 * the spread within the two measurements, not what changed on the machine between them. */
speed_ratio speed_ratio_of(const timed_pair *pairs, size_t count, size_t draws, uint64_t seed);

#endif
