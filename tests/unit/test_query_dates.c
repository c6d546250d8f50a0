/* Query dates and query text from arguments, by cases; the calendar against the C library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "query_testing.h"

typedef void answer(span question, buffer *to);

static void check_cases(const char *path, size_t at_least, answer *answer_to)
{
    buffer file = {0}, got = {0};
    size_t count = 0, wrong = 0;
    assert_int_equal(file_read(path, 1 << 20, &file, NULL, NULL), LC_OK);
    for (span rest = buffer_span(&file); rest.length;) {
        span line = span_cut_line(&rest);
        size_t arrow = span_find(line, SPAN(" => "));
        if (span_starts_with(line, SPAN("# ")) || !line.length)
            continue;
        assert_true(arrow != SPAN_NOT_FOUND);
        span expected = span_from(line, arrow + 4);
        buffer_clear(&got);
        answer_to(span_slice(line, 0, arrow), &got);
        count++;
        if (span_equal(buffer_span(&got), expected))
            continue;
        print_error("%.*s, got %.*s\n", SPAN_ARG(line), SPAN_ARG(buffer_span(&got)));
        wrong++;
    }
    buffer_free(&file);
    buffer_free(&got);
    assert_int_equal(wrong, 0);
    assert_true(count >= at_least);
}

static void add_day(day_number day, buffer *to)
{
    int year, month, of_month;
    if (day == DAY_MIN || day == DAY_MAX) {
        buffer_add_byte(to, '*');
        return;
    }
    day_split(day, &year, &month, &of_month);
    buffer_printf(to, "%04d-%02d-%02d", year, month, of_month);
}

/* Also prints the range and reads it again: that must change nothing. */
static void answer_dates(span text, buffer *to)
{
    static const char *const results[] = {"", "unknown", "empty", "reversed"};
    day_number today = query_options_for_tests().today;
    day_range days, again;
    buffer printed = {0};
    dates_result result = dates_parse(text, today, &days);
    buffer_add_text(to, results[result]);
    if (result != DATES_OK)
        return;
    add_day(days.first, to);
    buffer_add_text(to, "..");
    add_day(days.last, to);
    dates_print(days, &printed);
    assert_int_equal(dates_parse(buffer_span(&printed), today, &again), DATES_OK);
    assert_int_equal(days.first, again.first);
    assert_int_equal(days.last, again.last);
    buffer_free(&printed);
}

static void test_dates(void **state)
{
    (void)state;
    check_cases("tests/cases/query_dates.txt", 90, answer_dates);
}

static void test_printed_dates(void **state)
{
    static const struct {
        day_range days;
        const char *printed;
    } cases[] = {
        {{19723, 20088}, "2024"},       {{19723, 19753}, "2024-01"},
        {{19723, 19723}, "2024-01-01"}, {{19723, 19724}, "2024..2024-01-02"},
        {{19358, 20088}, "2023..2024"}, {{DAY_MIN, 20088}, "..2024"},
        {{19723, DAY_MAX}, "2024.."},   {{19724, 19753}, "2024-01-02..2024-01"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer printed = {0};
        dates_print(cases[i].days, &printed);
        assert_string_equal(printed.at, cases[i].printed);
        buffer_free(&printed);
    }
}

static void test_calendar(void **state)
{
    (void)state;
    for (day_number day = day_of(1000, 1, 1); day <= day_of(9999, 12, 31); day += 7) {
        int year, month, of_month;
        time_t seconds = (time_t)day * 86400;
        struct tm utc;
        gmtime_r(&seconds, &utc);
        day_split(day, &year, &month, &of_month);
        assert_int_equal(year, utc.tm_year + 1900);
        assert_int_equal(month, utc.tm_mon + 1);
        assert_int_equal(of_month, utc.tm_mday);
        assert_int_equal(day_of(year, month, of_month), day);
    }
}

static void answer_arguments(span text, buffer *to)
{
    enum { ARGUMENTS_MAX = 8 };
    char *arguments[ARGUMENTS_MAX];
    int count = 0;
    for (bool more = true; more && count < ARGUMENTS_MAX;) {
        more = span_find_byte(text, '|') != SPAN_NOT_FOUND;
        arguments[count++] = xstrdup(span_cut(&text, '|'));
    }
    query_from_arguments(count, arguments, to);
    while (count)
        free(arguments[--count]);
}

static void test_arguments(void **state)
{
    (void)state;
    check_cases("tests/cases/query_arguments.txt", 35, answer_arguments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_printed_dates),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
