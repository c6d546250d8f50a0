#include "base/span.h"

#include <string.h>

bool span_equal_nocase(span a, span b)
{
    return a.length == b.length && span_starts_with_nocase(a, b);
}

bool span_starts_with_nocase(span text, span prefix)
{
    if (text.length < prefix.length)
        return false;
    for (size_t i = 0; i < prefix.length; i++)
        if (byte_lower(text.at[i]) != byte_lower(prefix.at[i]))
            return false;
    return true;
}

span span_trim(span text)
{
    while (text.length && byte_is_space(text.at[0]))
        text = span_from(text, 1);
    while (text.length && byte_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

size_t span_find(span text, span what)
{
    if (!what.length)
        return 0;
    if (text.length < what.length)
        return SPAN_NOT_FOUND;
    const char *found = memmem(text.at, text.length, what.at, what.length);
    return found ? (size_t)(found - text.at) : SPAN_NOT_FOUND;
}

size_t span_find_byte(span text, char byte)
{
    const char *found = text.length ? memchr(text.at, byte, text.length) : NULL;
    return found ? (size_t)(found - text.at) : SPAN_NOT_FOUND;
}

size_t span_find_last_byte(span text, char byte)
{
    const char *found = text.length ? memrchr(text.at, byte, text.length) : NULL;
    return found ? (size_t)(found - text.at) : SPAN_NOT_FOUND;
}

span span_cut(span *rest, char separator)
{
    size_t at = span_find_byte(*rest, separator);
    span piece = span_slice(*rest, 0, at);
    *rest = at == SPAN_NOT_FOUND ? span_from(*rest, rest->length) : span_from(*rest, at + 1);
    return piece;
}

span span_cut_line(span *rest)
{
    span line = span_cut(rest, '\n');
    if (line.length && line.at[line.length - 1] == '\r')
        line.length--;
    return line;
}

long span_number(span text)
{
    long number = 0;
    if (!text.length || text.length > 9)
        return -1;
    for (size_t i = 0; i < text.length; i++) {
        if (!byte_is_digit(text.at[i]))
            return -1;
        number = number * 10 + (text.at[i] - '0');
    }
    return number;
}
