/*
 * query_words.h - the words of a query as the ranking sees them, and a query of nothing but words.
 */
#ifndef LECTERN_SEARCH_QUERY_WORDS_H
#define LECTERN_SEARCH_QUERY_WORDS_H

#include "search/query.h"
#include "search/vocabulary.h"

/* The tree of a text without any syntax, e.g. a topic that is a sentence: every word, none more
 * than the others. It lives in the arena and borrows from text. A text without words matches
 * nothing. */
void query_from_text(span text, arena *memory, query_tree *out);

/* A word that is scored: its stem in each language of the index, each once. */
typedef struct {
    span stems[VOCABULARY_LANGUAGES_MAX];
    size_t stem_count;
} scored_word;

typedef struct {
    scored_word *items; /* in the order of the query, repeated as often as there */
    size_t count, capacity;
} scored_words;

/* The words of the tree that stand for themselves: without fields, not negated, no stop words, no
 * beginnings or misspellings. In the arena. */
void query_words_find(const query_tree *tree, const vocabulary *words, arena *memory,
                      scored_words *out);

#endif
