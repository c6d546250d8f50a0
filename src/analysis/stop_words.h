/*
 * stop_words.h - the function words of the languages we have lists for, stop_words/CODE.txt: words
 * between blanks, # for a comment to the end of the line.
 */
#ifndef LECTERN_ANALYSIS_STOP_WORDS_H
#define LECTERN_ANALYSIS_STOP_WORDS_H

#include <stdint.h>

#include "base/span.h"

/* One bit for each list. */
typedef uint32_t stop_languages;

/* The lists that the folded word stands in. */
stop_languages stop_word_languages(span word);
/* The bit of a language's list, by ISO 639-1 code; 0 when there is none. */
stop_languages stop_language(span code);
/* The code of the n-th list (bit 1 << n), or NULL behind the last. */
const char *stop_language_code(size_t n);

/* Whether the folded word stands in whole_words.txt: its capitals inside are no borders. */
bool is_whole_word(span word);

#endif
