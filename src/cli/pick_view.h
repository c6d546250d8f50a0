/*
 * pick_view.h - what `lectern pick` shows: the query, a list of hits, a preview of the chosen one.
 * Pure: from a state to the bytes of a frame.
 */
#ifndef LECTERN_CLI_PICK_VIEW_H
#define LECTERN_CLI_PICK_VIEW_H

#include "cli/terminal.h"
#include "search/searcher.h"
#include "search/snippet.h"

typedef struct {
    span query;
    size_t cursor;               /* bytes of the query before it */
    const search_result *result; /* NULL before the first search */
    size_t chosen, first;        /* hits: the chosen one, and the top one of the list */
    long scroll;                 /* of the preview, in lines from the best match on */
    const vocabulary *words;
    const char *message; /* why the query gives no new answer, or NULL */
    bool color;
} pick_state;

/* How many hits the list shows at this size. */
size_t pick_list_rows(terminal_size size);
/* Scrolls the preview, within the talk. */
void pick_scroll(pick_state *state, long by, arena *memory);
/* Appends the frame. */
void pick_draw(const pick_state *state, terminal_size size, arena *memory, buffer *frame);

#endif
