/*
 * proximity.h - what words of the query that stand together in a talk add to its score.
 *
 * For every pair (a, b) of neighbours in the query, stop words left out, each pair once:
 *     i (pair (k1+1) o / (o + K) + window (k1+1) u / (u + K))
 * o: how often b directly follows a; u: how often an a has a b nearer than PROXIMITY_WINDOW words,
 * on either side, stop words not counted; i: what the pair says (idf); K as in BM25. (Sequential
 * dependence after Metzler and Croft 2005, with BM25's saturation.)
 */
#ifndef LECTERN_SEARCH_PROXIMITY_H
#define LECTERN_SEARCH_PROXIMITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "search/ranking.h"

enum {
    PROXIMITY_WINDOW = 8,
    PROXIMITY_FORMS = 8 /* of a word: its stem in each language of the index */
};

typedef struct {
    uint16_t code[PROXIMITY_FORMS]; /* index/word_sequence.h */
    size_t count;
} proximity_word;

typedef struct {
    proximity_word a, b;
} proximity_pair;

/* A word of the query in a talk. */
typedef struct {
    uint32_t position;
    uint16_t code;
} proximity_hit;

/* What is looked for. */
typedef struct {
    proximity_pair *pairs;
    size_t count;
    uint64_t wanted[(UINT16_MAX + 1) / 64]; /* a bit for the code of every word */
    proximity_hit *hits;                    /* of one talk at a time */
} proximity_query;

typedef struct {
    uint32_t ordered, near; /* o and u */
} proximity_count;

/* words: of the query, in its order. codes_most: in the longest talk. In the arena. */
void proximity_query_make(const proximity_word *words, size_t word_count, size_t codes_most,
                          arena *memory, proximity_query *out);
/* Counts every pair. code: the talk's words in order, with WORD_CODE_BORDER between title and body.
 */
void proximity_count_pairs(const proximity_query *query, const uint16_t *code, size_t code_count,
                           proximity_count *pairs_out);
/* What one pair adds. norm: K. */
double proximity_score(const proximity_count *pair, double idf, double norm, const ranker *how);

#endif
