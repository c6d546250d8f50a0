/* lectern-bench compare-speed: two speed results, or the systems of one. */
#include <stdlib.h>

#include "command.h"
#include "speed_ratio.h"
#include "speed_result.h"
#include "table.h"

static const option OPTIONS[] = {
    {'f', "format", "FORMAT", "text, tsv or json"},
    {0, "seed", "N", "of the bootstrap (1)"},
    {0, "draws", "N", "of the bootstrap (1000)"},
    {0},
};

typedef struct {
    speed_result base, other;
    const speed_result *compared; /* &other, or &base when the systems of one are compared */
    size_t draws;
    uint64_t seed;
    table *out;
    size_t rows;
} comparing;

typedef struct {
    timed_pair *items;
    size_t count, capacity;
} pair_list;

static void free_pairs(pair_list *what)
{
    for (size_t i = 0; i < what->count; i++) {
        free(what->items[i].base);
        free(what->items[i].other);
    }
    free(what->items);
}

static void add_row(comparing *c, span system, span name, const pair_list *pairs)
{
    speed_ratio r = speed_ratio_of(pairs->items, pairs->count, c->draws, c->seed);
    bool sure = pairs->count > 1 || pairs->items[0].base_count > 2;
    table_text(c->out, name);
    table_text(c->out, system);
    table_number(c->out, (double)pairs->count, 0);
    table_number(c->out, r.ratio, 3);
    if (sure) {
        table_number(c->out, r.low, 3);
        table_number(c->out, r.high, 3);
    } else {
        table_empty(c->out);
        table_empty(c->out);
    }
    table_text(c->out, !sure        ? SPAN("")
                       : r.high < 1 ? SPAN("less")
                       : r.low > 1  ? SPAN("more")
                                    : SPAN("same"));
    c->rows++;
}

/* ---- queries: those with the same text on both sides ---- */

/* The number that the query has in that result, or 0. */
static size_t number_of(const speed_result *in, span class, span text)
{
    for (size_t i = 0; i < in->count; i++) {
        const speed_row *row = &in->items[i];
        if (row->kind == ROW_TEXT && span_equal(row->name, class) && span_equal(row->text, text))
            return row->query;
    }
    return 0;
}

static bool all_positive(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(value[i] > 0))
            return false;
    return count > 0;
}

/* Keeps the pair when both sides have timings. */
static void add_pair(pair_list *to, timed_pair pair)
{
    if (all_positive(pair.base, pair.base_count) && all_positive(pair.other, pair.other_count)) {
        ARRAY_ADD(to->items, to->count, to->capacity, pair);
    } else {
        free(pair.base);
        free(pair.other);
    }
}

static void compare_class(comparing *c, span base_system, span system, span class)
{
    pair_list pairs = {NULL, 0, 0};
    for (size_t i = 0; i < c->base.count; i++) {
        const speed_row *row = &c->base.items[i];
        if (row->kind != ROW_TEXT || !span_equal(row->name, class))
            continue;
        size_t number = number_of(c->compared, class, row->text);
        timed_pair pair = {NULL, NULL, 0, 0};
        pair.base_count =
            speed_result_values(&c->base, ROW_TIME, base_system, class, row->query, &pair.base);
        if (number)
            pair.other_count =
                speed_result_values(c->compared, ROW_TIME, system, class, number, &pair.other);
        add_pair(&pairs, pair);
    }
    if (pairs.count)
        add_row(c, system, class, &pairs);
    free_pairs(&pairs);
}

static void compare_index(comparing *c, span base_system, span system, span measure)
{
    pair_list pairs = {NULL, 0, 0};
    timed_pair pair;
    pair.base_count = speed_result_values(&c->base, ROW_INDEX, base_system, measure,
                                          SPEED_ALL_QUERIES, &pair.base);
    pair.other_count = speed_result_values(c->compared, ROW_INDEX, system, measure,
                                           SPEED_ALL_QUERIES, &pair.other);
    add_pair(&pairs, pair);
    if (pairs.count)
        add_row(c, system, measure, &pairs);
    free_pairs(&pairs);
}

