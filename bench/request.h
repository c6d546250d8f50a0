/*
 * request.h - what eval, compare and diff have in common: qrels, runs and measures from the
 * command line.
 */
#ifndef LECTERN_BENCH_REQUEST_H
#define LECTERN_BENCH_REQUEST_H

#include "cli/options.h"
#include "collection.h"
#include "evaluation.h"
#include "topics.h"

/* Entries for the tables of options. */
#define OPTION_MEASURE                                                                             \
    {                                                                                              \
        'm', "measure", "NAME",                                                                    \
            "a measure, in the spelling of trec_eval or ir_measures; repeatable"                   \
    }
#define OPTION_LEVEL                                                                               \
    {                                                                                              \
        'l', "level", "N", "documents of grade N or more are relevant (default 1)"                 \
    }
#define OPTION_FORMAT                                                                              \
    {                                                                                              \
        'f', "format", "FORMAT", "text, tsv or json"                                               \
    }
#define OPTION_TOPICS                                                                              \
    {                                                                                              \
        't', "topics", "FILE", "the topics, for their texts and classes"                           \
    }
#define OPTION_CLASS                                                                               \
    {                                                                                              \
        'c', "class", "NAME", "only topics of this class (of --topics); repeatable"                \
    }
#define OPTION_FAIL_BELOW                                                                          \
    {                                                                                              \
        0, "fail-below", "NAME=X",                                                                 \
            "exit with status 1 if a run is below X in that measure; repeatable"                   \
    }

typedef struct {
    const char *path;
    span name; /* the file's name; its path where two have the same */
    ranked_run run;
    evaluation values;
} evaluated_run;

/* fail-below: measure[i] must be at least bound[i]. */
typedef struct {
    size_t measure;
    double least;
} measure_bound;

typedef struct {
    qrels qrels;
    topic_list topics;      /* empty when there are none */
    collection_paths paths; /* of the folder that the first word names; else empty */
    measure_list measures;
    measure_bound *bounds;
    size_t bound_count, bound_capacity;
    evaluated_run *runs;
    size_t run_count;
} request;

/* Loads word 0 as qrels (or as the folder of a collection, which brings its topics too), of these
 * the topics of the classes that are asked for, and the other words as runs, and evaluates each;
 * fallback is what is measured when no -m is given. On failure *out is not touched. */
lc_status request_load(const options *given, const char *fallback, request *out, lc_error *error);
void request_free(request *what);

/* Fails when one of the runs has no topic in common with the first. */
lc_status request_check_shared(const request *of, lc_error *error);

/* Says on stderr which of the runs from `first` on are below a bound; whether any is. */
bool request_fails(const request *of, size_t first);

#endif
