/* The parts of the speed benchmark that are pure: queries, results, ratios, tables read back. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../bench/report_grid.h"
#include "../../bench/speed_queries.h"
#include "../../bench/speed_ratio.h"
#include "../../bench/speed_result.h"
#include "../../bench/speed_summary.h"

#define assert_near(got, wanted)                                                                   \
    do {                                                                                           \
        if (!(fabs((got) - (wanted)) <= 1e-9 * fabs(wanted)))                                      \
            fail_msg("%.10f, wanted %.10f", (double)(got), (double)(wanted));                      \
    } while (0)

static void assert_text(span got, const char *wanted)
{
    if (!span_equal(got, span_of(wanted)))
        fail_msg("\"%.*s\", wanted \"%s\"", SPAN_ARG(got), wanted);
}

/* ---- ratios ---- */

static void test_percentile(void **state)
{
    (void)state;
    double ten[] = {10, 3, 1, 2, 9, 4, 8, 5, 7, 6};
    assert_near(percentile(ten, 10, 0.5), 5.0);
    assert_near(percentile(ten, 10, 0.9), 9.0);
    assert_near(percentile(ten, 10, 0.91), 10.0);
    assert_near(percentile(ten, 10, 1), 10.0);
    assert_near(percentile(ten, 10, 0), 1.0);
    assert_true(isnan(percentile(ten, 0, 0.5)));
}

static void test_ratio(void **state)
{
    (void)state;
    /* medians 100 and 200, 10 and 80; one timing in three is disturbed: sqrt(2 * 8) = 4 */
    double a[] = {100, 5000, 100}, b[] = {200, 200, 9}, c[] = {10, 10, 10}, d[] = {80, 80, 80};
    timed_pair pairs[] = {{a, b, 3, 3}, {c, d, 3, 3}};
    speed_ratio both = speed_ratio_of(pairs, 2, 1000, 1);
    assert_near(both.ratio, 4.0);
    assert_true(both.low < both.ratio && both.ratio < both.high);
    /* the second alone does not vary */
    speed_ratio one = speed_ratio_of(pairs + 1, 1, 1000, 1);
    assert_near(one.ratio, 8.0);
    assert_near(one.low, 8.0);
    assert_near(one.high, 8.0);
    /* the same seed gives the same interval */
    speed_ratio again = speed_ratio_of(pairs, 2, 1000, 1);
    assert_near(again.low, both.low);
    assert_near(again.high, both.high);
}

/* ---- queries ---- */

static void test_queries_are_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *class, *text, *field, *words;
    } cases[] = {
        {"1 term", "kafka", "", "kafka"},
        {"AND 2", "kafka AND streams", "", "kafka streams"},
        {"OR 3-5", "a OR b OR c", "", "a b c"},
        {"words", "how to scale", "", "how to scale"},
        {"phrase", "\"live migration\"", "", "live migration"},
        {"field", "speaker:hopper", "speaker", "hopper"},
        {"field", "title:\"dark matter\"", "title", "dark matter"},
        {"prefix", "kube*", "", "kube"},
        {"fuzzy", "kubernets~", "", "kubernets"},
    };
    arena *memory = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        speed_queries made = {NULL, 0, 0};
        speed_class class;
        buffer words = {0};
        assert_true(speed_class_by_name(span_of(cases[i].class), &class));
        speed_queries_add(&made, class, span_of(cases[i].text), memory);
        assert_int_equal(made.count, 1);
        for (size_t w = 0; w < made.items[0].word_count; w++) {
            buffer_add_text(&words, w ? " " : "");
            buffer_add(&words, made.items[0].words[w]);
        }
        assert_text(buffer_span(&words), cases[i].words);
        assert_text(made.items[0].field, cases[i].field);
        buffer_free(&words);
        speed_queries_free(&made);
    }
    arena_free(memory);
}

static void test_queries_are_read(void **state)
{
    (void)state;
    arena *memory = arena_new();
    speed_queries made;
    lc_error error;
    span file = SPAN("# mine\nphrase\t\"a b\"\n\n1 term\tx\nphrase\t\"c d\"\n");
    assert_int_equal(speed_queries_read(file, "q", memory, &made, &error), LC_OK);
    assert_int_equal(made.count, 3);
    assert_text(made.items[0].text, "x");
    assert_text(made.items[1].text, "\"a b\"");
    assert_text(made.items[2].text, "\"c d\"");
    speed_queries_free(&made);
    assert_int_equal(speed_queries_read(SPAN("1 term\tx\nterm x\n"), "q", memory, &made, &error),
                     LC_BAD_INPUT);
    assert_non_null(strstr(error.message, "q:2: no tab"));
    assert_int_equal(speed_queries_read(SPAN("2 terms\tx\n"), "q", memory, &made, &error),
                     LC_BAD_INPUT);
    assert_non_null(strstr(error.message, "q:1: class \"2 terms\""));
    assert_int_equal(speed_queries_read(SPAN("# none\n"), "q", memory, &made, &error),
                     LC_BAD_INPUT);
    arena_free(memory);
}

