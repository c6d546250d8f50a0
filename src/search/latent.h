/*
 * latent.h - stages 3 and 4 of ranking.h: likeness in the space of index/vectors.h.
 */
#ifndef LECTERN_SEARCH_LATENT_H
#define LECTERN_SEARCH_LATENT_H

#include "base/memory.h"
#include "index/vectors.h"
#include "search/candidate.h"
#include "search/query_words.h"
#include "search/ranking.h"

/* Stage 3: changes the scores of all candidates. Nothing happens when no word of the query is
 * known. */
void latent_rank(const vectors *with, const scored_words *query, const ranking *how,
                 candidate *list, size_t count);
/* Stage 4: the candidates must be in order. */
void latent_smooth(const vectors *with, const ranking *how, candidate *list, size_t count,
                   arena *memory);

#endif
