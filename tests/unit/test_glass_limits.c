/*
 * test_glass_limits.c - what the format can't hold, what the library can't read, other versions of
 * it, and databases that take the place of another.
 */
#include "glass_testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static glass_builder *open_builder(void **state)
{
    static const glass_options options = {0};
    glass_builder *made;
    expect(glass_builder_open(in_folder(state, "bulk"), &options, &made, &lc_said));
    return made;
}

static bool exists(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0;
}

static void assert_refused(void **state, const glass_document *document, const char *said)
{
    glass_builder *builder = open_builder(state);
    assert_int_equal(glass_builder_add(builder, document, &lc_said), LC_BAD_INPUT);
    if (!strstr(lc_said.message, said))
        fail_msg("\"%s\" does not say \"%s\"", lc_said.message, said);
    glass_builder_free(builder);
    assert_false(exists(in_folder(state, "bulk")));
}

static void refuse_term(void **state, span term)
{
    glass_posting posting = {term, 1, NULL, 0};
    assert_refused(state, &(glass_document){.postings = &posting, .posting_count = 1}, "term");
}

static void terms_and_positions_out_of_bounds_are_refused(void **state)
{
    char text[300] = {0};
    refuse_term(state, SPAN(""));
    refuse_term(state, (span){text, 125}); /* zero bytes count twice */
    memset(text, 'x', sizeof text);
    refuse_term(state, (span){text, 246});
    glass_posting two[] = {{SPAN("b"), 1, NULL, 0}, {SPAN("a"), 1, NULL, 0}};
    glass_document document = {.postings = two, .posting_count = 2};
    assert_refused(state, &document, "not in order");
    two[0].term = two[1].term;
    assert_refused(state, &document, "not in order");
    static const uint32_t same[] = {7, 7}, falling[] = {7, 3};
    glass_posting placed = {SPAN("a"), 1, same, 2};
    assert_refused(state, &(glass_document){.postings = &placed, .posting_count = 1}, "positions");
    placed.positions = falling;
    assert_refused(state, &(glass_document){.postings = &placed, .posting_count = 1}, "positions");
}

static void lengths_values_and_keys_out_of_bounds_are_refused(void **state)
{
    char key[254] = {0};
    glass_posting heavy[] = {{SPAN("a"), UINT32_MAX - 1, NULL, 0}, {SPAN("b"), 1, NULL, 0}};
    assert_refused(state, &(glass_document){.postings = heavy, .posting_count = 2}, "length");
    glass_value values[] = {{3, SPAN("x")}, {UINT32_MAX, SPAN("x")}};
    assert_refused(state, &(glass_document){.values = values, .value_count = 2}, "slot 4294967295");
    values[1].slot = 3;
    assert_refused(state, &(glass_document){.values = values, .value_count = 2}, "two values");
    glass_builder *builder = open_builder(state);
    lc_status status = glass_builder_set_meta(builder, SPAN(""), SPAN("x"), &lc_said);
    assert_int_equal(status, LC_BAD_INPUT);
    status = glass_builder_set_meta(builder, (span){key, 254}, SPAN("x"), &lc_said);
    assert_int_equal(status, LC_BAD_INPUT);
    glass_builder_free(builder);
}

/* ---- data that deflates so well that the library loses its end ---- */

static void data_that_the_library_would_write_unreadably_can_be_read(void **state)
{
    enum { SHORTEST = 8150, LONGEST = 17800, STEP = 3 };
    static char text[LONGEST];
    memset(text, 'a', sizeof text);
    glass_builder *builder = open_builder(state);
    for (size_t length = SHORTEST; length < LONGEST; length += STEP) {
        glass_document document = {.data = {text, length}};
        expect(glass_builder_add(builder, &document, &lc_said));
    }
    expect(glass_builder_finish(builder, &lc_said));
    glass_builder_free(builder);
    assert_check_clean(in_folder(state, "bulk"));
    xs_reader *reader;
    xexpect(xs_reader_open(in_folder(state, "bulk"), &reader, NULL));
    uint32_t docid = 0;
    for (size_t length = SHORTEST; length < LONGEST; length += STEP) {
        char *data;
        size_t data_length;
        xexpect(xs_reader_get_data(reader, ++docid, &data, &data_length, NULL));
        assert_int_equal(data_length, length);
        assert_memory_equal(data, text, length);
        xs_free(data);
    }
    xs_reader_free(reader);
    struct stat found; /* most of it is compressed all the same */
    assert_int_equal(stat(in_folder(state, "bulk/docdata.glass"), &found), 0);
    assert_in_range(found.st_size, 0, (LONGEST - SHORTEST) / STEP * SHORTEST / 4);
}

static void random_repetitive_data_can_be_read(void **state)
{
    static const glass_options options = {0};
    collection what = {.seed = 31, .documents = 900, .unreadable_data = true};
    bulk_write(in_folder(state, "bulk"), &what, &options);
    assert_check_clean(in_folder(state, "bulk"));
    arena *memory = arena_new();
    xs_reader *reader;
    xexpect(xs_reader_open(in_folder(state, "bulk"), &reader, NULL));
    for (uint32_t docid = 1; docid <= what.documents; docid++) {
        glass_document document = collection_document(&what, docid, memory);
        char *data;
        size_t length;
        xexpect(xs_reader_get_data(reader, docid, &data, &length, NULL));
        assert_true(span_equal((span){data, length}, document.data));
        xs_free(data);
    }
    xs_reader_free(reader);
    arena_free(memory);
}

