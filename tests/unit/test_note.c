/* Whole notes in tests/cases/notes beside the talks that must be read of them. The first line of a
 * case is its path, root name first; lines count from the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "golden.h"
#include "notes/note.h"

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

static void print_values(const char *name, const values *of, buffer *to)
{
    for (size_t i = 0; i < of->count; i++) {
        const value *one = &of->items[i];
        buffer_printf(to, "    %s: %.*s", name, SPAN_ARG(one->text));
        if (one->as.length && !span_equal(one->as, one->text))
            buffer_printf(to, " (%.*s)", SPAN_ARG(one->as));
        buffer_printf(to, " [%s, line %u]\n", one->rule, one->line);
    }
}

static void print_value(const char *name, const value *of, buffer *to)
{
    if (of->text.length)
        buffer_printf(to, "    %s: %.*s [%s, line %u]\n", name, SPAN_ARG(of->text), of->rule,
                      of->line);
}

static void print_talk(const talk *of, buffer *to)
{
    buffer_printf(to, "%u-%u %s \"%.*s\"\n", of->line, of->end_line, talk_kind_name(of->kind),
                  SPAN_ARG(of->title.text));
    print_values("speaker", &of->speakers, to);
    print_values("org", &of->orgs, to);
    print_values("tech", &of->techs, to);
    print_value("event", &of->event, to);
    print_value("date", &of->date, to);
    print_values("link", &of->links, to);
    print_values("tag", &of->tags, to);
    print_values("heading", &of->headings, to);
}

static note_source source_of(span root_and_path, span bytes)
{
    span root = span_cut(&root_and_path, '/');
    return (note_source){root, root_and_path, bytes};
}

static void print_note(span input, buffer *to)
{
    span first = span_cut_line(&input);
    span_cut(&first, ' ');
    note_source source = source_of(first, input);
    arena *memory = arena_new();
    note found;
    note_read(&source, NULL, tables, memory, &found);
    for (size_t i = 0; i < found.talks.count; i++)
        print_talk(&found.talks.items[i], to);
    arena_free(memory);
}

static void notes_give_their_talks(void **state)
{
    (void)state;
    golden_run("tests/cases/notes", ".md", ".talks", print_note);
    golden_run("tests/cases/notes", ".txt", ".talks", print_note);
}

/* Reads a note with what `told` tells. */
static note read_with(const char *path, const char *text, map *told, arena *memory)
{
    note_source source = source_of(span_of(path), span_of(text));
    facts known = {told, NULL};
    note found;
    note_read(&source, &known, tables, memory, &found);
    return found;
}

static void tell_all(const note *of, map *told)
{
    for (size_t i = 0; i < of->tells.count; i++)
        ++*map_put(told, of->tells.items[i], 0);
}

static void a_name_proven_in_one_note_confirms_it_in_another(void **state)
{
    (void)state;
    arena *memory = arena_new();
    map *told = map_new();
    const char *doubtful = "# Sorting in practice - Qwx Vbnm Word\n\ntext\n";
    note before = read_with("r/a.md", doubtful, told, memory);
    assert_int_equal(before.talks.items[0].speakers.count, 0);
    assert_true(before.asks.count > 0);
    note proof = read_with("r/b.md", "# Other\n\nSpeaker: Qwx Vbnm\n", told, memory);
    assert_int_equal(proof.talks.items[0].speakers.count, 1);
    (void)proof;
    *map_put(told, SPAN("name:qwx vbnm word"), 0) = 1;
    note after = read_with("r/a.md", doubtful, told, memory);
    assert_int_equal(after.talks.items[0].speakers.count, 1);
    assert_true(span_equal(after.talks.items[0].title.text, SPAN("Sorting in practice")));
    map_free(told);
    arena_free(memory);
}

