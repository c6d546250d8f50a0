/* proximity, phrases, rankings by name, length classes: all that ranking computes without an index.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/stop_words.h"
#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"
#include "index/length_class.h"
#include "index/word_sequence.h"
#include "search/phrase.h"
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

/* A sequence from text: | is a border, . a hole, ^ means beside, ~ beside and scored, + a form with
 * the stem of the word before it without its last letter, words in capitals are stop words. */
static void write_sequence(const char *text, buffer *to)
{
    span rest = span_of(text);
    while (rest.length) {
        span word = span_cut(&rest, ' ');
        char mark = word.at[0];
        if (mark == '|' || mark == '.') {
            mark == '|' ? word_sequence_add_border(to) : word_sequence_add_hole(to);
            continue;
        }
        if (mark == '^' || mark == '~' || mark == '+')
            word = span_from(word, 1);
        span stem = word;
        stem.length -= mark == '+';
        uint32_t id =
            word.at[0] >= 'A' && word.at[0] <= 'Z' ? word_id_stop(word) : word_id(stem, word);
        if (mark == '^' || mark == '~')
            word_sequence_add_beside(to, id, mark == '~');
        else
            word_sequence_add(to, id);
    }
}

static void codes_are_those_of_scored_words(void **state)
{
    (void)state;
    buffer text = {0};
    uint16_t code[8] = {0};
    write_sequence("kafka THE +pods | . ^x ~y streams | code", &text);
    const uint16_t wanted[] = {word_code(SPAN("kafka")), word_code(SPAN("pod")), WORD_CODE_BORDER,
                               word_code(SPAN("y")), word_code(SPAN("streams"))};
    assert_int_equal(word_sequence_codes(buffer_span(&text), code, 8), 5);
    assert_memory_equal(code, wanted, sizeof wanted);
    assert_int_equal(word_sequence_codes(buffer_span(&text), code, 2), 2);
    assert_int_equal(word_sequence_codes((span){text.at, 2}, code, 8), 0);
    assert_int_equal(word_sequence_codes((span){text.at, 3}, code, 8), 1);
    assert_int_not_equal(word_code(SPAN("kafka")), word_code(SPAN("pulsar")));
    buffer_free(&text);
}

/* Whether the words, between blanks, stand in the text; a word may be +form too. */
static bool stand(const char *words, unsigned slop, bool either_way, const char *text)
{
    vocabulary none = {.analyser_count = 0};
    arena *memory = arena_new();
    buffer value = {0};
    size_t count = 0;
    span rest = span_of(words);
    phrase *wanted = phrase_new(PHRASE_WORDS_MAX, 0, either_way, memory);
    while (rest.length)
        phrase_add(wanted, count++, &none, span_cut(&rest, ' '), memory);
    wanted->count = count;
    wanted->window = (uint32_t)count + slop;
    write_sequence(text, &value);
    bool found = phrase_matches(value.at, value.length, wanted);
    buffer_free(&value);
    arena_free(memory);
    return found;
}

static void phrases_stand_in_order(void **state)
{
    (void)state;
    assert_true(stand("a b", 0, false, "x a b"));
    assert_false(stand("a b", 0, false, "b a x"));
    assert_false(stand("a b", 0, false, "a x b"));
    assert_true(stand("a b a b c", 0, false, "a b a b a b c"));
    assert_false(stand("a a", 0, false, "a x a"));
    assert_true(stand("a a", 0, false, "a a"));
    assert_true(stand("THE a", 0, false, "x THE a"));
    assert_false(stand("THE a", 0, false, "x OF a"));
    assert_false(stand("a b", 0, false, "a . b"));
    assert_false(stand("a b", 0, false, ""));
}

static void near_words_count_what_is_between(void **state)
{
    (void)state;
    assert_true(stand("a b", 1, false, "a x b"));
    assert_true(stand("a b", 1, false, "a . b"));
    assert_false(stand("a b", 1, false, "a x x b"));
    assert_true(stand("a b c", 3, false, "a a x b b x c"));
    assert_false(stand("a b c", 2, false, "a a x b b x c"));
    assert_false(stand("a b c", 1, false, "a x b x c"));
    assert_true(stand("a b", 1, true, "b x a"));
    assert_false(stand("a b", 1, true, "b x x a"));
    assert_false(stand("a b", 99, false, "a | b"));
    assert_true(stand("a b", 100, false, "a | b"));
}

static void words_at_one_place_do_not_follow_each_other(void **state)
{
    (void)state;
    assert_false(stand("a b", 0, false, "a ^b"));
    assert_true(stand("a b", 0, false, "x ^a b"));
    assert_true(stand("a b", 0, false, "a x ^b"));
    assert_true(stand("a b", 0, false, "a b ^a"));
    assert_true(stand("a b", 0, false, "a a ^b"));
    assert_true(stand("a b c", 0, false, "a ^b b ^c c"));
}

static void no_two_stop_words_of_a_language_are_one(void **state)
{
    (void)state;
    for (size_t n = 0; stop_language_code(n); n++) {
        char path[64];
        buffer text = {0}, folded = {0};
        map *met = map_new();
        lc_error error;
        snprintf(path, sizeof path, "src/analysis/stop_words/%s.txt", stop_language_code(n));
        assert_int_equal(file_read(path, 1 << 20, &text, NULL, &error), LC_OK);
        utf8_fold(buffer_span(&text), &folded);
        span lines = buffer_span(&folded);
        size_t words = 0;
        while (lines.length) {
            span line = span_cut_line(&lines);
            line = span_cut(&line, '#');
            while (line.length) {
                span word = span_trim(span_cut(&line, ' '));
                uint32_t id = word_id_stop(word);
                span key = {(char *)&id, sizeof id};
                if (!word.length || map_get(met, word))
                    continue;
                assert_null(map_get(met, key));
                *map_put(met, key, 0) = *map_put(met, word, 0) = 1;
                words++;
            }
        }
        assert_true(words > 100);
        map_free(met);
        buffer_free(&text);
        buffer_free(&folded);
    }
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
        cmocka_unit_test(codes_are_those_of_scored_words),
        cmocka_unit_test(phrases_stand_in_order),
        cmocka_unit_test(near_words_count_what_is_between),
        cmocka_unit_test(words_at_one_place_do_not_follow_each_other),
        cmocka_unit_test(no_two_stop_words_of_a_language_are_one),
        cmocka_unit_test(lengths_keep_their_order_and_size),
        cmocka_unit_test(packing_keeps_frequency_and_class),
        cmocka_unit_test(rankers_have_names_and_parameters),
        cmocka_unit_test(wrong_names_and_values_say_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
