/* lectern itself: the searcher of the CLI in this process, and the program as a person starts it.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "peers.h"
#include "search/facets.h"
#include "search/searcher.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "speed_process.h"

#define INDEX_FOLDER "lectern"
#define FACET        "speaker" /* has more values than any other */

static const char *program_missing(const speed_place *at)
{
    return access(at->lectern, X_OK) == 0 ? NULL
                                          : "the program lectern is not there; see --program";
}

static void lectern_version(buffer *to)
{
    buffer_add_text(to, LECTERN_VERSION);
}

/* The index folder and the list of roots beside it. */
static lc_status lectern_build(const speed_place *at, lc_error *error)
{
    int exit_status = 0;
    char *index = path_join(at->work, INDEX_FOLDER), *list = path_join(at->work, "lectern.roots");
    const char *const argv[] = {at->lectern, "index", "--index", index, at->notes, NULL};
    lc_status status = folder_remove(index, error);
    unlink(list);
    if (status == LC_OK)
        status = program_run(argv, NULL, true, NULL, NULL, &exit_status, error);
    if (status == LC_OK && exit_status)
        status = lc_fail(error, LC_IO, "%s index %s failed with status %d", at->lectern, at->notes,
                         exit_status);
    free(index);
    free(list);
    return status;
}

static bool answers_all(speed_class class)
{
    (void)class;
    return true;
}

/* The others are the same with every ranker. */
static bool ranker_answers(speed_class class)
{
    return class != SPEED_FACETS && class != SPEED_SUGGEST;
}

/* ---- in this process ---- */

typedef struct {
    searcher *in;
    ranker how;
    facet_request facets;
    arena *memory;
    size_t found;
} in_process;

static void lectern_close(void *state)
{
    in_process *s = state;
    searcher_free(s->in);
    arena_free(s->memory);
    free(s);
}

static lc_status lectern_open(const speed_peer *self, const speed_place *at, void **state_out,
                              lc_error *error)
{
    in_process *made = xcalloc(1, sizeof *made);
    char *index = path_join(at->work, INDEX_FOLDER);
    made->memory = arena_new();
    made->how = *ranking_default();
    lc_status status = self->ranker ? ranking_named(self->ranker, &made->how, error) : LC_OK;
    if (status == LC_OK)
        status = facet_request_read(FACET, "facets", &made->facets, error);
    made->facets.limit = SPEED_PAGE;
    if (status == LC_OK)
        status = searcher_open(index, &made->in, error);
    if (status == LC_OK)
        *state_out = made;
    else
        lectern_close(made);
    free(index);
    return status;
}

static void make_snippets(in_process *s, const search_result *result)
{
    enum { WIDTH = 220 }; /* as the CLI asks for */
    const vocabulary *words = searcher_vocabulary(s->in);
    for (size_t i = 0; i < result->count; i++) {
        snippet title, text;
        const talk *of = &result->hits[i].record.talk;
        snippet_mark(of->title.text, &result->plan, words, s->memory, &title);
        snippet_make(of, &result->plan, words, WIDTH, s->memory, &text);
    }
}

static bool propose(in_process *s, const speed_query *what, search_result *result)
{
    suggestion found = {.corrected = SPAN_NONE};
    if (suggest_is_wanted(result->all_count))
        suggest(what->text, &result->plan, result->all_count, searcher_vocabulary(s->in), s->memory,
                &found);
    return found.corrected.length > 0;
}

/* What the CLI does for a query of that class, but for printing. */
static lc_status search(in_process *s, const speed_query *what, bool with_snippets, lc_error *error)
{
    query_mistake where;
    search_result result;
    search_request request = {.query = what->text, .limit = SPEED_PAGE, .how = &s->how};
    facets counted;
    arena_reset(s->memory);
    lc_status status = searcher_search(s->in, &request, s->memory, &result, error, &where);
    s->found = status == LC_OK ? result.all_count : 0;
    if (status == LC_OK && what->class == SPEED_FACETS)
        status = facets_count(s->in, &result.plan, &s->facets, s->memory, &counted, error);
    if (status == LC_OK && what->class == SPEED_SUGGEST)
        s->found = propose(s, what, &result);
    if (status == LC_OK && with_snippets)
        make_snippets(s, &result);
    search_result_free(&result);
    return status;
}

static lc_status lectern_query(void *state, const speed_query *what, lc_error *error)
{
    return search(state, what, false, error);
}

static lc_status lectern_page(void *state, const speed_query *what, lc_error *error)
{
    return search(state, what, true, error);
}

/* Asks for the first `limit` hits, without what is shown of them; *count_out of them match all
 * words. */
