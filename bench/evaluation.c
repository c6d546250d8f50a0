#include "evaluation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void evaluate_topic(const judged_topic *judged, const ranked_topic *ranked,
                           const measure_list *measures, double *value)
{
    size_t count = ranked ? ranked->count : 0;
    int *grades = xmalloc((count + 1) * sizeof *grades);
    for (size_t i = 0; i < count; i++)
        grades[i] = judged_grade(judged, ranked->item[i].document);
    ranking topic = {grades, count, judged->grades, judged->count};
    for (size_t m = 0; m < measures->count; m++)
        value[m] = measure_compute(&measures->item[m], &topic);
    free(grades);
}

static topic_counts count_topics(const qrels *judged, const ranked_run *ranked)
{
    topic_counts counts = {.judged = judged->count, .run = ranked->count};
    for (size_t i = 0; i < judged->count; i++) {
        const ranked_topic *topic = run_topic(ranked, judged->topic[i].id);
        counts.missing += !topic;
        counts.without_result += topic && !topic->count;
    }
    for (size_t i = 0; i < ranked->count; i++)
        counts.not_judged += !qrels_topic(judged, ranked->topic[i].id);
    return counts;
}

void evaluate(const qrels *judged, const ranked_run *ranked, const measure_list *measures,
              evaluation *out)
{
    *out = (evaluation){.topics = judged->count, .measures = measures->count};
    out->value = xcalloc(out->topics * out->measures + 1, sizeof *out->value);
    out->overall = xcalloc(out->measures + 1, sizeof *out->overall);
    out->counts = count_topics(judged, ranked);
    for (size_t t = 0; t < out->topics; t++)
        evaluate_topic(&judged->topic[t], run_topic(ranked, judged->topic[t].id), measures,
                       out->value + t * out->measures);
    evaluation_overall(out, measures, NULL, out->overall);
}

static double summand(const measure *of, double value)
{
    bool geometric = of->kind->overall == OVERALL_GEOMETRIC;
    return geometric ? log(fmax(value, LEAST_IN_GEOMETRIC_MEAN)) : value;
}

static double overall_of(const measure *of, double sum, size_t topics)
{
    switch (of->kind->overall) {
    case OVERALL_SUM: return sum;
    case OVERALL_GEOMETRIC: return exp(sum / (double)topics);
    case OVERALL_MEAN: break;
    }
    return sum / (double)topics;
}

size_t evaluation_overall(const evaluation *of, const measure_list *measures, const bool *chosen,
                          double *overall_out)
{
    size_t topics = 0;
    memset(overall_out, 0, of->measures * sizeof *overall_out);
    for (size_t t = 0; t < of->topics; t++) {
        if (chosen && !chosen[t])
            continue;
        topics++;
        for (size_t m = 0; m < of->measures; m++)
            overall_out[m] += summand(&measures->item[m], evaluation_value(of, t, m));
    }
    for (size_t m = 0; topics && m < of->measures; m++)
        overall_out[m] = overall_of(&measures->item[m], overall_out[m], topics);
    return topics;
}

double evaluation_value(const evaluation *of, size_t topic, size_t which)
{
    return of->value[topic * of->measures + which];
}

void evaluation_free(evaluation *what)
{
    free(what->value);
    free(what->overall);
    *what = (evaluation){0};
}
