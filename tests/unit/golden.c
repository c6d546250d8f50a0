#include "golden.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"

static void compare(const char *path, const char *expected_path, golden_print *print)
{
    buffer input = {0}, expected = {0}, got = {0};
    lc_error error;
    assert_int_equal(file_read(path, 0, &input, NULL, &error), LC_OK);
    print(buffer_span(&input), &got);
    if (getenv("LECTERN_UPDATE")) {
        FILE *file = fopen(expected_path, "w");
        assert_non_null(file);
        fwrite(got.at, 1, got.length, file);
        fclose(file);
    }
    if (file_read(expected_path, 0, &expected, NULL, &error) != LC_OK)
        fail_msg("%s", error.message);
    if (!span_equal(buffer_span(&expected), buffer_span(&got)))
        fail_msg("%s: expected\n%.*s\ngot\n%.*s", path, SPAN_ARG(buffer_span(&expected)),
                 SPAN_ARG(buffer_span(&got)));
    buffer_free(&input);
    buffer_free(&expected);
    buffer_free(&got);
}

void golden_run(const char *folder, const char *ending, const char *expected_ending,
                golden_print *print)
{
    glob_t found;
    buffer pattern = {0};
    buffer_printf(&pattern, "%s/*%s", folder, ending);
    assert_int_equal(glob(pattern.at, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        span path = span_of(found.gl_pathv[i]);
        buffer expected = {0};
        buffer_add(&expected, span_slice(path, 0, path.length - span_of(ending).length));
        buffer_add_text(&expected, expected_ending);
        compare(path.at, expected.at, print);
        buffer_free(&expected);
    }
    globfree(&found);
    buffer_free(&pattern);
}
