/*
 * running.h - topics of a test collection through the very searcher of the CLI.
 */
#ifndef LECTERN_BENCH_RUNNING_H
#define LECTERN_BENCH_RUNNING_H

#include "base/memory.h"
#include "collection.h"
#include "search/ranking.h"
#include "topics.h"

/* A note's talk as the qrels name it: by its path and any of its lines. */
typedef struct {
    span path, name;
    uint32_t line;
} judged_place;

/* A temporary index of a collection's documents. */
typedef struct {
    arena *memory;
    char *folder; /* removed with it */
    char *index;
    bool notes;  /* made from notes, not from records */
    span *names; /* of records: names[docid - 1] */
    size_t count;
    judged_place *places; /* of notes: what the qrels name, by path and line */
    size_t place_count;
} test_index;

/* The name of a talk of a note: that of the qrels whose line is the talk's, else PATH:LINE. */
span test_index_place(const test_index *in, span path, uint32_t first, uint32_t last,
                      arena *memory);

/* title_weight: how often a title's word counts (ranking.h). */
lc_status test_index_make(const collection_paths *from, uint32_t title_weight, test_index *out,
                          lc_error *error);
void test_index_free(test_index *what);

typedef struct {
    const ranker *how;
    size_t depth;     /* documents for a topic */
    bool no_self;     /* leave out a document of the topic's own name */
    bool plain;       /* topics are words without query syntax */
    unsigned threads; /* 0: one for each core */
} run_options;

/* Milliseconds in the searcher. */
typedef struct {
    double median, p90, most, sum;
} run_times;

/* Runs every topic and adds the results as a TREC run, in the order of the topics. Equal scores are
 * written apart, so that the order never depends on the documents' names. times_out may be NULL. */
lc_status run_topics(const test_index *in, const topic_list *topics, const run_options *options,
                     buffer *run_out, run_times *times_out, lc_error *error);
/* The tag of such a run: program, index format, ranker and parameters. */
void run_tag(const ranker *how, buffer *to);

#endif
