/*
 * test_shim.c - the shim over real indexes in a temporary folder: what it writes it reads, and each
 * trap of Xapian 1.4 that it guards against.
 */
#include "shim_index.h"

#include <stdlib.h>
#include <string.h>

/* ---- documents and writing ---- */

static void put_replaces_the_document_with_its_id(void **state)
{
    xs_writer *writer = shim_create(*state);
    uint32_t first = shim_put(writer, "Qa", "old words here");
    shim_put(writer, "Qb", "other");
    uint32_t second = shim_put(writer, "Qa", "new");
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(first, second);
    assert_int_equal(shim_stats(reader).doc_count, 2);
    assert_int_equal(shim_doc_freq(reader, "old"), 0);
    assert_int_equal(shim_doc_freq(reader, "new"), 1);
    assert_int_equal(shim_doc_freq(reader, "Qa"), 1);
    xs_reader_free(reader);
}

static void add_asks_for_no_id_and_delete_takes_every_match(void **state)
{
    xs_writer *writer = shim_create(*state);
    uint32_t docid = 0;
    xs_doc *doc = shim_doc("same");
    for (uint32_t i = 1; i <= 3; i++) {
        assert_ok(xs_writer_add(writer, doc, &docid, &shim_error));
        assert_int_equal(docid, i);
    }
    shim_put(writer, "Qx", "kept");
    assert_ok(xs_writer_delete(writer, "same", 4, &shim_error));
    assert_ok(xs_writer_delete(writer, "absent", 6, &shim_error));
    xs_doc_free(doc);
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 1);
    assert_int_equal(shim_stats(reader).last_docid, 4);
    xs_reader_free(reader);
}

static bool add_up(uint32_t docid, uint32_t wdf, void *user)
{
    (void)wdf;
    *(uint32_t *)user = *(uint32_t *)user * 10 + docid;
    return true;
}

static void documents_are_replaced_and_deleted_by_docid(void **state)
{
    uint32_t found = 0;
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Qa", "old");
    shim_put(writer, "Qb", "old");
    shim_put(writer, "Qc", "old");
    xs_doc *doc = shim_doc("new");
    assert_ok(xs_writer_replace(writer, 2, doc, &shim_error));
    assert_ok(xs_writer_each_posting(writer, "old", 3, add_up, &found, &shim_error));
    assert_int_equal(found, 13);
    assert_ok(xs_writer_delete_docid(writer, 1, &shim_error));
    xs_doc_free(doc);
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 2);
    assert_int_equal(shim_doc_freq(reader, "old"), 1);
    assert_int_equal(shim_doc_freq(reader, "new"), 1);
    assert_int_equal(shim_doc_freq(reader, "Qb"), 0);
    xs_reader_free(reader);
}

static void no_docid_to_delete_is_not_found(void **state)
{
    xs_writer *writer = shim_create(*state);
    assert_int_equal(xs_writer_delete_docid(writer, 7, &shim_error), XS_NOT_FOUND);
    xs_writer_free(writer);
}

static void a_cleared_document_keeps_nothing(void **state)
{
    xs_writer *writer = shim_create(*state);
    xs_doc *doc = shim_doc("before");
    uint32_t docid = 0;
    assert_ok(xs_doc_set_data(doc, "data", 4, &shim_error));
    assert_ok(xs_doc_set_value(doc, 1, "value", 5, &shim_error));
    assert_ok(xs_writer_put(writer, "Qa", 2, doc, &docid, &shim_error));
    assert_ok(xs_doc_clear(doc, &shim_error));
    assert_ok(xs_writer_put(writer, "Qb", 2, doc, &docid, &shim_error));
    xs_doc_free(doc);
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    char *data = NULL;
    size_t len = 9;
    assert_int_equal(shim_doc_freq(reader, "before"), 1);
    assert_ok(xs_reader_get_data(reader, docid, &data, &len, &shim_error));
    assert_int_equal(len, 0);
    xs_free(data);
    assert_string_equal(shim_terms_of(reader, docid, ""), "Qb:0 ");
    xs_reader_free(reader);
}

static void open_modes(void **state)
{
    xs_writer *writer = NULL;
    assert_int_equal(xs_writer_open(*state, XS_OPEN_EXISTING, 0, &writer, &shim_error),
                     XS_NO_INDEX);
    assert_null(writer);
    shim_fill(*state, 3);
    assert_ok(xs_writer_open(*state, XS_OPEN_EXISTING, 0, &writer, &shim_error));
    shim_put(writer, "Qnew", "new");
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 4);
    xs_reader_free(reader);
    assert_ok(
        xs_writer_open(*state, XS_OVERWRITE, XS_NO_SYNC | XS_DANGEROUS, &writer, &shim_error));
    shim_put(writer, "Qnew", "new");
    shim_close(writer);
    reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 1);
    xs_reader_free(reader);
}

