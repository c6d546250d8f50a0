/* proximity, rankings by name, length classes: all that ranking computes without an index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "index/length_class.h"
#include "index/word_codes.h"
#include "search/proximity.h"
#include "search/ranking.h"

#define assert_close(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static proximity_word word(uint16_t code)
{
    return (proximity_word){.code = {code}, .count = 1};
}

#define COUNT(...)                                                                                 \
    count_pair((const uint16_t[]){__VA_ARGS__},                                                    \
               sizeof((const uint16_t[]){__VA_ARGS__}) / sizeof(uint16_t))

static size_t count_pairs(const proximity_word *words, size_t word_count, const uint16_t *code,
                          size_t count, proximity_count *pairs_out)
{
    arena *memory = arena_new();
    proximity_query query;
    proximity_query_make(words, word_count, count, memory, &query);
    proximity_count_pairs(&query, code, count, pairs_out);
    arena_free(memory);
    return query.count;
}

/* The pair (1, 2) in a text of codes. */
static proximity_count count_pair(const uint16_t *code, size_t count)
{
    proximity_word words[] = {word(1), word(2)};
    proximity_count found;
    assert_int_equal(count_pairs(words, 2, code, count, &found), 1);
    return found;
}

static void pairs_are_counted_in_order_and_near(void **state)
{
    (void)state;
    assert_int_equal(COUNT(9, 1, 2, 9).ordered, 1);
    assert_int_equal(COUNT(9, 1, 2, 9).near, 1);
    assert_int_equal(COUNT(2, 1).ordered, 0);
    assert_int_equal(COUNT(2, 1).near, 1);
    assert_int_equal(COUNT(1, 2, 1, 2).ordered, 2);
    assert_int_equal(COUNT(1, 9, 9, 9, 9, 9, 9, 2).near, 1);
    assert_int_equal(COUNT(1, 9, 9, 9, 9, 9, 9, 9, 2).near, 0);
    assert_int_equal(COUNT(2, 9, 9, 9, 9, 9, 9, 1).near, 1);
    assert_int_equal(COUNT(2, 9, 9, 9, 9, 9, 9, 9, 1).near, 0);
}

static void title_and_body_are_apart(void **state)
{
    (void)state;
    assert_int_equal(COUNT(1, WORD_CODE_BORDER, 2).ordered, 0);
    assert_int_equal(COUNT(1, WORD_CODE_BORDER, 2).near, 0);
    assert_int_equal(COUNT(2, WORD_CODE_BORDER, 1).near, 0);
}

static void a_word_has_several_forms_and_no_pair_with_itself(void **state)
{
    (void)state;
    const uint16_t text[] = {1, 3, 1, 1};
    proximity_word words[] = {word(1), {.code = {2, 3}, .count = 2}, word(1), word(1)};
    proximity_count found[3];
    assert_int_equal(count_pairs(words, 4, text, 4, found), 2);
    assert_int_equal(found[0].ordered, 1);
    assert_int_equal(found[1].ordered, 1);
}

static void a_pair_counts_once_however_often_it_is_asked_for(void **state)
{
    (void)state;
    const uint16_t text[] = {1, 2, 3, 1, 2};
    proximity_word words[] = {word(1), word(2), word(3), word(1), word(2)};
    proximity_count found[4];
    assert_int_equal(count_pairs(words, 5, text, 5, found), 3);
    assert_int_equal(found[0].ordered, 2);
    assert_int_equal(found[0].near, 2);
    assert_int_equal(found[1].ordered, 1);
    assert_int_equal(found[2].ordered, 1);
}

static void the_score_is_the_formula(void **state)
{
    (void)state;
    ranker how = {.k1 = 1.2, .pair = .1, .window = .05};
    proximity_count found = {.ordered = 1, .near = 2};
    /* 3 (.1 * 2.2 * 1 / (1 + .8) + .05 * 2.2 * 2 / (2 + .8)) */
    assert_close(proximity_score(&found, 3, .8, &how), 3 * (.22 / 1.8 + .22 / 2.8));
    found = (proximity_count){0, 0};
    assert_close(proximity_score(&found, 3, .8, &how), 0);
}

