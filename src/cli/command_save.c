/* lectern save, lectern saved: queries kept under a name. */
#include "cli/question.h"
#include "output/safe.h"

static const option SAVE_OPTIONS[] = {
    {0, "remove", NULL, "forget the saved query"},
    {0, NULL, NULL, NULL},
};
static const option NO_OPTIONS[] = {{0, NULL, NULL, NULL}};

static lc_status check_name(const options *given, lc_error *error)
{
    if (!given->word_count)
        return lc_fail(error, LC_BAD_INPUT, "under which name? lectern save NAME QUERY");
    const char *name = given->words[0];
    if (saved_name_is_good(span_of(name[0] == '@' ? name + 1 : name)))
        return LC_OK;
    return lc_fail(error, LC_BAD_INPUT, "%s: a name has letters, digits, '-', '_' and '.' only",
                   name);
}

/* The saved queries as they will be. */
typedef struct {
    void *saved;
    span name, query;
} future;

static bool find_in_future(void *context, span name, span *query_out)
{
    const future *in = context;
    if (!span_equal(name, in->name))
        return saved_find(in->saved, name, query_out);
    *query_out = in->query;
    return true;
}

/* A query that can't be read, or that contains itself, would fail each time it is used. */
static lc_status check_query(const question *asked, span name, lc_error *error)
{
    query_tree tree;
    query_mistake where;
    future saved = {asked->request.context, name, asked->request.query};
    query_options how = {NULL, find_in_future, &saved, asked->request.today};
    arena *memory = arena_new();
    lc_status status = query_parse(asked->request.query, &how, memory, &tree, error, &where);
    arena_free(memory);
    if (status == LC_OK && span_find_byte(asked->request.query, '\n') != SPAN_NOT_FOUND)
        return lc_fail(error, LC_BAD_INPUT, "a saved query is one line");
    return status;
}

static int save_command(command_context *context)
{
    lc_error error;
    question asked = {.folder = NULL};
    const options *given = context->options;
    bool removing = options_has(given, "remove");
    span name = SPAN_NONE, query, before;
    lc_status status = check_name(given, &error);
    if (status == LC_OK && !removing && given->word_count < 2)
        status =
            lc_fail(&error, LC_BAD_INPUT, "which query? lectern save %s QUERY", given->words[0]);
    if (status == LC_OK)
        status =
            question_start(context, given->words + 1, given->word_count - 1, true, &asked, &error);
    if (status == LC_OK) {
        name = span_of(given->words[0]);
        name = span_from(name, name.at[0] == '@');
        query = removing ? SPAN_NONE : asked.request.query;
        if (removing && !saved_find(&asked.saved, name, &before))
            status = lc_fail(&error, LC_BAD_INPUT,
                             "%.*s: is not saved; lectern saved lists what is", SPAN_ARG(name));
        else if (!removing)
            status = check_query(&asked, name, &error);
    }
    if (status == LC_OK)
        status = saved_put(&asked.saved, name, query, &error);
    question_free(&asked);
    return status == LC_OK ? 0 : command_fail(&error);
}

static int saved_command(command_context *context)
{
    lc_error error;
    saved_queries all;
    span name, query;
    int count = 0;
    lc_status status = saved_load(&context->at, &all, &error);
    span rest = buffer_span(&all.text);
    while (status == LC_OK && saved_cut(&rest, &name, &query)) {
        printf("@%.*s = ", SPAN_ARG(name));
        print_safe_line(stdout, query);
        putchar('\n');
        count++;
    }
    if (status == LC_OK && !count)
        command_say("no query is saved yet; save one with: lectern save NAME QUERY");
    saved_free(&all);
    if (status != LC_OK)
        return command_fail(&error);
    return count ? 0 : 1;
}

const command COMMAND_SAVE = {
    "save",
    "NAME QUERY",
    "Keep a query under a name: @NAME in any query stands for it.",
    SAVE_OPTIONS,
    true,
    save_command,
    "The file `queries` in the config folder holds them, NAME = QUERY a line; edit it as you like.",
    NULL};
const command COMMAND_SAVED = {
    "saved", "", "List the saved queries.", NO_OPTIONS, false, saved_command, NULL, NULL};
