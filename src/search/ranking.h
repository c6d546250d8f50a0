/*
 * ranking.h - how hits are ordered: the stages and their parameters, by name.
 *
 * Formulae are those of the research this project began with; each stage can be switched off, so
 * that lectern-bench can show what it brings. N documents, df with the term, tf its frequency, dl
 * the document's length (index/length_class.h), avdl the mean; idf = ln(1 + (N-df+.5)/(df+.5)).
 *
 *   1  BM25 (Robertson and others 1994, with Lucene's idf) over stems:
 *          sum of qtf idf (k1+1) tf / (tf + K),  K = k1 (1 - b + b dl/avdl)
 *      stop words are not scored, a title's word counts title times; the same over exact forms,
 *      times `exact`; fields with weights of their own (query_plan.c).
 *   2  proximity of adjacent query words (after Metzler and Croft 2005), for the best
 *      proximity_depth; see proximity.h.
 *   3  latent: (1 - latent) s / max s + latent cos(query, document) in the space of vectors.h, for
 *      the best latent_depth (Deerwester and others 1990), and for the latent_scan most alike of
 *      all, which need not hold any word of the query (s = 0).
 *   4  smoothing: (1 - smooth) s + smooth times the mean of the smooth_neighbours nearest among the
 *      best smooth_depth, weighted by likeness (Diaz 2005, score regularisation).
 *
 * One setting for all collections; none was fitted to one.
 */
#ifndef LECTERN_SEARCH_RANKING_H
#define LECTERN_SEARCH_RANKING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

typedef struct {
    const char *name;
    double title; /* at indexing; whole */
    double k1, b, exact;
    double pair, window, proximity_depth; /* side by side, and near; 0: no stage 2 */
    double latent, latent_depth, latent_scan;
    double smooth, smooth_depth, smooth_neighbours;
    double tier_words; /* talks with all words come first for queries of at most so many words */
} ranker;

/* What the CLI uses: the last of the table. */
const ranker *ranking_default(void);
/* NULL behind the last. */
const ranker *ranking_at(size_t n);
/* LC_BAD_INPUT with the names there are. */
lc_status ranking_named(const char *name, ranker *out, lc_error *error);
/* "k1=1.5"; LC_BAD_INPUT when there is no such parameter or the value makes no sense. */
lc_status ranking_set(ranker *of, const char *assignment, lc_error *error);
/* "full,k1=1.2,b=0.75,...": without blanks, all parameters that matter. */
void ranking_describe(const ranker *of, buffer *to);

#endif
