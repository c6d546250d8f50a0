/*
 * title_key.h - a whole title as one short term, for finding a talk by its exact title.
 */
#ifndef LECTERN_INDEX_TITLE_KEY_H
#define LECTERN_INDEX_TITLE_KEY_H

#include <stdbool.h>

#include "base/span.h"

enum { TITLE_KEY_SIZE = 17 };

/* A hash of the title's words: case, accents, punctuation and quotes make no difference, but + and
 * # do (C, C++, C#). False when there is no word. */
bool title_key(span title, char key_out[TITLE_KEY_SIZE]);

#endif
