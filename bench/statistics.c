#include "statistics.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

size_t random_below(uint64_t *state, size_t limit)
{
    uint64_t uneven = UINT64_MAX - UINT64_MAX % limit; /* beyond it the first values come oftener */
    uint64_t drawn;
    do
        drawn = random_next(state);
    while (drawn >= uneven);
    return (size_t)(drawn % limit);
}

static double sum_of(const double *value, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += value[i];
    return sum;
}

/* ---- t test ---- */

/* The continued fraction of DLMF 8.17.22 by Lentz's method; converges fast for
 * x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    enum { STEPS = 500 };
    const double tiny = 1e-300, enough = 1e-15;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double result = d;
    for (int m = 1; m < STEPS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double before = result;
        for (int half = 0; half < 2; half++) {
            double term = half ? odd : even;
            d = 1 + term * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            c = fabs(c) < tiny ? tiny : c;
            result *= c * d;
        }
        if (fabs(result - before) <= enough * fabs(result))
            break;
    }
    return result;
}

double incomplete_beta(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x > 0;
    if (x > (a + 1) / (a + b + 2))
        return 1 - incomplete_beta(b, a, 1 - x);
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    return front * beta_fraction(a, b, x) / a;
}

double t_test(const double *difference, size_t count)
{
    if (count < 2)
        return 1;
    double mean = sum_of(difference, count) / (double)count;
    double squares = 0, freedom = (double)count - 1;
    for (size_t i = 0; i < count; i++)
        squares += (difference[i] - mean) * (difference[i] - mean);
    if (squares <= 0)
        return mean == 0;
    double t_squared = mean * mean * (double)count / (squares / freedom);
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t_squared));
}

/* ---- randomisation test ---- */

enum { EXACT_TOPICS = 16 };

/* The sum with the signs of those differences turned whose bit is set; for topics beyond the 64th
 * new bits are drawn. */
static double signed_sum(const double *difference, size_t count, uint64_t bits, uint64_t *state)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++, bits >>= 1) {
        if (i && i % 64 == 0)
            bits = random_next(state);
        sum += bits & 1 ? -difference[i] : difference[i];
    }
    return sum;
}

double randomisation_test(const double *difference, size_t count, size_t draws, uint64_t seed)
{
    bool exact = count <= EXACT_TOPICS;
    uint64_t state = seed;
    size_t hits = 0, rounds = exact ? (size_t)1 << count : draws;
    double seen = fabs(sum_of(difference, count)), total = 0;
    for (size_t i = 0; i < count; i++)
        total += fabs(difference[i]);
    seen -= total * 1e-12; /* the same sum in another order is as far from 0 */
    for (size_t i = 0; i < rounds; i++)
        hits +=
            fabs(signed_sum(difference, count, exact ? i : random_next(&state), &state)) >= seen;
    return exact ? (double)hits / (double)rounds : (double)(hits + 1) / (double)(rounds + 1);
}

/* ---- bootstrap ---- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void bootstrap_interval(const double *difference, size_t count, size_t draws, uint64_t seed,
                        double share, double *low_out, double *high_out)
{
    double *means = xcalloc(draws, sizeof *means);
    uint64_t state = seed;
    for (size_t i = 0; i < draws; i++) {
        for (size_t j = 0; j < count; j++)
            means[i] += difference[random_below(&state, count)];
        means[i] /= (double)count;
    }
    qsort(means, draws, sizeof *means, ascending);
    size_t outside = (size_t)((1 - share) / 2 * (double)draws);
    *low_out = means[outside];
    *high_out = means[draws - 1 - outside];
    free(means);
}

/* ---- Holm ---- */

void holm_correct(double *p, size_t count)
{
    size_t *order = xcalloc(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++) { /* insertion sort: a few dozen values */
        size_t at = i;
        for (; at && p[order[at - 1]] > p[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    double least = 0; /* a corrected p is never below that of a smaller one */
    for (size_t i = 0; i < count; i++) {
        double corrected = p[order[i]] * (double)(count - i);
        least = corrected > least ? corrected : least;
        p[order[i]] = least < 1 ? least : 1;
    }
    free(order);
}
