/*
 * latent.h - stages 3 and 4 of ranking.h: likeness in the space of index/vectors.h.
 */
#ifndef LECTERN_SEARCH_LATENT_H
#define LECTERN_SEARCH_LATENT_H

#include "base/memory.h"
#include "index/vectors.h"
#include "search/candidate.h"
#include "search/docid_set.h"
#include "search/query_words.h"
#include "search/ranking.h"

/* The text that the words are, as often as they stand there. Scale 0: none is known. */
vector latent_query(const vectors *with, const scored_words *query);
/* Adds the `most` talks of the set (NULL: of all) that are most like the query, with score 0 and
 * that level, unless they are among the `count` candidates already. Returns the new count; list has
 * room for `most` more. */
size_t latent_scan(const vectors *with, const vector *query, const docid_set *among, size_t most,
                   int level, candidate *list, size_t count, arena *memory);
/* Stage 3: changes the scores of all candidates. */
void latent_rank(const vectors *with, const vector *query, const ranker *how, candidate *list,
                 size_t count);
/* Stage 4: the candidates must be in order. */
void latent_smooth(const vectors *with, const ranker *how, candidate *list, size_t count,
                   arena *memory);

#endif
