#include "index/word_codes.h"

#include <xxhash.h>

uint16_t word_code(span stem)
{
    uint16_t code = (uint16_t)XXH3_64bits(stem.at, stem.length);
    return code == WORD_CODE_BORDER ? 1 : code;
}

void word_codes_add(buffer *to, uint16_t code)
{
    buffer_add_byte(to, (char)(code & 0xFF));
    buffer_add_byte(to, (char)(code >> 8));
}

size_t word_codes_read(span value, uint16_t *code, size_t most)
{
    size_t count = value.length / 2 < most ? value.length / 2 : most;
    for (size_t i = 0; i < count; i++)
        code[i] =
            (uint16_t)((unsigned char)value.at[2 * i] | (unsigned char)value.at[2 * i + 1] << 8);
    return count;
}
