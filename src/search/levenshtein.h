/*
 * levenshtein.h - how many letters two words differ by.
 *
 * Optimal string alignment over code points: inserting, leaving out, replacing a letter, or
 * exchanging two neighbours costs one. Only the band of cells that can stay within the limit is
 * computed, and the work stops as soon as none can: a pattern prepared once is held against a whole
 * word list.
 */
#ifndef LECTERN_SEARCH_LEVENSHTEIN_H
#define LECTERN_SEARCH_LEVENSHTEIN_H

#include <stdint.h>

#include "base/span.h"

enum {
    EDIT_WORD_MAX = 64, /* code points; longer words are never near */
    EDIT_LIMIT_MAX = 3
};

typedef struct {
    uint32_t letters[EDIT_WORD_MAX];
    unsigned length;
    unsigned limit;
    uint64_t present; /* which letters occur, by their lowest six bits */
} edit_pattern;

/* Prepares a word to be compared with many; limit is capped at EDIT_LIMIT_MAX. False when the word
 * is too long: then nothing is near it. */
bool edit_pattern_set(edit_pattern *out, span word, unsigned limit);
/* The distance, or limit + 1 when it is more than the limit. Compares bytes as they are: fold both
 * words first. */
unsigned edit_distance_from(const edit_pattern *from, span word);
/* The same for two words once. */
unsigned edit_distance(span a, span b, unsigned limit);

#endif