/* 40 talks; each of the 20 words stands in at most six of them. */
static void fill_texts(speed_texts *to, arena *memory)
{
    enum { TALKS = 40, WORDS = 20 };
    static const char *const words[WORDS] = {
        "kafka",   "streams",   "latency",  "cluster", "postgres",  "indexes",  "kubernetes",
        "tracing", "replica",   "pipeline", "gateway", "scheduler", "compiler", "monitoring",
        "parsers", "debugging", "notebook", "caching", "databases", "consensus"};
    *to = (speed_texts){{0}, NULL, 0, 0};
    for (unsigned n = 0; n < TALKS; n++) {
        const char *first = words[n % WORDS], *next = words[(n + 1) % WORDS];
        speed_text made = {.column = {
                               [TEXT_TITLE] = arena_printf(memory, "About %s", first),
                               [TEXT_SPEAKERS] = arena_printf(memory, "Ada %s", words[n / 2]),
                               [TEXT_EVENT] = SPAN("EveryConf 2024"),
                           }};
        made.column[TEXT_BODY] =
            arena_printf(memory, "everywhere %s %s, C++ and node.js %s", first, next, words[n / 2]);
        ARRAY_ADD(to->items, to->count, to->capacity, made);
    }
}

static void test_queries_are_made(void **state)
{
    (void)state;
    arena *memory = arena_new();
    speed_texts texts;
    speed_queries made, again, other;
    size_t different = 0, of_class[SPEED_CLASS_COUNT] = {0};
    fill_texts(&texts, memory);
    speed_queries_make(&texts, 4, 7, memory, &made);
    speed_queries_make(&texts, 4, 7, memory, &again);
    speed_queries_make(&texts, 4, 8, memory, &other);
    assert_int_equal(made.count, again.count);
    for (size_t i = 0; i < made.count; i++) {
        const speed_query *query = &made.items[i];
        of_class[query->class]++;
        assert_true(span_equal(query->text, again.items[i].text));
        different += i >= other.count || !span_equal(query->text, other.items[i].text);
        /* neither a word of every talk, nor one that other systems would split */
        assert_true(span_find(query->text, SPAN("everywhere")) == SPAN_NOT_FOUND);
        assert_true(span_find(query->text, SPAN("node")) == SPAN_NOT_FOUND);
        if (query->class == SPEED_PHRASE)
            assert_int_equal(query->word_count, 2);
        if (query->class == SPEED_OR_MANY)
            assert_in_range(query->word_count, 3, 5);
    }
    assert_true(different > 0);
    for (size_t c = 0; c < SPEED_CLASS_COUNT; c++)
        if (!of_class[c])
            fail_msg("no query of class %s", SPEED_CLASSES[c].name);
    speed_queries_free(&made);
    speed_queries_free(&again);
    speed_queries_free(&other);
    free(texts.items);
    arena_free(memory);
}

static void test_no_texts_make_no_queries(void **state)
{
    (void)state;
    arena *memory = arena_new();
    speed_texts none = {{0}, NULL, 0, 0};
    speed_queries made;
    speed_queries_make(&none, 4, 7, memory, &made);
    assert_int_equal(made.count, 0);
    arena_free(memory);
}

/* ---- results ---- */

static const char RESULT[] = "kind\tsystem\tname\tquery\tround\tvalue\n"
                             "about\t-\tnote bytes\t0\t0\t2000000\n"
                             "about\t-\ttalks\t0\t0\t500\n"
                             "index\tlectern\tseconds\t0\t1\t3\n"
                             "index\tlectern\tseconds\t0\t2\t2\n"
                             "index\tlectern\tseconds\t0\t3\t9\n"
                             "index\tlectern\tindex_bytes\t0\t1\t1000000\n"
                             "text\t-\t1 term\t1\t0\tkafka\n"
                             "count\tlectern\t1 term\t1\t0\t12\n"
                             "count\tlectern\t1 term\t2\t0\t50\n"
                             "count\tfts5\t1 term\t1\t0\t12\n"
                             "count\tfts5\t1 term\t2\t0\t44\n"
                             "time\tfts5\t1 term\t1\t1\t40\n"
                             "time\tfts5\t1 term\t2\t1\t20.25\n";

