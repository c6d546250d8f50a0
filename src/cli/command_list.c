/* lectern list: the values of a field, with how many talks have each. */
#include <stdlib.h>

#include "cli/answer.h"
#include "cli/question.h"
#include "output/facet_list.h"

static const option OPTIONS[] = {
    {'n', "limit", "N", "the first N (all)"},
    {0, "sort", "name|count", "the order; by count the most frequent first (name)"},
    {'f', "format", "text|json|tsv|plain", "text, json, tsv, or plain: the values alone (text)"},
    SCOPE_OPTIONS,
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

static lc_status read_options(const options *given, facet_request *out, int *form_out,
                              lc_error *error)
{
    enum { ALL = 100000000 };
    long limit;
    int order;
    if (!given->word_count)
        return lc_fail(error, LC_BAD_INPUT, "a list of what? lectern list speakers");
    lc_status status = facet_request_read(given->words[0], "list", out, error);
    if (status == LC_OK)
        status = options_number(given, "limit", 1, ALL, &limit, error);
    if (status == LC_OK)
        status = options_choice(given, "sort", &order, error);
    if (status == LC_OK)
        status = options_choice(given, "format", form_out, error);
    if (status != LC_OK)
        return status;
    if (*form_out == FACET_JSON && out->count > 1)
        return lc_fail(
            error, LC_BAD_INPUT,
            "--format json lists one field; lectern search -f json --facet counts several");
    out->limit = (size_t)limit;
    out->order = order == 0 ? FACETS_BY_NAME : FACETS_BY_COUNT;
    return LC_OK;
}

static int list_values(question *asked, searcher *in, facet_request *what, int form, answer *to)
{
    lc_error error;
    search_result result;
    docid_list fitting;
    facets counted;
    size_t printed = 0;
    asked->request.limit = 1;
    int exit_status = question_ask(asked, in, to->memory, &result, &fitting);
    what->docids = fitting.docids;
    what->docid_count = fitting.count;
    if (exit_status == 0 &&
        facets_count(in, &result.plan, what, to->memory, &counted, &error) != LC_OK)
        exit_status = command_fail(&error);
    else if (exit_status == 0)
        for (size_t i = 0; i < counted.count; i++) {
            printed += counted.items[i].shown;
            facet_list_print(to->printer.to, &counted.items[i], (facet_form)form);
        }
    if (exit_status == 0 && !printed) {
        command_say("nothing to list: nothing that matches has a value there");
        exit_status = 1;
    }
    search_result_free(&result);
    return exit_status;
}

static int list_command(command_context *context)
{
    lc_error error;
    question asked = {.folder = NULL};
    facet_request what = {.count = 0};
    answer to;
    searcher *in = NULL;
    int form = 0, exit_status;
    const options *given = context->options;
    lc_status status = answer_start_plain(given, &to, &error);
    if (status == LC_OK)
        status = read_options(given, &what, &form, &error);
    if (status == LC_OK)
        status =
            question_start(context, given->words + 1, given->word_count - 1, true, &asked, &error);
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    exit_status =
        status == LC_OK ? list_values(&asked, in, &what, form, &to) : command_fail(&error);
    answer_finish(&to);
    searcher_free(in);
    question_free(&asked);
    return exit_status;
}

const command COMMAND_LIST = {
    "list",
    "speakers|techs|orgs|events|series|years|kinds|tags [QUERY]",
    "List the values of a field, with how many hits have each.",
    OPTIONS,
    true,
    list_command,
    "Without a query over everything. Any field that --facet counts can be listed. A speaker who "
    "is "
    "written in several ways is one, with all spellings and how many talks have each. Text that\n"
    "belongs to no talk counts as in a search; -kind:note leaves it out.",
    NULL};
