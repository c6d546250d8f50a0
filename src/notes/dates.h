/*
 * dates.h - dates in running text, headings, labels and paths, in all the ways people write them.
 *
 * 2019-05-21, 20190521, 6 May 2015, May 6th, 2015, 17 Sept 2015, Sun 5th Feb, May 30-31, 2015,
 * 1/15/2019, 05.05.2014, 3-12-14. What is not said stays 0. Day-month order in a date of digits is
 * told by the numbers (one over 12) or by a weekday beside it; with dots the day most likely comes
 * first; else it is open and the caller decides from other dates or leaves the day and month out.
 */
#ifndef LECTERN_NOTES_DATES_H
#define LECTERN_NOTES_DATES_H

#include "base/map.h"
#include "notes/talk.h"

typedef enum {
    ORDER_CERTAIN, /* a month's name, ISO, or evidence inside the date */
    ORDER_LIKELY,  /* 05.06.2014: read day first, as nearly all do who write dots */
    ORDER_OPEN     /* digits that may be read both ways; when is read month first */
} date_order;

typedef enum { DIGITS_NONE, DIGITS_MONTH_FIRST, DIGITS_DAY_FIRST } digit_order;

typedef struct {
    date_interval when;
    date_order order;
    digit_order digits;  /* which order a certain date of digits shows: evidence for open ones */
    bool dots;           /* it is written with dots */
    uint32_t begin, end; /* bytes of the text */
} date_find;

/* Finds the next date from *position on; a bare year is none. */
bool date_next(const map *calendar, span text, size_t *position, date_find *found_out);
/* A likely or open date read the other way. */
date_interval date_swap(date_interval when);
/* A year (1970 to 2100) that stands alone in the text, also as 2k16 or '19; 0 when none or when
 * the text has several different ones. */
int year_find(span text);
/* The time of day that the text begins with ("4:00pm", "16:00", "10:15 - 11:00"); its length. */
size_t time_length(span text);
/* The day of the week of a full date, 0 = Monday. */
int date_weekday(date_point day);
/* The day of the week that the text names, 0 = Monday; -1 when none. */
int weekday_find(const map *calendar, span text);
/* Days since 1970-01-01 of a full date. */
long date_days(date_point day);
date_point date_next_day(date_point day);

#endif
