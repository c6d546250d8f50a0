/*
 * label.h - lines of the form "Speaker: Grace Hopper", in any markup and several languages.
 */
#ifndef LECTERN_NOTES_LABEL_H
#define LECTERN_NOTES_LABEL_H

#include "base/memory.h"
#include "notes/note.h"

/* What the line announces: LABEL_ bits of tables.h, 0 when it is no label line. The value is empty
 * when the label stands alone ("Presenters:"), and then the lines under it are the value. A label
 * without colon, = or @ counts only when nothing else stands in the line. */
uint32_t label_read(const reader_tables *tables, span line, arena *scratch, span *value_out);

/* The names behind "by", "presented by" or the like at the begin of a line, in several languages;
 * empty for another line. */
span by_line_names(span line);

#endif
