/* The query parser and printer: cases as data, and what must hold for every text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "query_testing.h"

static const span ARROW = {" => ", 4};

typedef struct {
    arena *memory;
    query_tree tree;
    lc_error error;
    query_mistake where;
    lc_status status;
} parsed;

static parsed parse(span text)
{
    parsed it = {.memory = arena_new()};
    query_options options = query_options_for_tests();
    it.status = query_parse(text, &options, it.memory, &it.tree, &it.error, &it.where);
    return it;
}

/* ---- tests/cases/query_parse.txt ---- */

static void describe(const parsed *it, buffer *to)
{
    if (it->status != LC_OK) {
        buffer_printf(to, "error %u %u %s", it->where.begin, it->where.end, it->error.message);
        return;
    }
    query_print_tree(it->tree.root, to);
    for (size_t i = 0; i < it->tree.notice_count; i++)
        buffer_printf(to, " ! %.*s", SPAN_ARG(it->tree.notices[i].text));
}

static bool check_case(span query, span expected)
{
    parsed it = parse(query);
    buffer got = {0};
    describe(&it, &got);
    bool mistake = span_starts_with(expected, SPAN("error "));
    bool right = it.status == (mistake ? LC_BAD_INPUT : LC_OK) &&
                 (mistake ? span_starts_with(buffer_span(&got), expected)
                          : span_equal(buffer_span(&got), expected));
    if (!right)
        print_error("%.*s\n  expected %.*s\n  got      %s\n", SPAN_ARG(query), SPAN_ARG(expected),
                    got.at);
    buffer_free(&got);
    arena_free(it.memory);
    return right;
}

/* Calls check for each case; returns how many there are. */
static size_t each_case(bool (*check)(span query, span expected))
{
    buffer file = {0};
    size_t count = 0, wrong = 0;
    assert_int_equal(file_read("tests/cases/query_parse.txt", 1 << 20, &file, NULL, NULL), LC_OK);
    for (span rest = buffer_span(&file); rest.length;) {
        span line = span_cut_line(&rest);
        size_t arrow = span_find(line, ARROW);
        if (span_starts_with(line, SPAN("# ")) || !line.length)
            continue;
        assert_true(arrow != SPAN_NOT_FOUND);
        wrong += !check(span_slice(line, 0, arrow), span_from(line, arrow + ARROW.length));
        count++;
    }
    buffer_free(&file);
    assert_int_equal(wrong, 0);
    return count;
}

static void test_cases(void **state)
{
    (void)state;
    assert_true(each_case(check_case) >= 300);
}

/* ---- printing ---- */

static bool prints_the_same(span text)
{
    parsed first = parse(text);
    bool same = true;
    if (first.status == LC_OK) {
        buffer printed = {0};
        query_print(first.tree.root, &printed);
        parsed again = parse(buffer_span(&printed));
        same = again.status == LC_OK && query_equal(first.tree.root, again.tree.root);
        if (!same)
            print_error("'%.*s' printed as '%s'\n", SPAN_ARG(text), printed.at);
        arena_free(again.memory);
        buffer_free(&printed);
    }
    arena_free(first.memory);
    return same;
}

static bool check_printed_case(span query, span expected)
{
    (void)expected;
    return prints_the_same(query);
}

static void test_cases_printed(void **state)
{
    (void)state;
    each_case(check_printed_case);
}

static void test_printed_form(void **state)
{
    static const struct {
        const char *query, *printed;
    } cases[] = {
        {"a  AND (b OR NOT c)", "a (b OR (* -c))"},
        {"s:\"Ada Lovelace\"~3 y:>=2023", "speaker:\"Ada Lovelace\"~3 year:2023.."},
        {"(a b)^2 OR kub* wrod~", "(a b)^2 OR (kub* wrod~1)"},
        {"date:\"last year\" @mine Status:draft", "date:2025 @mine Status:draft"},
        {"-(x y) -title:(a OR b)", "* -(x y) -(title:a OR title:b)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parsed it = parse(span_of(cases[i].query));
        buffer printed = {0};
        query_print(it.tree.root, &printed);
        assert_string_equal(printed.at, cases[i].printed);
        buffer_free(&printed);
        arena_free(it.memory);
    }
}

/* ---- random text ---- */

/* xorshift: the same texts at every run. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Every NOT stands beside something positive in an AND, lists have two items or more and none of
 * their own kind, extents lie in the text. */
static void check_normal(const query_node *node, const query_node *parent, size_t length)
{
    size_t positive = 0;
    bool list = node->kind == QUERY_AND || node->kind == QUERY_OR;
    assert_true(node->begin <= node->end && node->end <= length);
    assert_true(node->kind != QUERY_NOT || (parent && parent->kind == QUERY_AND));
    assert_false(list && (node->count < 2 || (parent && parent->kind == node->kind)));
    for (size_t i = 0; i < node->count; i++) {
        positive += node->children[i]->kind != QUERY_NOT;
        check_normal(node->children[i], node, length);
    }
    assert_true(!node->count || positive || node->kind == QUERY_NOT);
}

static void check_random(span text)
{
    parsed it = parse(text);
    if (it.status == LC_OK)
        check_normal(it.tree.root, NULL, text.length);
    else
        assert_true(it.where.begin <= it.where.end && it.where.end <= text.length);
    arena_free(it.memory);
    assert_true(prints_the_same(text));
}

static void test_random_bytes(void **state)
{
    uint32_t random = 1;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char text[64];
        size_t length = next_random(&random) % sizeof text;
        for (size_t i = 0; i < length; i++)
            text[i] = (char)next_random(&random);
        check_random((span){text, length});
    }
}

