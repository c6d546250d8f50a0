/*
 * spelling.h - the best correction of a word, out of candidates with their frequency.
 *
 * Pure: the caller walks the index's words, names and technologies and shows each one.
 *
 *     spelling s;
 *     if (spelling_start(&s, word, own_frequency))
 *         for each candidate: spelling_consider(&s, candidate, frequency);
 *     if (s.best.length) ... did you mean s.best?
 *
 * Words are compared as they are: fold both first.
 */
#ifndef LECTERN_SEARCH_SPELLING_H
#define LECTERN_SEARCH_SPELLING_H

#include <stdint.h>

#include "base/span.h"
#include "search/levenshtein.h"

enum { SPELLING_BYTES_MAX = 4 * EDIT_WORD_MAX };

typedef struct {
    edit_pattern pattern;
    span word;
    uint32_t own_frequency;
    double best_score;
    unsigned best_distance;
    uint32_t best_frequency;
    span best; /* empty while there is none; points into best_bytes */
    char best_bytes[SPELLING_BYTES_MAX];
} spelling;

/* The most edits that a word of so many letters may be corrected by: none up to three letters, one
 * up to seven, two beyond. */
unsigned spelling_limit(span word);

/* own_frequency: in how many talks the word itself stands; a correction must stand in ten times as
 * many. False when such a word is never corrected (too short, too long, a number). The word must
 * live as long as the spelling; the spelling must not be moved. */
bool spelling_start(spelling *out, span word, uint32_t own_frequency);

/* Keeps the candidate if it is better than the best so far: an edit less outweighs 64 times the
 * frequency, the same first letter four times. A candidate with other digits is never meant
 * (python2, python3). Returns whether it was kept. */
bool spelling_consider(spelling *with, span candidate, uint32_t frequency);

#endif
