/* lectern-bench diff: which topics gained and lost between two runs, and why. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "documents.h"
#include "reasons.h"
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
    {'w', "why", NULL, "with --topic: only the table of what made the scores"},
    {'d', "docs", "PATH", "documents (corpus.jsonl or a folder of notes), to show their titles"},
    OPTION_FORMAT,
    {0},
};

typedef struct {
    request request; /* runs[0] is the base */
    document_list documents;
    table_format format;
    size_t shown;
    bool why;
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

/* ---- why: what made the scores ---- */

static bool is_explained(const diff *of, const judged_topic *judged, span id, size_t rank)
{
    int grade = judged_grade(judged, id);
    return grade < 0 ? rank < of->shown : grade >= of->request.measures.item[0].settings.level;
}

typedef struct {
    span text;
    double score;
} word_part;

static int most_first(const void *a, const void *b)
{
    const word_part *x = a, *y = b;
    return (x->score < y->score) - (x->score > y->score);
}

typedef struct {
    table *to;
    const reasons *from;
    span document;
    int grade;
} explaining;

static void begin_part(const explaining *e, const char *kind, span text)
{
    buffer part = {0};
    buffer_printf(&part, "%s%s%.*s", kind, text.length ? " " : "", SPAN_ARG(text));
    table_text(e->to, e->document);
    if (e->grade < 0)
        table_text(e->to, SPAN("unjudged"));
    else
        table_number(e->to, e->grade, 0);
    table_text(e->to, buffer_span(&part));
    buffer_free(&part);
}

/* The words that give most, and those that it does not have. */
static void add_words(const explaining *e, const reason *why)
{
    enum { WORDS_SHOWN = 10 };
    buffer without = {0};
    size_t count = 0;
    word_part *has = xcalloc(e->from->word_count + 1, sizeof *has);
    for (size_t i = 0; i < e->from->word_count; i++) {
        if (reasons_is_stop(e->from, i))
            continue;
        if (why && why->words[i] >= 0)
            has[count++] = (word_part){e->from->words[i], why->words[i]};
        else
            buffer_printf(&without, "%s%.*s", without.length ? ", " : "",
                          SPAN_ARG(e->from->words[i]));
    }
    qsort(has, count, sizeof *has, most_first);
    for (size_t i = 0; i < count && i < WORDS_SHOWN; i++) {
        begin_part(e, "has", has[i].text);
        table_number(e->to, has[i].score, 3);
        table_empty(e->to);
    }
    if (without.length) {
        begin_part(e, "without", text_head(buffer_span(&without), 60));
        table_empty(e->to);
        table_empty(e->to);
    }
    buffer_free(&without);
    free(has);
}

static void add_reason(const explaining *e)
{
    const reason *why = reasons_of(e->from, e->document);
    add_words(e, why);
    for (int stage = 0; why && stage < REASON_STAGES; stage++) {
        if (!why->rank[stage])
            continue;
        begin_part(e, REASON_STAGE_NAMES[stage], SPAN_NONE);
        table_number(e->to, why->score[stage], 3);
        table_number(e->to, (double)why->rank[stage], 0);
    }
}

static void add_reasons(const diff *of, const judged_topic *judged, const ranked_topic *ranked,
                        const reasons *from, table *to)
{
    explaining e = {.to = to, .from = from};
    for (size_t i = 0; ranked && i < ranked->count; i++) {
        e.document = ranked->item[i].document;
        e.grade = judged_grade(judged, e.document);
        if (is_explained(of, judged, e.document, i))
            add_reason(&e);
    }
    for (size_t i = 0; i < judged->count; i++) {
        size_t unused;
        e.document = judged->item[i].document;
        e.grade = judged->item[i].grade;
        if (is_explained(of, judged, e.document, 0) && e.grade >= 0 &&
            !rank_of(ranked, judged, e.document, &unused))
            add_reason(&e);
    }
}

static lc_status show_reasons(const diff *of, const judged_topic *judged,
                              const ranked_topic *ranked, lc_error *error)
{
    static const char *const TITLES[] = {"document", "grade", "part", "score", "rank"};
    reasons found;
    ranker how;
    const topic *asked = topics_find(&of->request.topics, judged->id);
    ranker_of_tag(of->request.runs[1].run.tag, &how);
    lc_status status = reasons_find(&of->request.paths, asked, &how, &found, error);
    if (status == LC_OK) {
        table *made = table_new();
        for (size_t i = 0; i < sizeof TITLES / sizeof TITLES[0]; i++)
            table_column(made, span_of(TITLES[i]));
        add_reasons(of, judged, ranked, &found, made);
        table_print(made, of->format, stdout);
        table_free(made);
    }
    reasons_free(&found);
    return status;
}

/* Notes or documents are there to rank the topic anew. */
static bool can_explain(const diff *of, span topic_id)
{
    return of->request.paths.documents && topics_find(&of->request.topics, topic_id);
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
    if (!of->why)
        show_relevant(of, judged, ranked);
    if (!of->why && of->format == TABLE_TEXT) {
        putchar('\n');
        show_ranks(of, judged, ranked);
    }
    if (of->why && !can_explain(of, judged->id))
        return lc_fail(error, LC_BAD_INPUT,
                       "--why ranks topic %s anew: name the folder of a collection with documents "
                       "and that topic in place of the qrels",
                       id);
    if (!can_explain(of, judged->id) || (!of->why && of->format != TABLE_TEXT))
        return LC_OK;
    if (!of->why)
        putchar('\n');
    return show_reasons(of, judged, ranked[1], error);
}

static lc_status load(const options *given, diff *to, lc_error *error)
{
    const char *docs = options_text(given, "docs");
    long shown = 0;
    lc_status status = table_format_read(options_text(given, "format"), &to->format, error);
    if (status == LC_OK)
        status = options_number(given, "count", 1, 10, &shown, error);
    to->shown = (size_t)shown;
    to->why = options_has(given, "why");
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
    .about =
        "With --topic: the rank of each relevant document in both runs, with the number of\n"
        "unjudged documents above it, then the first ranks of RUN. Where QRELS is the folder\n"
        "of a collection, the topic is ranked anew, by the ranker that RUN's tag names, and of\n"
        "each relevant document, and of the unjudged among the first ranks, is said what each\n"
        "word gives it, and its score and rank behind each stage. Takes one measure.\n",
    .least = 3,
    .most = 3,
    .options = OPTIONS,
    .run = run_diff,
};
