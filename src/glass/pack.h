/*
 * pack.h - how the glass format writes numbers and keys.  Each function writes at `to` and returns
 * the end of what it wrote.
 */
#ifndef LECTERN_GLASS_PACK_H
#define LECTERN_GLASS_PACK_H

#include <stdint.h>
#include <string.h>

#include "base/span.h"

enum {
    PACK_MAX = 10,  /* bytes of a packed number, at most */
    KEY_MAX = 255,  /* bytes of a key in a table */
    KEY_ROOM = 512, /* for a key that is being made: a term of zero bytes takes twice its length */
    SORTED_MAX = 5  /* bytes of a document number in a key */
};

/* Base 128, least significant group first. */
static inline uint8_t *pack_number(uint8_t *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *to++ = (uint8_t)(number | 0x80);
    *to++ = (uint8_t)number;
    return to;
}

static inline size_t packed_size(uint64_t number)
{
    size_t size = 1;
    for (; number >= 0x80; number >>= 7)
        size++;
    return size;
}

/* A number whose length the surroundings tell: little-endian without zero bytes at the end. */
static inline uint8_t *pack_last(uint8_t *to, uint64_t number)
{
    for (; number; number >>= 8)
        *to++ = (uint8_t)number;
    return to;
}

static inline uint8_t *pack_bytes(uint8_t *to, const void *bytes, size_t length)
{
    if (length)
        memcpy(to, bytes, length);
    return to + length;
}

/* Big-endian, in `size` bytes. */
static inline uint8_t *pack_big(uint8_t *to, uint32_t number, int size)
{
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        *to++ = (uint8_t)(number >> shift);
    return to;
}

/* A number whose bytes sort as the numbers do: two bytes below 0x8000, else three to five, the
 * length being told by the leading one bits. */
static inline uint8_t *pack_sorted(uint8_t *to, uint32_t number)
{
    if (number < 0x8000)
        return pack_big(to, number, 2);
    int size = 3;
    for (uint32_t rest = number >> 22; rest; rest >>= 7)
        size++;
    uint8_t *first = to;
    if (size == 5)
        *to++ = 0;
    to = pack_big(to, number, size == 5 ? 4 : size);
    *first |= (uint8_t)(0xff << (10 - size));
    return to;
}

/* A term as the beginning of a key: zero bytes are told from the end of the term. */
static inline uint8_t *pack_term(uint8_t *to, span term)
{
    for (size_t i = 0; i < term.length; i++) {
        *to++ = (uint8_t)term.at[i];
        if (!term.at[i])
            *to++ = 0xff;
    }
    return to;
}

#endif
