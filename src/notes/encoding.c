#include "notes/encoding.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buffer.h"
#include "base/utf8.h"

const char *encoding_name(encoding which)
{
    static const char *const names[] = {"UTF-8", "UTF-16", "CP1252", "binary"};
    return names[which];
}

/* ---- binary ---- */

/* NUL bytes decide; a few stray controls (escapes of a terminal log, form feeds) do not. */
static bool is_binary(span bytes)
{
    enum { LOOK_AT = 8192, ONE_IN = 20 };
    span begin = span_slice(bytes, 0, LOOK_AT);
    size_t controls = 0;
    if (span_find_byte(begin, '\0') != SPAN_NOT_FOUND)
        return true;
    for (size_t i = 0; i < begin.length; i++) {
        unsigned char c = (unsigned char)begin.at[i];
        controls += (c < 0x20 && !byte_is_space((char)c) && c != 0x1b && c != '\b') || c == 0x7f;
    }
    return controls * ONE_IN > begin.length;
}

/* ---- to UTF-8 ---- */

static uint32_t utf16_unit(span bytes, size_t at, bool big)
{
    unsigned char first = (unsigned char)bytes.at[at], second = (unsigned char)bytes.at[at + 1];
    return big ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

/* A surrogate without its partner and an odd last byte become U+FFFD. */
static void decode_utf16(span bytes, bool big, buffer *to)
{
    size_t at = 2;
    for (; at + 1 < bytes.length; at += 2) {
        uint32_t unit = utf16_unit(bytes, at, big);
        if (unit >= 0xD800 && unit < 0xDC00 && at + 3 < bytes.length) {
            uint32_t low = utf16_unit(bytes, at + 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        utf8_add(to, unit);
    }
    if (at < bytes.length)
        utf8_add(to, 0xFFFD);
}

static uint32_t cp1252_code_point(unsigned char byte)
{
    /* 0 where the code page has no character */
    static const uint16_t table[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    if (byte < 0x80 || byte >= 0xA0)
        return byte;
    return table[byte - 0x80] ? table[byte - 0x80] : 0xFFFD;
}

/* Files that were edited on two systems hold both: valid sequences are hardly ever an accident. */
static void decode_mixed(span bytes, buffer *to)
{
    utf8proc_int32_t code_point;
    for (size_t i = 0; i < bytes.length;) {
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)bytes.at + i,
                                                 (utf8proc_ssize_t)(bytes.length - i), &code_point);
        if (used >= 1) {
            buffer_add(to, span_slice(bytes, i, (size_t)used));
            i += (size_t)used;
        } else {
            utf8_add(to, cp1252_code_point((unsigned char)bytes.at[i++]));
        }
    }
}

/* ---- line ends ---- */

/* `to` may be where the text is; returns the length. */
static size_t put_line_feeds(span text, char *to)
{
    char alone = span_find_byte(text, '\n') == SPAN_NOT_FOUND ? '\n' : ' ';
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != '\r')
            to[length++] = text.at[i];
        else if (i + 1 == text.length || text.at[i + 1] != '\n')
            to[length++] = alone;
    }
    to[length] = '\0';
    return length;
}

static span with_line_feeds(span text, arena *memory)
{
    if (span_find_byte(text, '\r') == SPAN_NOT_FOUND)
        return text;
    char *to = arena_alloc(memory, text.length + 1);
    return (span){to, put_line_feeds(text, to)};
}

encoding text_decode(span bytes, arena *memory, span *text_out)
{
    buffer decoded = {0};
    encoding found = ENCODING_UTF8;
    *text_out = SPAN_NONE;
    bool little = span_starts_with(bytes, SPAN("\xFF\xFE"));
    if (little || span_starts_with(bytes, SPAN("\xFE\xFF"))) {
        found = ENCODING_UTF16;
        decode_utf16(bytes, !little, &decoded);
        /* what only looks like the mark */
        if (is_binary(buffer_span(&decoded)))
            found = ENCODING_BINARY;
    } else if (is_binary(bytes)) {
        found = ENCODING_BINARY;
    } else {
        if (span_starts_with(bytes, SPAN("\xEF\xBB\xBF")))
            bytes = span_from(bytes, 3);
        found = utf8_valid(bytes) ? ENCODING_UTF8 : ENCODING_CP1252;
        if (found == ENCODING_CP1252)
            decode_mixed(bytes, &decoded);
    }
    if (found == ENCODING_UTF8)
        *text_out = with_line_feeds(bytes, memory);
    else if (found != ENCODING_BINARY && decoded.length) {
        decoded.length = put_line_feeds(buffer_span(&decoded), decoded.at);
        *text_out = arena_copy(memory, buffer_span(&decoded));
    }
    buffer_free(&decoded);
    return found;
}

/* ---- prose ---- */

typedef struct {
    size_t lines, wordy; /* lines that are not blank; those with some words in a row */
    size_t letters, symbols;
} text_counts;

/* A word as prose has them: letters, perhaps with punctuation around or inside. */
static bool is_word(span text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.length; i++)
        letters += byte_is_alpha(text.at[i]) || (unsigned char)text.at[i] >= 0x80;
    return letters * 4 >= text.length * 3 && letters > 0;
}

static void count_line(text_counts *in, span line)
{
    enum { WORDS = 3 };
    size_t row = 0, longest = 0;
    line = span_trim(line);
    in->lines += line.length > 0;
    for (size_t i = 0; i < line.length; i++) {
        bool letter = byte_is_alnum(line.at[i]) || (unsigned char)line.at[i] >= 0x80;
        in->letters += letter;
        in->symbols += !letter && strchr("{}<>=;\\$|&[]_/", line.at[i]) != NULL;
    }
    while (line.length) {
        span word = span_cut(&line, ' ');
        row = is_word(word) ? row + 1 : word.length ? 0 : row;
        longest = row > longest ? row : longest;
    }
    in->wordy += longest >= WORDS;
}

bool text_is_prose(span text)
{
    enum { LOOK_AT = 64 * 1024 };
    text_counts counts = {0};
    span rest = span_slice(text, 0, LOOK_AT);
    while (rest.length)
        count_line(&counts, span_cut(&rest, '\n'));
    /* one line in five with words in a row, and few of the symbols that code and data have */
    return counts.wordy > 0 && counts.wordy * 5 >= counts.lines &&
           counts.symbols * 12 <= counts.letters;
}
