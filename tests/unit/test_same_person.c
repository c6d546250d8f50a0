/* Names that are one person's: tests/cases/same_person.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/file.h"
#include "notes/tables.h"
#include "search/same_person.h"

static const char *const RELATIONS[] = {"same", "alone", "backed", "other"};

static person_relation relation_of(const map *given_names, span left, span right, arena *memory)
{
    person_name_parts a, b;
    assert_true(person_parts_read(span_trim(left), memory, &a));
    assert_true(person_parts_read(span_trim(right), memory, &b));
    person_relation found = person_compare(given_names, &a, &b);
    assert_int_equal(found, person_compare(given_names, &b, &a));
    return found;
}

static size_t check_line(const map *given_names, span line, arena *memory)
{
    span wanted = span_trim(span_cut(&line, ':')), left = span_cut(&line, '|');
    const char *found = RELATIONS[relation_of(given_names, left, line, memory)];
    if (span_equal(wanted, span_of(found)))
        return 0;
    print_error("%.*s |%.*s: %s, not %.*s\n", SPAN_ARG(left), SPAN_ARG(line), found,
                SPAN_ARG(wanted));
    return 1;
}

static void relations(void **state)
{
    (void)state;
    buffer file = {0};
    arena *memory = arena_new();
    map *given_names = given_names_new();
    size_t wrong = 0, lines = 0;
    assert_int_equal(file_read("tests/cases/same_person.txt", 0, &file, NULL, NULL), LC_OK);
    span rest = buffer_span(&file);
    while (rest.length) {
        span line = span_trim(span_cut_line(&rest));
        if (!line.length || line.at[0] == '#')
            continue;
        wrong += check_line(given_names, line, memory);
        lines++;
    }
    assert_int_equal(wrong, 0);
    assert_true(lines > 30);
    map_free(given_names);
    arena_free(memory);
    buffer_free(&file);
}

static void what_is_no_name(void **state)
{
    (void)state;
    arena *memory = arena_new();
    person_name_parts parts;
    assert_false(person_parts_read(SPAN(" - "), memory, &parts));
    assert_false(person_parts_read(SPAN("a b c d e f g h i j"), memory, &parts));
    arena_free(memory);
}

/* Handles, e.g. */
static void nothing_is_nobody(void **state)
{
    (void)state;
    arena *memory = arena_new();
    map *given_names = given_names_new();
    person_name_parts none = {.count = 0}, grace;
    assert_true(person_parts_read(SPAN("Grace"), memory, &grace));
    assert_int_equal(person_compare(given_names, &none, &none), PERSON_OTHER);
    assert_int_equal(person_compare(given_names, &none, &grace), PERSON_OTHER);
    map_free(given_names);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations),
        cmocka_unit_test(what_is_no_name),
        cmocka_unit_test(nothing_is_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
