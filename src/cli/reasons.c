#include "cli/reasons.h"

#include "cli/command.h"
#include "output/safe.h"

static void print_line(FILE *to, const char *name, span text)
{
    fputs(name, to);
    print_safe_line(to, text);
    fputc('\n', to);
}

void understanding_print(FILE *to, span query, const search_result *result)
{
    buffer tree = {0};
    char *text;
    query_print_tree(result->tree.root, &tree);
    print_line(to, "query: ", query);
    print_line(to, "tree:  ", buffer_span(&tree));
    if (result->plan.all && xs_query_describe(result->plan.all, &text, NULL) == XS_OK) {
        print_line(to, "terms: ", span_of(text));
        xs_free(text);
    }
    fputc('\n', to);
    buffer_free(&tree);
}

void suggestion_say(const suggestion *what, bool taken)
{
    for (size_t i = 0; i < what->unknown_count; i++)
        command_say("no note has: %.*s", SPAN_ARG(what->unknown[i]));
    if (what->corrected.length)
        command_say(taken ? "Searching for: %.*s" : "Did you mean: %.*s",
                    SPAN_ARG(what->corrected));
}

void reasons_print(FILE *to, searcher *in, const search_request *request,
                   const search_result *result, const hit *of, arena *memory)
{
    static const char *const tiers[] = {"its whole title is the query", "all words", "some words"};
    lc_error error;
    explanation why = {0};
    if (searcher_explain(in, request, result, of, memory, &why, &error) != LC_OK) {
        command_say("%s", error.message);
        return;
    }
    fprintf(to, "    %8.3f  %s\n", of->score, tiers[of->tier]);
    for (size_t i = 0; i < why.count; i++) {
        const explained *line = &why.lines[i];
        if (line->unscored)
            fprintf(to, "           -  ");
        else
            fprintf(to, "    %8.3f  ", line->score);
        fprintf(to, "%*s", (int)(2 * line->depth) + 2, "");
        print_safe_line(to, line->text);
        fputc('\n', to);
    }
    fputc('\n', to);
}
