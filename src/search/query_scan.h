/*
 * query_scan.h - where the query parser stands in the text, and the steps it can take there.
 *
 * Inside the parser only (query_parse.c has the rules, query_leaf.c the leaves).
 */
#ifndef LECTERN_SEARCH_QUERY_SCAN_H
#define LECTERN_SEARCH_QUERY_SCAN_H

#include "search/query.h"

/* One for the whole query, the saved queries in it included. */
typedef struct {
    const query_options *options;
    arena *memory;
    query_tree *tree;
    lc_error *error;
    query_mistake *where;
    lc_status status;
    size_t saved_count;
} query_parsing;

/* One for each text: the query's own, and that of each saved query. */
typedef struct {
    query_parsing *all;
    span text;
    size_t at;
    unsigned depth, saved_depth;
    const field *field; /* inside field:( ... ) */
    span key;
    const query_mistake *place; /* inside a saved query: where its @name stands */
} query_scan;

query_mistake scan_extent(const query_scan *p, size_t begin, size_t end);
bool scan_failed(const query_scan *p);
#define SCAN_FAIL(p, begin, end, ...)                                                              \
    do {                                                                                           \
        *(p)->all->where = scan_extent((p), (begin), (end));                                       \
        (p)->all->status = lc_fail((p)->all->error, LC_BAD_INPUT, __VA_ARGS__);                    \
    } while (0)
void scan_notice(query_scan *p, size_t begin, size_t end, span text);

bool scan_at_end(const query_scan *p);
/* The byte here; '\0' at the end. */
char scan_peek(const query_scan *p);
void scan_advance(query_scan *p, size_t bytes);
void scan_skip_blanks(query_scan *p);
/* Skips blanks and the marks before a word that say nothing. */
void scan_skip_marks(query_scan *p);
/* Consumes AND, OR or NOT if it stands here with something to work on behind it. */
bool scan_operator(query_scan *p, span name);
/* Consumes a '-' that negates, or NOT. */
bool scan_negation(query_scan *p);
/* A `*` alone: every talk. */
bool scan_at_star(const query_scan *p);
/* `//`, `:` or a backslash: behind a colon this would be a URL, a scope, a path, not a value. */
bool scan_at_url_mark(const query_scan *p);
/* The quote of `19" rack`: inches. */
bool scan_at_inch_mark(const query_scan *p);
/* Consumes everything up to the next blank, quote or parenthesis of the query's own. */
span scan_word(query_scan *p);
/* Consumes a quoted text; fails when the quote is left open. */
bool scan_quoted(query_scan *p, span *text_out);

#endif
