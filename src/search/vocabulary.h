/*
 * vocabulary.h - an open index as the planner sees it: its languages, its words, its keys.
 */
#ifndef LECTERN_SEARCH_VOCABULARY_H
#define LECTERN_SEARCH_VOCABULARY_H

#include "analysis/analysis.h"
#include "base/error.h"
#include "xapian_shim.h"

enum {
    VOCABULARY_LANGUAGES_MAX = 8, /* that a query is asked in */
    VOCABULARY_ANALYSERS_MAX = 64 /* as talk_document.c has */
};

typedef struct {
    const xs_reader *reader;                       /* borrowed */
    const char *path;                              /* of the index, for messages */
    analyser *analysers[VOCABULARY_ANALYSERS_MAX]; /* of the languages of most talks, most first */
    size_t language_count; /* the first of them, that queries are asked in */
    size_t analyser_count;
    technology_table *technologies; /* as the index was made with */
    uint32_t documents;             /* as idf counts them */
} vocabulary;

lc_status vocabulary_open(const xs_reader *reader, const char *path, vocabulary *out,
                          lc_error *error);
void vocabulary_close(vocabulary *what);
/* What could not be read since the index was opened or moved on. The functions below take that for
 * nothing there; who asks them looks here before he believes it. */
lc_status vocabulary_check(const vocabulary *in, lc_error *error);
/* How many documents hold prefix + word. */
uint32_t vocabulary_frequency(const vocabulary *in, const char *prefix, span word);
/* Whether any talk has that front-matter key. */
bool vocabulary_has_property(const vocabulary *in, span key);
/* Shows every word under the prefix that may be within `limit` edits of `word`: all whose first two
 * letters don't rule it out. Not shown: words with both of the first two letters wrong, or with a
 * first letter that is wrong and none of ASCII. Each is shown once, without the prefix; stops when
 * visit() returns false. */
typedef bool (*vocabulary_visit)(span word, uint32_t frequency, void *user);
void vocabulary_each_like(const vocabulary *in, const char *prefix, span word,
                          vocabulary_visit visit, void *user);
/* Shows every word under the prefix that begins so, without the prefix. */
void vocabulary_each(const vocabulary *in, const char *prefix, span beginning,
                     vocabulary_visit visit, void *user);
/* Whether any document matches; NULL matches none. */
bool vocabulary_matches(const vocabulary *in, const xs_query *query);

#endif
