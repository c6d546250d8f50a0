#include "speed_ratio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "speed_result.h"
#include "statistics.h"

/* `scratch` holds the longest list of timings. */
static double median_time(const double *from, size_t count, double *scratch, uint64_t *random)
{
    for (size_t i = 0; i < count; i++)
        scratch[i] = from[random ? random_below(random, count) : i];
    return percentile(scratch, count, 0.5);
}

static double log_ratio(const timed_pair *pair, double *scratch, uint64_t *random)
{
    double base = median_time(pair->base, pair->base_count, scratch, random);
    double other = median_time(pair->other, pair->other_count, scratch, random);
    return log(other / base);
}

static double mean_log_ratio(const timed_pair *pairs, size_t count, double *scratch,
                             uint64_t *random)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += log_ratio(&pairs[random ? random_below(random, count) : i], scratch, random);
    return sum / (double)count;
}

static size_t most_timings(const timed_pair *pairs, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most = pairs[i].base_count > most ? pairs[i].base_count : most;
        most = pairs[i].other_count > most ? pairs[i].other_count : most;
    }
    return most;
}

speed_ratio speed_ratio_of(const timed_pair *pairs, size_t count, size_t draws, uint64_t seed)
{
    double *scratch = xcalloc(most_timings(pairs, count), sizeof *scratch);
    double *drawn = xcalloc(draws, sizeof *drawn);
    speed_ratio made = {.ratio = exp(mean_log_ratio(pairs, count, scratch, NULL))};
    for (size_t i = 0; i < draws; i++)
        drawn[i] = exp(mean_log_ratio(pairs, count, scratch, &seed));
    made.low = percentile(drawn, draws, 0.025);
    made.high = percentile(drawn, draws, 0.975);
    free(scratch);
    free(drawn);
    return made;
}
