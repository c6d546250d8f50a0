/*
 * test_shim_status.c - each status of the shim, provoked once, most of them by damage on disk,
 * another process or a missing permission.
 */
#include "shim_index.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What body returns in a child process.  The child is killed, so that leak checkers leave it alone:
 * what the parent's stack holds looks lost to it. */
static int in_child(int (*body)(const char *path), const char *path)
{
    int answer[2];
    unsigned char found = 99;
    assert_int_equal(pipe(answer), 0);
    pid_t child = fork();
    if (child == 0) {
        found = (unsigned char)body(path);
        if (write(answer[1], &found, 1) == 1)
            raise(SIGKILL);
        _exit(1);
    }
    close(answer[1]);
    assert_int_equal(read(answer[0], &found, 1), 1);
    close(answer[0]);
    waitpid(child, NULL, 0);
    return found;
}

static void unprivileged(void)
{
    if (geteuid() == 0 && (setgroups(0, NULL) || setgid(65534) || setuid(65534)))
        _exit(1);
}

static int try_read(const char *path)
{
    xs_reader *reader = NULL;
    xs_status status = xs_reader_open(path, &reader, &shim_error);
    xs_reader_free(reader);
    return (int)status;
}

static int try_write(const char *path)
{
    xs_writer *writer = NULL;
    xs_status status = xs_writer_open(path, XS_OPEN_OR_CREATE, 0, &writer, &shim_error);
    xs_writer_free(writer);
    return (int)status;
}

static const char *file_in(const char *path, const char *name)
{
    static char file[1024];
    snprintf(file, sizeof file, "%s/%s", path, name);
    return file;
}

