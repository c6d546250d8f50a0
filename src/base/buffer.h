/*
 * buffer.h - owned, growing text. Always terminated by a zero byte that the length does not count.
 *
 * Start with `buffer b = {0}`, end with buffer_free(). A buffer may hold any byte.
 */
#ifndef LECTERN_BASE_BUFFER_H
#define LECTERN_BASE_BUFFER_H

#include <stdint.h>
#include <string.h>

#include "base/span.h"

typedef struct {
    char *at; /* NULL until the first byte */
    size_t length, capacity;
} buffer;

/* Room for `more` bytes behind the length; returns where they go. The caller adds to length. */
char *buffer_grow(buffer *to, size_t more);
static inline char *buffer_reserve(buffer *to, size_t more)
{
    return to->length + more < to->capacity ? to->at + to->length : buffer_grow(to, more);
}

static inline void buffer_add(buffer *to, span text)
{
    char *end = buffer_reserve(to, text.length);
    if (text.length)
        memcpy(end, text.at, text.length);
    to->length += text.length;
    to->at[to->length] = '\0';
}

static inline void buffer_add_byte(buffer *to, char byte)
{
    *buffer_reserve(to, 1) = byte;
    to->at[++to->length] = '\0';
}

void buffer_add_text(buffer *to, const char *terminated);
void buffer_printf(buffer *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Base 128, least significant group first; at most ten bytes. */
void buffer_add_varint(buffer *to, uint64_t number);
/* Its length as a varint, then the bytes. */
void buffer_add_counted(buffer *to, span text);
static inline span buffer_span(const buffer *of)
{
    return (span){of->at, of->length};
}

void buffer_clear(buffer *what); /* keeps the memory */
void buffer_free(buffer *what);

/* Reading back: each cuts its piece off *rest and returns false, with *rest emptied, when what is
 * left is not a whole piece (a damaged record). */
bool span_cut_varint(span *rest, uint64_t *number_out);
bool span_cut_counted(span *rest, span *text_out);

#endif
