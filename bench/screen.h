/*
 * screen.h - single keys from, and wrapped text to, a terminal or a pipe.
 */
#ifndef LECTERN_BENCH_SCREEN_H
#define LECTERN_BENCH_SCREEN_H

#include "base/buffer.h"
#include "base/span.h"

/* Keys come one by one, without echo, until screen_close(); from a pipe they are its bytes. */
void screen_open(void);
void screen_close(void);
/* The next key; white space is passed over, and the end of input is 'q'. */
int screen_key(void);
/* Of the terminal on standard output; 80 by 24 when it is none. */
void screen_size(size_t *columns_out, size_t *lines_out);

/* Appends at most `lines` lines of at most `columns` columns, broken between words; a last "..."
 * says that there is more. Control characters become blanks: a document must not command the
 * terminal. Returns the number of lines. */
size_t screen_wrap(span text, size_t columns, size_t lines, buffer *to);

#endif
