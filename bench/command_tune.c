/* lectern-bench tune: which parameters would have been best, and what that is worth on topics that
 * they were not chosen on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "request.h"
#include "statistics.h"
#include "table.h"
#include "trial.h"

static const option OPTIONS[] = {
    {'g', "grid", "NAME=A,B,...", "try these values of a parameter; repeatable: every combination"},
    {'r', "ranker", "NAME", "of this ranker (default: full)"},
    {'m', "measure", "NAME", "what is to be highest (default: nDCG@10)"},
    {0, "folds", "K", "parts that the topics are divided into (default 5)"},
    {0, "seed", "N", "another division (default 1)"},
    {'f', "format", "FORMAT", TABLE_FORMATS},
    {0},
};

enum { SETTINGS_MOST = 1000, FOLDS_MOST = 100 };

typedef struct {
    ranker *settings; /* the first is the ranker as it is */
    size_t count;
    measure_list measures;
    size_t topics, folds;
    size_t *fold;   /* of each topic */
    double *values; /* values[setting * topics + topic] */
} tuning;

/* ---- the settings ---- */

static lc_status set_value(ranker *of, span name, span value, lc_error *error)
{
    buffer text = {0};
    buffer_printf(&text, "%.*s=%.*s", SPAN_ARG(name), SPAN_ARG(value));
    lc_status status = ranking_set(of, text.at, error);
    buffer_free(&text);
    return status;
}

/* Every setting so far, with every value of one more parameter. */
static lc_status add_grid(tuning *of, const char *given, lc_error *error)
{
    span values = span_of(given), name = span_cut(&values, '=');
    size_t before = of->count;
    ranker *all = xcalloc(SETTINGS_MOST, sizeof *all);
    lc_status status = LC_OK;
    size_t count = 0;
    for (bool first = true; (first || values.length) && status == LC_OK; first = false) {
        span value = span_trim(span_cut(&values, ','));
        for (size_t i = 0; i < before && status == LC_OK; i++) {
            if (count == SETTINGS_MOST) {
                status = lc_fail(error, LC_BAD_INPUT, "more than %d settings", SETTINGS_MOST);
                break;
            }
            all[count] = of->settings[i];
            status = set_value(&all[count++], name, value, error);
        }
    }
    free(of->settings);
    of->settings = all;
    of->count = count;
    return status;
}

static lc_status read_settings(const options *given, tuning *of, lc_error *error)
{
    const char *name = options_text(given, "ranker");
    ranker as_is;
    lc_status status = ranking_named(name ? name : "full", &as_is, error);
    of->settings = xcalloc(SETTINGS_MOST, sizeof *of->settings);
    of->settings[0] = as_is;
    of->count = 1;
    for (size_t i = 0; i < given->given_count && status == LC_OK; i++)
        if (strcmp(given->given[i].which->name, "grid") == 0)
            status = add_grid(of, given->given[i].text, error);
    if (status == LC_OK && of->count == SETTINGS_MOST)
        status = lc_fail(error, LC_BAD_INPUT, "more than %d settings", SETTINGS_MOST - 1);
    if (status != LC_OK)
        return status;
    memmove(of->settings + 1, of->settings, of->count++ * sizeof *of->settings);
    of->settings[0] = as_is;
    return LC_OK;
}

/* ---- the folds ---- */

/* Each topic's, by a shuffle of the seed. */
static void divide(tuning *of, uint64_t seed)
{
    uint64_t state = seed;
    of->fold = xcalloc(of->topics + 1, sizeof *of->fold);
    for (size_t i = 0; i < of->topics; i++)
        of->fold[i] = i % of->folds;
    for (size_t i = of->topics; i > 1; i--) {
        size_t other = random_below(&state, i), kept = of->fold[i - 1];
        of->fold[i - 1] = of->fold[other];
        of->fold[other] = kept;
    }
}

/* A setting's mean over the topics inside a fold, or over those outside. */
static double mean_of(const tuning *of, size_t setting, size_t fold, bool inside)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < of->topics; i++) {
        if ((of->fold[i] == fold) != inside)
            continue;
        sum += of->values[setting * of->topics + i];
        count++;
    }
    return count ? sum / (double)count : 0;
}

/* Of equal ones the first: the ranker as it is, then in the order given. */
static size_t best_outside(const tuning *of, size_t fold)
{
    size_t best = 0;
    for (size_t i = 1; i < of->count; i++)
        if (mean_of(of, i, fold, false) > mean_of(of, best, fold, false))
            best = i;
    return best;
}

