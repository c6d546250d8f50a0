/* persons.h, on indexes that hold what no note gives. */
#include <string.h>

#include "index/format.h"
#include "search/persons.h"
#include "shim_index.h"

/* A talk of that speaker; the name is folded. */
static void put_talk(xs_writer *writer, const char *name)
{
    xs_doc *doc = NULL;
    char term[128];
    int length = snprintf(term, sizeof term, PREFIX_VALUE "A:%s", name);
    assert_ok(xs_doc_new(&doc, &shim_error));
    assert_ok(xs_doc_add_term(doc, term, (size_t)length, 0, &shim_error));
    assert_ok(xs_writer_add(writer, doc, NULL, &shim_error));
    xs_doc_free(doc);
}

static void assert_persons(const xs_reader *reader, const char *path)
{
    arena *memory = arena_new();
    person_list found;
    assert_int_equal(persons_open(reader, path, memory, &found, NULL), LC_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(span_starts_with(found.items[0].names[i], SPAN("ada")));
    arena_free(memory);
}

/* Found and kept at first, read afterwards. */
static void a_name_of_two_lines_is_nobodys_each_time(void **state)
{
    xs_writer *writer = shim_create(*state);
    put_talk(writer, "ada example");
    put_talk(writer, "ada b. example");
    put_talk(writer, "zoe\tquimby");
    put_talk(writer, "zoe b. quimby");
    put_talk(writer, "eve sample\n");
    put_talk(writer, "eve b. sample");
    put_talk(writer, "ada c.\rexample");
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_persons(reader, *state);
    assert_persons(reader, *state);
    xs_reader_free(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_of_two_lines_is_nobodys_each_time, shim_folder_make,
                                        shim_folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
