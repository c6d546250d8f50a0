/*
 * reader.h - what all readers of the bench's file formats share: lines, columns, complaints.
 *
 * A reader gets the bytes of a file and its name; it does no I/O. Lines that are blank or begin
 * with "#" are passed over. A line that can't be used is an error that says file, line, reason and
 * what to do; reading ends there, unless the caller wants all of them (`findings`): then each is
 * written down, the line is left out, and reading goes on.
 */
#ifndef LECTERN_BENCH_READER_H
#define LECTERN_BENCH_READER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/span.h"

typedef struct {
    buffer text; /* one line each */
    size_t count;
} finding_list;

typedef struct {
    const char *name; /* of the file, for messages */
    span rest;
    size_t line;            /* number of the line read last */
    finding_list *findings; /* NULL: stop at the first bad line */
    lc_error *error;
} reader;

/* The next line that holds something, trimmed; false at the end. */
bool reader_next(reader *from, span *line_out);
/* A bad line: LC_OK to go on without it, or the status to return. The message begins
 * "NAME:LINE: ". */
lc_status reader_complain(reader *about, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes one finding down. */
void finding_add(finding_list *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Splits a line at its tabs if that gives `least` to `most` columns, else at white space: ids with
 * blanks stay whole in files with tabs. Columns are trimmed. Returns how many there are; columns
 * beyond `most` are counted, not stored. */
size_t columns_cut(span line, span *column, size_t least, size_t most);
/* Why a text can't be an id: it is empty, or holds a control character; NULL when it can. */
const char *id_fault(span id);
/* The same of the first column that can't be one. */
const char *columns_fault(const span *column, size_t count);
/* A whole number with a sign or without that fills the span. */
bool read_integer(span text, long *number_out);
/* A finite number that fills the span. */
bool read_real(span text, double *number_out);

#endif
