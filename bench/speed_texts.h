/*
 * speed_texts.h - the talks of an index as plain texts, so that every system is fed the same.
 *
 * They are kept in a file with one talk a line: title, speakers, event, text (body and code), with
 * a tab between; tabs and line ends inside have become blanks.
 */
#ifndef LECTERN_BENCH_SPEED_TEXTS_H
#define LECTERN_BENCH_SPEED_TEXTS_H

#include "base/buffer.h"
#include "base/error.h"

enum { TEXT_TITLE, TEXT_SPEAKERS, TEXT_EVENT, TEXT_BODY, TEXT_COLUMNS };

typedef struct {
    span column[TEXT_COLUMNS];
} speed_text;

typedef struct {
    buffer bytes; /* of the file; the texts point into it */
    speed_text *items;
    size_t count, capacity;
} speed_texts;

/* Writes every talk of the index to the file. */
lc_status speed_texts_write(const char *index_path, const char *file, lc_error *error);
lc_status speed_texts_read(const char *file, speed_texts *out, lc_error *error);
void speed_texts_free(speed_texts *what);

#endif
