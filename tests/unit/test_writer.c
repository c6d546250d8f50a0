/*
 * test_writer.c - a new index through the bulk writer keeps the promises of writer.h where the
 * builder alone could not: removals, changes after the commit, an index that is there already.
 */
#include "glass_testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "index/writer.h"

/* A document with the terms "all" and `name`, which is its data too. */
static void add(index_writer *to, const char *name)
{
    document made;
    document_init(&made);
    document_add(&made, "", SPAN("all"), 1, 0);
    document_add(&made, "", span_of(name), 1, 1);
    document_set_slot(&made, 0, span_of(name));
    buffer_add_text(&made.data, name);
    document_finish(&made);
    expect(index_writer_add(to, &made, &lc_said));
    document_free(&made);
}

static index_writer *open_mode(const char *path, const char *kind, index_writer_mode mode)
{
    index_writer *made;
    setenv("LECTERN_WRITER", kind, 1);
    expect(index_writer_open(path, mode, NULL, &made, &lc_said));
    unsetenv("LECTERN_WRITER");
    assert_string_equal(index_writer_note(made), "");
    return made;
}

static index_writer *open_new(const char *path, const char *kind)
{
    return open_mode(path, kind, WRITE_NEW);
}

/* The data of all documents, "one two ". */
static void assert_documents(const char *path, const char *expected)
{
    buffer found = {0};
    xs_reader *reader;
    xs_stats stats;
    xexpect(xs_reader_open(path, &reader, NULL));
    xexpect(xs_reader_stats(reader, &stats, NULL));
    for (uint32_t docid = 1; docid <= stats.last_docid; docid++) {
        char *data;
        size_t length;
        if (xs_reader_get_data(reader, docid, &data, &length, NULL) != XS_OK)
            continue;
        buffer_add(&found, (span){data, length});
        buffer_add_byte(&found, ' ');
        xs_free(data);
    }
    xs_reader_free(reader);
    assert_string_equal(found.at ? found.at : "", expected);
    buffer_free(&found);
    assert_check_clean(path);
}

static void write_with_changes(const char *path, const char *kind, index_writer_mode mode)
{
    index_writer *writer = open_mode(path, kind, mode);
    add(writer, "one");
    add(writer, "two");
    add(writer, "three");
    expect(index_writer_set_meta(writer, SPAN("key"), SPAN("first"), &lc_said));
    expect(index_writer_remove(writer, SPAN("one"), &lc_said));
    expect(index_writer_remove(writer, SPAN("none"), &lc_said));
    expect(index_writer_remove(writer, SPAN("three"), &lc_said));
    add(writer, "three");
    add(writer, "four");
    expect(index_writer_set_meta(writer, SPAN("key"), SPAN("second"), &lc_said));
    expect(index_writer_commit(writer, &lc_said));
    expect(index_writer_commit(writer, &lc_said));
    index_writer_free(writer);
}

static void a_removal_goes_on_through_the_api(void **state)
{
    write_with_changes(in_folder(state, "bulk"), "bulk", WRITE_NEW_ONCE);
    write_with_changes(in_folder(state, "api"), "api", WRITE_NEW_ONCE);
    assert_documents(in_folder(state, "bulk"), "two three four ");
    assert_same_dump(in_folder(state, "bulk"), in_folder(state, "api"));
}

/* As if what was removed had never been there. */
static void removals_before_the_commit_leave_no_trace(void **state)
{
    index_writer *straight = open_new(in_folder(state, "straight"), "bulk");
    add(straight, "two");
    add(straight, "three");
    add(straight, "four");
    expect(index_writer_set_meta(straight, SPAN("key"), SPAN("second"), &lc_said));
    expect(index_writer_commit(straight, &lc_said));
    index_writer_free(straight);
    write_with_changes(in_folder(state, "bulk"), "bulk", WRITE_NEW);
    assert_documents(in_folder(state, "bulk"), "two three four ");
    assert_same_dump(in_folder(state, "bulk"), in_folder(state, "straight"));
}

static void all_documents_can_be_removed(void **state)
{
    index_writer *writer = open_new(in_folder(state, "bulk"), "bulk");
    add(writer, "one");
    add(writer, "two");
    expect(index_writer_remove(writer, SPAN("all"), &lc_said));
    expect(index_writer_commit(writer, &lc_said));
    index_writer_free(writer);
    assert_documents(in_folder(state, "bulk"), "");
}

static void after_a_commit_it_can_be_changed(void **state)
{
    const char *path = in_folder(state, "bulk");
    index_writer *writer = open_new(path, "bulk");
    add(writer, "one");
    expect(index_writer_commit(writer, &lc_said));
    assert_documents(path, "one ");
    add(writer, "two");
    assert_documents(path, "one ");
    expect(index_writer_commit(writer, &lc_said));
    assert_documents(path, "one two ");
    expect(index_writer_set_meta(writer, SPAN("key"), SPAN("text"), &lc_said));
    index_writer_free(writer);
    assert_documents(path, "one two ");
}

static void a_new_index_takes_the_place_of_an_old_one(void **state)
{
    const char *path = in_folder(state, "bulk");
    for (int i = 0; i < 2; i++) {
        index_writer *writer = open_new(path, "bulk");
        add(writer, i ? "new" : "old");
        expect(index_writer_commit(writer, &lc_said));
        index_writer_free(writer);
    }
    assert_documents(path, "new ");
}

static void without_a_commit_there_is_no_index(void **state)
{
    xs_reader *reader;
    index_writer *writer = open_new(in_folder(state, "bulk"), "bulk");
    add(writer, "one");
    index_writer_free(writer);
    assert_int_equal(xs_reader_open(in_folder(state, "bulk"), &reader, NULL), XS_NO_INDEX);
}

static void an_old_index_is_updated_through_the_api(void **state)
{
    const char *path = in_folder(state, "bulk");
    index_writer *writer = open_new(path, "bulk");
    add(writer, "one");
    expect(index_writer_commit(writer, &lc_said));
    index_writer_free(writer);
    setenv("LECTERN_WRITER", "bulk", 1); /* is about new ones */
    expect(index_writer_open(path, WRITE_CHANGES, NULL, &writer, &lc_said));
    unsetenv("LECTERN_WRITER");
    add(writer, "two");
    expect(index_writer_commit(writer, &lc_said));
    index_writer_free(writer);
    assert_documents(path, "one two ");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_folder_make, test_folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(a_removal_goes_on_through_the_api),
        TEST(removals_before_the_commit_leave_no_trace),
        TEST(all_documents_can_be_removed),
        TEST(after_a_commit_it_can_be_changed),
        TEST(a_new_index_takes_the_place_of_an_old_one),
        TEST(without_a_commit_there_is_no_index),
        TEST(an_old_index_is_updated_through_the_api),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
