/*
 * large.h - a note that is too large to be taken apart: its text in pieces, none of it lost.
 */
#ifndef LECTERN_NOTES_LARGE_H
#define LECTERN_NOTES_LARGE_H

#include "notes/reading.h"

/* Of a piece. A document takes up to 200 times its text in memory while it is made (words of a
 * letter), a hit's snippet reads all of its piece, and `show` prints it: long enough for what
 * belongs together to stand together. */
enum { PIECE_MAX = 64 * 1024 };

/* Reads the text behind the front matter, which is read, into records of KIND_NOTE, each on its own
 * first line; title, event, date and properties are the file's. One empty record if all is blank.
 */
void large_read(note_reading *reading, span text);

/* How much of the text the first piece takes, at most `most` (at least 4): up to behind a blank
 * line in its second half; else a line's end; else white space in its second half; else a
 * character. */
size_t piece_length(span text, size_t most);

#endif
