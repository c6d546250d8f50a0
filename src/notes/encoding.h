/*
 * encoding.h - the bytes of a file as valid UTF-8 with '\n' line ends, and what is no text at all.
 */
#ifndef LECTERN_NOTES_ENCODING_H
#define LECTERN_NOTES_ENCODING_H

#include "base/memory.h"
#include "base/span.h"

typedef enum {
    ENCODING_UTF8,
    ENCODING_UTF16,  /* either byte order, told by its mark */
    ENCODING_CP1252, /* not all of it is UTF-8: what is stays, the other bytes are CP1252 */
    ENCODING_BINARY  /* NUL bytes or many control characters near the beginning */
} encoding;

/* "UTF-8", "UTF-16", "CP1252", "binary" */
const char *encoding_name(encoding which);

/* *text_out is the text without byte order mark; it is part of bytes when nothing had to change,
 * else in memory; empty for binary. Every line keeps its number: CR LF becomes LF, and so does a
 * CR alone when the file has no LF at all (else, where editors see no line end, a blank). */
encoding text_decode(span bytes, arena *memory, span *text_out);

/* True if the text reads like prose or notes: what a `.txt` file must do to be taken, since lists
 * of packages, logs, tables and build files have that ending too. */
bool text_is_prose(span text);

#endif
