/* The small judges of extraction: names, lists of people, headings, dates, events. Each line of a
 * file in tests/cases is a case, and the line beside it what must be read of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "golden.h"
#include "notes/dates.h"
#include "notes/event.h"
#include "notes/heading.h"
#include "notes/person_name.h"
#include "notes/tables.h"

static reader_tables *tables;
static arena *memory;

static int set_up(void **state)
{
    (void)state;
    memory = arena_new();
    return reader_tables_new(NULL, &tables, NULL) != LC_OK;
}

static int tear_down(void **state)
{
    (void)state;
    reader_tables_free(tables);
    arena_free(memory);
    return 0;
}

typedef void print_case(span line, buffer *to);

static void print_lines(span input, buffer *to, print_case *print)
{
    while (input.length) {
        span line = span_cut_line(&input);
        buffer_printf(to, "%.*s\n    ", SPAN_ARG(line));
        print(line, to);
        buffer_add_byte(to, '\n');
        arena_reset(memory);
    }
}

static void print_name(span line, buffer *to)
{
    float likeness = name_likeness(tables, line, memory);
    buffer_add_text(to, likeness >= 0.8f ? "sure" : likeness >= 0.45f ? "likely" : "no");
}

static void print_names(span input, buffer *to)
{
    print_lines(input, to, print_name);
}

static void print_who(const people *who, buffer *to)
{
    for (size_t i = 0; i < who->count; i++)
        buffer_printf(to, "%s%.*s", i ? "; " : "", SPAN_ARG(who->items[i].name));
    for (size_t i = 0; i < who->org_count; i++)
        buffer_printf(to, "%s%.*s", i ? "; " : " | ", SPAN_ARG(who->orgs[i]));
    buffer_add_text(to, who->foreign ? " (and other text)" : "");
}

static void print_people_case(span line, buffer *to)
{
    span trust = span_cut(&line, ':');
    people who;
    people_read(tables, line,
                span_equal(trust, SPAN("label"))    ? PEOPLE_LABELLED
                : span_equal(trust, SPAN("likely")) ? PEOPLE_LIKELY
                                                    : PEOPLE_DOUBTFUL,
                memory, &who);
    print_who(&who, to);
}

static void print_people(span input, buffer *to)
{
    print_lines(input, to, print_people_case);
}

static void print_heading(span line, buffer *to)
{
    heading_parts parts;
    heading_read(tables, NULL, line, memory, false, NULL, &parts);
    buffer_printf(to, "\"%.*s\" ", SPAN_ARG(parts.title));
    print_who(&parts.speakers, to);
    buffer_printf(to, " %s%s%s%s%s", parts.rule ? parts.rule : "",
                  parts.kinds & HEADING_KEYNOTE ? " keynote" : "",
                  parts.kinds & HEADING_WORKSHOP ? " workshop" : "",
                  parts.kinds & HEADING_PANEL ? " panel" : "", parts.timed ? " timed" : "");
}

static void print_headings(span input, buffer *to)
{
    print_lines(input, to, print_heading);
}

static void print_date(span line, buffer *to)
{
    size_t position = 0;
    date_find found;
    if (!date_next(tables->calendar, line, &position, &found)) {
        buffer_add_text(to, "none");
        return;
    }
    buffer_printf(to, "%d-%02d-%02d", found.when.first.year, found.when.first.month,
                  found.when.first.day);
    if (found.when.last.day != found.when.first.day)
        buffer_printf(to, " to %02d-%02d", found.when.last.month, found.when.last.day);
    buffer_add_text(to, found.order == ORDER_OPEN ? " or day first" : "");
}

static void print_dates(span input, buffer *to)
{
    print_lines(input, to, print_date);
}

static void print_event(span line, buffer *to)
{
    span kind = span_cut(&line, ':');
    event_found found;
    if (span_equal(kind, SPAN("path"))) {
        span root = span_trim(span_cut(&line, '|'));
        event_from_path(tables, root, span_trim(line), memory, &found);
    } else {
        event_from_text(tables, line, span_equal(kind, SPAN("cite")), memory, &found);
    }
    buffer_printf(to, "%.*s (series %.*s)", SPAN_ARG(event_cite(&found, memory)),
                  SPAN_ARG(found.series));
}

static void print_events(span input, buffer *to)
{
    print_lines(input, to, print_event);
}

static void names_are_told_from_other_words(void **state)
{
    (void)state;
    golden_run("tests/cases/names", ".txt", ".expected", print_names);
}

static void lists_of_people(void **state)
{
    (void)state;
    golden_run("tests/cases/people", ".txt", ".expected", print_people);
}

static void headings_come_apart(void **state)
{
    (void)state;
    golden_run("tests/cases/headings", ".txt", ".expected", print_headings);
}

static void dates_in_all_forms(void **state)
{
    (void)state;
    golden_run("tests/cases/dates", ".txt", ".expected", print_dates);
}

static void events_from_paths_and_text(void **state)
{
    (void)state;
    golden_run("tests/cases/events", ".txt", ".expected", print_events);
}

static void the_weekday_of_a_date(void **state)
{
    (void)state;
    assert_int_equal(date_weekday((date_point){2023, 10, 6}), 4);
    assert_int_equal(date_weekday((date_point){2024, 2, 29}), 3);
    assert_int_equal(date_weekday((date_point){2000, 1, 1}), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_told_from_other_words),
        cmocka_unit_test(lists_of_people),
        cmocka_unit_test(headings_come_apart),
        cmocka_unit_test(dates_in_all_forms),
        cmocka_unit_test(events_from_paths_and_text),
        cmocka_unit_test(the_weekday_of_a_date),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
