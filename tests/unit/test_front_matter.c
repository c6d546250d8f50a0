/* Heads of notes in tests/cases/front_matter beside what must be read of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "blocks_print.h"
#include "golden.h"
#include "notes/front_matter.h"

static void print_entry(const front_entry *of, buffer *to)
{
    buffer_printf(to, "%u %.*s = ", of->line, SPAN_ARG(of->key));
    quoted_print(of->text, to);
    buffer_add_byte(to, '\n');
    for (size_t i = 0; of->item_count > 1 && i < of->item_count; i++) {
        buffer_add_text(to, "    ");
        quoted_print(of->items[i], to);
        buffer_add_byte(to, '\n');
    }
}

static void print_head(span input, buffer *to)
{
    arena *memory = arena_new();
    front_matter found;
    size_t length = front_matter_read(input, memory, &found);
    buffer_printf(to, "%u lines\n", found.lines);
    for (size_t i = 0; i < found.count; i++)
        print_entry(&found.items[i], to);
    if (found.warning)
        buffer_printf(to, "warning at %u: %s\n", found.warning_line, found.warning);
    span rest = span_from(input, length);
    buffer_add_text(to, "then ");
    quoted_print(span_cut(&rest, '\n'), to);
    buffer_add_byte(to, '\n');
    arena_free(memory);
}

static void heads_give_their_entries(void **state)
{
    (void)state;
    golden_run("tests/cases/front_matter", ".md", ".entries", print_head);
}

static size_t cut_off(const char *begin, const char *piece, size_t times, const char *end,
                      size_t *entries_out)
{
    buffer text = {0};
    arena *memory = arena_new();
    front_matter found;
    buffer_add_text(&text, begin);
    for (size_t i = 0; i < times; i++)
        buffer_add_text(&text, piece);
    buffer_add_text(&text, end);
    size_t length = front_matter_read(buffer_span(&text), memory, &found);
    *entries_out = found.count;
    assert_true(length <= text.length);
    arena_free(memory);
    buffer_free(&text);
    return length;
}

static void attacks_are_bounded(void **state)
{
    (void)state;
    size_t entries;
    assert_true(cut_off("---\na: ", "[", 20000, "\n---\n", &entries) > 20000);
    assert_true(cut_off("---\na:\n", "- b\n", 10000, "---\n", &entries) > 10000);
    assert_int_equal(entries, 1);
    assert_true(cut_off("+++\na = ", "[{", 20000, "\n+++\n", &entries) > 20000);
    /* without an end near by it is a rule */
    assert_int_equal(cut_off("---\na: b\n", "c: d\n", 100000, "---\n", &entries), 0);
    assert_int_equal(entries, 0);
    assert_int_equal(cut_off("title: x\n", "c: d\n", 100000, "", &entries), 0);
}

static void aliases_do_not_multiply(void **state)
{
    (void)state;
    size_t entries;
    const char bomb[] = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
                        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n---\n";
    assert_int_equal(cut_off(bomb, "", 0, "", &entries), sizeof bomb - 1);
    assert_int_equal(entries, 4);
}

static void an_entry_is_found_by_its_key(void **state)
{
    (void)state;
    arena *memory = arena_new();
    front_matter found;
    front_matter_read(SPAN("---\nTalk Title: x\n---\n"), memory, &found);
    assert_non_null(front_matter_find(&found, SPAN("talk title")));
    assert_null(front_matter_find(&found, SPAN("title")));
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_give_their_entries), cmocka_unit_test(attacks_are_bounded),
        cmocka_unit_test(aliases_do_not_multiply), cmocka_unit_test(an_entry_is_found_by_its_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
