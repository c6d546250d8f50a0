/* lectern-bench relevance: every ranker on every collection, in one table. */
#include <string.h>

#include "base/file.h"
#include "command.h"
#include "request.h"
#include "table.h"
#include "trial.h"

static const option OPTIONS[] = {
    {'r', "ranker", "NAME", "only this ranker; repeatable"},
    {'s', "set", "NAME=NUMBER", "a parameter of every ranker; repeatable"},
    OPTION_MEASURE,
    {'f', "format", "FORMAT", TABLE_FORMATS},
    {0},
};

enum { RANKERS_MOST = 32 };

typedef struct {
    const options *given;
    ranker rankers[RANKERS_MOST];
    size_t count;
    measure_list measures;
    table *out;
} relevance;

static lc_status add_ranker(relevance *to, const char *name, lc_error *error)
{
    if (to->count == RANKERS_MOST)
        return lc_fail(error, LC_BAD_INPUT, "at most %d rankers", RANKERS_MOST);
    ranker *added = &to->rankers[to->count++];
    lc_status status = ranking_named(name, added, error);
    for (size_t i = 0; i < to->given->given_count && status == LC_OK; i++)
        if (strcmp(to->given->given[i].which->name, "set") == 0)
            status = ranking_set(added, to->given->given[i].text, error);
    return status;
}

static lc_status read_given(relevance *to, lc_error *error)
{
    static const char *const MEASURES_SHOWN[] = {"nDCG@10", "AP", "R@100"};
    const options *given = to->given;
    lc_status status = LC_OK;
    for (size_t i = 0; i < given->given_count && status == LC_OK; i++) {
        if (strcmp(given->given[i].which->name, "ranker") == 0)
            status = add_ranker(to, given->given[i].text, error);
        else if (strcmp(given->given[i].which->name, "measure") == 0)
            status = measure_list_add(&to->measures, span_of(given->given[i].text), error);
    }
    for (size_t i = 0; !options_has(given, "ranker") && ranking_at(i) && status == LC_OK; i++)
        status = add_ranker(to, ranking_at(i)->name, error);
    for (size_t i = 0; !options_has(given, "measure") && i < 3 && status == LC_OK; i++)
        status = measure_list_add(&to->measures, span_of(MEASURES_SHOWN[i]), error);
    return status;
}

static void add_columns(relevance *of)
{
    table_column(of->out, SPAN("collection"));
    table_column(of->out, SPAN("ranker"));
    for (size_t i = 0; i < of->measures.count; i++)
        table_column(of->out, span_of(of->measures.item[i].label));
    table_column(of->out, SPAN("median ms"));
    table_column(of->out, SPAN("p90 ms"));
}

static void add_row(relevance *of, span collection, const ranker *how, const evaluation *values,
                    const run_times *times)
{
    table_text(of->out, collection);
    table_text(of->out, span_of(how->name));
    for (size_t i = 0; i < of->measures.count; i++)
        table_number(of->out, values->overall[i], 4);
    table_number(of->out, times->median, 2);
    table_number(of->out, times->p90, 2);
}

static lc_status run_collection(relevance *of, const char *folder, lc_error *error)
{
    trial on;
    lc_status status = trial_open(folder, &on, error);
    if (status != LC_OK)
        return status;
    for (size_t i = 0; i < of->count && status == LC_OK; i++) {
        evaluation values;
        run_times times;
        status = trial_run(&on, &of->rankers[i], &of->measures, 1, &values, &times, error);
        if (status != LC_OK)
            break;
        add_row(of, path_name(span_of(folder)), &of->rankers[i], &values, &times);
        evaluation_free(&values);
    }
    trial_close(&on);
    return status;
}

static lc_status run_relevance(const options *given, int *exit_out, lc_error *error)
{
    table_format format = TABLE_TEXT;
    relevance of = {.given = given};
    (void)exit_out;
    lc_status status = table_format_read(options_text(given, "format"), &format, error);
    if (status == LC_OK)
        status = read_given(&of, error);
    of.out = table_new();
    add_columns(&of);
    for (size_t i = 0; i < given->word_count && status == LC_OK; i++)
        status = run_collection(&of, given->words[i], error);
    if (status == LC_OK)
        table_print(of.out, format, stdout);
    table_free(of.out);
    measure_list_free(&of.measures);
    return status;
}

const bench_command BENCH_RELEVANCE = {
    .name = "relevance",
    .operands = "FOLDER...",
    .summary = "every ranker on every collection, in one table",
    .about = "One fixed setting for all collections. Topics are run one at a time; the times are\n"
             "those of the searcher, per topic.\n",
    .least = 1,
    .most = 1000,
    .options = OPTIONS,
    .run = run_relevance,
};
