/* lectern-bench judge: grades for pooled documents, given by a person at the keyboard. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"

#include "collection.h"
#include "command.h"
#include "documents.h"
#include "judging.h"
#include "screen.h"

static const option OPTIONS[] = {
    {'t', "topics", "FILE", "the topics"},
    {'d', "docs", "PATH", "the documents: a corpus.jsonl or a folder of notes"},
    {'k', "depth", "N", "pool the first N documents of each run (default 10)"},
    {'T', "topic", "ID", "only this topic"},
    {'s', "seed", "N", "of the order (default 1)"},
    {0},
};

typedef struct {
    collection_paths found; /* of a folder */
    const char *qrels_path, *topics_path, *documents_path;
    buffer before; /* the bytes of the qrels file as they were */
    qrels judged;
    topic_list topics;
    document_list documents;
    ranked_run *runs;
    size_t run_count;
    judging judging;
} session;

/* ---- what is shown ---- */

static void show_document(session *of, const judging_item *item, size_t columns, size_t lines,
                          buffer *to)
{
    const document *found = documents_find(&of->documents, item->document);
    buffer_printf(to, "%.*s\n\n", SPAN_ARG(item->document));
    if (!found) {
        buffer_add_text(to, "(not among the documents)\n");
        return;
    }
    size_t used = screen_wrap(found->title, columns, lines, to);
    if (found->title.length)
        buffer_add_byte(to, '\n');
    screen_wrap(found->text, columns, lines > used ? lines - used : 1, to);
}

static void show(session *of)
{
    enum { LINES_AROUND = 12, LINES_LEAST = 5, NEED_LINES = 4 };
    const judging *state = &of->judging;
    const judging_item *item = &state->item[state->at];
    size_t columns, lines;
    buffer text = {0};
    screen_size(&columns, &lines);
    buffer_printf(&text, "\n---- %zu of %zu ---- topic %.*s\n", state->at + 1, state->count,
                  SPAN_ARG(item->topic->id));
    screen_wrap(item->topic->text, columns, NEED_LINES, &text);
    screen_wrap(item->topic->description, columns, NEED_LINES, &text);
    buffer_add_byte(&text, '\n');
    show_document(of, item, columns,
                  lines > LINES_AROUND + LINES_LEAST ? lines - LINES_AROUND : LINES_LEAST, &text);
    buffer_add_text(&text, "\n0 not relevant  1 touches it  2 relevant  3 just that"
                           "  s skip  b back  q quit");
    if (item->grade >= 0)
        buffer_printf(&text, "  (graded %d)", item->grade);
    buffer_add_text(&text, "\n");
    fwrite(text.at, 1, text.length, stdout);
    fflush(stdout);
    buffer_free(&text);
}

/* ---- the work ---- */

static lc_status save(const session *of, lc_error *error)
{
    buffer content = {0};
    judging_write(&of->judging, buffer_span(&of->before), &content);
    lc_status status = file_replace(of->qrels_path, buffer_span(&content), error);
    buffer_free(&content);
    return status;
}

/* Saved after every key: whatever happens next, no grade is lost. */
static lc_status take_grades(session *of, lc_error *error)
{
    lc_status status = LC_OK;
    judging *state = &of->judging;
    screen_open();
    while (status == LC_OK && !state->quit && state->at < state->count) {
        show(of);
        while (!judging_press(state, screen_key()))
            puts("the keys are 0 1 2 3 s b q");
        if (judging_graded(state))
            status = save(of, error);
    }
    screen_close();
    return status;
}

static lc_status load_qrels(session *to, lc_error *error)
{
    lc_error missing;
    lc_status status = file_read(to->qrels_path, 0, &to->before, NULL, &missing);
    if (status == LC_NOT_FOUND)
        return LC_OK; /* the first grade makes it */
    if (status != LC_OK)
        return lc_fail(error, status, "%s", missing.message);
    if (!span_trim(buffer_span(&to->before)).length)
        return LC_OK;
    return qrels_read(buffer_span(&to->before), to->qrels_path, NULL, &to->judged, error);
}

