/*
 * searcher.h - answers a query from an open index. What the CLI and lectern-bench both use.
 */
#ifndef LECTERN_SEARCH_SEARCHER_H
#define LECTERN_SEARCH_SEARCHER_H

#include "index/talk_record.h"
#include "index/vectors.h"
#include "search/explain.h"
#include "search/query.h"
#include "search/query_plan.h"

typedef struct searcher searcher;

/* The index must be of this program's version: LC_OLD_INDEX otherwise. */
lc_status searcher_open(const char *index_path, searcher **searcher_out, lc_error *error);
void searcher_free(searcher *what);
const xs_reader *searcher_reader(const searcher *of);
const vocabulary *searcher_vocabulary(const searcher *of);

/* Where a hit belongs; a better tier comes first whatever the scores. Within a tier the score alone
 * decides, and text that belongs to no talk comes behind the talks; in another order it is a hit
 * like any. */
typedef enum {
    TIER_TITLE, /* the talk's whole title is the query */
    TIER_ALL,   /* matches every word: TIER_TITLE and TIER_ALL are the result */
    TIER_SOME,  /* matches some of the words */
    TIER_NEAR   /* matches none, but is about the same in other words */
} tier;

typedef enum {
    ORDER_RELEVANCE,
    ORDER_DATE, /* the newest first; without a date last, also when reversed */
    ORDER_TITLE
} search_order;

typedef struct {
    span query;
    span scope;     /* a further query that must hold too, e.g. `date:"2024.."`; may be empty */
    bool plain;     /* query is words without any syntax, e.g. a sentence */
    bool bare;      /* hits without their records */
    bool all_words; /* only TIER_TITLE and TIER_ALL */
    size_t offset, limit;
    const ranker *how; /* NULL: the default */
    search_order order;
    bool reverse; /* of any but relevance */
    day_number today;
    bool (*saved_query)(void *context, span name, span *text_out); /* may be NULL */
    void *context;
} search_request;

typedef struct {
    uint32_t docid;
    double score;
    tier tier;
    talk_record record;
} hit;

typedef struct {
    hit *hits; /* the page: from offset on, at most limit */
    size_t count;
    size_t all_count;  /* talks and texts that match every word */
    bool tiered;       /* in order of tiers; a sentence's hits are in order of score alone */
    size_t some_count; /* further ones that match some; known only when the page reaches them */
    query_tree tree;
    query_plan plan; /* free with search_result_free() */
} search_result;

/* Memory is the arena's, but for the plan. LC_BAD_INPUT: the query is not understood, *where says
 * where. */
lc_status searcher_search(searcher *in, const search_request *request, arena *memory,
                          search_result *out, lc_error *error, query_mistake *where);
void search_result_free(search_result *what);

/* Where the score of a hit of that result comes from; what the later stages of the ranking added is
 * a line of its own. */
lc_status searcher_explain(searcher *in, const search_request *request, const search_result *result,
                           const hit *which, arena *memory, explanation *out, lc_error *error);

/* What each leaf of the query (result->plan.leaves) gives the hit by itself; below 0: the hit does
 * not have it. */
lc_status searcher_leaf_scores(searcher *in, const search_request *request,
                               const search_result *result, const hit *which, double *scores_out,
                               lc_error *error);

/* The vectors of the open commit, or NULL. */
const vectors *searcher_vectors(const searcher *of);
/* The document number of the talk with that id; LC_NOT_FOUND when there is none. */
lc_status searcher_docid(const searcher *in, span id, uint32_t *docid_out, lc_error *error);
/* The talk with that id; LC_NOT_FOUND when there is none. */
lc_status searcher_talk(searcher *in, span id, arena *memory, talk_record *out, lc_error *error);
/* One talk by document number. */
lc_status searcher_record(const searcher *in, uint32_t docid, arena *memory, talk_record *out,
                          lc_error *error);

#endif
