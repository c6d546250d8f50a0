/* Where the text of a note that is too large to be taken apart is cut, and what its pieces are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "notes/large.h"

enum { MOST = 16 };

static void a_piece_ends_where_little_is_torn(void **state)
{
    static const struct {
        const char *text, *first;
    } cases[] = {
        {"", ""},
        {"short\n", "short\n"},
        {"sixteen bytes...", "sixteen bytes..."},
        {"one\ntwo two\n\nthree\nfour\n", "one\ntwo two\n\n"}, /* a blank line */
        {"one\n\ntwo two\nthree three\n", "one\n\ntwo two\n"}, /* not one so far ahead */
        {"a\nbbbbbbbbbbbbbbbbbbbbbbbbbb", "a\n"},              /* a line end however far */
        {"one two three four five", "one two three "},
        {"one twothreefourfive", "one twothreefour"}, /* a blank in the first half is too far */
        {"aaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"},
        {"aaaaaaaaaaaaaaaé", "aaaaaaaaaaaaaaa"}, /* never within a character */
        {"aaaaaaaaaaaaaa漢", "aaaaaaaaaaaaaa"},
        {"aaaaaaaaaaaaa😀", "aaaaaaaaaaaaa"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        span text = span_of(cases[i].text);
        span first = span_slice(text, 0, piece_length(text, MOST));
        if (!span_equal(first, span_of(cases[i].first)))
            fail_msg("\"%s\" is cut to \"%.*s\"", cases[i].text, SPAN_ARG(first));
    }
}

static reader_tables *tables;

static int set_up(void **state)
{
    (void)state;
    return reader_tables_new(NULL, &tables, NULL) != LC_OK;
}

static int tear_down(void **state)
{
    (void)state;
    reader_tables_free(tables);
    return 0;
}

static void read_note(const buffer *text, arena *memory, note *found)
{
    note_source source = {SPAN("r"), SPAN("PyCon-2019/all-chats.md"), buffer_span(text)};
    facts nothing = {NULL, NULL};
    note_read(&source, &nothing, tables, memory, found);
}

/* Lines that tell their own number, some of them with a blank one behind; returns how many. */
static size_t add_lines(buffer *to, size_t first)
{
    size_t count = 0;
    for (size_t line = first; to->length <= 2 * NOTE_STRUCTURE_MAX; line++, count++) {
        buffer_printf(to, "# line %zu é\n", line);
        if (line % 7 == 0) {
            buffer_add_text(to, "\n");
            line++;
        }
    }
    return count;
}

static void every_line_stands_in_one_piece_under_its_number(void **state)
{
    (void)state;
    arena *memory = arena_new();
    buffer text = {0};
    note found;
    buffer_add_text(&text, "---\ntitle: All chats\ntopic: herons\n---\n\n\n");
    size_t lines = add_lines(&text, 7), met = 0;
    read_note(&text, memory, &found);
    assert_true(found.talks.count > 20);
    assert_non_null(found.warning);
    for (size_t i = 0; i < found.talks.count; i++) {
        const talk *piece = &found.talks.items[i];
        assert_int_equal(piece->kind, KIND_NOTE);
        assert_true(span_equal(piece->title.text, SPAN("All chats")));
        assert_true(span_equal(piece->event.text, SPAN("PyCon 2019")));
        assert_int_equal(piece->interval.first.year, 2019);
        assert_true(piece->property_count == 2);
        assert_true(piece->body.length <= PIECE_MAX && utf8_valid(piece->body));
        assert_int_equal(piece->line, talk_line_at(piece, 0));
        assert_int_equal(piece->end_line, talk_line_at(piece, piece->body.length - 1));
        for (size_t at = 0; at < piece->body.length; at++) {
            if (piece->body.at[at] != '#')
                continue;
            long number = span_number(span_slice(
                piece->body, at + 7, span_find_byte(span_from(piece->body, at + 7), ' ')));
            assert_int_equal(number, talk_line_at(piece, at));
            met++;
        }
    }
    assert_int_equal(met, lines);
    buffer_free(&text);
    arena_free(memory);
}

static void a_blank_note_and_one_without_front_matter(void **state)
{
    (void)state;
    arena *memory = arena_new();
    buffer text = {0};
    note found;
    while (text.length <= NOTE_STRUCTURE_MAX)
        buffer_add_text(&text, " \n");
    read_note(&text, memory, &found);
    assert_int_equal(found.talks.count, 1);
    buffer_add_text(&text, "heron");
    read_note(&text, memory, &found);
    assert_int_equal(found.talks.count, 1);
    assert_true(span_equal(found.talks.items[0].title.text, SPAN("all chats")));
    assert_int_equal(found.talks.items[0].line, text.length / 2 - 1);
    buffer_free(&text);
    arena_free(memory);
}

static void a_note_of_the_largest_size_has_talks(void **state)
{
    (void)state;
    arena *memory = arena_new();
    buffer text = {0};
    note found;
    buffer_add_text(&text, "# Herons\n\nSpeaker: Ada Example\n\n");
    while (text.length < NOTE_STRUCTURE_MAX)
        buffer_add_text(&text, "x\n");
    text.length = NOTE_STRUCTURE_MAX;
    read_note(&text, memory, &found);
    assert_null(found.warning);
    assert_int_equal(found.talks.items[0].kind, KIND_TALK);
    buffer_add_byte(&text, '\n');
    read_note(&text, memory, &found);
    assert_int_equal(found.talks.items[0].kind, KIND_NOTE);
    buffer_free(&text);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_piece_ends_where_little_is_torn),
        cmocka_unit_test(every_line_stands_in_one_piece_under_its_number),
        cmocka_unit_test(a_blank_note_and_one_without_front_matter),
        cmocka_unit_test(a_note_of_the_largest_size_has_talks)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