static void meta_is_set_read_and_deleted(void **state)
{
    xs_writer *writer = shim_create(*state);
    char *value = NULL;
    size_t len = 0;
    assert_ok(xs_writer_set_meta(writer, "k\0ey", 4, "v\0al", 4, &shim_error));
    assert_ok(xs_writer_set_meta(writer, "gone", 4, "x", 1, &shim_error));
    assert_ok(xs_writer_set_meta(writer, "gone", 4, NULL, 0, &shim_error));
    assert_ok(xs_writer_set_meta(writer, "kz", 2, "x", 1, &shim_error));
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_ok(xs_reader_get_meta(reader, "k\0ey", 4, &value, &len, &shim_error));
    assert_int_equal(len, 4);
    assert_memory_equal(value, "v\0al", 5);
    xs_free(value);
    assert_ok(xs_reader_get_meta(reader, "gone", 4, &value, &len, &shim_error));
    assert_int_equal(len, 0);
    xs_free(value);
    int keys = 0;
    assert_ok(xs_reader_each_meta(reader, "k", 1, shim_count_keys, &keys, &shim_error));
    assert_int_equal(keys, 2);
    xs_reader_free(reader);
}

static void meta_keys_have_their_limit(void **state)
{
    char key[XS_META_KEY_MAX + 1] = "";
    memset(key, 'k', sizeof key);
    xs_writer *writer = shim_create(*state);
    assert_ok(xs_writer_set_meta(writer, key, XS_META_KEY_MAX, "v", 1, &shim_error));
    assert_ok(xs_writer_commit(writer, &shim_error));
    assert_int_equal(xs_writer_set_meta(writer, key, sizeof key, "v", 1, &shim_error),
                     XS_BAD_ARGUMENT);
    xs_writer_free(writer);
}

/* Trap B: Xapian's own destructor commits. */
static void free_without_commit_drops(void **state)
{
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Qa", "committed");
    assert_ok(xs_writer_commit(writer, &shim_error));
    shim_put(writer, "Qb", "dropped");
    assert_ok(xs_writer_set_meta(writer, "k", 1, "dropped", 7, &shim_error));
    xs_writer_free(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 1);
    xs_reader_free(reader);
}

/* The same for an index that was never committed. */
static void free_of_a_new_writer_drops(void **state)
{
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Qa", "dropped");
    xs_writer_free(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 0);
    xs_reader_free(reader);
}

/* Trap A: the term would be refused only in the put, and drop the neighbours with it. */
static void long_term_is_refused_early_and_neighbours_stay(void **state)
{
    char term[XS_TERM_MAX + 1];
    memset(term, 't', sizeof term);
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Q1", "one");
    xs_doc *doc = shim_doc("two");
    assert_int_equal(xs_doc_add_posting(doc, term, sizeof term, 9, 1, &shim_error),
                     XS_BAD_ARGUMENT);
    assert_int_equal(xs_doc_add_term(doc, term, sizeof term, 1, &shim_error), XS_BAD_ARGUMENT);
    assert_int_equal(xs_doc_add_term(doc, "", 0, 1, &shim_error), XS_BAD_ARGUMENT);
    assert_ok(xs_doc_add_term(doc, term, XS_TERM_MAX, 1, &shim_error));
    assert_ok(xs_writer_put(writer, "Q2", 2, doc, NULL, &shim_error));
    shim_put(writer, "Q3", "three");
    xs_doc_free(doc);
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 3);
    xs_reader_free(reader);
}

/* Glass escapes zero bytes in its keys: such a term would fail as late as the commit. */
static void zero_bytes_count_twice(void **state)
{
    char term[XS_TERM_MAX] = "";
    xs_writer *writer = shim_create(*state);
    xs_doc *doc = shim_doc("x");
    assert_int_equal(xs_doc_add_term(doc, term, 123, 1, &shim_error), XS_BAD_ARGUMENT);
    assert_ok(xs_doc_add_posting(doc, term, 122, 1, 1, &shim_error));
    assert_ok(xs_writer_put(writer, "Q", 1, doc, NULL, &shim_error));
    xs_doc_free(doc);
    shim_close(writer);
}

