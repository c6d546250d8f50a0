/* lookup.c - tables of knowledge: a phrase and what it means. */
#include "notes/lookup.h"

#include <string.h>

#include "base/utf8.h"

static bool is_key_byte(char c)
{
    return byte_is_alnum(c) || (unsigned char)c >= 0x80 || c == '+' || c == '#';
}

static void key_compact(buffer *text, size_t begin)
{
    size_t to = begin;
    for (size_t i = begin; i < text->length; i++) {
        char c = text->at[i];
        if (is_key_byte(c))
            text->at[to++] = c;
        else if (c != '\'' && to > begin && text->at[to - 1] != ' ')
            text->at[to++] = ' ';
    }
    while (to > begin && text->at[to - 1] == ' ')
        to--;
    text->length = to;
}

/* Typographic apostrophes and dashes are three bytes that begin with E2 80: made ASCII, so that
 * they do not count as letters. */
static void fold_punctuation(span text, buffer *to)
{
    size_t from = 0;
    for (size_t i = 0; i + 2 < text.length; i++) {
        if ((unsigned char)text.at[i] != 0xE2)
            continue;
        bool quote =
            (unsigned char)text.at[i + 1] == 0x80 &&
            ((unsigned char)text.at[i + 2] == 0x99 || (unsigned char)text.at[i + 2] == 0x98);
        utf8_fold(span_slice(text, from, i - from), to);
        buffer_add_byte(to, quote ? '\'' : ' ');
        from = i + 3;
        i += 2;
    }
    utf8_fold(span_from(text, from), to);
}

/* The key of ASCII text, which nearly all is, in one pass: its length, or SPAN_NOT_FOUND when there
 * is a character beyond. */
static size_t key_ascii(span text, char *to)
{
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if ((unsigned char)c >= 0x80)
            return SPAN_NOT_FOUND;
        if (is_key_byte(c))
            to[length++] = byte_lower(c);
        else if (c != '\'' && length && to[length - 1] != ' ')
            to[length++] = ' ';
    }
    return length && to[length - 1] == ' ' ? length - 1 : length;
}

span text_key_with(const char *prefix, span text, arena *memory)
{
    size_t prefix_length = strlen(prefix);
    char *ascii = arena_alloc(memory, prefix_length + text.length + 1);
    size_t length = key_ascii(text, ascii + prefix_length);
    if (length != SPAN_NOT_FOUND) {
        memcpy(ascii, prefix, prefix_length);
        ascii[prefix_length + length] = '\0';
        return (span){ascii, prefix_length + length};
    }
    buffer folded = {0};
    buffer_add_text(&folded, prefix);
    size_t begin = folded.length;
    fold_punctuation(text, &folded);
    key_compact(&folded, begin);
    span key = arena_copy(memory, buffer_span(&folded));
    buffer_free(&folded);
    return key;
}

span text_key(span text, arena *memory)
{
    return text_key_with("", text, memory);
}

static bool is_word_char(uint32_t c)
{
    return utf8_class(c) != CHAR_OTHER || c == '_';
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

bool word_next(span text, size_t *position, span *word_out)
{
    size_t begin = 0, end = 0;
    bool inside = false;
    while (*position < text.length) {
        size_t at = *position, behind = at;
        uint32_t c = utf8_next(text, &behind);
        if (is_word_char(c)) {
            begin = inside ? begin : at;
            inside = true;
            end = behind;
        } else if (inside) {
            size_t next = behind;
            bool joins =
                is_apostrophe(c) && next < text.length && is_word_char(utf8_next(text, &next));
            if (!joins)
                break;
        }
        *position = behind;
    }
    *word_out = span_slice(text, begin, end - begin);
    return inside;
}

size_t word_count(span text)
{
    size_t count = 0, position = 0;
    span word;
    while (word_next(text, &position, &word))
        count++;
    return count;
}

static uint32_t meaning_bit(span meaning, const char *const *meanings)
{
    for (uint32_t i = 0; meanings[i]; i++) {
        if (span_equal(meaning, span_of(meanings[i])))
            return 1u << i;
    }
    return 0;
}

void lookup_read(map *into, span table, const char *const *meanings)
{
    arena *scratch = arena_new();
    while (table.length) {
        span line = span_trim(span_cut_line(&table));
        if (!line.length || line.at[0] == '#')
            continue;
        uint32_t bit = meaning_bit(span_trim(span_cut(&line, ':')), meanings);
        while (bit && line.length) {
            span key = text_key(span_cut(&line, ','), scratch);
            if (key.length)
                *map_put(into, key, 0) |= bit;
        }
        arena_reset(scratch);
    }
    arena_free(scratch);
}

void lookup_read_words(map *into, span table)
{
    while (table.length) {
        span line = span_trim(span_cut_line(&table));
        if (line.length && line.at[0] != '#')
            map_put(into, line, 1);
    }
}

uint32_t lookup_key(const map *in, span key)
{
    const uint32_t *number = map_get(in, key);
    return number ? *number : 0;
}

uint32_t lookup(const map *in, span phrase, arena *scratch)
{
    return lookup_key(in, text_key(phrase, scratch));
}
