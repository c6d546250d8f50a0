/* lectern-bench relevance: every ranker on every collection, in one table. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command.h"
#include "request.h"
#include "running.h"
#include "table.h"

static const option OPTIONS[] = {
    {'r', "ranker", "NAME", "only this ranker; repeatable"},
    {'s', "set", "NAME=NUMBER", "a parameter of every ranker; repeatable"},
    OPTION_MEASURE,
    {'f', "format", "FORMAT", TABLE_FORMATS},
    {0},
};

enum { DEPTH = 1000, RANKERS_MOST = 32 };

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

static lc_status run_one(relevance *of, const char *name, const test_index *in,
                         const topic_list *topics, const qrels *judged, const ranker *how,
                         lc_error *error)
{
    buffer text = {0};
    ranked_run ranked;
    run_times times;
    evaluation values;
    /* one at a time: times are shown */
    run_options wanted = {.how = how, .depth = DEPTH, .plain = !in->notes, .threads = 1};
    lc_status status = run_topics(in, topics, &wanted, &text, &times, error);
    if (status == LC_OK)
        status = run_read(buffer_span(&text), how->name, NULL, &ranked, error);
    buffer_free(&text);
    if (status != LC_OK)
        return status;
    evaluate(judged, &ranked, &of->measures, &values);
    table_text(of->out, span_of(name));
    table_text(of->out, span_of(how->name));
    for (size_t i = 0; i < of->measures.count; i++)
        table_number(of->out, values.overall[i], 4);
    table_number(of->out, times.median, 2);
    table_number(of->out, times.p90, 2);
    evaluation_free(&values);
    run_free(&ranked);
    return LC_OK;
}

/* The rankers of one title weight share an index. */
static lc_status run_rankers(relevance *of, const char *name, const collection_paths *from,
                             const topic_list *topics, const qrels *judged, lc_error *error)
{
    test_index in = {.index = NULL};
    lc_status status = LC_OK;
    uint32_t weight = 0;
    for (size_t i = 0; i < of->count && status == LC_OK; i++) {
        uint32_t wanted = (uint32_t)of->rankers[i].title;
        if (in.index && !in.notes && weight != wanted)
            test_index_free(&in);
        if (!in.index)
            status = test_index_make(from, wanted, &in, error);
        weight = wanted;
        if (status == LC_OK)
            status = run_one(of, name, &in, topics, judged, &of->rankers[i], error);
    }
    if (in.index)
        test_index_free(&in);
    return status;
}

static lc_status run_collection(relevance *of, const char *folder, lc_error *error)
{
    collection_paths from;
    topic_list topics;
    qrels judged;
    char *name = xstrdup(path_name(span_of(folder)));
    collection_find(folder, &from);
    lc_status status = LC_OK;
    if (!from.documents || !from.topics || !from.qrels)
        status = lc_fail(error, LC_BAD_INPUT,
                         "%s: no collection: wants documents, topics and qrels", folder);
    if (status == LC_OK)
        status = topics_load(from.topics, NULL, &topics, error);
    if (status == LC_OK) {
        status = qrels_load(from.qrels, NULL, &judged, error);
        if (status == LC_OK) {
            status = run_rankers(of, name, &from, &topics, &judged, error);
            qrels_free(&judged);
        }
        topics_free(&topics);
    }
    collection_paths_free(&from);
    free(name);
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
