/*
 * test_glass_failures.c - killed or out of space at any point, a builder leaves nothing that opens
 * as a database, and says what failed.
 *
 * The limit on the size of files stands for a full disk: a write fails where the file would become
 * larger, or, as the kernel does by default, the process is killed there.
 */
#include "glass_testing.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static const collection what = {.seed = 70, .documents = 120};

/* Builds in a process of its own; returns its status as wait() gives it. */
static int build_with_limit(const char *path, rlim_t limit, bool die)
{
    pid_t child = fork();
    if (child == 0) {
        static const glass_options options = {.memory_limit = 100000};
        struct rlimit files = {limit, limit}, none = {0, 0};
        glass_builder *builder;
        arena *memory = arena_new();
        lc_error said = {LC_OK, ""};
        setrlimit(RLIMIT_CORE, &none);
        setrlimit(RLIMIT_FSIZE, &files);
        signal(SIGXFSZ, die ? SIG_DFL : SIG_IGN);
        lc_status status = glass_builder_open(path, &options, &builder, &said);
        for (uint32_t docid = 1; status == LC_OK && docid <= what.documents; docid++) {
            glass_document document = collection_document(&what, docid, memory);
            status = glass_builder_add(builder, &document, &said);
        }
        if (status == LC_OK)
            status = glass_builder_finish(builder, &said);
        glass_builder_free(builder);
        arena_free(memory);
        _exit(status == LC_OK ? 0 : status == LC_IO && strstr(said.message, "can't be") ? 1 : 2);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    return result;
}

static bool opens(const char *path)
{
    xs_reader *reader;
    if (xs_reader_open(path, &reader, NULL) != XS_OK)
        return false;
    xs_reader_free(reader);
    return true;
}

static bool exists(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0;
}

enum { FIRST_LIMIT = 3, LIMIT_STEPS = 90 };

/* 0, 3, 4, 5, ... up to beyond the largest table: each fails somewhere else. */
static rlim_t next_limit(rlim_t limit)
{
    return limit ? limit + limit / 5 + 1 : FIRST_LIMIT;
}

static void out_of_space_nothing_is_left(void **state)
{
    const char *path = in_folder(state, "bulk");
    int failed = 0, done = 0;
    rlim_t limit = 0;
    for (int i = 0; i < LIMIT_STEPS && !done; i++, limit = next_limit(limit)) {
        int result = build_with_limit(path, limit, false);
        assert_true(WIFEXITED(result));
        assert_in_range(WEXITSTATUS(result), 0, 1);
        done = WEXITSTATUS(result) == 0;
        failed += !done;
        assert_int_equal(opens(path), done);
        assert_int_equal(exists(path), done);
    }
    assert_true(done);
    assert_in_range(failed, 20, LIMIT_STEPS);
    assert_check_clean(path);
}

/* The name of a file in the folder that is none of a database, or "". */
static const char *stray_file(const char *path)
{
    static char name[300];
    DIR *folder = opendir(path);
    name[0] = '\0';
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.' && !strstr(entry->d_name, "glass"))
            snprintf(name, sizeof name, "%s", entry->d_name);
    if (folder)
        closedir(folder);
    return name;
}

static void killed_it_leaves_no_database(void **state)
{
    const char *path = in_folder(state, "bulk");
    int killed = 0, done = 0;
    rlim_t limit = 0;
    for (int i = 0; i < LIMIT_STEPS && !done; i++, limit = next_limit(limit)) {
        int result = build_with_limit(path, limit, true);
        done = WIFEXITED(result);
        killed += !done;
        assert_int_equal(opens(path), done);
        assert_string_equal(stray_file(path), ""); /* runs have no name */
    }
    assert_true(done); /* over what the killed ones left */
    assert_in_range(killed, 20, LIMIT_STEPS);
    assert_check_clean(path);
}

static void freed_early_it_leaves_nothing(void **state)
{
    static const glass_options options = {0};
    glass_builder *builder;
    glass_document document = {.data = SPAN("data")};
    expect(glass_builder_open(in_folder(state, "bulk"), &options, &builder, &lc_said));
    for (int i = 0; i < 1000000 / 4; i++) /* enough that blocks were written */
        expect(glass_builder_add(builder, &document, &lc_said));
    assert_true(exists(in_folder(state, "bulk/docdata.glass")));
    assert_false(opens(in_folder(state, "bulk")));
    glass_builder_free(builder);
    assert_false(exists(in_folder(state, "bulk")));
}

static void a_folder_that_was_there_stays(void **state)
{
    static const glass_options options = {0};
    glass_builder *builder;
    glass_document document = {.data = SPAN("data")};
    expect(folder_make(in_folder(state, "bulk"), &lc_said));
    expect(file_replace(in_folder(state, "bulk/README"), SPAN("mine"), &lc_said));
    expect(glass_builder_open(in_folder(state, "bulk"), &options, &builder, &lc_said));
    expect(glass_builder_add(builder, &document, &lc_said));
    glass_builder_free(builder);
    assert_true(exists(in_folder(state, "bulk/README")));
    assert_false(exists(in_folder(state, "bulk/docdata.glass")));
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
    static const glass_options options = {0};
    glass_builder *builder;
    expect(file_replace(in_folder(state, "file"), SPAN("in the way"), &lc_said));
    lc_status status =
        glass_builder_open(in_folder(state, "file/bulk"), &options, &builder, &lc_said);
    assert_int_not_equal(status, LC_OK);
    assert_non_null(strstr(lc_said.message, "file"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_folder_make, test_folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(out_of_space_nothing_is_left),          TEST(killed_it_leaves_no_database),
        TEST(freed_early_it_leaves_nothing),         TEST(a_folder_that_was_there_stays),
        TEST(a_folder_that_cannot_be_made_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
