/* lectern-bench diff: which topics gained and lost between two runs, and why. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "documents.h"
#include "request.h"
#include "table.h"
#include "topics.h"

static const option OPTIONS[] = {
    OPTION_MEASURE,
    OPTION_LEVEL,
    {'n', "count", "N", "topics shown at each end; ranks shown of one topic (default 10)"},
    {'T', "topic", "ID", "look into this topic"},
    OPTION_TOPICS,
    OPTION_CLASS,
    {'d', "docs", "PATH", "documents (corpus.jsonl or a folder of notes), to show their titles"},
    OPTION_FORMAT,
    {0},
};

typedef struct {
    request request; /* runs[0] is the base */
    document_list documents;
    table_format format;
    size_t shown;
} diff;

/* ---- all topics ---- */

typedef struct {
    size_t topic;
    double base, value;
} change;

static int most_gained_first(const void *a, const void *b)
{
    const change *x = a, *y = b;
    double gain_x = x->value - x->base, gain_y = y->value - y->base;
    if (gain_x != gain_y)
        return gain_x < gain_y ? 1 : -1;
    return (x->topic > y->topic) - (x->topic < y->topic);
}

static void add_change(table *to, const diff *of, const change *this)
{
    span id = of->request.qrels.topic[this->topic].id;
    const topic *known = topics_find(&of->request.topics, id);
    table_text(to, id);
    table_number(to, this->base, 4);
    table_number(to, this->value, 4);
    table_number(to, this->value - this->base, 4);
    if (of->request.topics.count)
        table_text(to, known ? known->text : SPAN_NONE);
}

static void show_topics(const diff *of)
{
    size_t count = of->request.qrels.count;
    change *all = xcalloc(count + 1, sizeof *all);
    for (size_t t = 0; t < count; t++)
        all[t] = (change){t, evaluation_value(&of->request.runs[0].values, t, 0),
                          evaluation_value(&of->request.runs[1].values, t, 0)};
    qsort(all, count, sizeof *all, most_gained_first);
    table *made = table_new();
    table_column(made, SPAN("topic"));
    table_column(made, SPAN("base"));
    table_column(made, span_of(of->request.measures.item[0].label));
    table_column(made, SPAN("difference"));
    if (of->request.topics.count)
        table_column(made, SPAN("text"));
    for (size_t i = 0; i < count; i++) {
        double gained = all[i].value - all[i].base;
        if ((gained > 0 && i < of->shown) || (gained < 0 && count - i <= of->shown))
            add_change(made, of, &all[i]);
    }
    table_print(made, of->format, stdout);
    table_free(made);
    free(all);
}

/* ---- one topic ---- */

/* Rank from 1, or 0 when it did not come; *unjudged_out: unjudged documents above it. */
static size_t rank_of(const ranked_topic *in, const judged_topic *judged, span id,
                      size_t *unjudged_out)
{
    *unjudged_out = 0;
    for (size_t i = 0; in && i < in->count; i++) {
        if (span_equal(in->item[i].document, id))
            return i + 1;
        *unjudged_out += judged_grade(judged, in->item[i].document) < 0;
    }
    return 0;
}

static void add_rank(table *to, size_t rank)
{
    if (rank)
        table_number(to, (double)rank, 0);
    else
        table_empty(to);
}

static void add_title(table *to, diff *of, span id)
{
    if (!of->documents.memory)
        return;
    const document *found = documents_find(&of->documents, id);
    enum { TITLE_SHOWN = 60 };
    span shown = !found ? SPAN_NONE : found->title.length ? found->title : found->text;
    table_text(to, text_head(shown, TITLE_SHOWN));
}

typedef struct {
    span document;
    int grade;
    size_t rank[2], unjudged[2]; /* in the base and in the run */
} relevant_document;

/* The best grade first, then what stands highest in the run. */
static int by_grade_and_rank(const void *a, const void *b)
{
    const relevant_document *x = a, *y = b;
    if (x->grade != y->grade)
        return x->grade < y->grade ? 1 : -1;
    if (x->rank[1] != y->rank[1])
        return x->rank[1] - 1 > y->rank[1] - 1 ? 1 : -1; /* 0, did not come, goes last */
    return span_compare(x->document, y->document);
}