/* Trap A again: after a failed put a commit would succeed, without what was put before. */
static void failed_put_sticks(void **state)
{
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Q1", "one");
    assert_ok(xs_writer_commit(writer, &shim_error));
    shim_put(writer, "Q2", "two");
    xs_doc *doc = shim_doc("three");
    assert_int_equal(xs_writer_put(writer, "", 0, doc, NULL, &shim_error), XS_BAD_ARGUMENT);
    char message[sizeof shim_error.message];
    memcpy(message, shim_error.message, sizeof message);
    for (int i = 0; i < 2; i++) {
        shim_error = (xs_error){XS_OK, ""};
        assert_int_equal(i ? xs_writer_commit(writer, &shim_error)
                           : xs_writer_put(writer, "Q3", 2, doc, NULL, &shim_error),
                         XS_BAD_ARGUMENT);
        assert_string_equal(shim_error.message, message);
    }
    assert_int_equal(xs_writer_commit(writer, NULL), XS_BAD_ARGUMENT);
    assert_int_equal(xs_writer_delete(writer, "Q1", 2, NULL), XS_BAD_ARGUMENT);
    assert_int_equal(xs_writer_set_meta(writer, "k", 1, "v", 1, NULL), XS_BAD_ARGUMENT);
    xs_doc_free(doc);
    xs_writer_free(writer);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 1);
    xs_reader_free(reader);
}

/* ---- reading ---- */

static void commit_names_the_revision(void **state)
{
    char before[XS_COMMIT_SIZE], same[XS_COMMIT_SIZE], after[XS_COMMIT_SIZE];
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Qa", "one");
    assert_ok(xs_writer_commit(writer, &shim_error));
    xs_reader *reader = shim_read(*state);
    assert_ok(xs_reader_commit(reader, before, &shim_error));
    assert_int_equal(strlen(before), 36 + strlen(".1"));
    assert_string_equal(before + 36, ".1");
    assert_ok(xs_writer_commit(writer, &shim_error));
    assert_ok(xs_writer_last_commit(writer, same, &shim_error));
    assert_string_equal(same, before);
    shim_put(writer, "Qb", "two");
    assert_ok(xs_writer_commit(writer, &shim_error));
    bool changed = false;
    assert_ok(xs_reader_reopen(reader, &changed, &shim_error));
    assert_true(changed);
    assert_ok(xs_reader_commit(reader, after, &shim_error));
    assert_string_equal(after + 36, ".2");
    assert_memory_equal(after, before, 36);
    assert_ok(xs_reader_reopen(reader, &changed, &shim_error));
    assert_false(changed);
    xs_reader_free(reader);
    xs_writer_free(writer);
}

static void figures_of_terms_and_documents(void **state)
{
    xs_writer *writer = shim_create(*state);
    shim_put(writer, "Qa", "cat cat dog");
    shim_put(writer, "Qb", "cat");
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    uint32_t docs = 9, occurrences = 9, length = 0;
    assert_ok(xs_reader_term_freq(reader, "cat", 3, &docs, &occurrences, &shim_error));
    assert_int_equal(docs, 2);
    assert_int_equal(occurrences, 3);
    assert_ok(xs_reader_term_freq(reader, "absent", 6, &docs, NULL, &shim_error));
    assert_int_equal(docs, 0);
    assert_ok(xs_reader_doc_length(reader, 1, &length, &shim_error));
    assert_int_equal(length, 3);
    assert_true(shim_stats(reader).average_length == 2);
    assert_string_equal(shim_terms_of(reader, 1, ""), "Qa:0 cat:2 dog:1 ");
    assert_string_equal(shim_terms_of(reader, 1, "c"), "cat:2 ");
    assert_string_equal(shim_terms_of(reader, 1, "x"), "");
    xs_reader_free(reader);
}

