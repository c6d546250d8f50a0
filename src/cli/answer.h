/*
 * answer.h - prints a page of hits in the form the person asked for; what search, similar and their
 * like share.
 */
#ifndef LECTERN_CLI_ANSWER_H
#define LECTERN_CLI_ANSWER_H

#include "cli/last.h"
#include "output/printer.h"

/* Entries for the tables of options. */
#define ANSWER_OPTIONS                                                                             \
    {'n', "limit", "N", "show at most N talks (10)"}, {0, "offset", "N", "leave out the first N"}, \
        {'f', "format", "FORMAT", "how to print; the forms are listed below (text)"},              \
        {'0', "null", NULL, "with --format files: end each path by a NUL byte"},                   \
        {0, "group", "event", "the hits of one event together, under its name"},                   \
        {0, "at", "talk|match", "which line `path:line` names (talk)"},                            \
    {                                                                                              \
        0, "hyperlink-format", "FORM",                                                             \
            "links on a terminal: a name listed below, or a form (none)"                           \
    }

typedef struct {
    printer printer;
    arena *memory;
    size_t limit, offset;
    bool at_match, grouped;
    bool paged;      /* through a pager when longer than the terminal */
    last_hits *last; /* kept for `open N`: hits printed as text on a terminal; else NULL */
    const search_request *why; /* of the result: says under each hit where its score comes from */
    hyperlink link;
    char *text; /* what was printed, when it may go through a pager */
    size_t text_length;
} answer;

/* Reads the options above and --color; free with answer_finish() whether it succeeded or not. */
lc_status answer_start(const options *given, answer *out, lc_error *error);
/* The same for a command without these options: printer.to and the pager alone. */
lc_status answer_start_plain(const options *given, answer *out, lc_error *error);
/* Prints the page of a search. */
void answer_print(answer *to, searcher *in, const search_result *result);
/* Where what is said about the answer goes: above it when people read it, else not into it. */
FILE *answer_aside(const answer *of);
/* Ends the printing: through the pager, if that is wanted. */
void answer_finish(answer *what);
/* For help: the forms of output. */
void answer_print_help(FILE *to);

#endif
