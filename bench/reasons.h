/*
 * reasons.h - why a talk stands where it does for a topic: what each word of the topic gives it,
 * and its score and rank behind each stage of the ranking (search/ranking.h).
 */
#ifndef LECTERN_BENCH_REASONS_H
#define LECTERN_BENCH_REASONS_H

#include "base/map.h"
#include "collection.h"
#include "search/ranking.h"
#include "topics.h"

/* All words, then with their nearness, their likeness, and that of the neighbours. */
enum { REASON_STAGES = 4 };
extern const char *const REASON_STAGE_NAMES[REASON_STAGES];

typedef struct {
    double score[REASON_STAGES];
    size_t rank[REASON_STAGES]; /* from 1; 0: did not come */
    double *words;              /* below 0: it does not have that word */
} reason;

typedef struct {
    arena *memory;
    map *index; /* name of the document to place in item[] */
    reason *item;
    size_t count, capacity;
    span *words; /* of the topic */
    size_t word_count;
    bool has_stage[REASON_STAGES]; /* of the ranker */
} reasons;

/* Indexes the collection and ranks the topic. how: with its title weight. */
lc_status reasons_find(const collection_paths *from, const topic *of, const ranker *how,
                       reasons *out, lc_error *error);
void reasons_free(reasons *what);
/* Whether the word is there to make a sentence: it is found, but gives nothing. */
bool reasons_is_stop(const reasons *in, size_t word);
/* NULL: no stage found it. */
const reason *reasons_of(const reasons *in, span document);

/* The ranker that a run's tag names, as run_tag() writes it; the default for any other tag. */
void ranker_of_tag(span tag, ranker *out);

#endif
