/*
 * stemmer.h - stems of one language by Snowball, remembered for every distinct word.
 */
#ifndef LECTERN_ANALYSIS_STEMMER_H
#define LECTERN_ANALYSIS_STEMMER_H

#include "base/span.h"

typedef struct stemmer stemmer;

/* code: ISO 639-1, in lower case. NULL when Snowball has no such language. */
stemmer *stemmer_new(span code);
void stemmer_free(stemmer *what);

/* The folded stem of a word in lower case, with its marks; the word itself when it holds a digit or
 * is empty. Valid until the next call. */
span stemmer_stem(stemmer *with, span word);

/* The code of a language by its English name in lower case; nothing when there is none. */
span stemmer_code_of(span name);
/* The codes of all languages there are, NULL-terminated. */
const char *const *stemmer_codes(void);

#endif
