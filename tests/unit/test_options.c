/* cli: the option parser; a query's dashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/options.h"

static const option OWN[] = {{'n', "limit", "N", ""},
                             {'v', "verbose", NULL, ""},
                             {0, "long", NULL, ""},
                             {0, NULL, NULL, NULL}};
static const option COMMON[] = {{0, "index", "FOLDER", ""}, {0, NULL, NULL, NULL}};

/* Arguments, then what is wanted: options as name=text and words, or an error. */
static const struct {
    bool query;
    const char *arguments[6];
    const char *want; /* NULL: an error */
} CASES[] = {
    {false, {"a", "-n", "5", "b"}, "limit=5 a b"},
    {false, {"-n5", "--limit=6"}, "limit=5 limit=6"},
    {false, {"-vn", "5", "x"}, "verbose= limit=5 x"},
    {false, {"--index", "i", "--", "-v"}, "index=i -v"},
    {false, {"-x"}, NULL},
    {false, {"--unknown"}, NULL},
    {false, {"-n"}, NULL},
    {false, {"--long=1"}, NULL},
    {false, {"-"}, "-"},
    {true, {"a", "-b"}, "a -b"},
    {true, {"a", "-verbose"}, "a -verbose"},
    {true, {"a", "-v"}, "verbose= a"},
    {true, {"a", "-nosql"}, "a -nosql"},
    {true, {"a", "-n5"}, "limit=5 a"},
    {true, {"-sql", "a"}, "-sql a"},
    {true, {"a", "--nonsense"}, "a --nonsense"},
    {true, {"--nonsense", "a"}, NULL},
};

static void options_are_told_from_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char got[256] = "";
        lc_error error;
        options given;
        int count = 0;
        while (count < 6 && CASES[i].arguments[count])
            count++;
        lc_status status = options_parse(OWN, COMMON, CASES[i].query, count,
                                         (char **)(uintptr_t)CASES[i].arguments, &given, &error);
        for (size_t k = 0; k < given.given_count; k++) {
            strcat(strcat(strcat(got, got[0] ? " " : ""), given.given[k].which->name), "=");
            strcat(got, given.given[k].text);
        }
        for (size_t k = 0; k < given.word_count; k++)
            strcat(strcat(got, got[0] ? " " : ""), given.words[k]);
        options_free(&given);
        if (CASES[i].want) {
            assert_int_equal(status, LC_OK);
            assert_string_equal(got, CASES[i].want);
        } else {
            assert_int_equal(status, LC_BAD_INPUT);
        }
    }
}

static void numbers_are_checked(void **state)
{
    (void)state;
    lc_error error;
    options given;
    long number;
    const char *good[] = {"-n", "12"}, *bad[] = {"-n", "1x"};
    assert_int_equal(options_parse(OWN, NULL, false, 2, (char **)(uintptr_t)good, &given, &error),
                     LC_OK);
    assert_int_equal(options_number(&given, "limit", 1, 10, &number, &error), LC_OK);
    assert_int_equal(number, 12);
    assert_int_equal(options_number(&given, "limit", 13, 10, &number, &error), LC_BAD_INPUT);
    options_free(&given);
    assert_int_equal(options_parse(OWN, NULL, false, 2, (char **)(uintptr_t)bad, &given, &error),
                     LC_OK);
    assert_int_equal(options_number(&given, "limit", 1, 10, &number, &error), LC_BAD_INPUT);
    options_free(&given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_told_from_words),
        cmocka_unit_test(numbers_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
