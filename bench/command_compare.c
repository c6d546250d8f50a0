/* lectern-bench compare: runs against a baseline, with tests of significance. */
#include <math.h>
#include <stdlib.h>

#include "command.h"
#include "request.h"
#include "statistics.h"
#include "table.h"

static const option OPTIONS[] = {
    OPTION_MEASURE,
    OPTION_LEVEL,
    OPTION_TOPICS,
    OPTION_CLASS,
    {'s', "seed", "N", "of the randomisation test and the bootstrap (default 1)"},
    {0, "draws", "N", "random assignments of the randomisation test (default 100000)"},
    OPTION_FORMAT,
    OPTION_FAIL_BELOW,
    {0},
};

enum { BOOTSTRAP_DRAWS = 10000 };
static const double BOOTSTRAP_SHARE = 0.95, SAME = 1e-12;

typedef struct {
    size_t measure, run;
    double base, mean, low, high;
    size_t wins, ties, losses;
    double p_t, p_random, p_holm;
} comparison;

static void count_wins(const double *difference, size_t count, comparison *to)
{
    for (size_t i = 0; i < count; i++) {
        to->wins += difference[i] > SAME;
        to->losses += difference[i] < -SAME;
    }
    to->ties = count - to->wins - to->losses;
}

static comparison compare(const request *of, size_t measure_index, size_t run_index, size_t draws,
                          uint64_t seed)
{
    const evaluation *base = &of->runs[0].values, *other = &of->runs[run_index].values;
    size_t topics = of->qrels.count;
    comparison made = {.measure = measure_index,
                       .run = run_index,
                       .base = base->overall[measure_index],
                       .mean = other->overall[measure_index]};
    double *difference = xcalloc(topics, sizeof *difference);
    for (size_t t = 0; t < topics; t++)
        difference[t] =
            evaluation_value(other, t, measure_index) - evaluation_value(base, t, measure_index);
    count_wins(difference, topics, &made);
    bootstrap_interval(difference, topics, BOOTSTRAP_DRAWS, seed, BOOTSTRAP_SHARE, &made.low,
                       &made.high);
    made.p_t = t_test(difference, topics);
    made.p_holm = made.p_random = randomisation_test(difference, topics, draws, seed);
    free(difference);
    return made;
}

static void correct(comparison *all, size_t count)
{
    double *p = xcalloc(count + 1, sizeof *p);
    for (size_t i = 0; i < count; i++)
        p[i] = all[i].p_random;
    holm_correct(p, count);
    for (size_t i = 0; i < count; i++)
        all[i].p_holm = p[i];
    free(p);
}

static void print(const request *of, const comparison *all, size_t count, table_format format)
{
    static const char *const TITLES[] = {"measure",  "run",       "base",  "mean", "difference",
                                         "low 95%",  "high 95%",  "wins",  "ties", "losses",
                                         "p t test", "p random.", "p Holm"};
    table *made = table_new();
    for (size_t i = 0; i < sizeof TITLES / sizeof TITLES[0]; i++)
        table_column(made, span_of(TITLES[i]));
    for (const comparison *one = all; one < all + count; one++) {
        table_text(made, span_of(of->measures.item[one->measure].label));
        table_text(made, of->runs[one->run].name);
        table_number(made, one->base, 4);
        table_number(made, one->mean, 4);
        table_number(made, one->mean - one->base, 4);
        table_number(made, one->low, 4);
        table_number(made, one->high, 4);
        table_number(made, (double)one->wins, 0);
        table_number(made, (double)one->ties, 0);
        table_number(made, (double)one->losses, 0);
        table_number(made, one->p_t, 5);
        table_number(made, one->p_random, 5);
        table_number(made, one->p_holm, 5);
    }
    table_print(made, format, stdout);
    table_free(made);
}

/* Topics that one of two runs lacks count zero there; a person should know. */
static void warn_of_missing(const request *of)
{
    for (size_t r = 0; r < of->run_count; r++) {
        size_t missing = of->runs[r].values.counts.missing;
        if (missing)
            fprintf(stderr, "lectern-bench: %s lacks %zu of %zu judged topics; they count zero\n",
                    of->runs[r].path, missing, of->qrels.count);
    }
}

static lc_status check_request(const request *of, lc_error *error)
{
    for (size_t m = 0; m < of->measures.count; m++)
        if (of->measures.item[m].kind->overall != OVERALL_MEAN)
            return lc_fail(error, LC_BAD_INPUT, "%s is no mean over topics; compare needs one",
                           of->measures.item[m].label);
    return request_check_shared(of, error);
}

static void compare_all(const request *of, size_t draws, uint64_t seed, table_format format)
{
    size_t count = 0;
    comparison *all = xcalloc(of->measures.count * of->run_count + 1, sizeof *all);
    for (size_t m = 0; m < of->measures.count; m++)
        for (size_t r = 1; r < of->run_count; r++)
            all[count++] = compare(of, m, r, draws, seed);
    correct(all, count);
    warn_of_missing(of);
    print(of, all, count, format);
    free(all);
}

static lc_status run_compare(const options *given, int *exit_out, lc_error *error)
{
    table_format format;
    request made;
    long seed, draws;
    lc_status status = table_format_read(options_text(given, "format"), &format, error);
    if (status == LC_OK)
        status = options_number(given, "seed", 0, 1, &seed, error);
    if (status == LC_OK)
        status = options_number(given, "draws", 100, 100000, &draws, error);
    if (status == LC_OK)
        status = request_load(given, "nDCG@10", &made, error);
    if (status != LC_OK)
        return status;
    status = check_request(&made, error);
    if (status == LC_OK) {
        compare_all(&made, (size_t)draws, (uint64_t)seed, format);
        *exit_out = request_fails(&made, 1);
    }
    request_free(&made);
    return status;
}

const bench_command BENCH_COMPARE = {
    .name = "compare",
    .operands = "QRELS BASE RUN...",
    .summary = "runs against a baseline, with significance",
    .about =
        "For each measure and run: both means over all judged topics, the mean difference with "
        "its\n"
        "95 % interval (bootstrap over topics), topics won, tied and lost, and the chance of such "
        "a\n"
        "difference between runs that are equally good: by the paired t test, by the "
        "randomisation\n"
        "test, and the latter after Holm's correction for all that is compared in this call.\n",
    .least = 3,
    .most = 1000,
    .options = OPTIONS,
    .run = run_compare,
};
