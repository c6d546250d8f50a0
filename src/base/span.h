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

typedef struct {
    const char *at;
    size_t length;
} span;

#define SPAN(literal) ((span){(literal), sizeof(literal) - 1})
#define SPAN_NONE     ((span){NULL, 0})
/* For printf("%.*s", SPAN_ARG(s)). */
#define SPAN_ARG(s) (int)(s).length, (s).at ? (s).at : ""

span span_of(const char *terminated);
span span_between(const char *begin, const char *end);
bool span_equal(span a, span b);
/* ASCII letters only; enough for keywords. */
bool span_equal_nocase(span a, span b);
/* Byte order, as strcmp(). */
int span_compare(span a, span b);
bool span_starts_with(span text, span prefix);
bool span_starts_with_nocase(span text, span prefix);
bool span_ends_with(span text, span suffix);
/* From begin (capped at the length) to the end, or `length` bytes from there. */
span span_from(span text, size_t begin);
span span_slice(span text, size_t begin, size_t length);
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

bool byte_is_space(char c);
bool byte_is_digit(char c);
bool byte_is_alpha(char c); /* ASCII */
bool byte_is_alnum(char c); /* ASCII */
bool byte_is_upper(char c); /* ASCII */
char byte_lower(char c);    /* ASCII */

#endif