/* ---- guard ---- */

static void make_empty(void **state)
{
    xs_writer *writer;
    xexpect(xs_writer_open(in_folder(state, "empty"), XS_OVERWRITE, 0, &writer, NULL));
    xs_writer_free(writer);
}

static void the_guard_knows_the_installed_library(void **state)
{
    make_empty(state);
    expect(glass_guard(in_folder(state, "empty"), &lc_said));
}

/* Every byte but the uuid counts, and so does the file's length. */
static void the_guard_sees_any_other_layout(void **state)
{
    buffer known = {0};
    make_empty(state);
    expect(file_read(in_folder(state, "empty/iamglass"), 0, &known, NULL, &lc_said));
    for (size_t i = 0; i <= known.length; i++) {
        buffer other = {0};
        buffer_add(&other, buffer_span(&known));
        if (i < known.length)
            other.at[i] = (char)(other.at[i] + 1);
        else
            buffer_add_byte(&other, 0);
        expect(file_replace(in_folder(state, "empty/iamglass"), buffer_span(&other), &lc_said));
        lc_status status = glass_guard(in_folder(state, "empty"), &lc_said);
        assert_int_equal(status, i >= 16 && i < 32 ? LC_OK : LC_OLD_INDEX);
        buffer_free(&other);
    }
    expect(file_replace(in_folder(state, "empty/iamglass"), buffer_span(&known), &lc_said));
    expect(file_replace(in_folder(state, "empty/termlist.glass"), SPAN("x"), &lc_said));
    assert_int_equal(glass_guard(in_folder(state, "empty"), &lc_said), LC_OLD_INDEX);
    assert_int_equal(remove(in_folder(state, "empty/termlist.glass")), 0);
    assert_int_equal(glass_guard(in_folder(state, "empty"), &lc_said), LC_OLD_INDEX);
    buffer_free(&known);
}

/* ---- in place of another database ---- */

static void a_reader_that_reopens_sees_the_new_database(void **state)
{
    collection before = {.seed = 40, .documents = 30}, after = {.seed = 41, .documents = 50};
    glass_options options = {0};
    xs_stats stats;
    xs_reader *reader;
    bool changed;
    bulk_write(in_folder(state, "bulk"), &before, &options);
    xexpect(xs_reader_open(in_folder(state, "bulk"), &reader, NULL));
    options.replaces = in_folder(state, "bulk");
    bulk_write(in_folder(state, "new"), &after, &options);
    assert_int_equal(rename(in_folder(state, "bulk"), in_folder(state, "old")), 0);
    assert_int_equal(rename(in_folder(state, "new"), in_folder(state, "bulk")), 0);
    xexpect(xs_reader_reopen(reader, &changed, NULL));
    assert_true(changed);
    xexpect(xs_reader_stats(reader, &stats, NULL));
    assert_int_equal(stats.doc_count, after.documents);
    xs_reader_free(reader);
    api_write(in_folder(state, "api"), &after);
    assert_same_dump(in_folder(state, "bulk"), in_folder(state, "api"));
}

static void a_database_is_never_overwritten(void **state)
{
    glass_options options = {0};
    glass_builder *builder;
    bulk_write(in_folder(state, "bulk"), &(collection){.seed = 50, .documents = 10}, &options);
    lc_status status = glass_builder_open(in_folder(state, "bulk"), &options, &builder, &lc_said);
    assert_int_equal(status, LC_IO);
    assert_check_clean(in_folder(state, "bulk"));
}

static void a_replaced_database_that_is_not_there_is_none(void **state)
{
    glass_options options = {.replaces = in_folder(state, "nothing")};
    bulk_write(in_folder(state, "bulk"), &(collection){.seed = 51, .documents = 10}, &options);
    assert_check_clean(in_folder(state, "bulk"));
}

static void what_a_killed_builder_left_is_no_hindrance(void **state)
{
    glass_options options = {0};
    collection no_documents = {.seed = 60, .documents = 0};
    expect(folder_make(in_folder(state, "bulk"), &lc_said));
    expect(file_replace(in_folder(state, "bulk/position.glass"), SPAN("rest"), &lc_said));
    expect(file_replace(in_folder(state, "bulk/postlist.glass"), SPAN("rest"), &lc_said));
    bulk_write(in_folder(state, "bulk"), &no_documents, &options);
    assert_false(exists(in_folder(state, "bulk/position.glass")));
    assert_check_clean(in_folder(state, "bulk"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_folder_make, test_folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(terms_and_positions_out_of_bounds_are_refused),
        TEST(lengths_values_and_keys_out_of_bounds_are_refused),
        TEST(data_that_the_library_would_write_unreadably_can_be_read),
        TEST(random_repetitive_data_can_be_read),
        TEST(the_guard_knows_the_installed_library),
        TEST(the_guard_sees_any_other_layout),
        TEST(a_reader_that_reopens_sees_the_new_database),
        TEST(a_database_is_never_overwritten),
        TEST(a_replaced_database_that_is_not_there_is_none),
        TEST(what_a_killed_builder_left_is_no_hindrance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
