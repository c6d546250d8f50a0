#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

char *buffer_grow(buffer *to, size_t more)
{
    size_t wanted = to->length + more + 1;
    to->capacity = wanted < 2 * to->capacity ? 2 * to->capacity : wanted + 16;
    to->at = xrealloc(to->at, to->capacity);
    return to->at + to->length;
}

void buffer_add_text(buffer *to, const char *terminated)
{
    buffer_add(to, span_of(terminated));
}

void buffer_printf(buffer *to, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    vsnprintf(buffer_reserve(to, (size_t)length), (size_t)length + 1, format, again);
    va_end(again);
    to->length += (size_t)length;
}

void buffer_add_varint(buffer *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buffer_add_byte(to, (char)(number | 0x80));
    buffer_add_byte(to, (char)number);
}

void buffer_add_counted(buffer *to, span text)
{
    buffer_add_varint(to, text.length);
    buffer_add(to, text);
}

void buffer_clear(buffer *what)
{
    what->length = 0;
    if (what->at)
        what->at[0] = '\0';
}

void buffer_free(buffer *what)
{
    free(what->at);
    *what = (buffer){0};
}

bool span_cut_varint(span *rest, uint64_t *number_out)
{
    uint64_t number = 0;
    for (size_t i = 0; i < rest->length && i < 10; i++) {
        unsigned char byte = (unsigned char)rest->at[i];
        number |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (!(byte & 0x80)) {
            *rest = span_from(*rest, i + 1);
            *number_out = number;
            return true;
        }
    }
    *rest = SPAN_NONE;
    return false;
}

bool span_cut_counted(span *rest, span *text_out)
{
    uint64_t length;
    if (!span_cut_varint(rest, &length))
        return false;
    if (length > rest->length) {
        *rest = SPAN_NONE;
        return false;
    }
    *text_out = span_slice(*rest, 0, (size_t)length);
    *rest = span_from(*rest, (size_t)length);
    return true;
}
