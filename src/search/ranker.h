/*
 * ranker.h - the stages of ranking.h behind the first: from what Xapian found to the final order.
 */
#ifndef LECTERN_SEARCH_RANKER_H
#define LECTERN_SEARCH_RANKER_H

#include "index/length_class.h"
#include "index/vectors.h"
#include "search/candidate.h"
#include "search/latent.h"
#include "search/query_words.h"
#include "search/ranking.h"
#include "search/vocabulary.h"

/* The numbers of a collection that scores are made of. */
typedef struct {
    uint32_t documents;
    double mean_length;          /* avdl */
    float norms[LENGTH_CLASSES]; /* K of each class of length */
} collection_numbers;

lc_status collection_numbers_read(const vocabulary *of, const ranker *how, collection_numbers *out,
                                  lc_error *error);

/* What the stages need to know of a query. */
typedef struct {
    const vocabulary *words;
    const collection_numbers *numbers;
    const vectors *vectors; /* NULL: there are none, and stages 3 and 4 are left out */
    const ranker *how;
    const scored_words *query;
    bool scan; /* those of scan_set without any word of the query may come in, at scan_level */
    const docid_set *scan_set; /* NULL: all */
    int scan_level;
    arena *memory;
} rank_context;

/* Changes scores and order by the stages that `how` asks for. There is room in list for
 * how->latent_scan more; *count is what there is in the end. */
lc_status rank_candidates(const rank_context *with, candidate *list, size_t *count,
                          lc_error *error);

#endif
