/*
 * word_codes.h - a talk's scored words in order, two bytes each: what proximity is computed from.
 *
 * Reading the positions of a hundred candidates, word by word, costs a millisecond; this is one
 * value for each talk, and only adjacent words are looked at. A code is a hash of the stem: two
 * words share one in 65,000 cases, which changes a score a little and never what is found.
 */
#ifndef LECTERN_INDEX_WORD_CODES_H
#define LECTERN_INDEX_WORD_CODES_H

#include <stdint.h>

#include "base/buffer.h"

enum { WORD_CODE_BORDER = 0 /* between title and body: no word */ };

uint16_t word_code(span stem);
void word_codes_add(buffer *to, uint16_t code);
/* The codes that a value holds, copied into code[]; at most `most`. Returns how many. */
size_t word_codes_read(span value, uint16_t *code, size_t most);

#endif
