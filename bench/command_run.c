/* lectern-bench run: the topics of a collection, ranked. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command.h"
#include "running.h"

static const option OPTIONS[] = {
    {'r', "ranker", "NAME", "how to rank (lectern-bench rankers lists them; default: default)"},
    {'s', "set", "NAME=NUMBER", "a parameter of the ranker; repeatable"},
    {'k', "depth", "N", "documents for a topic (default 1000)"},
    {'o', "output", "FILE", "write the run there, not to standard output"},
    {0, "no-self", NULL, "leave out a document of the topic's own name"},
    {0, "plain", NULL, "topics are words, not queries (corpus.jsonl: always)"},
    {0, "threads", "N", "how many topics at a time (default: as many as there are cores)"},
    {0, "times", NULL, "say on standard error how long searching took"},
    {0},
};

static lc_status read_ranking(const options *given, ranker *out, lc_error *error)
{
    const char *name = options_text(given, "ranker");
    lc_status status = ranking_named(name ? name : "default", out, error);
    for (size_t i = 0; i < given->given_count && status == LC_OK; i++)
        if (strcmp(given->given[i].which->name, "set") == 0)
            status = ranking_set(out, given->given[i].text, error);
    return status;
}

static lc_status read_options(const options *given, ranker *how, run_options *out, lc_error *error)
{
    long depth = 0, threads = 0;
    lc_status status = read_ranking(given, how, error);
    if (status == LC_OK)
        status = options_number(given, "depth", 1, 1000, &depth, error);
    if (status == LC_OK)
        status = options_number(given, "threads", 1, 0, &threads, error);
    *out = (run_options){.how = how,
                         .depth = (size_t)depth,
                         .no_self = options_has(given, "no-self"),
                         .plain = options_has(given, "plain"),
                         .threads = (unsigned)threads};
    return status;
}

static lc_status write_run(const options *given, span text, lc_error *error)
{
    const char *path = options_text(given, "output");
    if (path)
        return file_replace(path, text, error);
    fwrite(text.at, 1, text.length, stdout);
    return LC_OK;
}

static lc_status run_collection(const options *given, const collection_paths *from,
                                run_options *how, lc_error *error)
{
    topic_list topics;
    test_index in;
    run_times times;
    buffer text = {0};
    lc_status status = topics_load(from->topics, NULL, &topics, error);
    if (status != LC_OK)
        return status;
    status = test_index_make(from, (uint32_t)how->how->title, &in, error);
    if (status == LC_OK) {
        how->plain |= !in.notes;
        status = run_topics(&in, &topics, how, &text, &times, error);
        test_index_free(&in);
    }
    if (status == LC_OK)
        status = write_run(given, buffer_span(&text), error);
    if (status == LC_OK && options_has(given, "times"))
        fprintf(stderr, "%zu topics: median %.2f ms, p90 %.2f ms, most %.2f ms\n", topics.count,
                times.median, times.p90, times.most);
    buffer_free(&text);
    topics_free(&topics);
    return status;
}

static lc_status run_run(const options *given, int *exit_out, lc_error *error)
{
    collection_paths from;
    ranker how;
    run_options wanted;
    (void)exit_out;
    collection_find(given->words[0], &from);
    lc_status status = LC_OK;
    if (!from.documents || !from.topics)
        status = lc_fail(error, LC_BAD_INPUT,
                         "%s: no collection: wants corpus.jsonl or notes/, and queries.jsonl, "
                         "topics.tsv or topics.trec",
                         given->words[0]);
    if (status == LC_OK)
        status = read_options(given, &how, &wanted, error);
    if (status == LC_OK)
        status = run_collection(given, &from, &wanted, error);
    collection_paths_free(&from);
    return status;
}

const bench_command BENCH_RUN = {
    .name = "run",
    .operands = "FOLDER",
    .summary = "rank the topics of a collection",
    .about = "The collection is indexed into a temporary index by the code of lectern index, and\n"
             "searched by that of lectern search. Topics of a corpus.jsonl are words, those of a\n"
             "folder of notes are queries.\n",
    .least = 1,
    .most = 1,
    .options = OPTIONS,
    .run = run_run,
};

/* ---- lectern-bench rankers ---- */

static const option NO_OPTIONS[] = {{0}};

static lc_status run_rankers(const options *given, int *exit_out, lc_error *error)
{
    (void)given, (void)exit_out, (void)error;
    for (size_t i = 0; ranking_at(i); i++) {
        buffer text = {0};
        ranking_describe(ranking_at(i), &text);
        puts(text.at);
        buffer_free(&text);
    }
    return LC_OK;
}

const bench_command BENCH_RANKERS = {
    .name = "rankers",
    .operands = "",
    .summary = "the rankers, each with its parameters",
    .options = NO_OPTIONS,
    .run = run_rankers,
};
