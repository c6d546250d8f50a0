/*
 * query_dates.h - dates as people write them in a query, as intervals of days.
 *
 *     2024  2024-03  2024-03-01      "march 2024"  "1 march 2024"  january     202* (the decade)
 *     today  yesterday  "last year"  "this month"  "next week"  -6m  -2y  "3 weeks ago"
 *     2023..2025  2024-03..  ..2022  -6m..  january..march 2024  >=2023  <2024-06
 *
 * Pure: the clock is an argument. Weeks begin on Monday. A month without a year is the last one
 * that has begun; before a year on the other side of `..` it is of that year.
 */
#ifndef LECTERN_SEARCH_QUERY_DATES_H
#define LECTERN_SEARCH_QUERY_DATES_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"

/* Days since 1970-01-01 in the Gregorian calendar. */
typedef int32_t day_number;

enum { DAY_MIN = INT32_MIN, DAY_MAX = INT32_MAX };

/* Both days belong to it; DAY_MIN and DAY_MAX stand for an open end. */
typedef struct {
    day_number first, last;
} day_range;

day_number day_of(int year, int month, int day);
void day_split(day_number day, int *year, int *month, int *day_of_month);
day_number month_last_day(int year, int month);

typedef enum {
    DATES_OK,
    DATES_UNKNOWN, /* no date that we understand */
    DATES_EMPTY,   /* `..`, `>=`: no end at all */
    DATES_REVERSED /* ends before it begins */
} dates_result;

/* Reads a date or a range. */
dates_result dates_parse(span text, day_number today, day_range *out);

/* The shortest form that dates_parse() reads as the same range. */
void dates_print(day_range days, buffer *to);

#endif
