/*
 * last.h - the hits of this terminal's last search, so that `open 3` is its third one.
 *
 * One file a terminal in the state folder, replaced by each search that prints its hits as text on
 * that terminal. Another session on a terminal of the same name does not see them.
 */
#ifndef LECTERN_CLI_LAST_H
#define LECTERN_CLI_LAST_H

#include "cli/session.h"

typedef struct last_hits last_hits;
last_hits *last_new(void);
void last_add(last_hits *to, size_t rank, span id, uint32_t match_line);
/* Writes them down; without a terminal, or without a state folder, nothing happens. */
void last_keep(const last_hits *what);
void last_free(last_hits *what);

typedef struct {
    talk_record record;
    uint32_t match_line; /* of the last search; 0: named by its id */
} chosen_talk;
/* The talk that a word of the command line names: a rank of the last search, or an id. */
lc_status last_choose(searcher *in, const char *word, arena *memory, chosen_talk *out,
                      lc_error *error);

#endif
