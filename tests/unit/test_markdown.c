/* Notes in tests/cases/markdown beside the blocks that they must give, and text made to hurt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "blocks_print.h"
#include "golden.h"
#include "notes/markdown.h"

static void print_note(span input, buffer *to)
{
    arena *memory = arena_new();
    blocks found;
    markdown_read(input, 1, memory, &found);
    blocks_print(&found, to);
    arena_free(memory);
}

static void notes_give_their_blocks(void **state)
{
    (void)state;
    golden_run("tests/cases/markdown", ".md", ".blocks", print_note);
}

static void lines_count_from_the_given_line(void **state)
{
    (void)state;
    arena *memory = arena_new();
    blocks found;
    markdown_read(SPAN("# A\n\n| b | c |\n\ntext [d](e)\n"), 11, memory, &found);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.items[0].line, 11);
    assert_int_equal(found.items[1].line, 13);
    assert_int_equal(found.items[2].line, 15);
    assert_int_equal(found.items[2].links[0].line, 15);
    arena_free(memory);
}

/* ---- pathological text: each is 100 KB to some MB and must take no more than a moment ---- */

static size_t count_of_repeated(const char *piece, size_t times, const char *behind)
{
    buffer text = {0};
    arena *memory = arena_new();
    blocks found;
    for (size_t i = 0; i < times; i++)
        buffer_add_text(&text, piece);
    buffer_add_text(&text, behind);
    markdown_read(buffer_span(&text), 1, memory, &found);
    for (size_t i = 0; i < found.count; i++)
        assert_true(found.items[i].end_line >= found.items[i].line);
    arena_free(memory);
    buffer_free(&text);
    return found.count;
}

static void nothing_is_too_much(void **state)
{
    (void)state;
    assert_int_equal(count_of_repeated("*", 1000000, "\n# x\n"), 2);
    assert_int_equal(count_of_repeated("# a\n", 100000, ""), 100000);
    assert_int_equal(count_of_repeated("a ", 2000000, "\n\n# x\n"), 2);
    assert_int_equal(count_of_repeated("| a ", 200000, "|\n"), 1);
    assert_true(count_of_repeated("> ", 500000, "x\n\n# x\n") >= 2);
    assert_true(count_of_repeated("* + ", 200000, "x\n\n# x\n") >= 2);
    assert_true(count_of_repeated("  - x\n    • y\n", 50000, "# x\n") >= 100000);
}

static void a_thousand_nested_lists(void **state)
{
    (void)state;
    buffer text = {0};
    arena *memory = arena_new();
    blocks found;
    for (int i = 0; i < 1000; i++)
        buffer_printf(&text, "%*s- level\n", 2 * i, "");
    buffer_add_text(&text, "\n# end\n");
    markdown_read(buffer_span(&text), 1, memory, &found);
    assert_true(found.items[60].depth == 61);
    assert_int_equal(found.items[found.count - 1].kind, BLOCK_HEADING);
    assert_int_equal(found.items[found.count - 1].depth, 0);
    assert_int_equal(found.items[found.count - 1].line, 1002);
    arena_free(memory);
    buffer_free(&text);
}

static void empty_text_has_no_blocks(void **state)
{
    (void)state;
    assert_int_equal(count_of_repeated("", 0, ""), 0);
    assert_int_equal(count_of_repeated("\n", 1000, ""), 0);
    assert_int_equal(count_of_repeated(" \t\n", 1000, ""), 0);
}

static void control_characters_are_gone(void **state)
{
    (void)state;
    arena *memory = arena_new();
    blocks found;
    const char text[] = "# a\x1b[1m\x1f\0b\x7f&#27;\xc2\x85 \tc\n";
    markdown_read((span){text, sizeof text - 1}, 1, memory, &found);
    assert_true(span_equal(found.items[0].text, SPAN("a[1mb \tc")));
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(notes_give_their_blocks),
                                       cmocka_unit_test(lines_count_from_the_given_line),
                                       cmocka_unit_test(nothing_is_too_much),
                                       cmocka_unit_test(a_thousand_nested_lists),
                                       cmocka_unit_test(empty_text_has_no_blocks),
                                       cmocka_unit_test(control_characters_are_gone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