static void what_a_note_tells_does_not_depend_on_answers(void **state)
{
    (void)state;
    arena *memory = arena_new();
    map *told = map_new();
    const char *text = "# Sorting in practice - Qwx Vbnm Word\n\ntext\n";
    note before = read_with("r/a.md", text, NULL, memory);
    *map_put(told, SPAN("name:qwx vbnm word"), 0) = 3;
    note after = read_with("r/a.md", text, told, memory);
    assert_int_equal(before.tells.count, after.tells.count);
    map_free(told);
    arena_free(memory);
}

/* Two files of a folder show by names that headings begin talks: a third without names follows, but
 * not where most files are one talk each, and not a file named after its heading. */
static void neighbours_agree_where_talks_begin(void **state)
{
    (void)state;
    static const char *const day = "# Compilers at work - Grace Hopper\n\n- a\n\n"
                                   "# Loops at work - Jean Bartik\n\n- b\n";
    static const char *const silent = "# Cards in the machine\n\ntext\n\n"
                                      "# Needles in the machine\n\ntext\n";
    static const char *const one = "# Cards\n\nSpeaker: Grace Hopper\n";
    arena *memory = arena_new();
    map *told = map_new();
    assert_int_equal(read_with("r/x/c oslo.md", silent, told, memory).talks.count, 1);
    note first = read_with("r/x/a oslo.md", day, NULL, memory);
    tell_all(&first, told);
    assert_int_equal(read_with("r/x/c oslo.md", silent, told, memory).talks.count, 2);
    assert_int_equal(read_with("r/y/c oslo.md", silent, told, memory).talks.count, 1);
    assert_int_equal(read_with("r/x/cards in the machine.md",
                               "# Cards in the machine\n\n## Why they are there\n\na\n\n"
                               "## How they are made\n\nb\n",
                               told, memory)
                         .talks.count,
                     1);
    note other = read_with("r/x/d.md", one, NULL, memory);
    tell_all(&other, told);
    assert_int_equal(read_with("r/x/c oslo.md", silent, told, memory).talks.count, 1);
    map_free(told);
    arena_free(memory);
}

static void a_strong_name_is_told(void **state)
{
    (void)state;
    arena *memory = arena_new();
    map *told = map_new();
    note found = read_with("r/b.md", "# Other\n\nSpeaker: Grace Hopper\n", told, memory);
    tell_all(&found, told);
    assert_non_null(map_get(told, SPAN("name:grace hopper")));
    map_free(told);
    arena_free(memory);
}

static void neighbours_settle_the_order_of_day_and_month(void **state)
{
    (void)state;
    arena *memory = arena_new();
    map *told = map_new();
    note open = read_with("r/conf-2014/3-12-14/a.md", "# A talk\n\ntext\n", told, memory);
    assert_int_equal(open.talks.items[0].date.text.length, 0);
    note certain = read_with("r/conf-2014/3-13-14/b.md", "# B talk\n\ntext\n", told, memory);
    tell_all(&certain, told);
    open = read_with("r/conf-2014/3-12-14/a.md", "# A talk\n\ntext\n", told, memory);
    assert_true(span_equal(open.talks.items[0].date.text, SPAN("2014-03-12")));
    map_free(told);
    arena_free(memory);
}

/* A date with dots is read day first, unless that tears the days of one event apart. */
static void neighbours_settle_a_date_with_dots(void **state)
{
    (void)state;
    static const char *const second = "# Moth Days | 05.06.2014\n\n## A - Grace Hopper\n\ntext\n\n"
                                      "## B - Jean Bartik\n\ntext\n";
    arena *memory = arena_new();
    map *told = map_new();
    note alone = read_with("r/x/b.md", second, told, memory);
    assert_true(span_equal(alone.talks.items[0].date.text, SPAN("2014-06-05")));
    note first = read_with("r/x/a.md", "# Moth Days | 05.05.2014\n\ntext\n", told, memory);
    tell_all(&first, told);
    note beside = read_with("r/x/b.md", second, told, memory);
    assert_true(span_equal(beside.talks.items[0].date.text, SPAN("2014-05-06")));
    note elsewhere = read_with("r/y/b.md", second, told, memory);
    assert_true(span_equal(elsewhere.talks.items[0].date.text, SPAN("2014-06-05")));
    map_free(told);
    arena_free(memory);
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char *path = path_join(folder, name);
    assert_int_equal(file_replace(path, span_of(text), NULL), LC_OK);
    free(path);
}

