/* lectern lint: what in the notes a person may want to mend. */
#include <stdlib.h>
#include <string.h>

#include "cli/session.h"
#include "output/safe.h"
#include "search/lint.h"

static const option OPTIONS[] = {
    {0, "only", "speaker|event|date|names", "only talks without that, or only names"},
    {0, "no-refresh", NULL, "do not look whether notes changed"},
    {0, NULL, NULL, NULL},
};

typedef struct {
    bool wanted[LINT_COUNT];
    size_t counts[LINT_COUNT];
} lint_job;

static void print_finding(const lint_finding *found, void *user)
{
    static const char *const missing[] = {"no speaker", "no event", "no date"};
    lint_job *job = user;
    if (!job->wanted[found->kind])
        return;
    job->counts[found->kind]++;
    char *path = session_note_path(found->talk->root, found->talk->path);
    print_safe_line(stdout, span_of(path));
    printf(":%u: ", found->line);
    if (found->kind == LINT_NAMES) {
        print_safe_line(stdout, found->name);
        printf(" (%u) %s ", found->count, found->joined ? "is taken for" : "looks like");
        print_safe_line(stdout, found->other);
        printf(" (%u)\n", found->other_count);
    } else {
        span title = found->talk->talk.title.text;
        printf("%s: ", missing[found->kind]);
        print_safe_line(stdout, title.length ? title : SPAN("(no title)"));
        putchar('\n');
    }
    free(path);
}

static int print_sum(const lint_job *job)
{
    static const char *const what[] = {"talks without speaker", "without event", "without date",
                                       "pairs of names that are or look alike"};
    size_t sum = 0;
    for (int kind = 0; kind < LINT_COUNT; kind++)
        sum += job->counts[kind];
    if (!sum)
        return 0;
    command_say("%zu %s, %zu %s, %zu %s, %zu %s; lectern talks --why FILE says what was understood",
                job->counts[0], what[0], job->counts[1], what[1], job->counts[2], what[2],
                job->counts[3], what[3]);
    return 1;
}

static int lint_command(command_context *context)
{
    lc_error error;
    searcher *in = NULL;
    arena *memory = arena_new();
    lint_job job = {{false}, {0}};
    int only;
    const options *given = context->options;
    lc_status status = options_choice(given, "only", &only, &error);
    for (int kind = 0; kind < LINT_COUNT; kind++)
        job.wanted[kind] = !options_has(given, "only") || kind == only;
    if (status == LC_OK)
        status = session_open(context, &in, &error);
    if (status == LC_OK)
        status = lint_find(in, memory, print_finding, &job, &error);
    searcher_free(in);
    arena_free(memory);
    return status == LC_OK ? print_sum(&job) : command_fail(&error);
}

const command COMMAND_LINT = {
    "lint",
    "",
    "List talks without speaker, event or date, and names that look alike.",
    OPTIONS,
    false,
    lint_command,
    "One line each, PATH:LINE: what; status 1 when there are any. A name that is taken for another "
    "is found and listed with it; one that looks like another is not. A people.tsv of your own "
    "decides both (lectern(1), FILES).",
    NULL};
