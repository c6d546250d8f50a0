/*
 * lint.h - what a person may want to mend in the notes: talks that lack something, and names that
 * look like the same one written in two ways.
 */
#ifndef LECTERN_SEARCH_LINT_H
#define LECTERN_SEARCH_LINT_H

#include "search/searcher.h"

typedef enum { LINT_SPEAKER, LINT_EVENT, LINT_DATE, LINT_NAMES, LINT_COUNT } lint_kind;

typedef struct {
    lint_kind kind;
    const talk_record *talk; /* where it stands; of LINT_NAMES: a talk with the rarer name */
    uint32_t line;
    span name, other; /* of LINT_NAMES: the rarer one, and what it looks like */
    uint32_t count, other_count;
    bool joined; /* both are taken for one person (persons.h) already */
} lint_finding;

/* Calls visit for each finding, by root, path and line; then the names. Two names look alike when
 * they are taken for one person's (persons.h), or share a word and the others differ by one letter
 * (two from eight letters on) or are initials of each other, or one has more initials. */
typedef void (*visit_finding)(const lint_finding *found, void *user);
lc_status lint_find(searcher *in, arena *memory, visit_finding visit, void *user, lc_error *error);

#endif