static lc_status count_hits(in_process *s, const speed_query *what, size_t limit, size_t *count_out,
                            lc_error *error)
{
    query_mistake where;
    search_result result;
    search_request request = {.query = what->text, .limit = limit, .bare = true};
    arena_reset(s->memory);
    lc_status status = searcher_search(s->in, &request, s->memory, &result, error, &where);
    *count_out = 0;
    for (size_t i = 0; status == LC_OK && i < result.count; i++)
        *count_out += result.hits[i].tier < TIER_SOME;
    search_result_free(&result);
    return status;
}

/* A search that shows ten only estimates how many there are; so all are asked for. */
static lc_status lectern_count(void *state, const speed_query *what, size_t *count_out,
                               lc_error *error)
{
    in_process *s = state;
    lc_status status = search(s, what, false, error);
    size_t limit = s->found < 500 ? 1000 : 2 * s->found;
    *count_out = s->found;
    if (what->class == SPEED_SUGGEST)
        return status;
    for (; status == LC_OK; limit *= 2) {
        status = count_hits(s, what, limit, count_out, error);
        if (*count_out < limit)
            break;
    }
    return status;
}

/* What the variants of the searcher have in common. */
#define IN_PROCESS                                                                                 \
    .missing = program_missing, .version = lectern_version, .open = lectern_open,                  \
    .close = lectern_close

const speed_peer PEER_LECTERN = {
    IN_PROCESS,
    .name = "lectern",
    .summary = "the searcher in process: ten talks with their records",
    .counts_talks = true,
    .build = lectern_build,
    .files = INDEX_FOLDER,
    .answers = answers_all,
    .query = lectern_query,
    .count = lectern_count,
};
const speed_peer PEER_LECTERN_PAGE = {
    IN_PROCESS,
    .name = "lectern-page",
    .summary = "the same with titles and snippets marked, as the CLI prints them",
    .answers = answers_all,
    .query = lectern_page,
};
const speed_peer PEER_LECTERN_STAGE2 = {
    IN_PROCESS,
    .name = "lectern-stage2",
    .summary = "the searcher in process, ranking by the first two stages only",
    .ranker = "stage2",
    .answers = ranker_answers,
    .query = lectern_query,
};
const speed_peer PEER_LECTERN_BM25 = {
    IN_PROCESS,
    .name = "lectern-bm25",
    .summary = "the searcher in process, ranking by plain BM25",
    .ranker = "bm25-lucene-1.2-0.75",
    .answers = ranker_answers,
    .query = lectern_query,
};

/* ---- the whole program ---- */

typedef struct {
    const char *program;
    char *index;
} program_state;

static lc_status program_open(const speed_peer *self, const speed_place *at, void **state_out,
                              lc_error *error)
{
    (void)self, (void)error;
    program_state *made = xmalloc(sizeof *made);
    made->program = at->lectern;
    made->index = path_join(at->work, INDEX_FOLDER);
    *state_out = made;
    return LC_OK;
}

static void program_close(void *state)
{
    program_state *s = state;
    free(s->index);
    free(s);
}

/* Status 1 is nothing found. */
static lc_status run_search(program_state *s, const speed_query *what, const char *const *before,
                            buffer *output, lc_error *error)
{
    enum { MOST = 16 };
    const char *argv[MOST] = {s->program, "search", "--index", s->index};
    size_t count = 4;
    int exit_status = 0;
    char *text = xstrdup(what->text);
    while (*before)
        argv[count++] = *before++;
    if (what->class == SPEED_FACETS) {
        argv[count++] = "--facet";
        argv[count++] = FACET;
    }
    argv[count++] = "--";
    argv[count] = text;
    lc_status status = program_run(argv, NULL, true, output, NULL, &exit_status, error);
    if (status == LC_OK && exit_status > 1)
        status = lc_fail(error, LC_BAD_INPUT, "lectern search '%s' failed with status %d", text,
                         exit_status);
    free(text);
    return status;
}

static lc_status search_query(void *state, const speed_query *what, lc_error *error)
{
    static const char *const options[] = {"-n", "10", NULL};
    buffer output = {0};
    lc_status status = run_search(state, what, options, &output, error);
    buffer_free(&output);
    return status;
}

static lc_status start_query(void *state, const speed_query *what, lc_error *error)
{
    static const char *const options[] = {"-n", "10", "--no-refresh", NULL};
    buffer output = {0};
    lc_status status = run_search(state, what, options, &output, error);
    buffer_free(&output);
    return status;
}

#define WHOLE_PROGRAM                                                                              \
    .whole_process = true, .missing = program_missing, .version = lectern_version,                 \
    .answers = answers_all, .open = program_open, .close = program_close

const speed_peer PEER_LECTERN_SEARCH = {
    WHOLE_PROGRAM,
    .name = "lectern-search",
    .summary = "the program `lectern search`, from its start to its end",
    .query = search_query,
};
const speed_peer PEER_LECTERN_START = {
    WHOLE_PROGRAM,
    .name = "lectern-no-refresh",
    .summary = "the same with --no-refresh: without looking whether notes changed",
    .query = start_query,
};