static void test_result(void **state)
{
    (void)state;
    speed_result made;
    lc_error error;
    double *values;
    assert_int_equal(speed_result_parse(span_of(RESULT), "r", &made, &error), LC_OK);
    index_figures index = speed_index_figures(&made, SPAN("lectern"));
    assert_near(index.seconds, 3.0);
    assert_near(index.bytes_per_second, 2e6 / 3);
    assert_near(index.talks_per_second, 500.0 / 3);
    assert_near(index.share, 0.5);
    count_figures counts = speed_count_figures(&made, SPAN("fts5"), SPAN("1 term"));
    assert_int_equal(counts.counted, 2);
    assert_int_equal(counts.agree, 1);
    assert_near(counts.results, 28.0);
    table *median = speed_time_table(&made, ROW_TIME, 0.5),
          *slowest = speed_time_table(&made, ROW_TIME, 1);
    bool number;
    assert_text(table_cell(median, 0, 1, &number), "fts5");
    assert_text(table_cell(median, 1, 1, &number), "20");
    assert_text(table_cell(slowest, 1, 1, &number), "40");
    table_free(median);
    table_free(slowest);
    assert_int_equal(speed_result_values(&made, ROW_TIME, SPAN("fts5"), SPAN("1 term"), 2, &values),
                     1);
    assert_near(values[0], 20.25);
    free(values);
    assert_text(speed_result_about(&made, "talks"), "500");
    assert_int_equal(speed_result_about(&made, "nothing").length, 0);
    speed_result_free(&made);
}

static void test_bad_result(void **state)
{
    (void)state;
    speed_result made;
    lc_error error;
    static const char *const bad[] = {
        "kind\tsystem\tname\tquery\tround\tvalue\ntime\ta\tb\t1\t1\n",
        "kind\tsystem\tname\tquery\tround\tvalue\ntime\ta\tb\t1\t1\tlong\n",
        "kind\tsystem\tname\tquery\tround\tvalue\nspeed\ta\tb\t1\t1\t1\n",
        "kind\tsystem\tname\tquery\tround\tvalue\ntime\ta\tb\t-1\t1\t1\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(speed_result_parse(span_of(bad[i]), "r", &made, &error), LC_BAD_INPUT);
        assert_non_null(strstr(error.message, "r:2: "));
    }
    assert_int_equal(speed_result_parse(SPAN("run\ttopic\n"), "r", &made, &error), LC_BAD_INPUT);
    assert_non_null(strstr(error.message, "r:1: "));
}

/* ---- tables read back ---- */

static void test_grid(void **state)
{
    (void)state;
    static const char *const files[] = {
        "run\ttopic\tvalue\na\t1\t0.5\nb\t2\t\n",
        "[{\"run\": \"a\", \"topic\": \"1\", \"value\": 0.5}, {\"topic\": \"2\", \"run\": \"b\", "
        "\"value\": null}]",
    };
    arena *memory = arena_new();
    for (size_t i = 0; i < 2; i++) {
        grid made;
        lc_error error;
        assert_int_equal(grid_read(span_of(files[i]), "g", memory, &made, &error), LC_OK);
        assert_int_equal(grid_rows(&made), 2);
        assert_text(grid_cell(&made, 1, grid_column(&made, "topic")), "2");
        assert_near(grid_number(&made, 0, grid_column(&made, "value")), 0.5);
        assert_true(isnan(grid_number(&made, 1, grid_column(&made, "value"))));
        assert_true(grid_column(&made, "rank") == SPAN_NOT_FOUND);
    }
    arena_free(memory);
}

static void test_bad_grid(void **state)
{
    (void)state;
    arena *memory = arena_new();
    grid made;
    lc_error error;
    assert_int_equal(grid_read(SPAN("a\tb\n1\t2\n3\n"), "g", memory, &made, &error), LC_BAD_INPUT);
    assert_non_null(strstr(error.message, "g:3: 1 columns"));
    assert_int_equal(grid_read(SPAN("[{\"a\": 1}"), "g", memory, &made, &error), LC_BAD_INPUT);
    assert_int_equal(grid_read(SPAN("[1, 2]"), "g", memory, &made, &error), LC_OK);
    assert_int_equal(grid_rows(&made), 0);
    assert_int_equal(grid_read(SPAN(" \n"), "g", memory, &made, &error), LC_BAD_INPUT);
    arena_free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentile),
        cmocka_unit_test(test_ratio),
        cmocka_unit_test(test_queries_are_taken_apart),
        cmocka_unit_test(test_queries_are_read),
        cmocka_unit_test(test_queries_are_made),
        cmocka_unit_test(test_no_texts_make_no_queries),
        cmocka_unit_test(test_result),
        cmocka_unit_test(test_bad_result),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_bad_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
