/* Edit distance against a plain full table; the choice of a correction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "search/levenshtein.h"
#include "search/spelling.h"

static void test_known(void **state)
{
    static const struct {
        const char *a, *b;
        unsigned limit, distance;
    } cases[] = {
        {"", "", 2, 0},
        {"", "ab", 2, 2},
        {"", "abc", 2, 3},
        {"abc", "", 3, 3},
        {"kafka", "kafka", 2, 0},
        {"kafka", "kafak", 2, 1},
        {"kafka", "akfka", 2, 1},
        {"kafka", "kfka", 2, 1},
        {"kafka", "kaffka", 2, 1},
        {"kafka", "kavka", 2, 1},
        {"kafka", "cavka", 2, 2},
        {"kafka", "cavca", 2, 3},
        {"kafka", "cavca", 3, 3},
        {"kubernetes", "kuberentes", 2, 1},
        {"kubernetes", "kubernets", 2, 1},
        {"kubernetes", "cubernets", 2, 2},
        {"jérôme", "jerôme", 1, 1},
        {"jérôme", "jôréme", 2, 2},
        {"東京", "京東", 1, 1},
        {"a", "b", 0, 1},
        {"a", "a", 0, 0},
        {"ca", "abc", 3, 3}, /* no edit inside an exchanged pair: alignment, not full Damerau */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        span a = span_of(cases[i].a), b = span_of(cases[i].b);
        assert_int_equal(edit_distance(a, b, cases[i].limit), cases[i].distance);
        assert_int_equal(edit_distance(b, a, cases[i].limit), cases[i].distance);
    }
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The textbook's whole table, over bytes. */
static unsigned whole_table(span a, span b)
{
    unsigned t[16][16];
    for (unsigned i = 0; i <= a.length; i++)
        for (unsigned j = 0; j <= b.length; j++) {
            if (!i || !j) {
                t[i][j] = i + j;
                continue;
            }
            t[i][j] = t[i - 1][j - 1] + (a.at[i - 1] != b.at[j - 1]);
            t[i][j] = least(t[i][j], least(t[i - 1][j], t[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                t[i][j] = least(t[i][j], t[i - 2][j - 2] + 1);
        }
    return t[a.length][b.length];
}

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static span random_word(uint32_t *random, char *to)
{
    size_t length = next_random(random) % 12;
    for (size_t i = 0; i < length; i++)
        to[i] = (char)('a' + next_random(random) % 3);
    return (span){to, length};
}

static void test_against_whole_table(void **state)
{
    uint32_t random = 3;
    (void)state;
    for (int round = 0; round < 200000; round++) {
        char bytes[2][12];
        span a = random_word(&random, bytes[0]), b = random_word(&random, bytes[1]);
        unsigned limit = next_random(&random) % (EDIT_LIMIT_MAX + 1);
        assert_int_equal(edit_distance(a, b, limit), least(whole_table(a, b), limit + 1));
    }
}

static void test_long_words(void **state)
{
    char a[EDIT_WORD_MAX + 3], broken[] = "\xff\xc3k";
    edit_pattern pattern;
    (void)state;
    memset(a, 'x', sizeof a);
    assert_int_equal(edit_distance((span){a, EDIT_WORD_MAX}, (span){a, EDIT_WORD_MAX}, 2), 0);
    assert_int_equal(edit_distance((span){a, EDIT_WORD_MAX}, (span){a, EDIT_WORD_MAX - 2}, 2), 2);
    assert_int_equal(edit_distance((span){a, EDIT_WORD_MAX}, (span){a, EDIT_WORD_MAX + 1}, 2), 3);
    assert_false(edit_pattern_set(&pattern, (span){a, EDIT_WORD_MAX + 1}, 2));
    assert_true(edit_pattern_set(&pattern, SPAN("a"), 99));
    assert_int_equal(pattern.limit, EDIT_LIMIT_MAX);
    assert_int_equal(edit_distance(span_of(broken), SPAN("k"), 2), 2);
}

/* ---- corrections ---- */

typedef struct {
    const char *word;
    uint32_t frequency;
} candidate;

static void check_best(const char *word, uint32_t own, const candidate *candidates, size_t count,
                       const char *expected)
{
    spelling s = {.count = 0};
    if (spelling_start(&s, span_of(word), own))
        for (size_t i = 0; i < count; i++)
            spelling_consider(&s, span_of(candidates[i].word), candidates[i].frequency);
    if (!span_equal(spelling_best(&s, 0), span_of(expected)))
        fail_msg("%s: %.*s instead of %s", word, SPAN_ARG(spelling_best(&s, 0)), expected);
}

#define CHECK_BEST(word, own, expected, ...)                                                       \
    check_best(word, own, (const candidate[]){__VA_ARGS__},                                        \
               sizeof((const candidate[]){__VA_ARGS__}) / sizeof(candidate), expected)

static void test_several_are_kept(void **state)
{
    (void)state;
    static const candidate met[] = {{"rust", 17}, {"buts", 4},  {"must", 5}, {"rust", 1},
                                    {"dust", 2},  {"must", 40}, {"lust", 1}, {"bus", 90}};
    static const char *const expected[] = {"bus", "must", "rust", "buts"};
    spelling s = {.count = 0};
    spelling_start(&s, SPAN("bust"), 0);
    for (size_t i = 0; i < sizeof met / sizeof *met; i++)
        spelling_consider(&s, span_of(met[i].word), met[i].frequency);
    assert_int_equal(s.count, SPELLING_KEPT);
    for (size_t i = 0; i < SPELLING_KEPT; i++)
        assert_true(span_equal(spelling_best(&s, i), span_of(expected[i])));
    assert_int_equal(spelling_best(&s, SPELLING_KEPT).length, 0);
}

static void test_correction(void **state)
{
    (void)state;
    CHECK_BEST("kuberntes", 0, "kubernetes", {"kubernetes", 50}, {"kubrick", 500});
    /* one edit before two, unless it is very much rarer */
    CHECK_BEST("postgrs", 0, "postgres", {"postgres", 9}, {"post", 900});
    CHECK_BEST("migratons", 0, "migrations", {"migrations", 5}, {"migration", 50});
    CHECK_BEST("migratons", 0, "migration", {"migrations", 1}, {"migration", 500});
    /* the frequent one of two equally near; the same first letter counts */
    CHECK_BEST("tracng", 0, "tracing", {"tracing", 40}, {"trackng", 2});
    CHECK_BEST("cache1x", 0, "", {"cache2x", 40});
    CHECK_BEST("lcuster", 0, "cluster", {"cluster", 8}, {"luster", 1});
    CHECK_BEST("bust", 0, "buts", {"buts", 4}, {"rust", 12});
    CHECK_BEST("bust", 0, "rust", {"buts", 4}, {"rust", 17});
    /* as good as each other: by the alphabet, whatever the order of arrival */
    CHECK_BEST("bost", 0, "best", {"bust", 4}, {"best", 4});
    CHECK_BEST("bost", 0, "best", {"best", 4}, {"bust", 4});
    /* never: short words, numbers, other digits, the word itself, what is not there, rarer ones */
    CHECK_BEST("api", 0, "", {"apis", 100});
    CHECK_BEST("2023", 0, "", {"2024", 100});
    CHECK_BEST("python2", 0, "", {"python3", 100});
    CHECK_BEST("kafka", 0, "", {"kafka", 100}, {"kavka", 0});
    CHECK_BEST("kafka", 20, "", {"kavka", 100});
    CHECK_BEST("kavka", 20, "kafka", {"kafka", 200});
    /* four to seven letters: one edit only */
    CHECK_BEST("kafkaaa", 0, "", {"kafka", 100});
    CHECK_BEST("zürch", 0, "zürich", {"zürich", 3});
}

static void test_limits(void **state)
{
    (void)state;
    assert_int_equal(spelling_limit(SPAN("")), 0);
    assert_int_equal(spelling_limit(SPAN("abc")), 0);
    assert_int_equal(spelling_limit(SPAN("\xc3\xa9\xc3\xa9\xc3\xa9")), 0);
    assert_int_equal(spelling_limit(SPAN("abcd")), 1);
    assert_int_equal(spelling_limit(SPAN("abcdefg")), 1);
    assert_int_equal(spelling_limit(SPAN("abcdefgh")), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_against_whole_table),
        cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_correction),
        cmocka_unit_test(test_several_are_kept),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