static void the_persons_own_tables_count(void **state)
{
    (void)state;
    char folder[] = "/tmp/lectern-tables-XXXXXX";
    assert_non_null(mkdtemp(folder));
    write_file(folder, "people.tsv", "# spellings\nGrace Hopper\tG. Hopper\t@ghopper\n");
    write_file(folder, "events.tsv", "Moth Days\tmothdays\n");
    reader_tables *own;
    assert_int_equal(reader_tables_new(folder, &own, NULL), LC_OK);
    arena *memory = arena_new();
    note found;
    note_source source = {SPAN("notes"), SPAN("mothdays/a.md"), SPAN("# A\n\nSpeaker: @ghopper\n")};
    note_read(&source, NULL, own, memory, &found);
    const talk *of = &found.talks.items[0];
    assert_true(span_equal(of->speakers.items[0].text, SPAN("Grace Hopper")));
    assert_true(span_equal(of->speakers.items[0].as, SPAN("@ghopper")));
    assert_true(span_equal(of->series.text, SPAN("Moth Days")));
    arena_free(memory);
    reader_tables_free(own);
    folder_remove(folder, NULL);
}

static void any_bytes_are_a_note(void **state)
{
    (void)state;
    static const char *const texts[] = {"",   "\n",     "#",          "# \n",    "- ",
                                        "|",  "---\n",  "---\n---\n", "**",      "\xff\xfe",
                                        "by", "# by\n", "Speaker:",   "\xe2\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        arena *memory = arena_new();
        note found = read_with("r/x.md", texts[i], NULL, memory);
        for (size_t k = 0; k < found.talks.count; k++)
            assert_true(found.talks.items[k].line >= 1);
        arena_free(memory);
    }
}

static void the_language_is_the_text_s_own(void **state)
{
    (void)state;
    arena *memory = arena_new();
    note english = read_with("r/x.md", "# A\n\nThis is what the speaker said about it and why.\n",
                             NULL, memory);
    note german = read_with(
        "r/y.md", "# A\n\nDas ist es, was der Redner und die anderen nicht sagen.\n", NULL, memory);
    note said = read_with("r/z.md", "---\ntitle: A\nlang: fr\n---\ntext\n", NULL, memory);
    assert_true(span_equal(english.talks.items[0].language, SPAN("en")));
    assert_true(span_equal(german.talks.items[0].language, SPAN("de")));
    assert_true(span_equal(said.talks.items[0].language, SPAN("fr")));
    arena_free(memory);
}

static void lines_of_the_body_are_known(void **state)
{
    (void)state;
    arena *memory = arena_new();
    note found = read_with("r/x.md", "# A talk\n\nfirst\nsecond\n\n- third\n", NULL, memory);
    const talk *of = &found.talks.items[0];
    size_t at = span_find(of->body, SPAN("second"));
    assert_int_equal(talk_line_at(of, at), 4);
    assert_int_equal(talk_line_at(of, span_find(of->body, SPAN("third"))), 6);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_give_their_talks),
        cmocka_unit_test(a_name_proven_in_one_note_confirms_it_in_another),
        cmocka_unit_test(what_a_note_tells_does_not_depend_on_answers),
        cmocka_unit_test(neighbours_agree_where_talks_begin),
        cmocka_unit_test(a_strong_name_is_told),
        cmocka_unit_test(neighbours_settle_the_order_of_day_and_month),
        cmocka_unit_test(neighbours_settle_a_date_with_dots),
        cmocka_unit_test(the_persons_own_tables_count),
        cmocka_unit_test(any_bytes_are_a_note),
        cmocka_unit_test(lines_of_the_body_are_known),
        cmocka_unit_test(the_language_is_the_text_s_own),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
