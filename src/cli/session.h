/*
 * session.h - what most commands do first: bring the index up to date and open it.
 */
#ifndef LECTERN_CLI_SESSION_H
#define LECTERN_CLI_SESSION_H

#include "cli/command.h"
#include "index/refresh.h"
#include "search/searcher.h"

/* Takes in what changed on disk, unless --no-refresh; a refresh that is not possible now (another
 * one is running, the index is read-only) is said in one line, and the last state is used. */
lc_status session_open(const command_context *context, searcher **searcher_out, lc_error *error);

typedef enum {
    ROOTS_STAY,
    ROOTS_ADD,   /* the words of the command line are folders to be indexed too */
    ROOTS_FORGET /* ... or no longer */
} roots_change;

/* Reads the list of roots, changes it and brings the index up to date, all while no other process
 * can. The changed list is saved first: it says what is wanted, so that the next command finishes
 * what this one could not. how: at, roots and what calls them are filled in here. *list_out, to be
 * freed also after a failure: the roots. observer: NULL for one that shows progress and problems.
 */
lc_status session_refresh(const command_context *context, roots_change change,
                          const refresh_options *how, const refresh_observer *observer,
                          roots *list_out, refresh_report *report_out, lc_error *error);
/* `+ 3 added ~ 1 changed - 0 removed = 204 unchanged` */
void session_print_tally(const char *what, const tally *counts);
/* The path of a note as a person opens it; free() it. */
char *session_note_path(span root, span path);
/* By --color, NO_COLOR and the terminal. */
lc_status session_use_color(const options *given, bool *color_out, lc_error *error);

#endif
