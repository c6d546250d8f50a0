/*
 * measures.h - the measures of ranked retrieval, and how their names are written.
 *
 * Every measure is a pure function of one topic: the grades down the ranking, the grades that were
 * judged, and its settings. Definitions are those of trec_eval 10.0 with -c; where the field knows
 * a second convention, that one has a name of its own. All words about a measure stand in the table
 * MEASURES, and help is printed from there.
 *
 * Names are accepted in both spellings that are in use:
 *     trec_eval    ndcg_cut.10  ndcg_cut_10  P.5,10  map  rbp.p=0.8   ("P" alone: its usual
 * cutoffs) ir_measures  nDCG@10  P(rel=2)@5  AP  RBP(p=0.8)  nDCG(dcg='exp-log2')@10
 */
#ifndef LECTERN_BENCH_MEASURES_H
#define LECTERN_BENCH_MEASURES_H

#include "base/error.h"
#include "base/span.h"

enum {
    GRADE_LEAST = -127,
    GRADE_MOST = 127,
    GRADE_UNKNOWN = -128 /* of a ranked document that the qrels do not name at all */
};

/* One topic as a measure sees it. A grade below zero was seen by the judges but not judged
 * (trec_eval's "in the pool, unjudged"); it counts as not relevant, and as unjudged. */
typedef struct {
    const int *ranked; /* grade at each rank, first rank first */
    size_t ranked_count;
    const int *judged; /* every grade of the topic's qrels, highest first */
    size_t judged_count;
} ranking;

typedef struct {
    size_t cutoff;    /* only this many ranks count; 0: all */
    double recall;    /* IPrec: the share of the relevant documents that is to be found */
    int level;        /* the least grade that is relevant; at least 1 */
    bool binary;      /* RBP: grades below level gain nothing, the others 1 */
    bool exponential; /* nDCG: gain 2^grade - 1 in place of the grade */
    double patience;  /* RBP: the probability p of going on to the next rank */
} measure_settings;

typedef double measure_function(const ranking *topic, const measure_settings *settings);

/* What may follow the name and "@": nothing, a number of ranks, or a share of recall. */
typedef enum { CUTOFF_NEVER, CUTOFF_MAY, CUTOFF_MUST, CUTOFF_RECALL } cutoff_use;

/* How the values of topics become one: mean; sum, of numbers of things; geometric mean of values
 * that are lifted to LEAST_IN_GEOMETRIC_MEAN, as trec_eval does. */
typedef enum { OVERALL_MEAN, OVERALL_SUM, OVERALL_GEOMETRIC } overall_kind;
#define LEAST_IN_GEOMETRIC_MEAN 1e-5

typedef struct {
    const char *name;         /* as ir_measures writes it */
    const char *alias;        /* another usual name, or NULL */
    const char *trec;         /* as trec_eval writes it without a cutoff, or NULL */
    const char *trec_cut;     /* as trec_eval writes it with one, or NULL */
    const char *trec_cutoffs; /* what trec_cut alone stands for, e.g. "5,10" */
    cutoff_use cutoff;
    overall_kind overall;
    bool patience; /* takes p */
    measure_function *compute;
    const char *formula;
    const char *source;
} measure_kind;

extern const measure_kind MEASURES[];
extern const size_t MEASURE_KINDS;

/* A measure that was asked for. */
typedef struct {
    const measure_kind *kind;
    measure_settings settings;
    bool level_given; /* the name itself says rel=... */
    char label[48];   /* its name, in the spelling that it was asked for in */
} measure;

typedef struct {
    measure *item;
    size_t count, capacity;
} measure_list;

/* Adds what `name` stands for: one measure, or several ("P.5,10", "official"). The names
 * "official" (what trec_eval prints) and "default" (ours) stand for lists. */
lc_status measure_list_add(measure_list *to, span name, lc_error *error);
/* Relevance from this grade on, for the measures whose names do not say rel=. */
void measure_list_set_level(measure_list *list, int level);
void measure_list_free(measure_list *list);
double measure_compute(const measure *what, const ranking *topic);

#endif
