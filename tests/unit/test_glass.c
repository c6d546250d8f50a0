/*
 * test_glass.c - what the bulk builder writes is what the library would have written, and goes on
 * like it; whatever the documents, the memory and the size of blocks.
 */
#include "glass_testing.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static const glass_options usual = {0};

static void write_both(void **state, const collection *what, const glass_options *options)
{
    bulk_write(in_folder(state, "bulk"), what, options);
    api_write(in_folder(state, "api"), what);
}

static void assert_both_same(void **state)
{
    assert_check_clean(in_folder(state, "bulk"));
    assert_same_dump(in_folder(state, "bulk"), in_folder(state, "api"));
}

static void reads_as_the_librarys_own(void **state)
{
    write_both(state, &(collection){.seed = 1, .documents = 1200}, &usual);
    assert_both_same(state);
}

static void small_collections_too(void **state)
{
    for (uint32_t documents = 0; documents < 40; documents++) {
        write_both(state, &(collection){.seed = 100 + documents, .documents = documents}, &usual);
        assert_both_same(state);
        expect(folder_remove(in_folder(state, "bulk"), &lc_said));
    }
}

static void every_block_size(void **state)
{
    static const uint32_t sizes[] = {2048, 4096, 16384, 65536};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        glass_options options = {.block_size = sizes[i]};
        write_both(state, &(collection){.seed = 2 + i, .documents = 250}, &options);
        assert_both_same(state);
        expect(folder_remove(in_folder(state, "bulk"), &lc_said));
    }
}

static void every_compression(void **state)
{
    static const glass_compression kinds[] = {GLASS_COMPRESS_DATA, GLASS_COMPRESS_NONE};
    collection what = {.seed = 7, .documents = 300};
    api_write(in_folder(state, "api"), &what);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        glass_options options = {.compression = kinds[i]};
        bulk_write(in_folder(state, "bulk"), &what, &options);
        assert_both_same(state);
        expect(folder_remove(in_folder(state, "bulk"), &lc_said));
    }
}

static void updates_go_on_as_on_the_librarys_own(void **state)
{
    collection what = {.seed = 8, .documents = 800};
    glass_options options = {.block_size = 2048, .memory_limit = 400000};
    write_both(state, &what, &options);
    for (uint64_t round = 0; round < 3; round++) {
        api_update(in_folder(state, "bulk"), &what, round);
        api_update(in_folder(state, "api"), &what, round);
        assert_both_same(state);
    }
}

static void an_empty_database_can_be_filled(void **state)
{
    collection none = {.seed = 9, .documents = 0}, some = {.seed = 9, .documents = 60};
    write_both(state, &none, &usual);
    api_update(in_folder(state, "bulk"), &some, 1);
    api_update(in_folder(state, "api"), &some, 1);
    assert_both_same(state);
}

static void add_heavy(glass_builder *bulk, xs_writer *api, uint32_t wdf)
{
    xs_doc *doc;
    glass_posting posting = {SPAN("heavy"), wdf, NULL, 0};
    glass_document document = {.postings = &posting, .posting_count = 1};
    expect(glass_builder_add(bulk, &document, &lc_said));
    xexpect(xs_doc_new(&doc, NULL));
    xexpect(xs_doc_add_term(doc, "heavy", 5, wdf, NULL));
    xexpect(xs_writer_add(api, doc, NULL, NULL));
    xs_doc_free(doc);
}

/* A term's frequency in the collection has 32 bits, and wraps; so updates can still subtract. */
static void frequencies_wrap_as_the_librarys(void **state)
{
    glass_builder *bulk;
    xs_writer *api;
    expect(glass_builder_open(in_folder(state, "bulk"), &usual, &bulk, &lc_said));
    xexpect(xs_writer_open(in_folder(state, "api"), XS_OVERWRITE, XS_NO_SYNC, &api, NULL));
    for (uint32_t i = 0; i < 5; i++)
        add_heavy(bulk, api, UINT32_MAX - 1 - i);
    expect(glass_builder_finish(bulk, &lc_said));
    glass_builder_free(bulk);
    xexpect(xs_writer_commit(api, NULL));
    xs_writer_free(api);
    assert_same_dump(in_folder(state, "bulk"), in_folder(state, "api"));
}

static bool same_file(const char *a, const char *b)
{
    buffer first = {0}, second = {0};
    expect(file_read(a, 0, &first, NULL, &lc_said));
    expect(file_read(b, 0, &second, NULL, &lc_said));
    bool same = span_equal(buffer_span(&first), buffer_span(&second));
    buffer_free(&first);
    buffer_free(&second);
    return same;
}

/* 15 bytes stand before the uuid, which is always another one. */
static void assert_same_version_file(void **state, const char *a, const char *b)
{
    buffer first = {0}, second = {0};
    expect(file_read(in_folder(state, a), 0, &first, NULL, &lc_said));
    expect(file_read(in_folder(state, b), 0, &second, NULL, &lc_said));
    assert_int_equal(first.length, second.length);
    assert_memory_not_equal(first.at + 16, second.at + 16, 16);
    assert_memory_equal(first.at + 32, second.at + 32, first.length - 32);
    buffer_free(&first);
    buffer_free(&second);
}

static void one_run_or_hundreds_give_the_same_bytes(void **state)
{
    static const size_t limits[] = {1000000, 100000, 20000};
    static const uint32_t runs_at_least[] = {1, 10, 70};
    static const char *const tables[] = {"postlist", "docdata", "termlist", "position"};
    collection what = {.seed = 10, .documents = 400};
    assert_int_equal(bulk_write(in_folder(state, "bulk"), &what, &usual).runs, 0);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        glass_options options = {.memory_limit = limits[i]};
        glass_progress progress = bulk_write(in_folder(state, "runs"), &what, &options);
        assert_int_equal(progress.documents, what.documents);
        assert_in_range(progress.runs, runs_at_least[i], UINT32_MAX);
        for (size_t n = 0; n < sizeof tables / sizeof *tables; n++) {
            char one[64], many[64];
            snprintf(one, sizeof one, "bulk/%s.glass", tables[n]);
            snprintf(many, sizeof many, "runs/%s.glass", tables[n]);
            assert_true(same_file(in_folder(state, one), in_folder(state, many)));
        }
        assert_same_version_file(state, "bulk/iamglass", "runs/iamglass");
        expect(folder_remove(in_folder(state, "runs"), &lc_said));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_folder_make, test_folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(reads_as_the_librarys_own),
        TEST(small_collections_too),
        TEST(every_block_size),
        TEST(every_compression),
        TEST(updates_go_on_as_on_the_librarys_own),
        TEST(an_empty_database_can_be_filled),
        TEST(frequencies_wrap_as_the_librarys),
        TEST(one_run_or_hundreds_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