static void terms_postings_and_values_are_walked(void **state)
{
    xs_writer *writer = shim_create(*state);
    xs_doc *doc = shim_doc("ant bee bee");
    assert_ok(xs_doc_set_value(doc, 7, "2024", 4, &shim_error));
    assert_ok(xs_writer_add(writer, doc, NULL, &shim_error));
    xs_doc_free(doc);
    shim_put(writer, "Qb", "bee beetle cow");
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    shim_walk seen = {.limit = 99};
    assert_ok(xs_reader_each_term(reader, "bee", 3, shim_walk_term, &seen, &shim_error));
    assert_string_equal(seen.text, "bee:2 beetle:1 ");
    seen = (shim_walk){.limit = 1};
    assert_ok(xs_reader_each_term(reader, "", 0, shim_walk_term, &seen, &shim_error));
    assert_string_equal(seen.text, "Qb:1 ");
    seen = (shim_walk){.limit = 99};
    assert_ok(xs_reader_each_posting(reader, "bee", 3, shim_walk_posting, &seen, &shim_error));
    assert_string_equal(seen.text, "1:2 2:1 ");
    seen = (shim_walk){.limit = 99};
    assert_ok(xs_reader_each_posting(reader, "", 0, shim_walk_posting, &seen, &shim_error));
    assert_string_equal(seen.text, "1:1 2:1 ");
    seen = (shim_walk){.limit = 99};
    assert_ok(xs_reader_each_value(reader, 7, shim_walk_value, &seen, &shim_error));
    assert_string_equal(seen.text, "1:2024 ");
    xs_reader_free(reader);
}

static void positions_fill_one_array_again_and_again(void **state)
{
    xs_writer *writer = shim_create(*state);
    xs_doc *doc = shim_doc("x");
    for (uint32_t i = 0; i < 500; i++)
        assert_ok(xs_doc_add_posting(doc, "many", 4, 3 * i + 2, 1, &shim_error));
    assert_ok(xs_writer_add(writer, doc, NULL, &shim_error));
    xs_doc_free(doc);
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    xs_positions positions = {0};
    assert_ok(xs_reader_positions(reader, 1, "many", 4, &positions, &shim_error));
    assert_int_equal(positions.count, 500);
    assert_int_equal(positions.position[0], 2);
    assert_int_equal(positions.position[499], 3 * 499 + 2);
    assert_ok(xs_reader_positions(reader, 1, "x", 1, &positions, &shim_error));
    assert_int_equal(positions.count, 1);
    assert_ok(xs_reader_positions(reader, 1, "none", 4, &positions, &shim_error));
    assert_int_equal(positions.count, 0);
    xs_positions_clear(&positions);
    xs_reader_free(reader);
}

/* ---- whole indexes ---- */

static void compact_copies_and_check_finds_no_error(void **state)
{
    shim_fill(*state, 30);
    xs_writer *writer = NULL;
    assert_ok(xs_writer_open(*state, XS_OPEN_EXISTING, 0, &writer, &shim_error));
    assert_ok(xs_writer_delete(writer, "Q0", 2, &shim_error));
    shim_close(writer);
    char copy[512];
    snprintf(copy, sizeof copy, "%s.copy", (const char *)*state);
    assert_ok(xs_compact(*state, copy, &shim_error));
    xs_reader *reader = shim_read(copy);
    assert_int_equal(shim_stats(reader).doc_count, 29);
    assert_int_equal(shim_stats(reader).last_docid, 30);
    assert_string_equal(shim_terms_of(reader, 30, "Q"), "Q29:0 ");
    xs_reader_free(reader);
    size_t errors = 9;
    char *text = NULL;
    assert_ok(xs_check(copy, &errors, &text, &shim_error));
    assert_int_equal(errors, 0);
    assert_non_null(strstr(text, "postlist"));
    xs_free(text);
    shim_remove(copy);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, shim_folder_make, shim_folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(put_replaces_the_document_with_its_id),
        IN_FOLDER(add_asks_for_no_id_and_delete_takes_every_match),
        IN_FOLDER(documents_are_replaced_and_deleted_by_docid),
        IN_FOLDER(no_docid_to_delete_is_not_found),
        IN_FOLDER(a_cleared_document_keeps_nothing),
        IN_FOLDER(open_modes),
        IN_FOLDER(meta_is_set_read_and_deleted),
        IN_FOLDER(meta_keys_have_their_limit),
        IN_FOLDER(free_without_commit_drops),
        IN_FOLDER(free_of_a_new_writer_drops),
        IN_FOLDER(long_term_is_refused_early_and_neighbours_stay),
        IN_FOLDER(zero_bytes_count_twice),
        IN_FOLDER(failed_put_sticks),
        IN_FOLDER(commit_names_the_revision),
        IN_FOLDER(figures_of_terms_and_documents),
        IN_FOLDER(terms_postings_and_values_are_walked),
        IN_FOLDER(positions_fill_one_array_again_and_again),
        IN_FOLDER(compact_copies_and_check_finds_no_error),
    };
    return cmocka_run_group_tests_name("shim", tests, NULL, NULL);
}
