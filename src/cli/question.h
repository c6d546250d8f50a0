/*
 * question.h - what was asked: the query that the words of a command line make, and what else they
 * hold the search to.
 */
#ifndef LECTERN_CLI_QUESTION_H
#define LECTERN_CLI_QUESTION_H

#include "cli/saved.h"
#include "cli/session.h"
#include "search/narrow.h"

/* Entries for the tables of options of commands that search. */
#define SCOPE_OPTIONS                                                                              \
    {0, "in", "FOLDER", "only what lies below this folder"},                                       \
        {0, "since", "DATE", "only from that day, month or year on: 2024, 2024-03, -6m"},          \
    {                                                                                              \
        0, "exact", "TEXT", "only where this stands, letter for letter"                            \
    }

typedef struct {
    buffer text;  /* of the query */
    buffer scope; /* what --since and --exact ask for beside it */
    saved_queries saved;
    search_request request;
    narrowing narrow;
    char *folder; /* of --in */
} question;

/* words: of the query; none is `*` when all_by_default, else LC_BAD_INPUT. limit, offset and order
 * of the request are the caller's. Free with question_free() whether it succeeded or not. */
lc_status question_start(const command_context *context, const char *const *words, size_t count,
                         bool all_by_default, question *out, lc_error *error);
/* Searches. What is wrong is printed, with a caret under the place, and its exit status returned;
 * else 0. fitting_out: see narrow.h; its docids are NULL when all matches fit. Free the result with
 * search_result_free() in either case. */
int question_ask(question *what, searcher *in, arena *memory, search_result *out,
                 docid_list *fitting_out);
void question_free(question *what);
/* LECTERN_TODAY=2025-04-01 sets the clock that `last year` counts from. */
day_number question_today(void);

#endif
