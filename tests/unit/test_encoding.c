#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "notes/encoding.h"

static void check(span bytes, encoding expected, span text)
{
    arena *memory = arena_new();
    span got;
    encoding found = text_decode(bytes, memory, &got);
    assert_string_equal(encoding_name(found), encoding_name(expected));
    if (!span_equal(got, text))
        fail_msg("expected \"%.*s\", got \"%.*s\"", SPAN_ARG(text), SPAN_ARG(got));
    arena_free(memory);
}

static void utf8_stays_where_it_is(void **state)
{
    (void)state;
    arena *memory = arena_new();
    span bytes = SPAN("J\xC3\xA9r\xC3\xB4me\n"), got;
    assert_int_equal(text_decode(bytes, memory, &got), ENCODING_UTF8);
    assert_ptr_equal(got.at, bytes.at);
    assert_int_equal(text_decode(SPAN_NONE, memory, &got), ENCODING_UTF8);
    assert_int_equal(got.length, 0);
    arena_free(memory);
}

static void marks_are_dropped(void **state)
{
    (void)state;
    check(SPAN("\xEF\xBB\xBF# x\n"), ENCODING_UTF8, SPAN("# x\n"));
    check(SPAN("\xFF\xFE#\0 \0\xE9\0\n\0"), ENCODING_UTF16, SPAN("# \xC3\xA9\n"));
    check(SPAN("\xFE\xFF\0#\0 \x20\x14\0\n"), ENCODING_UTF16, SPAN("# \xE2\x80\x94\n"));
}

static void utf16_is_read_whatever_it_holds(void **state)
{
    (void)state;
    check(SPAN("\xFF\xFE\x3D\xD8\x00\xDE"), ENCODING_UTF16, SPAN("\xF0\x9F\x98\x80"));
    check(SPAN("\xFF\xFE\x3D\xD8x\0"), ENCODING_UTF16, SPAN("\xEF\xBF\xBDx"));
    check(SPAN("\xFF\xFE\x00\xDEx\0y"), ENCODING_UTF16, SPAN("\xEF\xBF\xBDx\xEF\xBF\xBD"));
    check(SPAN("\xFF\xFE\x3D\xD8"), ENCODING_UTF16, SPAN("\xEF\xBF\xBD"));
    check(SPAN("\xFF\xFE"), ENCODING_UTF16, SPAN_NONE);
    check(SPAN("\xFF\xFE\0\0\0\0x\0"), ENCODING_BINARY, SPAN_NONE);
}

static void what_is_not_utf8_is_cp1252(void **state)
{
    (void)state;
    check(SPAN("J\xE9r\xF4me \x93"
               "hi\x94 \x80\x81"),
          ENCODING_CP1252,
          SPAN("J\xC3\xA9r\xC3\xB4me \xE2\x80\x9Chi\xE2\x80\x9D \xE2\x82\xAC\xEF\xBF\xBD"));
    /* what is valid UTF-8 in a mixed file stays */
    check(SPAN("\xC3\xA9 \xE9"), ENCODING_CP1252, SPAN("\xC3\xA9 \xC3\xA9"));
    check(SPAN("cut \xC3"), ENCODING_CP1252, SPAN("cut \xC3\x83"));
}

static void line_ends_keep_line_numbers(void **state)
{
    (void)state;
    check(SPAN("a\r\nb\r\n\r\nc"), ENCODING_UTF8, SPAN("a\nb\n\nc"));
    check(SPAN("a\rb\r\rc\r"), ENCODING_UTF8, SPAN("a\nb\n\nc\n"));
    check(SPAN("a\rb\nc\r\r\nd\r"), ENCODING_UTF8, SPAN("a b\nc \nd "));
    check(SPAN("\xFF\xFE"
               "a\0\r\0\n\0"),
          ENCODING_UTF16, SPAN("a\n"));
    check(SPAN("\xE9\r\n"), ENCODING_CP1252, SPAN("\xC3\xA9\n"));
}

static void binary_is_told(void **state)
{
    (void)state;
    check(SPAN("GIF89a\0\0xyz"), ENCODING_BINARY, SPAN_NONE);
    check(SPAN("\x01\x02\x03\x04text"), ENCODING_BINARY, SPAN_NONE);
    check(SPAN("a form\ffeed, \x1b[1mbold\x1b[m and a tab\t are text"), ENCODING_UTF8,
          SPAN("a form\ffeed, \x1b[1mbold\x1b[m and a tab\t are text"));
}

static void prose_is_told_from_data(void **state)
{
    (void)state;
    assert_true(text_is_prose(SPAN("Third evening\n\nWe heard a talk about queues.\n\n• one\n")));
    assert_true(text_is_prose(SPAN("Keynote by Mara Lindqvist\n- no servers\n- cheap\n")));
    assert_true(text_is_prose(SPAN("J\xC3\xA9r\xC3\xB4me parla de la file d'attente\n")));
    assert_false(text_is_prose(SPAN_NONE));
    assert_false(text_is_prose(SPAN("requests==2.1\nflask>=1.0\nnumpy\n")));
    assert_false(text_is_prose(SPAN("User-agent: *\nDisallow: /private/\nDisallow: /tmp/\n")));
    assert_false(text_is_prose(SPAN("apple\nbanana\ncherry\n")));
    assert_false(text_is_prose(SPAN("1,2,3\n4,5,6\n7,8,9\n")));
    assert_false(text_is_prose(
        SPAN("cmake_minimum_required(VERSION 3.1)\nproject(x)\nadd_executable(${X} a.c)\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(utf8_stays_where_it_is),
                                       cmocka_unit_test(marks_are_dropped),
                                       cmocka_unit_test(utf16_is_read_whatever_it_holds),
                                       cmocka_unit_test(what_is_not_utf8_is_cp1252),
                                       cmocka_unit_test(line_ends_keep_line_numbers),
                                       cmocka_unit_test(binary_is_told),
                                       cmocka_unit_test(prose_is_told_from_data)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
