/*
 * event_name.h - from the words of an event's name to series, place and the name in full.
 */
#ifndef LECTERN_NOTES_EVENT_NAME_H
#define LECTERN_NOTES_EVENT_NAME_H

#include "notes/event.h"
#include "notes/event_words.h"

/* The words from..from+count are series number `index` of the table. */
void event_set_known(const reader_tables *tables, const name_words *words, int index, size_t from,
                     size_t count, arena *memory, event_found *out);
/* They are a series that is in no table. */
void event_set_unknown(const reader_tables *tables, const name_words *words, size_t from,
                       size_t count, arena *memory, event_found *out);

#endif
