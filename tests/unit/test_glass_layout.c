/*
 * test_glass_layout.c - the blocks of the builder's tables are those that the library writes when
 * it compacts its own database of the same documents.
 *
 * This covers what no reader of the library shows and its check does not look at: the entry that
 * each document must have in the termlist, the list of slots used, the bounds of wdf and lengths,
 * the total length, the counts and the lists of free blocks.  An error there would be found only
 * when updates have gone wrong.
 *
 * The library cuts the first leaf of docdata and position in two halves, if it is full before ten
 * items were put there: it does not know yet that more will come in order.  Hence calm_start.
 */
#include "glass_testing.h"

#include <string.h>

#include "base/file.h"

enum { HEADER = 11, LEVEL_AT = 4, FREE_AT = 7, DIRECTORY_END_AT = 9, MAGIC_AND_UUID = 32 };

static uint32_t two_bytes(const char *at)
{
    return (uint32_t)(uint8_t)at[0] << 8 | (uint8_t)at[1];
}

static span item_of(const char *block, size_t n)
{
    const char *item = block + two_bytes(block + HEADER + 2 * n);
    if (block[LEVEL_AT] == 0)
        return (span){item, (two_bytes(item) & 0x1fff) + 3};
    return (span){item, 4 + 1 + (size_t)(uint8_t)item[4] + 2};
}

/* All but the revision, and where the items lie between the directory and the block's end. */
static void assert_same_block(const char *found, const char *expected, size_t number)
{
    if (memcmp(found + LEVEL_AT, expected + LEVEL_AT, 1) != 0 ||
        memcmp(found + FREE_AT, expected + FREE_AT, HEADER - FREE_AT) != 0)
        fail_msg("block %zu: level %d, free %u, directory to %u; expected %d, %u, %u", number,
                 found[LEVEL_AT], two_bytes(found + FREE_AT), two_bytes(found + DIRECTORY_END_AT),
                 expected[LEVEL_AT], two_bytes(expected + FREE_AT),
                 two_bytes(expected + DIRECTORY_END_AT));
    uint32_t items = (two_bytes(found + DIRECTORY_END_AT) - HEADER) / 2;
    for (uint32_t i = 0; i < items; i++)
        if (!span_equal(item_of(found, i), item_of(expected, i)))
            fail_msg("block %zu: item %u of %u differs", number, i, items);
}

static void assert_same_table(void **state, const char *name, size_t block_size)
{
    char file[64];
    buffer found = {0}, expected = {0};
    snprintf(file, sizeof file, "bulk/%s.glass", name);
    expect(file_read(in_folder(state, file), 0, &found, NULL, &lc_said));
    snprintf(file, sizeof file, "compact/%s.glass", name);
    expect(file_read(in_folder(state, file), 0, &expected, NULL, &lc_said));
    assert_int_equal(found.length, expected.length);
    for (size_t at = 0; at < found.length; at += block_size)
        assert_same_block(found.at + at, expected.at + at, at / block_size);
    buffer_free(&found);
    buffer_free(&expected);
}

static void assert_same_version(void **state)
{
    buffer found = {0}, expected = {0};
    expect(file_read(in_folder(state, "bulk/iamglass"), 0, &found, NULL, &lc_said));
    expect(file_read(in_folder(state, "compact/iamglass"), 0, &expected, NULL, &lc_said));
    assert_int_equal(found.length, expected.length);
    assert_memory_equal(found.at, expected.at, 16);
    assert_memory_equal(found.at + MAGIC_AND_UUID, expected.at + MAGIC_AND_UUID,
                        found.length - MAGIC_AND_UUID);
    buffer_free(&found);
    buffer_free(&expected);
}

static void compare(void **state, const collection *what, size_t memory)
{
    glass_options options = {.memory_limit = memory};
    bulk_write(in_folder(state, "bulk"), what, &options);
    api_write(in_folder(state, "api"), what);
    xexpect(xs_compact(in_folder(state, "api"), in_folder(state, "compact"), NULL));
    assert_same_table(state, "postlist", 8192);
    assert_same_table(state, "docdata", 8192);
    assert_same_table(state, "termlist", 8192);
    assert_same_table(state, "position", 8192);
    assert_same_version(state);
}

static void blocks_are_those_of_the_librarys_compaction(void **state)
{
    for (size_t seed = 1; seed <= 8; seed++) {
        compare(state,
                &(collection){.seed = 1000 + seed,
                              .documents = (uint32_t)(20 * seed * seed),
                              .calm_start = true},
                seed * 100000);
        expect(folder_remove(in_folder(state, "bulk"), &lc_said));
    }
}

static int highest_level(const char *path, size_t block_size)
{
    buffer table = {0};
    int highest = 0;
    expect(file_read(path, 0, &table, NULL, &lc_said));
    for (size_t at = 0; at < table.length; at += block_size)
        if (table.at[at + LEVEL_AT] > highest)
            highest = table.at[at + LEVEL_AT];
    buffer_free(&table);
    return highest;
}

static void three_levels_of_blocks_too(void **state)
{
    compare(state, &(collection){.seed = 2000, .documents = 3000, .calm_start = true}, 0);
    assert_int_equal(highest_level(in_folder(state, "bulk/docdata.glass"), 8192), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_folder_make, test_folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(blocks_are_those_of_the_librarys_compaction),
        TEST(three_levels_of_blocks_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