static void overwrite(const char *file, long at, const void *bytes, size_t len)
{
    FILE *f = fopen(file, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* ---- XS_NO_INDEX ---- */

static void missing_path(void **state)
{
    assert_int_equal(try_read(*state), XS_NO_INDEX);
    assert_non_null(strstr(shim_error.message, "No such file"));
    assert_int_equal(xs_compact(*state, "x", &shim_error), XS_NO_INDEX);
    assert_int_equal(xs_check(*state, NULL, NULL, &shim_error), XS_NO_INDEX);
}

static void folder_that_is_no_index(void **state)
{
    assert_int_equal(mkdir(*state, 0755), 0);
    assert_int_equal(try_read(*state), XS_NO_INDEX);
    fclose(fopen(file_in(*state, "notes.md"), "w"));
    assert_int_equal(try_read(*state), XS_NO_INDEX);
    assert_int_equal(try_read(file_in(*state, "notes.md")), XS_NO_INDEX);
}

/* ---- XS_OLD_INDEX ---- */

static void index_of_another_version(void **state)
{
    shim_fill(*state, 2);
    overwrite(file_in(*state, "iamglass"), 14, "\x01\x02", 2); /* the version, after the magic */
    assert_int_equal(try_read(*state), XS_OLD_INDEX);
    assert_int_equal(try_write(*state), XS_OLD_INDEX);
}

/* ---- XS_LOCKED ---- */

static void second_writer(void **state)
{
    xs_writer *writer = shim_create(*state);
    assert_int_equal(in_child(try_write, *state), XS_LOCKED);
    assert_int_equal(try_write(*state), XS_LOCKED);
    xs_writer_free(writer);
    assert_int_equal(in_child(try_write, *state), XS_OK);
}

/* XS_WAIT: the child holds the lock until its commit; the parent's open must come after it. */
static void waiting_writer(void **state)
{
    int ready[2];
    char byte = 0;
    shim_close(shim_create(*state));
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        xs_writer *writer = shim_create(*state);
        bool told = write(ready[1], "x", 1) == 1;
        usleep(100000);
        shim_put(writer, "Qchild", "x");
        shim_close(writer);
        raise(told ? SIGKILL : SIGABRT);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    xs_writer *writer = NULL;
    assert_ok(xs_writer_open(*state, XS_OPEN_EXISTING, XS_WAIT, &writer, &shim_error));
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 1);
    xs_reader_free(reader);
    xs_writer_free(writer);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
}

/* ---- XS_CHANGED ---- */

static bool pass(const char *term, size_t term_len, uint32_t frequency, void *user)
{
    (void)term, (void)term_len, (void)frequency, (void)user;
    return true;
}

static xs_status read_terms(const xs_reader *reader)
{
    return xs_reader_each_term(reader, "", 0, pass, NULL, &shim_error);
}

/* Trap C: after one commit the reader still answers; after the second its blocks are used anew. */
static void stale_reader(void **state)
{
    uint32_t length = 0;
    shim_fill(*state, 300);
    xs_reader *reader = shim_read(*state);
    shim_fill(*state, 301);
    assert_int_equal(read_terms(reader), XS_OK);
    shim_fill(*state, 302);
    assert_int_equal(read_terms(reader), XS_CHANGED);
    assert_int_equal(xs_reader_doc_length(reader, 300, &length, NULL), XS_CHANGED);
    bool changed = false;
    assert_ok(xs_reader_reopen(reader, &changed, &shim_error));
    assert_true(changed);
    assert_int_equal(read_terms(reader), XS_OK);
    xs_reader_free(reader);
}

/* ---- XS_CORRUPT ---- */

static int read_all(const char *path)
{
    xs_reader *reader = NULL;
    xs_status status = xs_reader_open(path, &reader, &shim_error);
    if (status == XS_OK)
        status = read_terms(reader);
    xs_reader_free(reader);
    return (int)status;
}

static void damaged_tables(void **state)
{
    char garbage[8192];
    memset(garbage, 0xa5, sizeof garbage);
    shim_fill(*state, 300);
    assert_int_equal(read_all(*state), XS_OK);
    for (int block = 0; block < 16; block++)
        overwrite(file_in(*state, "postlist.glass"), 8192L * block, garbage, sizeof garbage);
    assert_int_equal(read_all(*state), XS_CORRUPT);
}

static void table_cut_short(void **state)
{
    shim_fill(*state, 300);
    assert_int_equal(truncate(file_in(*state, "postlist.glass"), 0), 0);
    assert_int_equal(read_all(*state), XS_CORRUPT);
}

static void table_gone(void **state)
{
    shim_fill(*state, 3);
    assert_int_equal(unlink(file_in(*state, "postlist.glass")), 0);
    assert_int_equal(read_all(*state), XS_CORRUPT);
}

static void version_file_cut_short(void **state)
{
    shim_fill(*state, 3);
    assert_int_equal(truncate(file_in(*state, "iamglass"), 0), 0);
    assert_int_equal(read_all(*state), XS_CORRUPT);
}

/* ---- XS_NOT_FOUND ---- */

static void document_not_found(void **state)
{
    char *data = NULL;
    size_t len = 0;
    uint32_t length = 7;
    shim_walk seen = {.limit = 9};
    shim_fill(*state, 3);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(xs_reader_get_data(reader, 999, &data, &len, &shim_error), XS_NOT_FOUND);
    assert_null(data);
    assert_int_equal(xs_reader_doc_length(reader, 999, &length, &shim_error), XS_NOT_FOUND);
    assert_int_equal(length, 7);
    assert_int_equal(
        xs_reader_each_doc_term(reader, 999, "", 0, shim_walk_term, &seen, &shim_error),
        XS_NOT_FOUND);
    xs_reader_free(reader);
}

/* ---- XS_BAD_ARGUMENT ---- */

static void bad_arguments(void **state)
{
    (void)state;
    xs_query *query = NULL, *phrase = NULL, *outer = NULL;
    assert_int_equal(xs_query_term("", 0, 1, &query, &shim_error), XS_BAD_ARGUMENT);
    assert_null(query);
    assert_ok(xs_query_term("a", 1, 1, &query, &shim_error));
    const xs_query *const terms[] = {query, query};
    assert_ok(xs_query_join(XS_AND, terms, 2, &phrase, &shim_error));
    const xs_query *const nested[] = {phrase, query};
    assert_int_equal(xs_query_near(nested, 2, 2, true, &outer, &shim_error), XS_BAD_ARGUMENT);
    xs_query_free(phrase);
    xs_query_free(query);
}

static void messages_are_one_line_and_cut(void **state)
{
    (void)state;
    char term[300];
    xs_doc *doc = shim_doc("");
    memset(term, '\n', sizeof term);
    assert_int_equal(xs_doc_add_term(doc, term, sizeof term, 1, &shim_error), XS_BAD_ARGUMENT);
    assert_null(strpbrk(shim_error.message, "\n\t"));
    assert_int_equal(shim_error.status, XS_BAD_ARGUMENT);
    assert_int_equal(xs_doc_add_term(doc, term, sizeof term, 1, NULL), XS_BAD_ARGUMENT);
    xs_doc_free(doc);
    char path[2000];
    memset(path, 'p', sizeof path);
    path[sizeof path - 1] = '\0';
    try_read(path);
    assert_int_equal(strlen(shim_error.message), sizeof shim_error.message - 1);
}

/* ---- XS_NO_MEMORY ---- */

static bool allocator_aborts(void)
{
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    const char *preloaded = getenv("LD_PRELOAD");
    return preloaded && strstr(preloaded, "valgrind");
#endif
}

static void out_of_memory(void **state)
{
    (void)state;
    if (allocator_aborts())
        skip();
    xs_doc *doc = shim_doc("x");
    assert_int_equal(xs_doc_set_data(doc, "x", (size_t)1 << 46, &shim_error), XS_NO_MEMORY);
    assert_string_equal(shim_error.message, "out of memory");
    xs_doc_free(doc);
}

/* ---- XS_IO ---- */

static int try_write_unprivileged(const char *path)
{
    unprivileged();
    return try_write(path);
}

static int try_read_unprivileged(const char *path)
{
    unprivileged();
    return try_read(path);
}

/* Xapian throws DatabaseLockError for a lock file it can't make: nobody holds that lock. */
static void index_in_a_read_only_folder(void **state)
{
    shim_fill(*state, 3);
    assert_int_equal(chmod(file_in(*state, "flintlock"), 0444), 0);
    assert_int_equal(chmod(*state, 0555), 0);
    assert_int_equal(in_child(try_write_unprivileged, *state), XS_IO);
    assert_int_equal(chmod(*state, 0755), 0);
}

/* And DatabaseOpeningError for a file it may not read: there is an index. */
static void unreadable_index(void **state)
{
    shim_fill(*state, 3);
    assert_int_equal(chmod(file_in(*state, "iamglass"), 0), 0);
    assert_int_equal(in_child(try_read_unprivileged, *state), XS_IO);
}

static void parent_folder_missing(void **state)
{
    assert_int_equal(try_write(file_in(*state, "deep/index")), XS_IO);
}

/* A file may not grow: as a full disk, for every user.  Returns the status of the commit. */
static int commit_on_a_full_disk(const char *path)
{
    const struct rlimit limit = {20000, 20000};
    if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 99;
    xs_writer *writer = shim_create(path);
    xs_doc *doc = shim_doc("");
    for (int i = 0; i < 3000; i++) {
        char term[16];
        int len = snprintf(term, sizeof term, "u%d", i);
        xs_doc_add_term(doc, term, (size_t)len, 1, NULL);
    }
    xs_status put = xs_writer_add(writer, doc, NULL, NULL);
    xs_status first = xs_writer_commit(writer, NULL), second = xs_writer_commit(writer, NULL);
    xs_doc_free(doc);
    xs_writer_free(writer);
    return put == XS_OK && first == second ? (int)first : 98;
}

static void full_disk_fails_the_commit_and_keeps_the_last(void **state)
{
    shim_close(shim_create(*state));
    assert_int_equal(in_child(commit_on_a_full_disk, *state), XS_IO);
    xs_reader *reader = shim_read(*state);
    assert_int_equal(shim_stats(reader).doc_count, 0);
    xs_reader_free(reader);
    assert_int_equal(try_write(*state), XS_OK);
}

/* ---- XS_INTERNAL ---- */

static void anything_else_thrown(void **state)
{
    (void)state;
    xs_doc *doc = shim_doc("x");
    assert_int_equal(xs_doc_set_data(doc, "x", SIZE_MAX, &shim_error), XS_INTERNAL);
    xs_doc_free(doc);
}

/* ---- what needs no index ---- */

static void names_and_null_handles(void **state)
{
    (void)state;
    for (int status = XS_OK; status <= XS_INTERNAL; status++)
        assert_true(strlen(xs_status_name((xs_status)status)) > 0);
    assert_string_equal(xs_status_name(XS_INTERNAL), "internal error");
    assert_string_equal(xs_status_name(XS_LOCKED), "locked");
    assert_memory_equal(xs_library_version(), "1.4.", 4);
    xs_writer_free(NULL);
    xs_reader_free(NULL);
    xs_query_free(NULL);
    xs_doc_free(NULL);
    xs_free(NULL);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, shim_folder_make, shim_folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(missing_path),
        IN_FOLDER(folder_that_is_no_index),
        IN_FOLDER(index_of_another_version),
        IN_FOLDER(second_writer),
        IN_FOLDER(waiting_writer),
        IN_FOLDER(stale_reader),
        IN_FOLDER(damaged_tables),
        IN_FOLDER(table_cut_short),
        IN_FOLDER(table_gone),
        IN_FOLDER(version_file_cut_short),
        IN_FOLDER(document_not_found),
        cmocka_unit_test(bad_arguments),
        cmocka_unit_test(messages_are_one_line_and_cut),
        cmocka_unit_test(out_of_memory),
        IN_FOLDER(index_in_a_read_only_folder),
        IN_FOLDER(unreadable_index),
        IN_FOLDER(parent_folder_missing),
        IN_FOLDER(full_disk_fails_the_commit_and_keeps_the_last),
        cmocka_unit_test(anything_else_thrown),
        cmocka_unit_test(names_and_null_handles),
    };
    return cmocka_run_group_tests_name("shim statuses", tests, NULL, NULL);
}
