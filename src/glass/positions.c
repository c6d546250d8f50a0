/*
 * The last position as a number, then a bit stream: the first position, the count, and the rest by
 * interpolative coding (A. Moffat, L. Stuiver: Binary interpolative coding for effective index
 * compression, 2000): the middle one within what its neighbours leave possible, then both halves.
 */
#include "glass/positions.h"

#include "glass/pack.h"

typedef struct {
    uint8_t *end;
    uint64_t waiting; /* bits not yet written, the first one lowest */
    int count;
} bit_writer;

static void put_bits(bit_writer *to, uint64_t bits, int count)
{
    to->waiting |= bits << to->count;
    to->count += count;
    for (; to->count >= 8; to->count -= 8, to->waiting >>= 8)
        *to->end++ = (uint8_t)to->waiting;
}

static void flush_bits(bit_writer *to)
{
    if (to->count)
        *to->end++ = (uint8_t)to->waiting;
}

/* One of `possible` values 0, 1, ...; those in the middle take a bit less when it is no power of
 * two.  possible is 1 to 2^32. */
static void put_choice(bit_writer *to, uint64_t value, uint64_t possible)
{
    if (possible < 2)
        return;
    int bits = 64 - __builtin_clzll(possible - 1);
    uint64_t spare = (1ULL << bits) - possible;
    if (spare) {
        uint64_t middle = (possible - spare) / 2;
        if (value >= middle + spare)
            value = (value - middle - spare) | 1ULL << (bits - 1);
        else if (value >= middle)
            bits--;
    }
    put_bits(to, value, bits);
}

static void put_between(bit_writer *to, const uint32_t *positions, uint32_t first, uint32_t last)
{
    while (first + 1 < last) {
        uint32_t middle = first + (last - first) / 2;
        uint32_t lowest = positions[first] + middle - first;
        uint64_t possible = (uint64_t)positions[last] - positions[first] + first - last + 1;
        put_choice(to, positions[middle] - lowest, possible);
        put_between(to, positions, first, middle);
        first = middle;
    }
}

size_t glass_positions_room(uint32_t count)
{
    /* the last one as a number; then the first, the count and the others, 32 bits each at most, and
     * the byte behind that a buffer has */
    return PACK_MAX + 4 * ((size_t)count + 2) + 1;
}

void glass_positions_add(buffer *to, const uint32_t *positions, uint32_t count)
{
    uint32_t first = positions[0], last = positions[count - 1];
    uint8_t *begin = (uint8_t *)buffer_reserve(to, glass_positions_room(count));
    bit_writer bits = {pack_number(begin, last), 0, 0};
    if (count > 1) {
        put_choice(&bits, first, last);
        put_choice(&bits, count - 2, (uint64_t)last - first);
        put_between(&bits, positions, 0, count - 1);
        flush_bits(&bits);
    }
    *bits.end = '\0';
    to->length += (size_t)(bits.end - begin);
}
