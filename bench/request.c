#include "request.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static lc_status add_bound(const char *text, request *to, lc_error *error)
{
    span whole = span_of(text);
    size_t equals = span_find_last_byte(whole, '=');
    measure_bound bound = {.measure = to->measures.count};
    if (equals == SPAN_NOT_FOUND || !read_real(span_from(whole, equals + 1), &bound.least))
        return lc_fail(error, LC_BAD_INPUT, "--fail-below %s: write it like nDCG@10=0.45", text);
    measure_list named = {0};
    lc_status status = measure_list_add(&named, span_slice(whole, 0, equals), error);
    if (status == LC_OK && named.count != 1)
        status = lc_fail(error, LC_BAD_INPUT, "--fail-below %s: name one measure", text);
    if (status == LC_OK)
        status = measure_list_add(&to->measures, span_slice(whole, 0, equals), error);
    for (size_t i = 0; status == LC_OK && i < to->measures.count; i++)
        if (strcmp(to->measures.item[i].label, named.item[0].label) == 0)
            bound.measure = i;
    if (status == LC_OK)
        ARRAY_ADD(to->bounds, to->bound_count, to->bound_capacity, bound);
    measure_list_free(&named);
    return status;
}

static lc_status read_measures(const options *given, const char *fallback, request *to,
                               lc_error *error)
{
    lc_status status = LC_OK;
    long level = 0;
    for (size_t i = 0; status == LC_OK && i < given->given_count; i++)
        if (strcmp(given->given[i].which->name, "measure") == 0)
            status = measure_list_add(&to->measures, span_of(given->given[i].text), error);
    if (status == LC_OK && !to->measures.count)
        status = measure_list_add(&to->measures, span_of(fallback), error);
    for (size_t i = 0; status == LC_OK && i < given->given_count; i++)
        if (strcmp(given->given[i].which->name, "fail-below") == 0)
            status = add_bound(given->given[i].text, to, error);
    if (status == LC_OK)
        status = options_number(given, "level", 1, 1, &level, error);
    if (status == LC_OK && level > GRADE_MOST)
        status =
            lc_fail(error, LC_BAD_INPUT, "--level %ld: no grade is above %d", level, GRADE_MOST);
    if (status == LC_OK)
        measure_list_set_level(&to->measures, (int)level);
    return status;
}

static bool wants_class(const options *given, span class)
{
    for (size_t i = 0; i < given->given_count; i++)
        if (strcmp(given->given[i].which->name, "class") == 0 &&
            span_equal(span_of(given->given[i].text), class))
            return true;
    return false;
}

static lc_status keep_classes(const options *given, request *of, lc_error *error)
{
    size_t kept = 0;
    bool *keep = xcalloc(of->qrels.count, sizeof *keep);
    for (size_t i = 0; i < of->qrels.count; i++) {
        const topic *this = topics_find(&of->topics, of->qrels.topic[i].id);
        keep[i] = this && wants_class(given, this->class);
        kept += keep[i];
    }
    if (kept)
        qrels_keep(&of->qrels, keep);
    free(keep);
    return kept
               ? LC_OK
               : lc_fail(error, LC_BAD_INPUT,
                         "no judged topic is of class %s; --topics names the file with the classes",
                         options_text(given, "class"));
}

/* The first word is a qrels file, or a collection's folder that has one. */
static lc_status load_topics(const options *given, request *to, lc_error *error)
{
    const char *word = given->words[0];
    collection_find(word, &to->paths);
    const char *named = options_text(given, "topics");
    const char *topics = named ? named : to->paths.topics;
    lc_status status =
        qrels_load(to->paths.qrels ? to->paths.qrels : word, NULL, &to->qrels, error);
    if (status == LC_OK && topics)
        status = topics_load(topics, NULL, &to->topics, error);
    if (status == LC_OK && options_has(given, "class"))
        status = keep_classes(given, to, error);
    return status;
}

/* An empty run is refused: a zero that nobody asked for would look like a result. */
static lc_status load_run(const char *path, const request *of, evaluated_run *to, lc_error *error)
{
    to->path = path;
    lc_status status = run_load(path, NULL, &to->run, error);
    if (status != LC_OK)
        return status;
    if (!to->run.count)
        return lc_fail(error, LC_BAD_INPUT, "%s: the run is empty; was the ranker run at all?",
                       path);
    evaluate(&of->qrels, &to->run, &of->measures, &to->values);
    const topic_counts *counts = &to->values.counts;
    if (counts->missing == counts->judged)
        return lc_fail(
            error, LC_BAD_INPUT,
            "%s: shares no topic with the qrels (its first is \"%.*s\", theirs \"%.*s\")", path,
            SPAN_ARG(to->run.topic[0].id), SPAN_ARG(of->qrels.topic[0].id));
    return LC_OK;
}

static void name_runs(request *of)
{
    for (size_t i = 0; i < of->run_count; i++) {
        of->runs[i].name = path_name(span_of(of->runs[i].path));
        for (size_t j = 0; j < of->run_count; j++)
            if (j != i && span_equal(path_name(span_of(of->runs[j].path)), of->runs[i].name))
                of->runs[i].name = span_of(of->runs[i].path);
    }
}

lc_status request_load(const options *given, const char *fallback, request *out, lc_error *error)
{
    request made = {0};
    lc_status status = read_measures(given, fallback, &made, error);
    if (status == LC_OK)
        status = load_topics(given, &made, error);
    made.run_count = given->word_count - 1;
    made.runs = xcalloc(made.run_count + 1, sizeof *made.runs);
    for (size_t i = 0; status == LC_OK && i < made.run_count; i++)
        status = load_run(given->words[i + 1], &made, &made.runs[i], error);
    if (status != LC_OK) {
        request_free(&made);
        return status;
    }
    name_runs(&made);
    *out = made;
    return LC_OK;
}

void request_free(request *what)
{
    for (size_t i = 0; i < what->run_count; i++) {
        run_free(&what->runs[i].run);
        evaluation_free(&what->runs[i].values);
    }
    free(what->runs);
    free(what->bounds);
    measure_list_free(&what->measures);
    qrels_free(&what->qrels);
    topics_free(&what->topics);
    collection_paths_free(&what->paths);
    *what = (request){0};
}

static bool share_topics(const ranked_run *a, const ranked_run *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (run_topic(b, a->topic[i].id))
            return true;
    return false;
}

lc_status request_check_shared(const request *of, lc_error *error)
{
    for (size_t r = 1; r < of->run_count; r++)
        if (!share_topics(&of->runs[0].run, &of->runs[r].run))
            return lc_fail(error, LC_BAD_INPUT, "%s and %s share no topic; nothing to compare",
                           of->runs[0].path, of->runs[r].path);
    return LC_OK;
}

bool request_fails(const request *of, size_t first)
{
    bool fails = false;
    for (size_t r = first; r < of->run_count; r++) {
        for (size_t b = 0; b < of->bound_count; b++) {
            const measure_bound *bound = &of->bounds[b];
            double value = of->runs[r].values.overall[bound->measure];
            if (value >= bound->least)
                continue;
            fprintf(stderr, "lectern-bench: %s: %s is %.4f, below %g\n", of->runs[r].path,
                    of->measures.item[bound->measure].label, value, bound->least);
            fails = true;
        }
    }
    return fails;
}
