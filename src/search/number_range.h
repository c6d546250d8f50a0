/*
 * number_range.h - numbers in a key of the front matter: rating:>=3, rating:2..4.
 */
#ifndef LECTERN_SEARCH_NUMBER_RANGE_H
#define LECTERN_SEARCH_NUMBER_RANGE_H

#include "base/span.h"

typedef struct {
    double low, high;
    bool without_low, without_high;
} number_range;

/* >3, >=3, <3, <=3, 2..4, 2.., ..4; numbers may have a fraction: 4.5. False when text is no such.
 */
bool number_range_read(span text, number_range *out);
/* Whether the word is a number within. */
bool number_range_holds(const number_range *in, span word);

#endif
