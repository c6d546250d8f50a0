/*
 * phrase.h - words that stand side by side, or within so many, in a talk's word_sequence.h.
 */
#ifndef LECTERN_SEARCH_PHRASE_H
#define LECTERN_SEARCH_PHRASE_H

#include "index/word_sequence.h"
#include "search/vocabulary.h"

enum { PHRASE_WORDS_MAX = 64 };

/* What stands for one word of it: word_id() of the word and of its alternatives. */
typedef struct {
    uint32_t *ids;
    size_t count, capacity;
} phrase_word;

typedef struct phrase {
    phrase_word *words;
    size_t count;    /* 2 to PHRASE_WORDS_MAX */
    uint32_t window; /* positions from the first word to the last; count: side by side */
    bool either_way; /* two words in any order */
    word_filter filter;
} phrase;

/* In the arena; its words are to be added. */
phrase *phrase_new(size_t count, uint32_t window, bool either_way, arena *memory);
/* One more alternative for the n-th word. */
void phrase_add(phrase *to, size_t n, const vocabulary *words, span text, arena *memory);

/* The value is one of SLOT_WORDS; the signature is xs_check_value's. */
bool phrase_matches(const char *value, size_t length, const void *the_phrase);

#endif
