/*
 * evaluation.h - the values of measures for one run: per topic, and over all topics.
 *
 * As trec_eval -c: every judged topic counts, one that the run lacks with zero; topics of the run
 * that were never judged are left out. A topic without relevant documents counts, with zero.
 */
#ifndef LECTERN_BENCH_EVALUATION_H
#define LECTERN_BENCH_EVALUATION_H

#include "measures.h"
#include "qrels.h"
#include "run.h"

typedef struct {
    size_t judged;         /* topics in the qrels */
    size_t run;            /* topics in the run */
    size_t missing;        /* judged, but not in the run */
    size_t without_result; /* judged and run, but nothing came */
    size_t not_judged;     /* in the run, but not in the qrels */
} topic_counts;

typedef struct {
    size_t topics, measures;
    double *value;   /* value[topic * measures + measure], topics as in the qrels */
    double *overall; /* of each measure over all topics (measures.h, overall_kind) */
    topic_counts counts;
} evaluation;

void evaluate(const qrels *judged, const ranked_run *ranked, const measure_list *measures,
              evaluation *out);
/* The same as overall[] over the topics that are chosen only; returns how many those are. */
size_t evaluation_overall(const evaluation *of, const measure_list *measures, const bool *chosen,
                          double *overall_out);
void evaluation_free(evaluation *what);
double evaluation_value(const evaluation *of, size_t topic, size_t which);

#endif