/* ---- all of a kind ---- */

typedef void compare_one(comparing *c, span base_system, span system, span name);

static void compare_kind(comparing *c, speed_row_kind kind, compare_one *compare)
{
    bool alone = c->compared == &c->base;
    span *systems, *names;
    size_t system_count = speed_result_systems(c->compared, kind, &systems);
    size_t name_count = speed_result_names(c->compared, kind, SPAN_NONE, &names);
    for (size_t n = 0; n < name_count; n++)
        for (size_t s = 0; s < system_count; s++) {
            if (alone && span_equal(systems[s], SPAN("lectern")))
                continue;
            compare(c, alone ? SPAN("lectern") : systems[s], systems[s], names[n]);
        }
    free(systems);
    free(names);
}

static table *new_table(void)
{
    static const char *const titles[] = {"of",  "system", "queries", "ratio",
                                         "low", "high",   "is",      NULL};
    table *made = table_new();
    for (const char *const *t = titles; *t; t++)
        table_column(made, span_of(*t));
    return made;
}

static lc_status compare_all(comparing *c, table_format format, lc_error *error)
{
    c->out = new_table();
    compare_kind(c, ROW_INDEX, compare_index);
    compare_kind(c, ROW_TIME, compare_class);
    lc_status status = LC_OK;
    if (c->rows)
        table_print(c->out, format, stdout);
    else
        status = lc_fail(error, LC_BAD_INPUT,
                         "nothing to compare: no system ran the same queries in both; repeat "
                         "with: speed --queries RESULT");
    table_free(c->out);
    return status;
}

/* Different notes or machines make the ratios meaningless or at least another question. */
static void warn_of_difference(const comparing *c, const char *key)
{
    span base = speed_result_about(&c->base, key), other = speed_result_about(c->compared, key);
    if (!span_equal(base, other))
        fprintf(stderr, "lectern-bench: the results differ in %s: %.*s; %.*s\n", key,
                SPAN_ARG(base), SPAN_ARG(other));
}

static lc_status load(comparing *c, const options *given, lc_error *error)
{
    lc_status status = speed_result_read(given->words[0], &c->base, error);
    c->compared = &c->base;
    if (status != LC_OK || given->word_count == 1)
        return status;
    status = speed_result_read(given->words[1], &c->other, error);
    c->compared = &c->other;
    return status;
}

static lc_status run_compare(const options *given, int *exit_out, lc_error *error)
{
    static const char *const keys[] = {"machine", "note bytes"};
    comparing c = {.rows = 0};
    table_format format;
    long seed, draws;
    (void)exit_out;
    lc_status status = table_format_read(options_text(given, "format"), &format, error);
    if (status == LC_OK)
        status = options_number(given, "seed", 0, 1, &seed, error);
    if (status == LC_OK)
        status = options_number(given, "draws", 100, 1000, &draws, error);
    if (status == LC_OK)
        status = load(&c, given, error);
    if (status == LC_OK) {
        c.seed = (uint64_t)seed;
        c.draws = (size_t)draws;
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
            warn_of_difference(&c, keys[i]);
        status = compare_all(&c, format, error);
    }
    speed_result_free(&c.base);
    speed_result_free(&c.other);
    return status;
}

const bench_command BENCH_COMPARE_SPEED = {
    .name = "compare-speed",
    .operands = "RESULT [RESULT]",
    .summary = "two speed results, or the systems of one, with intervals",
    .about =
        "Of two results: how many times the figure of the first the second has, for each system.\n"
        "Of one: how many times lectern's each other system has, measured in the same run.\n"
        "For a class of queries it is the geometric mean of the ratios of the queries that both\n"
        "sides ran, each by the median of its timings; low and high hold 95 % of a bootstrap over\n"
        "queries and timings. `less` and `more` are said where that interval leaves out 1. What\n"
        "changed on the machine between two results is not in it: look at how far systems that\n"
        "did not change, such as fts5, moved.\n",
    .least = 1,
    .most = 2,
    .options = OPTIONS,
    .run = run_compare,
};