static void codes_come_back(void **state)
{
    (void)state;
    buffer text = {0};
    uint16_t code[4] = {0};
    word_codes_add(&text, 0x1234);
    word_codes_add(&text, WORD_CODE_BORDER);
    word_codes_add(&text, 0xFFFF);
    assert_int_equal(word_codes_read(buffer_span(&text), code, 4), 3);
    assert_int_equal(code[0], 0x1234);
    assert_int_equal(code[1], WORD_CODE_BORDER);
    assert_int_equal(code[2], 0xFFFF);
    assert_int_equal(word_codes_read(buffer_span(&text), code, 2), 2);
    assert_int_equal(word_codes_read((span){text.at, 3}, code, 4), 1);
    assert_int_not_equal(word_code(SPAN("kafka")), word_code(SPAN("pulsar")));
    buffer_free(&text);
}

static void lengths_keep_their_order_and_size(void **state)
{
    (void)state;
    uint8_t before = 0;
    for (uint32_t length = 0; length < 5000; length++) {
        uint8_t class = length_class(length);
        assert_true(class >= 1 && class < LENGTH_CLASSES && class >= before);
        before = class;
        if (length < 12 || length > 3000)
            continue;
        double apart = length_class_length(class) / length;
        assert_true(apart > .94 && apart < 1.06);
    }
    assert_true(length_class_length(LENGTH_CLASS_NONE) == 0);
}

static void packing_keeps_frequency_and_class(void **state)
{
    (void)state;
    assert_int_equal(length_class_pack(0, 9), 0);
    assert_int_equal(length_class_pack(3, 9) / LENGTH_CLASSES, 3);
    assert_int_equal(length_class_pack(3, 9) % LENGTH_CLASSES, 9);
    assert_true(length_class_pack(UINT32_MAX, 63) > length_class_pack(1000, 63));
}

static void rankers_have_names_and_parameters(void **state)
{
    (void)state;
    ranker how;
    lc_error error;
    buffer text = {0};
    assert_int_equal(ranking_named("full", &how, &error), LC_OK);
    assert_int_equal(ranking_set(&how, "k1=1.5", &error), LC_OK);
    assert_int_equal(ranking_set(&how, "latent=0", &error), LC_OK);
    assert_close(how.k1, 1.5);
    ranking_describe(&how, &text);
    assert_non_null(strstr(text.at, "full,"));
    assert_non_null(strstr(text.at, "k1=1.5"));
    assert_null(strstr(text.at, "latent=0"));
    assert_null(strchr(text.at, ' '));
    buffer_free(&text);
    for (size_t i = 0; ranking_at(i); i++)
        assert_int_equal(ranking_named(ranking_at(i)->name, &how, &error), LC_OK);
}

static void wrong_names_and_values_say_what_there_is(void **state)
{
    (void)state;
    ranker how;
    lc_error error;
    assert_int_equal(ranking_named("bm26", &how, &error), LC_BAD_INPUT);
    assert_non_null(strstr(error.message, "full"));
    static const char *const BAD[] = {"k1",  "k1=", "k1=x", "k1=-1", "k1=nan",
                                      "b=2", "k=1", "=",    ""};
    ranking_named("full", &how, &error);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(ranking_set(&how, BAD[i], &error), LC_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_counted_in_order_and_near),
        cmocka_unit_test(title_and_body_are_apart),
        cmocka_unit_test(a_word_has_several_forms_and_no_pair_with_itself),
        cmocka_unit_test(a_pair_counts_once_however_often_it_is_asked_for),
        cmocka_unit_test(the_score_is_the_formula),
        cmocka_unit_test(codes_come_back),
        cmocka_unit_test(lengths_keep_their_order_and_size),
        cmocka_unit_test(packing_keeps_frequency_and_class),
        cmocka_unit_test(rankers_have_names_and_parameters),
        cmocka_unit_test(wrong_names_and_values_say_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
