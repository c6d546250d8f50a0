/* lectern search: the talks that fit a query, best first. */
#include "cli/answer.h"
#include "cli/question.h"
#include "cli/reasons.h"

static const option OPTIONS[] = {
    ANSWER_OPTIONS,
    {0, "all-words", NULL, "only what matches all words; so every form but text, json and jsonl"},
    {0, "any-words", NULL, "what matches any of the words too; so text, json and jsonl"},
    {0, "sort", "relevance|date|title|event", "the order of the hits (relevance)"},
    {0, "reverse", NULL, "with --sort date the oldest first, with --sort title the last letter"},
    {0, "recent", NULL, "newer talks first where both fit: a score halves in two years"},
    {0, "per-file", "N", "at most N talks of one note"},
    {0, "per-event", "N", "at most N talks of one event"},
    SCOPE_OPTIONS,
    {0, "facet", "FIELD,...", "count the values of these fields over all matches"},
    {0, "explain", NULL, "say how the query was understood (on stderr but with text)"},
    {0, "why", NULL, "say under each hit where its score comes from"},
    {0, "fix", NULL, "when nothing matches all words, search for what may be meant"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

enum { FACET_VALUES = 10 };

typedef struct {
    question asked;
    facet_request facets;
    answer answer;
    bool explain, fix;
} search_job;

static lc_status read_order(const options *given, question *to, lc_error *error)
{
    enum { BY_EVENT = ORDER_TITLE + 1 }; /* the choices of --sort are search_order's, and it */
    int order;
    long per_note, per_event;
    lc_status status = options_choice(given, "sort", &order, error);
    if (status == LC_OK)
        status = options_number(given, "per-file", 1, 0, &per_note, error);
    if (status == LC_OK)
        status = options_number(given, "per-event", 1, 0, &per_event, error);
    if (status != LC_OK)
        return status;
    to->narrow.by_event = order == BY_EVENT;
    to->narrow.recent = options_has(given, "recent");
    to->narrow.per_note = (size_t)per_note;
    to->narrow.per_event = (size_t)per_event;
    to->request.order = order == BY_EVENT ? ORDER_RELEVANCE : (search_order)order;
    to->request.reverse = options_has(given, "reverse");
    if (to->request.reverse && to->request.order == ORDER_RELEVANCE)
        return lc_fail(error, LC_BAD_INPUT, "--reverse goes with --sort date or --sort title");
    if (to->narrow.recent && order != ORDER_RELEVANCE)
        return lc_fail(error, LC_BAD_INPUT, "--recent weighs relevance: it goes without --sort");
    return LC_OK;
}

/* Other programs take every line for a hit. */
static lc_status read_tiers(const options *given, search_job *job, lc_error *error)
{
    bool all = options_has(given, "all-words"), some = options_has(given, "any-words");
    job->asked.request.all_words = all || !(some || job->answer.printer.format->tiers);
    if (all && some)
        return lc_fail(error, LC_BAD_INPUT, "--all-words and --any-words exclude each other");
    return LC_OK;
}

static lc_status read_options(const options *given, search_job *job, lc_error *error)
{
    const char *counted = options_text(given, "facet");
    lc_status status = read_order(given, &job->asked, error);
    if (status == LC_OK)
        status = read_tiers(given, job, error);
    if (status == LC_OK && counted)
        status = facet_request_read(counted, "--facet", &job->facets, error);
    job->facets.limit = FACET_VALUES;
    job->facets.order = FACETS_BY_COUNT;
    job->asked.request.limit = job->answer.limit;
    job->asked.request.offset = job->answer.offset;
    job->explain = options_has(given, "explain");
    job->fix = options_has(given, "fix");
    job->answer.why = options_has(given, "why") ? &job->asked.request : NULL;
    if (status == LC_OK && job->answer.why && job->answer.printer.format != &OUTPUT_TEXT)
        return lc_fail(error, LC_BAD_INPUT, "--why goes with --format text");
    return status;
}

static void say_nothing(const search_job *job, const search_result *result)
{
    size_t found = result->all_count + result->some_count, offset = job->answer.offset;
    if (!job->answer.limit && found)
        return;
    if (job->asked.request.all_words && !found && result->plan.some)
        command_say("nothing matches all words; --any-words shows what matches some");
    else if (offset && found)
        command_say("--offset %zu: no hit is left; %zu match%s", offset, found,
                    found == 1 ? "es" : "");
    else
        command_say("nothing found");
}

static int print_result(search_job *job, searcher *in, const search_result *result)
{
    lc_error error;
    facets counted;
    for (size_t i = 0; i < result->tree.notice_count; i++)
        command_say("%.*s", SPAN_ARG(result->tree.notices[i].text));
    for (size_t i = 0; i < result->plan.notice_count; i++)
        command_say("%.*s", SPAN_ARG(result->plan.notices[i]));
    if (job->explain)
        understanding_print(answer_aside(&job->answer), job->asked.request.query, result);
    if (job->facets.count) {
        if (facets_count(in, &result->plan, &job->facets, job->answer.memory, &counted, &error) !=
            LC_OK)
            return command_fail(&error);
        job->answer.printer.facets = &counted;
    }
    answer_print(&job->answer, in, result);
    if (!result->count)
        say_nothing(job, result);
    return result->count || (!job->answer.limit && result->all_count) ? 0 : 1;
}

/* What matches nowhere and what may be meant; with --fix that is searched for instead. */
static int ask(search_job *job, searcher *in, search_result *result, docid_list *fitting)
{
    lc_error error;
    suggestion found;
    question *asked = &job->asked;
    arena *memory = job->answer.memory;
    int exit_status = question_ask(asked, in, memory, result, fitting);
    if (exit_status || asked->request.offset || !suggest_is_wanted(result->all_count))
        return exit_status;
    suggest(asked->request.query, &result->plan, result->all_count, searcher_vocabulary(in), memory,
            &found);
    if (vocabulary_check(searcher_vocabulary(in), &error) != LC_OK)
        return command_fail(&error);
    bool fix = job->fix && found.corrected.length && !result->all_count;
    suggestion_say(&found, fix);
    if (!fix)
        return 0;
    search_result_free(result);
    asked->request.query = found.corrected;
    return question_ask(asked, in, memory, result, fitting);
}

static int search(search_job *job, searcher *in)
{
    search_result result;
    docid_list fitting;
    int exit_status = ask(job, in, &result, &fitting);
    job->facets.docids = fitting.docids;
    job->facets.docid_count = fitting.count;
    if (exit_status == 0)
        exit_status = print_result(job, in, &result);
    search_result_free(&result);
    return exit_status;
}

static int search_command(command_context *context)
{
    lc_error error;
    search_job job = {.explain = false};
    searcher *in = NULL;
    const options *given = context->options;
    lc_status status = answer_start(given, &job.answer, &error);
    if (status == LC_OK)
        status =
            question_start(context, given->words, given->word_count, false, &job.asked, &error);
    if (status == LC_OK)
        status = read_options(given, &job, &error);
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    int exit_status = status == LC_OK ? search(&job, in) : command_fail(&error);
    answer_finish(&job.answer);
    question_free(&job.asked);
    searcher_free(in);
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
