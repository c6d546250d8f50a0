/*
 * when.h - what when.c and event_of_talk.c share: dates of a talk, and the event that its own lines
 * or cells cite.
 */
#ifndef LECTERN_NOTES_WHEN_H
#define LECTERN_NOTES_WHEN_H

#include "notes/dates.h"
#include "notes/reading.h"

/* The first date of a short text, its order settled by what other dates show. */
bool when_date_in(note_reading *reading, span text, date_interval *out);
/* "3 May" in a file of 2019; a date without any year is none. */
void when_complete_year(date_interval *when, int year);
void when_set_date(talk *to, date_interval when, const char *rule, float confidence, uint32_t line,
                   arena *memory);

/* "Sunday, 4 February 2024, Grace Hopper": what stands behind the date that the line begins with
 * (nothing, a time, a few words), without the marks between; the line itself when it is no line of
 * a date. */
span when_behind_date(note_reading *reading, span line, date_interval *when_out);

/* The block's text; with its number before it where Markdown took the day of a date for that of a
 * list: "4. February". */
span when_block_text(note_reading *reading, const block *of);

/* The event that a row of a table names in a cell of its own, with its date and year. */
bool event_of_row(note_reading *reading, const talk_place *place, talk *to, event_found *out);
/* The event that is cited under the talk's title. */
bool event_of_talk(note_reading *reading, const talk_place *place, talk *to, event_found *out);

#endif