/* The first word is the qrels, or the folder of a collection, whose qrels may be still to make. */
static void find_paths(const options *given, session *to)
{
    const char *first = given->words[0], *topics = options_text(given, "topics"),
               *docs = options_text(given, "docs");
    struct stat status;
    if (stat(first, &status) == 0 && S_ISDIR(status.st_mode)) {
        collection_find(first, &to->found);
        if (!to->found.qrels)
            to->found.qrels = path_join(first, "qrels.tsv");
    }
    to->qrels_path = to->found.qrels ? to->found.qrels : first;
    to->topics_path = topics ? topics : to->found.topics;
    to->documents_path = docs ? docs : to->found.documents;
}

static lc_status load(const options *given, session *to, lc_error *error)
{
    find_paths(given, to);
    if (!to->topics_path || !to->documents_path)
        return lc_fail(error, LC_BAD_INPUT,
                       "judge needs --topics FILE and --docs PATH, or the folder of a collection "
                       "that has both in place of the qrels");
    to->run_count = given->word_count - 1;
    to->runs = xcalloc(to->run_count, sizeof *to->runs);
    lc_status status = load_qrels(to, error);
    if (status == LC_OK)
        status = topics_load(to->topics_path, NULL, &to->topics, error);
    if (status == LC_OK)
        status = documents_load(to->documents_path, NULL, &to->documents, error);
    for (size_t i = 0; status == LC_OK && i < to->run_count; i++)
        status = run_load(given->words[i + 1], NULL, &to->runs[i], error);
    return status;
}

static lc_status plan(const options *given, session *to, lc_error *error)
{
    long depth, seed;
    const char *only = options_text(given, "topic");
    lc_status status = options_number(given, "depth", 1, 10, &depth, error);
    if (status == LC_OK)
        status = options_number(given, "seed", 0, 1, &seed, error);
    if (status == LC_OK && only && !topics_find(&to->topics, span_of(only)))
        status = lc_fail(error, LC_NOT_FOUND, "there is no topic %s", only);
    if (status != LC_OK)
        return status;
    judging_plan made = {.topics = &to->topics,
                         .only_topic = only,
                         .runs = to->runs,
                         .run_count = to->run_count,
                         .depth = (size_t)depth,
                         .judged = &to->judged,
                         .seed = (uint64_t)seed};
    judging_start(&made, &to->judging);
    return LC_OK;
}

static void free_session(session *what)
{
    judging_free(&what->judging);
    for (size_t i = 0; i < what->run_count; i++)
        run_free(&what->runs[i]);
    free(what->runs);
    qrels_free(&what->judged);
    topics_free(&what->topics);
    documents_free(&what->documents);
    buffer_free(&what->before);
    collection_paths_free(&what->found);
}

static lc_status run_judge(const options *given, int *exit_out, lc_error *error)
{
    (void)exit_out;
    session made = {0};
    lc_status status = load(given, &made, error);
    if (status == LC_OK)
        status = plan(given, &made, error);
    if (status == LC_OK)
        status = take_grades(&made, error);
    if (status == LC_OK)
        printf("%zu graded, %zu left; %s\n", judging_graded(&made.judging),
               made.judging.count - judging_graded(&made.judging), made.qrels_path);
    free_session(&made);
    return status;
}

const bench_command BENCH_JUDGE = {
    .name = "judge",
    .operands = "QRELS RUN...",
    .summary = "grade the documents that runs found, and add them to the qrels",
    .about =
        "Shows the first documents of all runs, topic by topic and in an order that tells\n"
        "nothing about runs or ranks, and takes a grade by one key. QRELS is a file, or the\n"
        "folder of a collection, which brings topics and documents too. It is made when it is\n"
        "missing, and written after each key; what it already grades is not asked again, so the\n"
        "work can be taken up at any time. Keys can come through a pipe.\n",
    .least = 2,
    .most = 1000,
    .options = OPTIONS,
    .run = run_judge,
};
