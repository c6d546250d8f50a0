/*
 * other_spelling.h - British and American English: visualisation and visualization have different
 * stems, and whoever looks for one means both.
 */
#ifndef LECTERN_SEARCH_OTHER_SPELLING_H
#define LECTERN_SEARCH_OTHER_SPELLING_H

#include "base/buffer.h"

/* Appends the word as the other side writes it; false when both write it alike. What comes out may
 * be no word (vector: vectour): whoever asks looks whether the notes have it. */
bool other_spelling(span word, buffer *to);

#endif