/* Pieces of the language in any order come much deeper than bytes do. */
static void test_random_pieces(void **state)
{
    static const char *const pieces[] = {
        " ",     " ",    " ",         "a",        "word", "AND",   "OR",   "NOT",  "-",
        "(",     ")",    "\"",        "“",        "”",    "*",     "~",    "~1",   "^2",
        "^0.5",  ":",    "..",        "speaker:", "s:",   "year:", "date", "2024", "-6m",
        "@mine", "@not", "status:",   ">=",       ",",    "'",     "//",   "\\",   "é",
        "foo:",  "1",    "last year", "@",        ";"};
    uint32_t random = 7;
    buffer text = {0};
    (void)state;
    for (int round = 0; round < 20000; round++) {
        buffer_clear(&text);
        for (uint32_t count = next_random(&random) % 12; count > 0; count--)
            buffer_add_text(&text, pieces[next_random(&random) % (sizeof pieces / sizeof *pieces)]);
        check_random(buffer_span(&text));
    }
    buffer_free(&text);
}

/* ---- how much work ---- */

static size_t steps_for(const char *piece, size_t length)
{
    buffer text = {0};
    while (text.length + strlen(piece) <= length)
        buffer_add_text(&text, piece);
    parsed it = parse(buffer_span(&text));
    size_t steps = it.tree.steps;
    buffer_free(&text);
    arena_free(it.memory);
    return steps;
}

static void test_steps_are_linear(void **state)
{
    static const char *const pieces[] = {
        "a ",      "a",         "(",          ")",           "((a) ",      "a(",       "a(b ",
        "\"",      "\"a\" ",    "“",          "\"“",         "1\" ",       "*",        "* ",
        "-",       "- ",        "-a ",        "NOT ",        "AND ",       "a OR ",    "OR ",
        "~",       "a~1 ",      "^2",         "a^2 ",        ":",          "a:",       "s:",
        "s:a ",    "foo:x ",    "date:2024 ", "date:march ", "year:",      "@mine ",   "@",
        "@x ",     "title:(a ", ",",          "a,",          "\x80",       "\x80-",    "é",
        "speeker", "'\"",       "..",         "date:2024..", "date:\"a\"", "\"2024\"", "\"\"",
        "(a OR ",  "-(",        "*a ",        "a.",          "a ~",        "x(y)z",    "x(y)"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t small = steps_for(pieces[i], QUERY_LENGTH_MAX / 8);
        size_t large = steps_for(pieces[i], QUERY_LENGTH_MAX);
        if (large > 40u * QUERY_LENGTH_MAX || large > 9 * small + 1000)
            fail_msg("'%s': %zu steps, then %zu", pieces[i], small, large);
    }
}

static void test_limits(void **state)
{
    buffer text = {0};
    (void)state;
    for (int i = 0; i < QUERY_DEPTH_MAX; i++)
        buffer_add_byte(&text, '(');
    buffer_add_byte(&text, 'a');
    for (int i = 0; i < QUERY_DEPTH_MAX; i++)
        buffer_add_byte(&text, ')');
    parsed deep = parse(buffer_span(&text));
    assert_int_equal(deep.status, LC_OK);
    arena_free(deep.memory);
    for (int i = 0; i <= QUERY_LENGTH_MAX; i++)
        buffer_add_byte(&text, '(');
    parsed deeper = parse(span_slice(buffer_span(&text), 0, QUERY_LENGTH_MAX));
    assert_int_equal(deeper.status, LC_BAD_INPUT);
    arena_free(deeper.memory);
    parsed longer = parse(span_slice(buffer_span(&text), 0, QUERY_LENGTH_MAX + 1));
    assert_int_equal(longer.status, LC_BAD_INPUT);
    assert_non_null(strstr(longer.error.message, "longer"));
    arena_free(longer.memory);
    buffer_free(&text);
}

/* Extents are of the text as typed: what a caret or a highlight points at. */
static void test_extents(void **state)
{
    span text = SPAN("kafka (-speaker:\"Ada L\" OR x^2)");
    parsed it = parse(text);
    (void)state;
    const query_node *either = it.tree.root->children[1];
    const query_node *without = either->children[0]->children[1];
    const query_node *phrase = without->children[0];
    assert_int_equal(without->kind, QUERY_NOT);
    assert_int_equal(without->begin, 7);
    assert_int_equal(phrase->begin, 8);
    assert_int_equal(phrase->end, 23);
    const query_node *boost = either->children[1];
    assert_true(span_equal(span_slice(text, boost->begin, boost->end - boost->begin), SPAN("x^2")));
    arena_free(it.memory);
}

static void test_without_callbacks(void **state)
{
    query_options none = {NULL, NULL, NULL, 0};
    query_tree tree;
    query_mistake where;
    arena *memory = arena_new();
    buffer printed = {0};
    (void)state;
    assert_int_equal(query_parse(SPAN("@mine status:x"), &none, memory, &tree, NULL, &where),
                     LC_OK);
    query_print_tree(tree.root, &printed);
    assert_string_equal(printed.at, "(and @mine \"status:x\")");
    assert_int_equal(query_parse(SPAN("year:x"), &none, memory, &tree, NULL, &where), LC_BAD_INPUT);
    buffer_free(&printed);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_cases_printed),
        cmocka_unit_test(test_printed_form),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_random_pieces),
        cmocka_unit_test(test_steps_are_linear),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_extents),
        cmocka_unit_test(test_without_callbacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
