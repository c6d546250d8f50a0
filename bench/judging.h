/*
 * judging.h - what is to be judged, in blind order, and the grades that a person gives.
 *
 * The pool of a topic is what any run has among its first `depth` documents. Its order is drawn
 * from the seed and the topic's place, so it tells nothing about runs or ranks and is the same when
 * the work is taken up again; documents that the qrels already grade are then left out.
 */
#ifndef LECTERN_BENCH_JUDGING_H
#define LECTERN_BENCH_JUDGING_H

#include "qrels.h"
#include "run.h"
#include "topics.h"

enum { JUDGE_GRADE_MOST = 3 };

typedef struct {
    const topic *topic;
    span document; /* borrowed from its run */
    int grade;     /* GRADE_UNKNOWN: not given */
} judging_item;

typedef struct {
    judging_item *item;
    size_t count, capacity;
    size_t at; /* the one that is shown; count: all have been shown */
    bool quit;
} judging;

typedef struct {
    const topic_list *topics;
    const char *only_topic; /* NULL: all */
    const ranked_run *runs;
    size_t run_count, depth;
    const qrels *judged; /* may be empty (all zero) */
    uint64_t seed;
} judging_plan;

/* Borrows from all that the plan names. */
void judging_start(const judging_plan *plan, judging *out);
void judging_free(judging *what);

/* 0 to 3 grade the document shown and go on, s goes on without a grade, b goes back, q and the end
 * of input (control-C or -D) end it. False for any other key. */
bool judging_press(judging *what, int key);
size_t judging_graded(const judging *what);

/* The grades as qrels lines behind the bytes of the file there was; with three columns when it has
 * BEIR's. */
void judging_write(const judging *what, span before, buffer *to);

#endif
