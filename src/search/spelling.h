/*
 * spelling.h - the best corrections of a word, out of candidates with their frequency.
 *
 * Pure: the caller walks the index's words, names and technologies and shows each one.
 *
 *     spelling s;
 *     if (spelling_start(&s, word, own_frequency))
 *         for each candidate: spelling_consider(&s, candidate, frequency);
 *     if (s.count) ... did you mean spelling_best(&s, 0)?
 *
 * Words are compared as they are: fold both first.
 */
#ifndef LECTERN_SEARCH_SPELLING_H
#define LECTERN_SEARCH_SPELLING_H

#include <stdint.h>

#include "base/span.h"
#include "search/levenshtein.h"

enum { SPELLING_BYTES_MAX = 4 * EDIT_WORD_MAX, SPELLING_KEPT = 4 };

typedef struct {
    double score;
    size_t length;
    char bytes[SPELLING_BYTES_MAX];
} spelling_candidate;

typedef struct {
    edit_pattern pattern;
    span word;
    uint32_t own_frequency;
    spelling_candidate best[SPELLING_KEPT]; /* best first */
    size_t count;
} spelling;

/* The most edits that a word of so many letters may be corrected by: none up to three letters, one
 * up to seven, two beyond. */
unsigned spelling_limit(span word);

/* own_frequency: in how many talks the word itself stands; a correction must stand in ten times as
 * many. False when such a word is never corrected (too short, too long, a number). The word must
 * live as long as the spelling. */
bool spelling_start(spelling *out, span word, uint32_t own_frequency);

/* Keeps the candidate if it is among the best so far: an edit less outweighs 64 times the
 * frequency, the same first letter four times. A candidate with other digits is never meant
 * (python2, python3). Returns whether it was kept. */
bool spelling_consider(spelling *with, span candidate, uint32_t frequency);

/* The nth of those that were kept, the best first; empty when there are not so many. */
span spelling_best(const spelling *of, size_t n);

#endif
