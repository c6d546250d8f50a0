#include "search/ranking.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Queries of more words, stop words aside, are sentences: that all of them match says little. Up to
 * here the rule cost nothing on five collections; with one more it cost .005 nDCG@10 on one. */
enum { TIER_WORDS = 2 };

#define STAGE_1  .title = 2, .k1 = 1.2, .b = 0.75, .exact = 0.2
#define STAGE_2  .pair = 0.10, .window = 0.05, .proximity_depth = 100
#define LATENT   .latent = 0.2, .latent_depth = 1000, .latent_scan = 200
#define SMOOTHED .smooth = 0.5, .smooth_depth = 100, .smooth_neighbours = 10

static const ranker RANKERS[] = {
    {.name = "bm25-lucene-0.9-0.4", .title = 1, .k1 = 0.9, .b = 0.4},
    {.name = "bm25-lucene-1.2-0.75", .title = 1, .k1 = 1.2, .b = 0.75},
    {.name = "stage1", STAGE_1},
    {.name = "stage2", STAGE_1, STAGE_2},
    {.name = "latent", STAGE_1, STAGE_2, LATENT},
    {.name = "full", STAGE_1, STAGE_2, LATENT, SMOOTHED},
    {.name = "default", STAGE_1, STAGE_2, LATENT, SMOOTHED, .tier_words = TIER_WORDS},
};
enum { RANKERS_COUNT = sizeof RANKERS / sizeof *RANKERS };

static const struct {
    const char *name;
    size_t offset;
    double most;
} PARAMETERS[] = {
    {"title", offsetof(ranker, title), 100},
    {"k1", offsetof(ranker, k1), 1000},
    {"b", offsetof(ranker, b), 1},
    {"exact", offsetof(ranker, exact), 100},
    {"pair", offsetof(ranker, pair), 100},
    {"window", offsetof(ranker, window), 100},
    {"proximity-depth", offsetof(ranker, proximity_depth), 10000},
    {"latent", offsetof(ranker, latent), 1},
    {"latent-depth", offsetof(ranker, latent_depth), 10000},
    {"latent-scan", offsetof(ranker, latent_scan), 10000},
    {"smooth", offsetof(ranker, smooth), 1},
    {"smooth-depth", offsetof(ranker, smooth_depth), 1000},
    {"smooth-neighbours", offsetof(ranker, smooth_neighbours), 1000},
    {"tier-words", offsetof(ranker, tier_words), 10000},
};
enum { PARAMETERS_COUNT = sizeof PARAMETERS / sizeof *PARAMETERS };

const ranker *ranking_default(void)
{
    return &RANKERS[RANKERS_COUNT - 1];
}

const ranker *ranking_at(size_t n)
{
    return n < RANKERS_COUNT ? &RANKERS[n] : NULL;
}

lc_status ranking_named(const char *name, ranker *out, lc_error *error)
{
    buffer names = {0};
    for (size_t i = 0; i < RANKERS_COUNT; i++) {
        if (strcmp(RANKERS[i].name, name) == 0) {
            *out = RANKERS[i];
            buffer_free(&names);
            return LC_OK;
        }
        buffer_printf(&names, "%s%s", i ? ", " : "", RANKERS[i].name);
    }
    lc_fail(error, LC_BAD_INPUT, "no ranker \"%s\"; there are %s", name, names.at);
    buffer_free(&names);
    return LC_BAD_INPUT;
}

static double *parameter(ranker *of, size_t n)
{
    return (double *)(void *)((char *)of + PARAMETERS[n].offset);
}

static lc_status fail_unknown(const char *assignment, lc_error *error)
{
    buffer names = {0};
    for (size_t i = 0; i < PARAMETERS_COUNT; i++)
        buffer_printf(&names, "%s%s", i ? ", " : "", PARAMETERS[i].name);
    lc_fail(error, LC_BAD_INPUT, "\"%s\": not NAME=NUMBER with one of %s", assignment, names.at);
    buffer_free(&names);
    return LC_BAD_INPUT;
}

lc_status ranking_set(ranker *of, const char *assignment, lc_error *error)
{
    for (size_t i = 0; i < PARAMETERS_COUNT; i++) {
        size_t length = strlen(PARAMETERS[i].name);
        if (strncmp(assignment, PARAMETERS[i].name, length) != 0 || assignment[length] != '=')
            continue;
        char *end;
        const char *text = assignment + length + 1;
        double value = strtod(text, &end);
        if (end == text || *end || !(value >= 0 && value <= PARAMETERS[i].most))
            return lc_fail(error, LC_BAD_INPUT, "%s: from 0 to %g", assignment, PARAMETERS[i].most);
        *parameter(of, i) = value;
        return LC_OK;
    }
    return fail_unknown(assignment, error);
}

void ranking_describe(const ranker *of, buffer *to)
{
    ranker copy = *of;
    buffer_add_text(to, of->name);
    for (size_t i = 0; i < PARAMETERS_COUNT; i++)
        if (*parameter(&copy, i) > 0)
            buffer_printf(to, ",%s=%g", PARAMETERS[i].name, *parameter(&copy, i));
}
