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

/* Adds the folders to the roots and brings the index up to date. */
lc_status session_refresh(const command_context *context, const refresh_options *options,
                          refresh_report *report_out, lc_error *error);
/* `+ 3 added ~ 1 changed - 0 removed = 204 unchanged` */
void session_print_tally(const char *what, const tally *counts);
/* The path of a note as a person opens it; free() it. */
char *session_note_path(span root, span path);
/* By --color, NO_COLOR and the terminal. */
lc_status session_use_color(const options *given, bool *color_out, lc_error *error);

#endif
