/* lectern search: the talks that fit a query, best first. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/session.h"
#include "output/printer.h"

static const option OPTIONS[] = {
    {'n', "limit", "N", "show at most N talks (10)"},
    {0, "offset", "N", "leave out the first N"},
    {'f', "format", "FORMAT", "text, json or jsonl (text)"},
    {0, "sort", "ORDER", "relevance, date or title (relevance)"},
    {0, "at", "LINE", "talk or match: which line `path:line` names (talk)"},
    {0, "explain", NULL, "say how the query was understood"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

enum { SNIPPET_WIDTH = 220 };

typedef struct {
    const command_context *context;
    search_request request;
    printer printer;
    bool at_match, explain;
    arena *memory;
    buffer query;
} search_job;

static lc_status choose(const options *given, const char *name, const char *const *names,
                        int *index_out, lc_error *error)
{
    const char *wanted = options_text(given, name);
    for (int i = 0; names[i]; i++)
        if (!wanted || strcmp(wanted, names[i]) == 0) {
            *index_out = wanted ? i : 0;
            return LC_OK;
        }
    return lc_fail(error, LC_BAD_INPUT, "--%s %s: not known; --help lists what is", name, wanted);
}

static lc_status read_options(search_job *job, lc_error *error)
{
    static const char *const orders[] = {"relevance", "date", "title", NULL};
    static const char *const places[] = {"talk", "match", NULL};
    const options *given = job->context->options;
    const char *format = options_text(given, "format");
    long limit = 0, offset = 0;
    int order = 0, place = 0;
    lc_status status = options_number(given, "limit", 1, 10, &limit, error);
    if (status == LC_OK)
        status = options_number(given, "offset", 0, 0, &offset, error);
    if (status == LC_OK)
        status = choose(given, "sort", orders, &order, error);
    if (status == LC_OK)
        status = choose(given, "at", places, &place, error);
    if (status != LC_OK)
        return status;
    job->printer.format = output_format_by_name(format ? format : "text");
    if (!job->printer.format)
        return lc_fail(error, LC_BAD_INPUT, "--format %s: not known; there are %s", format,
                       output_format_names());
    enum { LIMIT_MAX = 1000000 };
    job->request.limit = limit < LIMIT_MAX ? (size_t)limit : LIMIT_MAX;
    job->request.offset = (size_t)offset;
    job->request.order = (search_order)order;
    job->at_match = place == 1;
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

static void print_hit(search_job *job, searcher *in, const search_result *result, size_t n)
{
    const hit *h = &result->hits[n];
    const vocabulary *words = searcher_vocabulary(in);
    shown_hit shown = {.rank = job->request.offset + n + 1, .hit = h};
    char *path = session_note_path(h->record.root, h->record.path);
    snippet_mark(h->record.talk.title.text, &result->plan, words, job->memory, &shown.title);
    snippet_make(&h->record.talk, &result->plan, words, SNIPPET_WIDTH, job->memory, &shown.text);
    shown.path = path;
    shown.line = job->at_match ? shown.text.line : h->record.talk.line;
    job->printer.format->hit(&job->printer, &shown);
    job->printer.printed++;
    free(path);
}

static void print_page(search_job *job, searcher *in, const search_result *result)
{
    printer *to = &job->printer;
    to->format->begin(to, result);
    for (size_t i = 0; i < result->count; i++) {
        bool first_of_some =
            result->hits[i].tier == TIER_SOME && (i == 0 || result->hits[i - 1].tier != TIER_SOME);
        if (first_of_some)
            to->format->parting(to, result);
        print_hit(job, in, result, i);
    }
    to->format->end(to, result);
}

static void say_nothing_found(const search_result *result)
{
    for (size_t i = 0; i < result->plan.unknown_count; i++)
        command_say("no note has: %.*s", SPAN_ARG(result->plan.unknown[i]));
    command_say("nothing found");
}

static void print_explanation(const search_result *result, span query)
{
    buffer tree = {0};
    char *text;
    query_print_tree(result->tree.root, &tree);
    printf("query: %.*s\ntree:  %s\n", SPAN_ARG(query), tree.at);
    if (result->plan.all && xs_query_describe(result->plan.all, &text, NULL) == XS_OK) {
        printf("terms: %s\n", text);
        xs_free(text);
    }
    putchar('\n');
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

static int answer(search_job *job, searcher *in)
{
    lc_error error;
    search_result result;
    query_mistake where = {0, 0};
    span query = buffer_span(&job->query);
    lc_status status = searcher_search(in, &job->request, job->memory, &result, &error, &where);
    int exit_status = 0;
    if (status == LC_BAD_INPUT) {
        exit_status = fail_at(&error, query, where);
    } else if (status != LC_OK) {
        exit_status = command_fail(&error);
    } else {
        for (size_t i = 0; i < result.tree.notice_count; i++)
            command_say("%.*s", SPAN_ARG(result.tree.notices[i].text));
        if (job->explain)
            print_explanation(&result, query);
        print_page(job, in, &result);
        if (!result.count) {
            say_nothing_found(&result);
            exit_status = 1;
        }
    }
    search_result_free(&result);
    return exit_status;
}

static int search_command(command_context *context)
{
    lc_error error;
    search_job job = {.context = context, .memory = arena_new()};
    searcher *in = NULL;
    int exit_status = 0;
    job.printer.to = stdout;
    job.printer.color = session_use_color(context->options);
    lc_status status = read_options(&job, &error);
    if (status == LC_OK && !context->options->word_count)
        status = lc_fail(&error, LC_BAD_INPUT, "what for? lectern search WORDS");
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    if (status == LC_OK) {
        query_from_arguments((int)context->options->word_count,
                             (char *const *)context->options->words, &job.query);
        job.request.query = buffer_span(&job.query);
        job.request.today = today();
        exit_status = answer(&job, in);
    } else {
        exit_status = command_fail(&error);
    }
    searcher_free(in);
    buffer_free(&job.query);
    arena_free(job.memory);
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
    "speaker:NAME tech:k8s event:kubecon year:2023..2025 kub* word~ (a OR b)."};