static void show_relevant(diff *of, const judged_topic *judged, const ranked_topic *const *ranked)
{
    static const char *const TITLES[] = {
        "document", "grade", "rank in base", "rank in run", "unjudged above in base", "in run"};
    size_t count = 0;
    relevant_document *all = xcalloc(judged->count + 1, sizeof *all);
    for (size_t i = 0; i < judged->count; i++) {
        if (judged->item[i].grade < of->request.measures.item[0].settings.level)
            continue;
        relevant_document *this = &all[count++];
        this->document = judged->item[i].document;
        this->grade = judged->item[i].grade;
        for (int r = 0; r < 2; r++)
            this->rank[r] = rank_of(ranked[r], judged, this->document, &this->unjudged[r]);
    }
    qsort(all, count, sizeof *all, by_grade_and_rank);
    table *made = table_new();
    for (size_t i = 0; i < sizeof TITLES / sizeof TITLES[0]; i++)
        table_column(made, span_of(TITLES[i]));
    if (of->documents.memory)
        table_column(made, SPAN("title"));
    for (const relevant_document *this = all; this < all + count; this ++) {
        table_text(made, this->document);
        table_number(made, this->grade, 0);
        add_rank(made, this->rank[0]);
        add_rank(made, this->rank[1]);
        table_number(made, (double)this->unjudged[0], 0);
        table_number(made, (double)this->unjudged[1], 0);
        add_title(made, of, this->document);
    }
    table_print(made, of->format, stdout);
    table_free(made);
    free(all);
}

/* The first ranks of the run: what stands there instead. */
static void show_ranks(diff *of, const judged_topic *judged, const ranked_topic *const *ranked)
{
    table *made = table_new();
    table_column(made, SPAN("rank in run"));
    table_column(made, SPAN("rank in base"));
    table_column(made, SPAN("grade"));
    table_column(made, SPAN("document"));
    if (of->documents.memory)
        table_column(made, SPAN("title"));
    for (size_t i = 0; ranked[1] && i < ranked[1]->count && i < of->shown; i++) {
        span id = ranked[1]->item[i].document;
        size_t unused;
        int grade = judged_grade(judged, id);
        table_number(made, (double)(i + 1), 0);
        add_rank(made, rank_of(ranked[0], judged, id, &unused));
        if (grade < 0)
            table_text(made, SPAN("unjudged"));
        else
            table_number(made, grade, 0);
        table_text(made, id);
        add_title(made, of, id);
    }
    table_print(made, of->format, stdout);
    table_free(made);
}

static lc_status show_topic(diff *of, const char *id, lc_error *error)
{
    const judged_topic *judged = qrels_topic(&of->request.qrels, span_of(id));
    if (!judged)
        return lc_fail(error, LC_NOT_FOUND, "topic %s is not in the qrels", id);
    const ranked_topic *ranked[2];
    for (int r = 0; r < 2; r++)
        ranked[r] = run_topic(&of->request.runs[r].run, judged->id);
    const topic *known = topics_find(&of->request.topics, judged->id);
    if (known && of->format == TABLE_TEXT)
        printf("%s: %.*s\n\n", id, SPAN_ARG(known->text));
    show_relevant(of, judged, ranked);
    if (of->format == TABLE_TEXT) {
        putchar('\n');
        show_ranks(of, judged, ranked);
    }
    return LC_OK;
}

static lc_status load(const options *given, diff *to, lc_error *error)
{
    const char *docs = options_text(given, "docs");
    long shown = 0;
    lc_status status = table_format_read(options_text(given, "format"), &to->format, error);
    if (status == LC_OK)
        status = options_number(given, "count", 1, 10, &shown, error);
    to->shown = (size_t)shown;
    if (status == LC_OK)
        status = request_load(given, "nDCG@10", &to->request, error);
    if (status == LC_OK)
        status = request_check_shared(&to->request, error);
    if (!docs)
        docs = to->request.paths.documents;
    if (status == LC_OK && docs)
        status = documents_load(docs, NULL, &to->documents, error);
    return status;
}

static lc_status run_diff(const options *given, int *exit_out, lc_error *error)
{
    (void)exit_out;
    diff made = {0};
    const char *id = options_text(given, "topic");
    lc_status status = load(given, &made, error);
    if (status == LC_OK && id)
        status = show_topic(&made, id, error);
    else if (status == LC_OK)
        show_topics(&made);
    request_free(&made.request);
    documents_free(&made.documents);
    return status;
}

const bench_command BENCH_DIFF = {
    .name = "diff",
    .operands = "QRELS BASE RUN",
    .summary = "the topics that gained and lost most; for one topic, where its documents went",
    .about = "With --topic: the rank of each relevant document in both runs, with the number of\n"
             "unjudged documents above it, then the first ranks of RUN. Takes one measure.\n",
    .least = 3,
    .most = 3,
    .options = OPTIONS,
    .run = run_diff,
};
