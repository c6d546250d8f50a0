/* lectern similar: talks that are like a talk, or like a note that need not be indexed. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/answer.h"
#include "notes/note.h"
#include "notes/walk.h"
#include "output/safe.h"
#include "search/similar.h"

static const option OPTIONS[] = {
    ANSWER_OPTIONS,
    {0, "explain", NULL, "say by which words"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

/* Whether the word names a file: a rank and an id never do. */
static bool is_file(const char *word)
{
    struct stat status;
    bool plain = span_number(span_of(word)) >= 0;
    return !plain && stat(word, &status) == 0 && S_ISREG(status.st_mode);
}

/* All of the note's talks as one text, as `lectern talks` reads them. */
static lc_status read_note(const command_context *context, const char *path, arena *memory,
                           similar_request *to, lc_error *error)
{
    enum { ENOUGH = NOTE_STRUCTURE_MAX }; /* to say what it is about */
    reader_tables *tables = NULL;
    buffer bytes = {0}, text = {0};
    note found;
    facts nothing = {NULL, NULL};
    char *real = realpath(path, NULL);
    lc_status status = file_read(path, WALK_SIZE_LIMIT, &bytes, NULL, error);
    if (status == LC_OK)
        status = reader_tables_new(context->at.config_folder, &tables, error);
    if (status == LC_OK) {
        note_source source = {SPAN_NONE, path_name(span_of(path)), buffer_span(&bytes)};
        note_read(&source, &nothing, tables, memory, &found);
        for (size_t i = 0; i < found.talks.count && text.length < ENOUGH; i++) {
            const talk *t = &found.talks.items[i];
            buffer_printf(&text, "%.*s\n%.*s\n", SPAN_ARG(t->title.text), SPAN_ARG(t->body));
        }
        to->body = arena_copy(memory, buffer_span(&text));
        to->path = real ? arena_copy(memory, span_of(real)) : SPAN_NONE;
    }
    reader_tables_free(tables);
    buffer_free(&text);
    buffer_free(&bytes);
    free(real);
    return status;
}

static lc_status read_wanted(const command_context *context, searcher *in, arena *memory,
                             similar_request *to, lc_error *error)
{
    chosen_talk which;
    const char *word = context->options->words[0];
    if (is_file(word))
        return read_note(context, word, memory, to, error);
    lc_status status = last_choose(in, word, memory, &which, error);
    if (status != LC_OK)
        return status;
    to->title = which.record.talk.title.text;
    to->body = which.record.talk.body;
    to->id = which.record.id;
    return LC_OK;
}

static void print_words(FILE *to, const query_plan *plan)
{
    fputs("like it by:", to);
    for (size_t i = 0; i < plan->mark_count; i++) {
        fputc(' ', to);
        print_safe_line(to, plan->marks[i].text);
    }
    fputs("\n\n", to);
}

static int print_similar(const options *given, searcher *in, const similar_request *request,
                         answer *to)
{
    lc_error error;
    search_result result;
    int exit_status = 0;
    if (similar_search(in, request, to->memory, &result, &error) != LC_OK) {
        exit_status = command_fail(&error);
    } else {
        if (options_has(given, "explain"))
            print_words(answer_aside(to), &result.plan);
        answer_print(to, in, &result);
        exit_status = result.count ? 0 : 1;
        if (!result.count)
            command_say("no talk is like it");
    }
    search_result_free(&result);
    return exit_status;
}

static int similar_command(command_context *context)
{
    lc_error error;
    answer to;
    searcher *in = NULL;
    similar_request request = {.limit = 0};
    const options *given = context->options;
    lc_status status = answer_start(given, &to, &error);
    request.limit = to.limit;
    request.offset = to.offset;
    if (status == LC_OK && given->word_count != 1)
        status = lc_fail(&error, LC_BAD_INPUT,
                         "like what? lectern similar N (of the last search), ID or FILE");
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    if (status == LC_OK)
        status = read_wanted(context, in, to.memory, &request, &error);
    int exit_status =
        status == LC_OK ? print_similar(given, in, &request, &to) : command_fail(&error);
    answer_finish(&to);
    searcher_free(in);
    return status == LC_NOT_FOUND ? 1 : exit_status;
}

const command COMMAND_SIMILAR = {
    "similar",
    "N|ID|FILE",
    "Find talks that are like a talk or a note.",
    OPTIONS,
    false,
    similar_command,
    "By the words that mark it out: frequent in it, rare elsewhere. N is a hit of the last search.",
    answer_print_help};
