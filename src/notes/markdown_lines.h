/*
 * markdown_lines.h - the pre-pass: each line of a note made ready for cmark.
 *
 * Inside the markdown reader only. Rewrites what cmark would not see as it was meant (`##Title`,
 * `•` bullets, table rows, shortcodes, task marks), never adds or removes a line, and tells of each
 * line what it is. Also the guard against text that is made to make a parser slow.
 */
#ifndef LECTERN_NOTES_MARKDOWN_LINES_H
#define LECTERN_NOTES_MARKDOWN_LINES_H

#include "base/buffer.h"
#include "base/memory.h"

typedef enum {
    LINE_TEXT,
    LINE_DEFINITION, /* [label]: url */
    LINE_ROW,        /* of a table: CELL_MARK stands before each cell */
    LINE_HEADER_ROW,
    LINE_DELIMITER /* |---|---| */
} line_kind;

/* Stands before each cell of a row; control characters of the note itself are gone by then. */
#define CELL_MARK '\x1f'

/* Containers (quotes, lists) that may begin on one line, and half the columns of indentation that
 * count: people don't nest this deep, and cmark's cost per line grows with the depth. */
enum { NESTING_LIMIT = 64 };

typedef struct {
    uint8_t *kinds; /* of line_kind, by line, from 0 */
    uint32_t count;
} line_kinds;

/* Gives the text piece by piece to sink, each piece ending with a whole line. */
typedef void line_sink(span piece, void *user);
void lines_rewrite(span text, arena *memory, line_kinds *kinds_out, line_sink *sink, void *user);

/* The length of a bullet that cmark does not know (`•`, `–` ...) with the blanks behind it, at the
 * beginning of text; 0 when there is none. */
size_t foreign_bullet(span text);
/* Adds a line with its shortcodes as Markdown links where they name a video or an address, and
 * without them where not (markdown_shortcodes.c). */
void add_without_shortcodes(buffer *to, span line);
/* Columns of white space at the beginning of a line, tabs to 4; *length_out is in bytes. */
size_t line_indent(span line, size_t *length_out);

#endif
