/*
 * word_key.h - the bytes at both ends of a word as numbers: hashing and comparing without a loop,
 * for tables that are asked about every word of a text.
 */
#ifndef LECTERN_ANALYSIS_WORD_KEY_H
#define LECTERN_ANALYSIS_WORD_KEY_H

#include <stdint.h>
#include <string.h>

#include "base/span.h"

/* Up to eight bytes: with the length this tells the word from every other of up to eight. The two
 * loads overlap, because nothing behind the word may be read. */
static inline uint64_t word_first_bytes(span word)
{
    uint32_t low = 0, high = 0;
    if (word.length < 4) {
        for (size_t i = 0; i < word.length; i++)
            low = low << 8 | (unsigned char)word.at[i];
        return low;
    }
    memcpy(&low, word.at, 4);
    memcpy(&high, word.at + (word.length < 8 ? word.length - 4 : 4), 4);
    return (uint64_t)high << 32 | low;
}

/* A hash of the first eight bytes, the last eight and the length; its upper bits are the best. */
static inline uint64_t word_hash(span word)
{
    uint64_t last = 0;
    if (word.length > 8)
        memcpy(&last, word.at + word.length - 8, 8);
    uint64_t h = (word_first_bytes(word) ^ word.length) * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 32 ^ last) * 0xC2B2AE3D27D4EB4Fu;
    return h ^ h >> 29;
}

#endif
