#include "running.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "hit_name.h"
#include "index/format.h"
#include "run.h"

/* What all threads share. */
typedef struct {
    const test_index *in;
    const topic_list *topics;
    const run_options *options;
    span tag;
    atomic_size_t next;
    buffer *results;      /* of each topic */
    double *milliseconds; /* of each topic */
} running;

typedef struct {
    running *of;
    pthread_t thread;
    searcher *in;
    arena *memory;
    lc_status status;
    lc_error error;
} runner;

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* The order is the searcher's (tiers!): scores are lowered where they would not show it. They fall
 * as floats too, which is what trec_eval had before version 10: no tie is left to the names. */
static void add_hits(runner *by, const topic *of, const search_result *found, buffer *to)
{
    const run_options *options = by->of->options;
    float score = INFINITY;
    size_t rank = 0;
    for (size_t i = 0; i < found->count && rank < options->depth; i++) {
        span name = hit_name(by->of->in, &found->hits[i], by->memory);
        if (options->no_self && span_equal(name, of->id))
            continue;
        float own = (float)found->hits[i].score;
        score = own < score ? own : nextafterf(score, -INFINITY);
        run_add(to, of->id, name, ++rank, score, by->of->tag);
    }
    if (!rank)
        run_add_empty(to, of->id);
}

static lc_status search_topic(runner *by, size_t n)
{
    const running *of = by->of;
    const topic *wanted = &of->topics->item[n];
    search_result found;
    query_mistake where;
    search_request request = {.query = wanted->text,
                              .plain = of->options->plain,
                              .bare = !of->in->notes,
                              .limit = of->options->depth + of->options->no_self,
                              .how = of->options->how};
    arena_reset(by->memory);
    double begun = now();
    lc_status status = searcher_search(by->in, &request, by->memory, &found, &by->error, &where);
    of->milliseconds[n] = now() - begun;
    if (status == LC_OK)
        add_hits(by, wanted, &found, &of->results[n]);
    else if (status == LC_BAD_INPUT)
        lc_fail(&by->error, status, "topic %.*s: %.300s", SPAN_ARG(wanted->id), by->error.message);
    search_result_free(&found);
    return status;
}

static void *run_some(void *argument)
{
    runner *by = argument;
    by->status = searcher_open(by->of->in->index, &by->in, &by->error);
    by->memory = arena_new();
    while (by->status == LC_OK) {
        size_t n = atomic_fetch_add(&by->of->next, 1);
        if (n >= by->of->topics->count)
            break;
        by->status = search_topic(by, n);
    }
    arena_free(by->memory);
    searcher_free(by->in);
    return NULL;
}

static size_t thread_count(const run_options *options, size_t topics)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = options->threads ? options->threads : cores > 1 ? (size_t)cores : 1;
    return wanted < topics ? wanted : topics;
}

static lc_status run_all(running *of, lc_error *error)
{
    size_t count = thread_count(of->options, of->topics->count), started = 0;
    runner *runners = xcalloc(count, sizeof *runners);
    lc_status status = LC_OK;
    for (; started < count && status == LC_OK; started++) {
        runners[started].of = of;
        int failed = pthread_create(&runners[started].thread, NULL, run_some, &runners[started]);
        if (failed) {
            status = lc_fail_errno(error, failed, "no thread could be started");
            break;
        }
    }
    for (size_t i = 0; i < started; i++) {
        pthread_join(runners[i].thread, NULL);
        if (runners[i].status != LC_OK && status == LC_OK) {
            status = runners[i].status;
            *error = runners[i].error;
        }
    }
    free(runners);
    return status;
}

static int compare_times(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static run_times times_of(double *milliseconds, size_t count)
{
    run_times times = {0};
    if (!count)
        return times;
    qsort(milliseconds, count, sizeof *milliseconds, compare_times);
    for (size_t i = 0; i < count; i++)
        times.sum += milliseconds[i];
    times.median = milliseconds[count / 2];
    times.p90 = milliseconds[count * 9 / 10];
    times.most = milliseconds[count - 1];
    return times;
}

void run_tag(const ranker *how, buffer *to)
{
    buffer_add_text(to, "lectern-" LECTERN_VERSION "-index" INDEX_VERSION "-");
    ranking_describe(how, to);
}

lc_status run_topics(const test_index *in, const topic_list *topics, const run_options *options,
                     buffer *run_out, run_times *times_out, lc_error *error)
{
    buffer tag = {0};
    run_tag(options->how, &tag);
    running of = {.in = in, .topics = topics, .options = options, .tag = buffer_span(&tag)};
    of.results = xcalloc(topics->count + 1, sizeof *of.results);
    of.milliseconds = xcalloc(topics->count + 1, sizeof *of.milliseconds);
    lc_status status = run_all(&of, error);
    for (size_t i = 0; i < topics->count; i++) {
        if (status == LC_OK)
            buffer_add(run_out, buffer_span(&of.results[i]));
        buffer_free(&of.results[i]);
    }
    if (status == LC_OK && times_out)
        *times_out = times_of(of.milliseconds, topics->count);
    free(of.results);
    free(of.milliseconds);
    buffer_free(&tag);
    return status;
}
