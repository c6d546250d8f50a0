#include "index/talk_id.h"

#include <xxhash.h>

#include "base/utf8.h"

uint64_t talk_id_key(const talk *of, span path)
{
    buffer text = {0};
    utf8_fold(of->title.text.length ? of->title.text : path, &text);
    buffer_add_byte(&text, '\0');
    utf8_fold(of->event.text, &text);
    buffer_add_byte(&text, of->kind == KIND_NOTE ? 'n' : 't');
    uint64_t key = XXH3_64bits(text.at, text.length);
    buffer_free(&text);
    return key;
}

span talk_id(uint64_t key, uint32_t ordinal, arena *memory)
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
    char id[TALK_ID_LENGTH];
    uint64_t bits = ordinal ? XXH3_64bits_withSeed(&ordinal, sizeof ordinal, key) : key;
    id[0] = digits[bits % 26];
    bits /= 26;
    for (int i = 1; i < TALK_ID_LENGTH; i++, bits >>= 5)
        id[i] = digits[bits & 31];
    return arena_copy(memory, (span){id, sizeof id});
}
