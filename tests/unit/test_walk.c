/* Folders made on disk and what is found in them; the rules of .gitignore against git's manual. */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "notes/ignore.h"
#include "notes/walk.h"

/* ---- a root for each test ---- */

static char root[64];

static int make_root(void **state)
{
    (void)state;
    strcpy(root, "/tmp/lectern-walk-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    (void)state;
    return folder_remove(root, NULL) == LC_OK ? 0 : -1;
}

static void make_file(const char *path, const char *content)
{
    char *whole = path_join(root, path), *folder = xstrdup(path_folder(span_of(whole)));
    assert_int_equal(folder_make(folder, NULL), LC_OK);
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    free(folder);
    free(whole);
}

static void make_link(const char *target, const char *path)
{
    char *whole = path_join(root, path);
    assert_int_equal(symlink(target, whole), 0);
    free(whole);
}

/* Appends "path" or "path: reason" lines. */
static lc_status print_entry(const walk_entry *entry, void *user, lc_error *error)
{
    buffer *to = user;
    (void)error;
    if (!entry->reason)
        assert_true(S_ISREG(entry->status->st_mode));
    buffer_add_text(to, entry->path);
    buffer_add_text(to, entry->is_folder ? "/" : "");
    if (entry->reason)
        buffer_printf(to, ": %s%s", entry->failed ? "FAILED " : "", entry->reason);
    buffer_add_byte(to, '\n');
    return LC_OK;
}

static void check_walk(bool all, const char *expected)
{
    buffer got = {0};
    lc_error error = {0};
    walk_options options = {.size_limit = 100, .all = all};
    buffer_add_text(&got, "");
    assert_int_equal(walk_root(root, &options, print_entry, &got, &error), LC_OK);
    assert_string_equal(got.at, expected);
    buffer_free(&got);
}

static void notes_are_found_in_order(void **state)
{
    (void)state;
    make_file("b.MD", "x");
    make_file("a/z.txt", "x");
    make_file("a-b.md", "x");
    make_file("a.markdown", "x");
    make_file("a/sub/x.mdown", "x");
    make_file("c.rst", "x");
    make_file(".md", "x");
    make_file("\xFF\n.md", "x");
    check_walk(false, "a-b.md\na.markdown\na/sub/x.mdown\na/z.txt\nb.MD\n\xFF\n.md\n");
}

static void hidden_and_large_are_skipped(void **state)
{
    (void)state;
    char large[102];
    memset(large, 'x', 101);
    large[101] = '\0';
    make_file(".hidden.md", "x");
    make_file(".git/x.md", "x");
    make_file("large.md", large);
    make_file("ok.md", "x");
    check_walk(true, ".git/: hidden\n.hidden.md: hidden\nlarge.md: larger than the size limit\n"
                     "ok.md\n");
}

static void ignore_files_are_obeyed(void **state)
{
    (void)state;
    make_file(".gitignore", "# comment\n*.txt\n!keep.txt\n/top.md\nbuild/\ndeep/**/x.md\n");
    make_file("a.txt", "x");
    make_file("keep.txt", "x");
    make_file("top.md", "x");
    make_file("sub/top.md", "x");
    make_file("build/keep.txt", "x");
    make_file("deep/a/b/x.md", "x");
    make_file("deep/y.md", "x");
    make_file("sub/.gitignore", "!a.txt\nb.md\n");
    make_file("sub/.ignore", "!b.md\nc.md\n");
    make_file("sub/a.txt", "x");
    make_file("sub/b.md", "x");
    make_file("sub/c.md", "x");
    check_walk(false, "deep/y.md\nkeep.txt\nsub/a.txt\nsub/b.md\nsub/top.md\n");
}

static void links_stay_inside_and_come_once(void **state)
{
    (void)state;
    make_file("real/a.md", "x");
    make_file(".store/deep/b.md", "x");
    make_file(".store/c.md", "x");
    make_link("real", "again"); /* a folder that is walked anyway */
    make_link("../real", "real/loop");
    make_link("..", "real/up");
    make_link("a.md", "real/same.md"); /* a file that is found anyway */
    make_link(".store/deep", "kept");
    make_link(".store/c.md", "c-link.md");
    make_link("/etc", "out");
    make_link("nowhere", "dead.md");
    check_walk(true, ".store/: hidden\nreal/a.md\n"
                     "again/: found at another place too\nc-link.md\n"
                     "dead.md: FAILED the link leads nowhere\nkept/b.md\n"
                     "out/: the link leads out of the root\n"
                     "real/loop/: found at another place too\n"
                     "real/same.md: found at another place too\n"
                     "real/up/: found at another place too\n");
}

static void a_fifo_is_no_note(void **state)
{
    (void)state;
    char *whole = path_join(root, "pipe.md");
    assert_int_equal(mkfifo(whole, 0600), 0);
    free(whole);
    check_walk(true, "pipe.md: not a regular file\n");
}

static void deep_folders_end(void **state)
{
    (void)state;
    int at = open(root, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < WALK_DEPTH_LIMIT + 5; i++) {
        assert_int_equal(mkdirat(at, "f", 0700), 0);
        int inner = openat(at, "f", O_RDONLY | O_DIRECTORY);
        close(at);
        at = inner;
    }
    close(at);
    buffer expected = {0};
    for (int i = 0; i < WALK_DEPTH_LIMIT; i++)
        buffer_add_text(&expected, i ? "/f" : "f");
    buffer_add_text(&expected, "/: FAILED too many folders inside of each other\n");
    check_walk(false, expected.at);
    buffer_free(&expected);
}

static void long_paths_are_told(void **state)
{
    (void)state;
    char name[201];
    memset(name, 'n', 200);
    name[200] = '\0';
    int at = open(root, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < 30; i++) {
        assert_int_equal(mkdirat(at, name, 0700), 0);
        int inner = openat(at, name, O_RDONLY | O_DIRECTORY);
        close(at);
        at = inner;
    }
    int file = openat(at, "a.md", O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    close(file);
    close(at);
    buffer got = {0};
    assert_int_equal(walk_root(root, NULL, print_entry, &got, NULL), LC_OK);
    assert_true(span_ends_with(buffer_span(&got),
                               SPAN("/a.md: FAILED the path is too long to be opened\n")));
    buffer_free(&got);
    /* the tests' own clean-up goes by path: take the tower down from the inside of the root */
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'/n*", root);
    assert_int_equal(system(command), 0);
}

static void a_locked_folder_is_told(void **state)
{
    (void)state;
    const uid_t nobody = 65534;
    bool is_root = geteuid() == 0; /* whom no permission stops */
    make_file("locked/a.md", "x");
    make_file("open.md", "x");
    char *whole = path_join(root, "locked");
    chmod(root, 0755);
    chmod(whole, 0);
    assert_true(!is_root || seteuid(nobody) == 0);
    check_walk(false, "locked/: FAILED Permission denied\nopen.md\n");
    assert_true(!is_root || seteuid(0) == 0);
    chmod(whole, 0700);
    free(whole);
}

static lc_status stop(const walk_entry *entry, void *user, lc_error *error)
{
    (void)entry;
    ++*(int *)user;
    return lc_fail(error, LC_LOCKED, "stop");
}

static void errors_end_the_walk(void **state)
{
    (void)state;
    int calls = 0;
    lc_error error;
    make_file("a.md", "x");
    make_file("b.md", "x");
    assert_int_equal(walk_root(root, NULL, stop, &calls, &error), LC_LOCKED);
    assert_int_equal(calls, 1);
    assert_int_equal(walk_root("/no/such/folder", NULL, stop, &calls, &error), LC_NOT_FOUND);
    char *file = path_join(root, "a.md");
    assert_int_equal(walk_root(file, NULL, stop, &calls, &error), LC_NOT_FOUND);
    free(file);
    assert_int_equal(calls, 1);
}

/* ---- patterns ---- */

static void check_rules(const char *rules, const char *path, ignore_verdict expected)
{
    arena *memory = arena_new();
    ignore_rules parsed = {0};
    span name = span_of(path);
    bool is_folder = name.at[name.length - 1] == '/';
    ignore_parse(span_of(rules), memory, &parsed);
    if (ignore_match(&parsed, span_slice(name, 0, name.length - is_folder), is_folder) != expected)
        fail_msg("rules \"%s\" on %s", rules, path);
    arena_free(memory);
}

static void rules_as_in_gitignore(void **state)
{
    (void)state;
    static const struct {
        const char *rules, *path;
        ignore_verdict verdict;
    } cases[] = {
        {"", "a.md", IGNORE_UNDECIDED},
        {"*.md", "x/a.md", IGNORE_YES},
        {"*.md", "x/a.mdx", IGNORE_UNDECIDED},
        {"a.md", "x/y/a.md", IGNORE_YES},
        {"/a.md", "x/a.md", IGNORE_UNDECIDED},
        {"/a.md", "a.md", IGNORE_YES},
        {"x/a.md", "x/a.md", IGNORE_YES},
        {"x/a.md", "y/x/a.md", IGNORE_UNDECIDED},
        {"x/", "x/", IGNORE_YES},
        {"x/", "y/x/", IGNORE_YES},
        {"x/", "x", IGNORE_UNDECIDED},
        {"**/x", "x", IGNORE_YES},
        {"**/x", "a/b/x", IGNORE_YES},
        {"**/x/y", "a/x/y", IGNORE_YES},
        {"a/**", "a/b/c", IGNORE_YES},
        {"a/**", "a/", IGNORE_UNDECIDED},
        {"a/**/b", "a/b", IGNORE_YES},
        {"a/**/b", "a/x/y/b", IGNORE_YES},
        {"a/**/b", "a/xb", IGNORE_UNDECIDED},
        {"a/*/b", "a/x/b", IGNORE_YES},
        {"a/*/b", "a/x/y/b", IGNORE_UNDECIDED},
        {"a**b", "axxb", IGNORE_YES},
        {"/a**b", "a/b", IGNORE_UNDECIDED},
        {"?.md", "a.md", IGNORE_YES},
        {"?.md", "ab.md", IGNORE_UNDECIDED},
        {"[a-c].md", "b.md", IGNORE_YES},
        {"[!a-c].md", "b.md", IGNORE_UNDECIDED},
        {"[^a-c].md", "d.md", IGNORE_YES},
        {"[]].md", "].md", IGNORE_YES},
        {"[]-a].md", "^.md", IGNORE_YES},
        {"[[:digit:]x]*.md", "7a.md", IGNORE_YES},
        {"[[:digit:]x]*.md", "a7.md", IGNORE_UNDECIDED},
        {"[a-.md", "a.md", IGNORE_UNDECIDED},
        {"a\\*.md", "a*.md", IGNORE_YES},
        {"a\\*.md", "ab.md", IGNORE_UNDECIDED},
        {"\\#a", "#a", IGNORE_YES},
        {"\\!a", "!a", IGNORE_YES},
        {"#a", "#a", IGNORE_UNDECIDED},
        {"a.md  ", "a.md", IGNORE_YES},
        {"a.md\\ ", "a.md ", IGNORE_YES},
        {"a.md\r\nb.md\r\n", "b.md", IGNORE_YES},
        {"\xEF\xBB\xBF"
         "a.md",
         "a.md", IGNORE_YES},
        {"*.md\n!a.md", "a.md", IGNORE_NO},
        {"!a.md\n*.md", "a.md", IGNORE_YES},
        {"*", "anything", IGNORE_YES},
        {"/*", "x/y", IGNORE_UNDECIDED},
        {"A.md", "a.md", IGNORE_UNDECIDED},
        {"/", "a", IGNORE_UNDECIDED},
        {"\n\n!\n", "a", IGNORE_UNDECIDED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_rules(cases[i].rules, cases[i].path, cases[i].verdict);
}

static void no_pattern_is_slow(void **state)
{
    (void)state;
    char pattern[401], text[2001];
    for (size_t i = 0; i < 400; i += 2)
        memcpy(pattern + i, "a*", 2);
    pattern[399] = 'b';
    pattern[400] = '\0';
    memset(text, 'a', 2000);
    text[2000] = '\0';
    assert_false(ignore_glob(span_of(pattern), span_of(text)));
    text[1999] = 'b';
    assert_true(ignore_glob(span_of(pattern), span_of(text)));
}

#define WITH_ROOT(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ROOT(notes_are_found_in_order), WITH_ROOT(hidden_and_large_are_skipped),
        WITH_ROOT(ignore_files_are_obeyed),  WITH_ROOT(links_stay_inside_and_come_once),
        WITH_ROOT(a_fifo_is_no_note),        WITH_ROOT(deep_folders_end),
        WITH_ROOT(long_paths_are_told),      WITH_ROOT(a_locked_folder_is_told),
        WITH_ROOT(errors_end_the_walk),      cmocka_unit_test(rules_as_in_gitignore),
        cmocka_unit_test(no_pattern_is_slow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
