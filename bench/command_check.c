/* lectern-bench check: what is wrong with a test collection. */
#include <string.h>

#include "collection.h"
#include "command.h"
#include "documents.h"
#include "measures.h"
#include "qrels.h"
#include "topics.h"

static const option OPTIONS[] = {
    {'d', "docs", "PATH", "the documents: a corpus.jsonl, or a folder of notes"},
    {'t', "topics", "FILE", "the topics"},
    {'r', "qrels", "FILE", "the qrels"},
    {'g', "grades", "LOW..HIGH", "the grades that are in range (default -2..4)"},
    {0},
};

typedef struct {
    const char *documents_path, *topics_path, *qrels_path; /* NULL: not given */
    document_list documents;
    topic_list topics;
    qrels qrels;
    long low, high;
    finding_list findings;
} check;

static void check_documents(check *of)
{
    for (size_t i = 0; i < of->documents.count; i++) {
        const document *this = &of->documents.item[i];
        if (!this->title.length && !this->text.length)
            finding_add(&of->findings, "%s:%u: document %.*s is empty", of->documents_path,
                        this->line, SPAN_ARG(this->id));
    }
}

static void check_topics(check *of)
{
    for (size_t i = 0; of->qrels_path && i < of->topics.count; i++) {
        const topic *this = &of->topics.item[i];
        if (!qrels_topic(&of->qrels, this->id))
            finding_add(&of->findings, "%s:%u: topic %.*s has no judgements", of->topics_path,
                        this->line, SPAN_ARG(this->id));
    }
}

static void check_judgement(check *of, span topic_id, const judgement *this)
{
    if (this->grade < of->low || this->grade > of->high)
        finding_add(&of->findings, "%s:%u: grade %d is not in %ld..%ld", of->qrels_path, this->line,
                    this->grade, of->low, of->high);
    if (of->documents_path && !documents_find(&of->documents, this->document))
        finding_add(&of->findings, "%s:%u: topic %.*s names document %.*s, which does not exist",
                    of->qrels_path, this->line, SPAN_ARG(topic_id), SPAN_ARG(this->document));
}

static void check_qrels(check *of)
{
    for (size_t t = 0; t < of->qrels.count; t++) {
        const judged_topic *judged = &of->qrels.topic[t];
        if (of->topics_path && !topics_find(&of->topics, judged->id))
            finding_add(&of->findings, "%s:%u: topic %.*s does not exist", of->qrels_path,
                        judged->item[0].line, SPAN_ARG(judged->id));
        if (judged->grades[0] < 1)
            finding_add(&of->findings, "%s:%u: topic %.*s has no relevant document", of->qrels_path,
                        judged->item[0].line, SPAN_ARG(judged->id));
        for (size_t i = 0; i < judged->count; i++)
            check_judgement(of, judged->id, &judged->item[i]);
    }
}

static lc_status read_grades(const char *text, check *to, lc_error *error)
{
    to->low = -2;
    to->high = 4;
    if (!text)
        return LC_OK;
    size_t dots = span_find(span_of(text), SPAN(".."));
    bool good = dots != SPAN_NOT_FOUND &&
                read_integer(span_slice(span_of(text), 0, dots), &to->low) &&
                read_integer(span_from(span_of(text), dots + 2), &to->high) && to->low <= to->high;
    return good ? LC_OK : lc_fail(error, LC_BAD_INPUT, "--grades %s: write it like 0..3", text);
}

static lc_status load(check *to, lc_error *error)
{
    lc_status status = LC_OK;
    if (to->documents_path)
        status = documents_load(to->documents_path, &to->findings, &to->documents, error);
    if (status == LC_OK && to->topics_path)
        status = topics_load(to->topics_path, &to->findings, &to->topics, error);
    if (status == LC_OK && to->qrels_path)
        status = qrels_load(to->qrels_path, &to->findings, &to->qrels, error);
    return status;
}

static void print_result(const check *of)
{
    size_t judgements = 0;
    for (size_t i = 0; i < of->qrels.count; i++)
        judgements += of->qrels.topic[i].count;
    fwrite(of->findings.text.at ? of->findings.text.at : "", 1, of->findings.text.length, stdout);
    printf("%zu documents%s, %zu topics, %zu judgements of %zu topics: %zu problem%s\n",
           of->documents.count, of->documents.folder ? " named" : "", of->topics.count, judgements,
           of->qrels.count, of->findings.count, of->findings.count == 1 ? "" : "s");
}

static void free_check(check *what)
{
    documents_free(&what->documents);
    topics_free(&what->topics);
    qrels_free(&what->qrels);
    buffer_free(&what->findings.text);
}

static const char *either(const char *first, const char *second)
{
    return first ? first : second;
}

static lc_status run_check(const options *given, int *exit_out, lc_error *error)
{
    collection_paths found = {0};
    check made = {0};
    if (given->word_count)
        collection_find(given->words[0], &found);
    made.documents_path = either(options_text(given, "docs"), found.documents);
    made.topics_path = either(options_text(given, "topics"), found.topics);
    made.qrels_path = either(options_text(given, "qrels"), found.qrels);
    lc_status status = read_grades(options_text(given, "grades"), &made, error);
    if (status == LC_OK && !made.documents_path && !made.topics_path && !made.qrels_path)
        status =
            lc_fail(error, LC_NOT_FOUND,
                    "nothing to check: name a folder with corpus.jsonl or notes/, "
                    "queries.jsonl or topics.tsv, qrels.tsv; or use --docs, --topics, --qrels");
    if (status == LC_OK)
        status = load(&made, error);
    if (status == LC_OK) {
        check_documents(&made);
        check_topics(&made);
        check_qrels(&made);
        print_result(&made);
        *exit_out = made.findings.count > 0;
    }
    free_check(&made);
    collection_paths_free(&found);
    return status;
}

const bench_command BENCH_CHECK = {
    .name = "check",
    .operands = "[FOLDER]",
    .summary = "what is wrong with a test collection",
    .about = "Finds lines that can't be read, ids that come twice or name nothing, topics without\n"
             "judgements or relevant documents, grades out of range, empty documents. Each is one\n"
             "line FILE:LINE: REASON; the exit status is 1 when there is any.\n",
    .least = 0,
    .most = 1,
    .options = OPTIONS,
    .run = run_check,
};
