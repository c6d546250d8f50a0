/*
 * umlauts.h - letters that are also written as two: Mueller is Müller, Bjoern Björn or Bjørn.
 *
 * The index folds ü to u, so that `muller` finds Müller; `mueller` is left, and is looked for at
 * query time. ß needs nothing: it is folded to ss.
 */
#ifndef LECTERN_SEARCH_UMLAUTS_H
#define LECTERN_SEARCH_UMLAUTS_H

#include "base/memory.h"
#include "base/span.h"

enum { UMLAUTS_MAX = 14 };

typedef struct {
    span items[UMLAUTS_MAX]; /* with marks where the word has none, without where it has */
    size_t count;
    bool spelled_out; /* the word has marks: the one item has not, and is sure to mean the same */
} umlauts;

/* The other ways to write a word of small letters. Those with marks may be no words (baür of
 * bauer): whoever asks looks whether the notes have them. */
void umlauts_of(span word, arena *memory, umlauts *out);

#endif
