/*
 * word_sequence.h - a talk's words in order, as one value: where phrases and proximity are found.
 *
 * Xapian's position table has an entry for every term of every document and is read with one
 * look-up for each; it took more room than the text. This is one value for each talk: its title,
 * body and code, POSITION_GAP apart, a position after the other. One is
 *
 *   2 bytes   0, 15 bits: a stop word's hash; no two of one language's list have the same
 *   3 bytes   10, word_code(), 6 bits of a hash: a word that is its own stem
 *   4 bytes   11, word_code() of the stem, 14 bits of a hash: any other word
 *
 * and marks in place of the lowest hashes of stop words say: a border between texts, a position
 * without a word, or that the next word stands where the last one does (c++17 and c++).
 *
 * The stem is that of the note's language; whoever looks for a word asks for its stem in every
 * language of the index. Two words are the same in four million cases, two forms of a stem in
 * 16,000; and what is looked for must stand in the talk before its place is asked for.
 */
#ifndef LECTERN_INDEX_WORD_SEQUENCE_H
#define LECTERN_INDEX_WORD_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

enum { WORD_CODE_BORDER = 0 /* between title and body: no word */ };

/* Of a stem: what proximity compares. */
uint16_t word_code(span stem);

/* A word and its stem, or a stop word. */
uint32_t word_id(span stem, span word);
uint32_t word_id_stop(span word);

void word_sequence_add_border(buffer *to);
/* A position without a word. */
void word_sequence_add_hole(buffer *to);
void word_sequence_add(buffer *to, uint32_t id);
/* One more word where the last one stands; scored: it counts in proximity as if it stood alone. */
void word_sequence_add_beside(buffer *to, uint32_t id, bool scored);

/* A place in a value. */
typedef struct {
    const unsigned char *at, *end;
    uint32_t next;   /* position of the next word, unless */
    uint32_t beside; /* 1: it stands beside the last one */
} word_reader;

word_reader word_sequence_read(span value);

/* Which ids are looked for; a few others pass too. Starts as {0}. */
typedef struct {
    uint64_t bits[16];
} word_filter;

void word_filter_add(word_filter *to, uint32_t id);
/* The next word that passes; false at the end. */
bool word_sequence_find(word_reader *in, const word_filter *which, uint32_t *id_out,
                        uint32_t *position_out);

/* The codes of title and body that proximity is computed from, stop words left out, with
 * WORD_CODE_BORDER between them; at most `most`. Returns how many. */
size_t word_sequence_codes(span value, uint16_t *code, size_t most);

#endif
