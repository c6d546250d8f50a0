#include "index/word_sequence.h"

#include <endian.h>
#include <string.h>
#include <xxhash.h>

#include "index/format.h"

/* In place of a stop word's hash. */
enum { MARK_BORDER, MARK_HOLE, MARK_BESIDE, MARK_BESIDE_SCORED, MARKS };
enum { STOP_BITS = 15, STEM_BITS = 6, WORD_BITS = 14 };
static const uint32_t IS_STEM = (uint32_t)2 << 22, IS_WORD = (uint32_t)3 << 30;

/* With it no two stop words of a language have the same hash (test_proximity.c). */
static const uint64_t STOP_SEED = 43;

uint16_t word_code(span stem)
{
    uint16_t code = (uint16_t)XXH3_64bits(stem.at, stem.length);
    return code == WORD_CODE_BORDER ? 1 : code;
}

uint32_t word_id(span stem, span word)
{
    uint64_t own = XXH3_64bits(word.at, word.length);
    uint32_t code = word_code(stem);
    if (span_equal(stem, word))
        return IS_STEM | code << STEM_BITS | (uint32_t)(own >> (64 - STEM_BITS));
    return IS_WORD | code << WORD_BITS | (uint32_t)(own >> (64 - WORD_BITS));
}

uint32_t word_id_stop(span word)
{
    uint64_t hash = XXH3_64bits_withSeed(word.at, word.length, STOP_SEED);
    return MARKS + (uint32_t)(hash % ((1 << STOP_BITS) - MARKS));
}

/* ---- writing ---- */

static void add_mark(buffer *to, uint32_t mark)
{
    buffer_add_byte(to, (char)(mark >> 8));
    buffer_add_byte(to, (char)(mark & 0xFF));
}

void word_sequence_add_border(buffer *to)
{
    add_mark(to, MARK_BORDER);
}

void word_sequence_add_hole(buffer *to)
{
    add_mark(to, MARK_HOLE);
}

void word_sequence_add(buffer *to, uint32_t id)
{
    if (id >= IS_WORD)
        buffer_add_byte(to, (char)(id >> 24));
    if (id >= IS_STEM)
        buffer_add_byte(to, (char)(id >> 16));
    add_mark(to, id & 0xFFFF);
}

void word_sequence_add_beside(buffer *to, uint32_t id, bool scored)
{
    add_mark(to, scored ? MARK_BESIDE_SCORED : MARK_BESIDE);
    word_sequence_add(to, id);
}

/* ---- reading ---- */

/* The four bytes at the place, zeroes behind the end, as a number. */
static inline uint32_t four_bytes(const unsigned char *at, const unsigned char *end)
{
    unsigned char rest[4] = {0};
    uint32_t bytes;
    if (end - at >= 4) {
        memcpy(&bytes, at, sizeof bytes);
    } else {
        memcpy(rest, at, (size_t)(end - at));
        memcpy(&bytes, rest, sizeof bytes);
    }
    return be32toh(bytes);
}

/* A word's id, or a mark; false at the end, or where the value is cut short. Lengths are computed:
 * a branch on what comes in no order costs more than all the rest. */
static inline bool cut_unit(const unsigned char **at, const unsigned char *end, uint32_t *unit_out)
{
    uint32_t bytes = *at < end ? four_bytes(*at, end) : 0;
    unsigned length = 2 + (bytes >> 31) + (bytes >= IS_WORD);
    *unit_out = bytes >> (32 - 8 * length);
    *at += length;
    return *at <= end;
}

enum { FILTER_BITS = 1024 };

void word_filter_add(word_filter *to, uint32_t id)
{
    to->bits[id % FILTER_BITS / 64] |= (uint64_t)1 << id % 64;
}

bool word_sequence_find(word_reader *in, const word_filter *which, uint32_t *id_out,
                        uint32_t *position_out)
{
    const unsigned char *at = in->at;
    uint32_t unit, next = in->next, beside = in->beside;
    while (cut_unit(&at, in->end, &unit)) {
        if (unit < MARKS) {
            next += unit == MARK_BORDER ? POSITION_GAP : unit == MARK_HOLE;
            beside = unit >= MARK_BESIDE;
            continue;
        }
        next += 1 - beside;
        beside = 0;
        if (which->bits[unit % FILTER_BITS / 64] >> unit % 64 & 1) {
            *in = (word_reader){at, in->end, next, 0};
            *id_out = unit;
            *position_out = next - 1;
            return true;
        }
    }
    return false;
}

word_reader word_sequence_read(span value)
{
    const unsigned char *at = (const unsigned char *)value.at;
    return (word_reader){at, at + value.length, 0, 0};
}

size_t word_sequence_codes(span value, uint16_t *code, size_t most)
{
    word_reader in = word_sequence_read(value);
    size_t count = 0;
    uint32_t unit;
    bool in_title = true, unscored = false;
    while (count < most && cut_unit(&in.at, in.end, &unit)) {
        if (unit >= IS_STEM && !unscored) {
            code[count++] = (uint16_t)(unit >> (unit >= IS_WORD ? WORD_BITS : STEM_BITS));
        } else if (unit == MARK_BORDER) {
            if (!in_title)
                break;
            in_title = false;
            code[count++] = WORD_CODE_BORDER;
        }
        unscored = unit == MARK_BESIDE;
    }
    return count;
}