/* ---- the table ---- */

static void add_figures(table *to, span name, double trained, double held_out, double as_is,
                        const ranker *chosen)
{
    buffer text = {0};
    table_text(to, name);
    table_number(to, trained, 4);
    table_number(to, held_out, 4);
    table_number(to, as_is, 4);
    if (chosen)
        ranking_describe(chosen, &text);
    table_text(to, buffer_span(&text));
    buffer_free(&text);
}

static void print_folds(const tuning *of, table_format format)
{
    static const char *const TITLES[] = {"fold", "trained", "held out", "as it is", "chosen"};
    table *out = table_new();
    double trained = 0, held_out = 0, as_is = 0, folds = (double)of->folds;
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
        table_column(out, span_of(TITLES[i]));
    for (size_t fold = 0; fold < of->folds; fold++) {
        char name[24];
        size_t best = best_outside(of, fold);
        double here = mean_of(of, best, fold, false), there = mean_of(of, best, fold, true),
               before = mean_of(of, 0, fold, true);
        snprintf(name, sizeof name, "%zu", fold + 1);
        add_figures(out, span_of(name), here, there, before, &of->settings[best]);
        trained += here, held_out += there, as_is += before;
    }
    add_figures(out, SPAN("mean"), trained / folds, held_out / folds, as_is / folds, NULL);
    table_print(out, format, stdout);
    table_free(out);
}

/* ---- all ---- */

static lc_status try_settings(tuning *of, trial *on, lc_error *error)
{
    of->topics = on->judged.count;
    of->values = xcalloc(of->count * of->topics + 1, sizeof *of->values);
    for (size_t i = 0; i < of->count; i++) {
        evaluation values;
        lc_status status = trial_run(on, &of->settings[i], &of->measures, 0, &values, NULL, error);
        if (status != LC_OK)
            return status;
        for (size_t t = 0; t < of->topics; t++)
            of->values[i * of->topics + t] = evaluation_value(&values, t, 0);
        evaluation_free(&values);
    }
    return LC_OK;
}

static lc_status tune(const char *folder, tuning *of, uint64_t seed, lc_error *error)
{
    trial on;
    lc_status status = trial_open(folder, &on, error);
    if (status != LC_OK)
        return status;
    if (on.judged.count < of->folds)
        status = lc_fail(error, LC_BAD_INPUT, "%s: fewer judged topics than folds", folder);
    else
        status = try_settings(of, &on, error);
    if (status == LC_OK)
        divide(of, seed);
    trial_close(&on);
    return status;
}

static lc_status read_given(const options *given, tuning *of, long *seed, table_format *format,
                            lc_error *error)
{
    long folds = 0;
    const char *name = options_text(given, "measure");
    lc_status status = table_format_read(options_text(given, "format"), format, error);
    if (status == LC_OK)
        status = measure_list_add(&of->measures, span_of(name ? name : "nDCG@10"), error);
    if (status == LC_OK)
        status = options_number(given, "folds", 2, 5, &folds, error);
    if (status == LC_OK && folds > FOLDS_MOST)
        status = lc_fail(error, LC_BAD_INPUT, "--folds %ld: at most %d", folds, FOLDS_MOST);
    if (status == LC_OK)
        status = options_number(given, "seed", 0, 1, seed, error);
    if (status == LC_OK)
        status = read_settings(given, of, error);
    of->folds = (size_t)folds;
    return status;
}

static lc_status run_tune(const options *given, int *exit_out, lc_error *error)
{
    tuning of = {.count = 0};
    long seed = 1;
    table_format format = TABLE_TEXT;
    (void)exit_out;
    lc_status status = read_given(given, &of, &seed, &format, error);
    if (status == LC_OK)
        status = tune(given->words[0], &of, (uint64_t)seed, error);
    if (status == LC_OK)
        print_folds(&of, format);
    free(of.settings);
    free(of.fold);
    free(of.values);
    measure_list_free(&of.measures);
    return status;
}

const bench_command BENCH_TUNE = {
    .name = "tune",
    .operands = "FOLDER",
    .summary = "the best parameters, chosen on some topics and tried on the others",
    .about = "For every fold, the setting that is best on the topics outside of it (trained) is\n"
             "tried on those inside (held out), beside the ranker as it is. Only the held-out\n"
             "figure says what tuning is worth.\n",
    .least = 1,
    .most = 1,
    .options = OPTIONS,
    .run = run_tune,
};
