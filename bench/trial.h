/*
 * trial.h - a collection, and what rankers reach on it.
 */
#ifndef LECTERN_BENCH_TRIAL_H
#define LECTERN_BENCH_TRIAL_H

#include "evaluation.h"
#include "running.h"

typedef struct {
    topic_list topics;
    qrels judged;
    collection_paths from;
    test_index in; /* made by the first ranker */
    uint32_t title_weight;
} trial;

/* The folder must have documents, topics and qrels. */
lc_status trial_open(const char *folder, trial *out, lc_error *error);
void trial_close(trial *what);
/* Runs all topics. threads: 1 where times matter, 0: as many as there are cores. The values are
 * freed by evaluation_free(); times_out may be NULL. Rankers that follow each other with the same
 * title weight share an index. */
lc_status trial_run(trial *on, const ranker *how, const measure_list *measures, unsigned threads,
                    evaluation *out, run_times *times_out, lc_error *error);

#endif
