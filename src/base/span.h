/*
 * span.h - borrowed text: a pointer and a length, any bytes, not terminated.
 *
 * One of the two string types of the whole code; the other, buffer.h, owns its bytes. An empty
 * span may have a NULL pointer. Spans are passed and returned by value.
 */
#ifndef LECTERN_BASE_SPAN_H
#define LECTERN_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct {
    const char *at;
    size_t length;
} span;

#define SPAN(literal) ((span){(literal), sizeof(literal) - 1})
#define SPAN_NONE     ((span){NULL, 0})
/* For printf("%.*s", SPAN_ARG(s)). */
#define SPAN_ARG(s) (int)(s).length, (s).at ? (s).at : ""

/* Bytes as ASCII. */
static inline bool byte_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool byte_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool byte_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool byte_is_alpha(char c)
{
    return byte_is_upper(c) || (c >= 'a' && c <= 'z');
}

static inline bool byte_is_alnum(char c)
{
    return byte_is_alpha(c) || byte_is_digit(c);
}

static inline char byte_lower(char c)
{
    return byte_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static inline span span_of(const char *terminated)
{
    return (span){terminated, terminated ? strlen(terminated) : 0};
}

static inline span span_between(const char *begin, const char *end)
{
    return (span){begin, (size_t)(end - begin)};
}

static inline bool span_equal(span a, span b)
{
    return a.length == b.length && (!a.length || memcmp(a.at, b.at, a.length) == 0);
}

/* ASCII letters only; enough for keywords. */
bool span_equal_nocase(span a, span b);
/* Byte order, as strcmp(). */
static inline int span_compare(span a, span b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

static inline bool span_starts_with(span text, span prefix)
{
    return text.length >= prefix.length &&
           (!prefix.length || memcmp(text.at, prefix.at, prefix.length) == 0);
}

bool span_starts_with_nocase(span text, span prefix);
/* From begin (capped at the length) to the end, or `length` bytes from there. */
static inline span span_from(span text, size_t begin)
{
    if (begin >= text.length)
        return (span){text.length ? text.at + text.length : text.at, 0};
    return (span){text.at + begin, text.length - begin};
}

static inline span span_slice(span text, size_t begin, size_t length)
{
    text = span_from(text, begin);
    if (length < text.length)
        text.length = length;
    return text;
}

static inline bool span_ends_with(span text, span suffix)
{
    return text.length >= suffix.length &&
           span_equal(span_from(text, text.length - suffix.length), suffix);
}

/* Without ASCII white space at both ends. */
span span_trim(span text);
/* Position of the first or last occurrence, or (size_t)-1. */
size_t span_find(span text, span what);
size_t span_find_byte(span text, char byte);
size_t span_find_last_byte(span text, char byte);
#define SPAN_NOT_FOUND ((size_t)-1)
/* Cuts the text before the first `separator` off *rest and returns it; the separator is dropped.
 * Without one the whole rest is returned and *rest is empty. */
span span_cut(span *rest, char separator);
/* Cuts off one line without its "\n" or "\r\n". Call while rest->length. */
span span_cut_line(span *rest);
/* A non-negative decimal number that fills the span, or -1. */
long span_number(span text);

#endif
