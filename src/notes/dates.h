/*
 * dates.h - dates in running text, headings, labels and paths, in all the ways people write them.
 *
 * 2019-05-21, 20190521, 6 May 2015, May 6th, 2015, 17 Sept 2015, Sun 5th Feb, May 30-31, 2015,
 * 1/15/2019, 05.05.2014, 3-12-14. What is not said stays 0. Day-month order in a date of digits is
 * told by the numbers (one over 12), by a weekday beside it, by dots (day first); else it is open
 * and the caller decides from other dates or leaves the day and month out.
 */
#ifndef LECTERN_NOTES_DATES_H
#define LECTERN_NOTES_DATES_H

#include "base/map.h"
#include "notes/talk.h"

typedef enum {
    ORDER_CERTAIN, /* a month's name, ISO, or evidence inside the date */
    ORDER_OPEN     /* digits that may be read both ways; when is read month first */
} date_order;

typedef enum { DIGITS_NONE, DIGITS_MONTH_FIRST, DIGITS_DAY_FIRST } digit_order;

typedef struct {
    date_interval when;
    date_order order;
    digit_order digits;  /* which order a certain date of digits shows: evidence for open ones */
    uint32_t begin, end; /* bytes of the text */
} date_find;

/* Finds the next date from *position on; a bare year is none. */
bool date_next(const map *calendar, span text, size_t *position, date_find *found_out);
/* An open date read day first. */
date_interval date_swap(date_interval when);
/* A year (1970 to 2100) that stands alone in the text, also as 2k16 or '19; 0 when none or when
 * the text has several different ones. */
int year_find(span text);
/* The time of day that the text begins with ("4:00pm", "16:00", "10:15 - 11:00"); its length. */
size_t time_length(span text);
/* The day of the week of a full date, 0 = Monday. */
int date_weekday(date_point day);

#endif
