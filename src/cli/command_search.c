/* lectern search: the talks that fit a query, best first. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/answer.h"
#include "output/safe.h"

static const option OPTIONS[] = {
    ANSWER_OPTIONS,
    {0, "sort", "relevance|date|title", "the order of the hits (relevance)"},
    {0, "facet", "FIELD,...", "count the values of these fields over all matches"},
    {0, "explain", NULL, "say how the query was understood"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

enum { FACET_VALUES = 10 };

typedef struct {
    search_request request;
    facet_request facets;
    answer answer;
    bool explain;
    buffer query;
} search_job;

static lc_status read_options(const options *given, search_job *job, lc_error *error)
{
    int order;
    const char *counted = options_text(given, "facet");
    lc_status status = options_choice(given, "sort", &order, error);
    if (status == LC_OK && counted)
        status = facet_request_read(counted, "--facet", &job->facets, error);
    if (status != LC_OK)
        return status;
    job->facets.limit = FACET_VALUES;
    job->request.limit = job->answer.limit;
    job->request.offset = job->answer.offset;
    job->request.order = (search_order)order;
    job->explain = options_has(given, "explain");
    return LC_OK;
}

/* LECTERN_TODAY=2025-04-01 sets the clock that `last year` counts from: for tests. */
static day_number today(void)
{
    const char *set = getenv("LECTERN_TODAY");
    span rest = span_of(set);
    if (set && set[0]) {
        long year = span_number(span_cut(&rest, '-')), month = span_number(span_cut(&rest, '-'));
        return day_of((int)year, (int)month, (int)span_number(rest));
    }
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return day_of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

static void say_nothing_found(const search_result *result)
{
    for (size_t i = 0; i < result->plan.unknown_count; i++)
        command_say("no note has: %.*s", SPAN_ARG(result->plan.unknown[i]));
    command_say("nothing found");
}

static void print_explanation(const search_job *job, const search_result *result)
{
    FILE *to = job->answer.printer.to;
    buffer tree = {0};
    char *text;
    query_print_tree(result->tree.root, &tree);
    fputs("query: ", to);
    print_safe_line(to, buffer_span(&job->query));
    fputs("\ntree:  ", to);
    print_safe_line(to, buffer_span(&tree));
    if (result->plan.all && xs_query_describe(result->plan.all, &text, NULL) == XS_OK) {
        fputs("\nterms: ", to);
        print_safe_line(to, span_of(text));
        xs_free(text);
    }
    fputs("\n\n", to);
    buffer_free(&tree);
}

/* The query with a caret under the place. */
static int fail_at(const lc_error *error, span query, query_mistake where)
{
    command_fail(error);
    fprintf(stderr, "  ");
    print_safe(stderr, query);
    fputs("\n  ", stderr);
    for (uint32_t i = 0; i < where.begin; i++)
        if (((unsigned char)query.at[i] & 0xC0) != 0x80)
            fputc(' ', stderr);
    for (uint32_t i = where.begin; i < where.end || i == where.begin; i++)
        fputc('^', stderr);
    fputc('\n', stderr);
    return 2;
}

static int print_result(search_job *job, searcher *in, const search_result *result)
{
    lc_error error;
    facets counted;
    for (size_t i = 0; i < result->tree.notice_count; i++)
        command_say("%.*s", SPAN_ARG(result->tree.notices[i].text));
    if (job->explain)
        print_explanation(job, result);
    if (job->facets.count) {
        if (facets_count(in, &result->plan, &job->facets, job->answer.memory, &counted, &error) !=
            LC_OK)
            return command_fail(&error);
        job->answer.printer.facets = &counted;
    }
    answer_print(&job->answer, in, result);
    if (result->count)
        return 0;
    say_nothing_found(result);
    return 1;
}

static int search(search_job *job, searcher *in)
{
    lc_error error;
    search_result result;
    query_mistake where = {0, 0};
    lc_status status =
        searcher_search(in, &job->request, job->answer.memory, &result, &error, &where);
    int exit_status;
    if (status == LC_BAD_INPUT)
        exit_status = fail_at(&error, job->request.query, where);
    else if (status != LC_OK)
        exit_status = command_fail(&error);
    else
        exit_status = print_result(job, in, &result);
    search_result_free(&result);
    return exit_status;
}

static int search_command(command_context *context)
{
    lc_error error;
    search_job job = {.explain = false};
    searcher *in = NULL;
    int exit_status = 0;
    const options *given = context->options;
    lc_status status = answer_start(given, &job.answer, &error);
    if (status == LC_OK)
        status = read_options(given, &job, &error);
    if (status == LC_OK && !given->word_count)
        status = lc_fail(&error, LC_BAD_INPUT, "what for? lectern search WORDS");
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    if (status == LC_OK) {
        query_from_arguments((int)given->word_count, (char *const *)given->words, &job.query);
        job.request.query = buffer_span(&job.query);
        job.request.today = today();
        exit_status = search(&job, in);
    } else {
        exit_status = command_fail(&error);
    }
    answer_finish(&job.answer);
    searcher_free(in);
    buffer_free(&job.query);
    return exit_status;
}

const command COMMAND_SEARCH = {
    "search",
    "WORDS...",
    "Find talks, the best first.",
    OPTIONS,
    true,
    search_command,
    "Words find talks that hold all of them, then talks that hold some. Also: \"a phrase\", "
    "-without,\n"
    "speaker:NAME tech:k8s event:kubecon year:2023..2025 kub* word~ (a OR b).",
    answer_print_help};
