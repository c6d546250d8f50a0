/* base: spans, buffers, the arena, the map, files, folding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/utf8.h"

#define assert_span(got, want) assert_true(span_equal((got), span_of(want)))

static void spans_are_cut(void **state)
{
    (void)state;
    span rest = SPAN("one,two,,end");
    assert_span(span_cut(&rest, ','), "one");
    assert_span(span_cut(&rest, ','), "two");
    assert_span(span_cut(&rest, ','), "");
    assert_span(span_cut(&rest, ','), "end");
    assert_int_equal(rest.length, 0);
    rest = SPAN("a\r\nb\n\nc");
    assert_span(span_cut_line(&rest), "a");
    assert_span(span_cut_line(&rest), "b");
    assert_span(span_cut_line(&rest), "");
    assert_span(span_cut_line(&rest), "c");
}

static void spans_are_compared_and_found(void **state)
{
    (void)state;
    assert_true(span_compare(SPAN("a"), SPAN("ab")) < 0);
    assert_true(span_compare(SPAN("b"), SPAN("ab")) > 0);
    assert_int_equal(span_find(SPAN("banana"), SPAN("nan")), 2);
    assert_true(span_find(SPAN("ban"), SPAN("banana")) == SPAN_NOT_FOUND);
    assert_true(span_ends_with(SPAN("note.md"), SPAN(".md")));
    assert_true(span_equal_nocase(SPAN("README"), SPAN("readme")));
    assert_span(span_trim(SPAN(" \t x y \n")), "x y");
    assert_int_equal(span_number(SPAN("2025")), 2025);
    assert_int_equal(span_number(SPAN("20x")), -1);
    assert_int_equal(span_number(SPAN("")), -1);
}

static void varints_come_back(void **state)
{
    (void)state;
    const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX};
    buffer text = {0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        buffer_add_varint(&text, numbers[i]);
    span rest = buffer_span(&text);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uint64_t got;
        assert_true(span_cut_varint(&rest, &got));
        assert_true(got == numbers[i]);
    }
    assert_int_equal(rest.length, 0);
    buffer_free(&text);
}

static void damaged_pieces_are_refused(void **state)
{
    (void)state;
    span rest = SPAN("\x05"
                     "abc");
    span piece;
    uint64_t number;
    assert_false(span_cut_counted(&rest, &piece));
    rest = SPAN("\x80\x80");
    assert_false(span_cut_varint(&rest, &number));
    rest = SPAN("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01");
    assert_false(span_cut_varint(&rest, &number));
}

static void maps_keep_the_order_of_arrival(void **state)
{
    (void)state;
    map *m = map_new();
    char key[16];
    for (int i = 0; i < 5000; i++) {
        int length = snprintf(key, sizeof key, "key%d", i * 7919 % 5000);
        *map_put(m, (span){key, (size_t)length}, 0) = (uint32_t)i;
    }
    assert_int_equal(map_count(m), 5000);
    assert_span(map_key(m, 1), "key2919");
    assert_int_equal(*map_get(m, SPAN("key2919")), 1);
    assert_null(map_get(m, SPAN("key5000")));
    assert_int_equal(map_intern(m, SPAN("key0")), 0);
    map_clear(m);
    assert_null(map_get(m, SPAN("key0")));
    map_free(m);
}

static void arenas_grow_and_start_again(void **state)
{
    (void)state;
    arena *a = arena_new();
    span kept = arena_copy(a, SPAN("kept"));
    memset(arena_alloc(a, 1 << 20), 'x', 1 << 20);
    assert_span(kept, "kept");
    assert_span(arena_printf(a, "%d-%s", 7, "b"), "7-b");
    arena_reset(a);
    assert_ptr_equal(arena_copy(a, SPAN("again")).at, kept.at);
    arena_free(a);
}

static void folding_is_for_comparing(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Kubernetes", "kubernetes"},
        {"J\xC3\xA9r\xC3\xB4me", "jerome"},
        {"STRA\xC3\x9F"
         "E",
         "strasse"},
        {"\xEF\xAC\x81le", "file"},
        {"\xC3\x98rsted", "orsted"},
        {"\xC5\x81ukasz", "lukasz"},
        {"bad \xFF byte", "bad \xFF byte"},
    };
    buffer folded = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_clear(&folded);
        utf8_fold(span_of(cases[i][0]), &folded);
        assert_string_equal(folded.at, cases[i][1]);
    }
    buffer_clear(&folded);
    utf8_fold_keep_marks(SPAN("J\xC3\x89R\xC3\x94ME"), &folded);
    assert_string_equal(folded.at, "j\xC3\xA9r\xC3\xB4me");
    buffer_free(&folded);
}

static void broken_text_is_read_byte_by_byte(void **state)
{
    (void)state;
    span text = SPAN("a\xFF\xC3\x28\xF0\x9F\x98\x80");
    const uint32_t want[] = {'a', 0xFFFD, 0xFFFD, '(', 0x1F600};
    size_t at = 0;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_int_equal(utf8_next(text, &at), want[i]);
    assert_int_equal(at, text.length);
    assert_false(utf8_valid(text));
    assert_true(utf8_valid(SPAN("gr\xC3\xBC\xC3\x9F")));
}

static void errors_are_one_line(void **state)
{
    (void)state;
    lc_error error;
    assert_int_equal(lc_fail(&error, LC_IO, "a\nb\x1b[31m"), LC_IO);
    assert_string_equal(error.message, "a?b?[31m");
    assert_int_equal(lc_fail_errno(&error, 2, "x"), LC_NOT_FOUND);
    assert_string_equal(error.message, "x: No such file or directory");
    assert_int_equal(lc_exit_status(LC_BAD_INPUT), 2);
    assert_int_equal(lc_exit_status(LC_CORRUPT), 3);
}

static void files_are_replaced_whole_and_read_up_to_a_limit(void **state)
{
    (void)state;
    char folder[] = "/tmp/lectern-base-XXXXXX";
    lc_error error;
    buffer text = {0};
    struct stat status;
    assert_non_null(mkdtemp(folder));
    char *deep = path_join(folder, "a/b/c"), *path = path_join(deep, "file.md");
    assert_int_equal(folder_make(deep, &error), LC_OK);
    assert_int_equal(file_replace(path, SPAN("first"), &error), LC_OK);
    assert_int_equal(file_replace(path, SPAN("second"), &error), LC_OK);
    assert_int_equal(file_read(path, 6, &text, &status, &error), LC_OK);
    assert_string_equal(text.at, "second");
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(file_read(path, 5, &text, NULL, &error), LC_IO);
    assert_int_equal(text.length, 6);
    assert_int_equal(file_read(deep, 0, &text, NULL, &error), LC_IO);
    assert_int_equal(file_read("/nowhere/x", 0, &text, NULL, &error), LC_NOT_FOUND);
    assert_int_equal(folder_make(path, &error), LC_IO);
    assert_span(path_ending(span_of(path)), "md");
    assert_span(path_ending(SPAN(".hidden")), "");
    assert_span(path_folder(SPAN("/x")), "/");
    assert_span(path_folder(SPAN("a/b/c")), "a/b");
    assert_span(path_folder(SPAN("x")), "");
    assert_int_equal(folder_remove(folder, &error), LC_OK);
    assert_int_equal(access(folder, F_OK), -1);
    assert_int_equal(folder_remove(folder, &error), LC_OK);
    free(deep);
    free(path);
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_are_cut),
        cmocka_unit_test(spans_are_compared_and_found),
        cmocka_unit_test(varints_come_back),
        cmocka_unit_test(damaged_pieces_are_refused),
        cmocka_unit_test(maps_keep_the_order_of_arrival),
        cmocka_unit_test(arenas_grow_and_start_again),
        cmocka_unit_test(folding_is_for_comparing),
        cmocka_unit_test(broken_text_is_read_byte_by_byte),
        cmocka_unit_test(errors_are_one_line),
        cmocka_unit_test(files_are_replaced_whole_and_read_up_to_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
