/*
 * statistics.h - whether two runs differ by more than chance, from their differences per topic.
 *
 * All functions are pure; those that draw at random take a seed and give the same answer for it
 * on every machine.
 */
#ifndef LECTERN_BENCH_STATISTICS_H
#define LECTERN_BENCH_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). Any state is a good seed. */
uint64_t random_next(uint64_t *state);
/* Evenly from 0 to limit - 1; limit > 0. */
size_t random_below(uint64_t *state, size_t limit);

/* Two-sided p of the paired t test (Student 1908): the chance of a mean at least so far from 0 if
 * the differences came from a normal distribution around 0. 1 for fewer than 2 topics and when no
 * topic differs; 0 when all differ by the same. */
double t_test(const double *difference, size_t count);
/* Regularised incomplete beta function I_x(a, b) (DLMF 8.17), a and b > 0, 0 <= x <= 1. */
double incomplete_beta(double a, double b, double x);

/* Two-sided p of Fisher's randomisation test (Smucker, Allan and Carterette, CIKM 2007): the share
 * of assignments of signs to the differences whose mean is at least as far from 0. Up to 16 topics
 * all 2^count assignments are counted; else `draws` random ones, and the p is
 * (1 + hits) / (1 + draws), which is never 0. */
double randomisation_test(const double *difference, size_t count, size_t draws, uint64_t seed);

/* The percentile bootstrap interval of the mean (Efron 1979): `share` (0.95) of the means of
 * `draws` samples with replacement lie between *low_out and *high_out. */
void bootstrap_interval(const double *difference, size_t count, size_t draws, uint64_t seed,
                        double share, double *low_out, double *high_out);

/* Holm's correction (1979) of `count` p values that are looked at together, in place. */
void holm_correct(double *p, size_t count);

#endif
