/* Pools, their blind order, and what the keys of judge do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../bench/judging.h"
#include "../../bench/measures.h"
#include "../../bench/screen.h"

typedef struct {
    topic_list topics;
    ranked_run runs[2];
    qrels judged;
    judging state;
} fixture;

static void load(fixture *to, const char *judged)
{
    const char *topics = "t1\tone\nt2\ttwo\n";
    const char *a = "t1 Q0 a 1 9 A\nt1 Q0 b 2 8 A\nt1 Q0 c 3 7 A\nt2 Q0 x 1 9 A\nt3 Q0 z 1 9 A\n";
    const char *b = "t1 Q0 b 1 9 B\nt1 Q0 d 2 8 B\nt1 Q0 e 3 7 B\n";
    *to = (fixture){0};
    assert_int_equal(topics_read(span_of(topics), "topics", NULL, &to->topics, NULL), LC_OK);
    assert_int_equal(run_read(span_of(a), "a", NULL, &to->runs[0], NULL), LC_OK);
    assert_int_equal(run_read(span_of(b), "b", NULL, &to->runs[1], NULL), LC_OK);
    if (judged)
        assert_int_equal(qrels_read(span_of(judged), "q", NULL, &to->judged, NULL), LC_OK);
}

static void start(fixture *of, size_t depth, uint64_t seed, const char *only)
{
    judging_plan plan = {.topics = &of->topics,
                         .only_topic = only,
                         .runs = of->runs,
                         .run_count = 2,
                         .depth = depth,
                         .judged = &of->judged,
                         .seed = seed};
    judging_free(&of->state);
    judging_start(&plan, &of->state);
}

static void unload(fixture *what)
{
    judging_free(&what->state);
    topics_free(&what->topics);
    run_free(&what->runs[0]);
    run_free(&what->runs[1]);
    qrels_free(&what->judged);
}

/* Documents in the order in which they are shown. */
static void order(const fixture *of, char *to)
{
    size_t i;
    for (i = 0; i < of->state.count; i++)
        to[i] = of->state.item[i].document.at[0];
    to[i] = '\0';
}

static void test_pool(void **state)
{
    (void)state;
    fixture f;
    load(&f, NULL);
    start(&f, 2, 1, NULL);
    char shown[16];
    order(&f, shown);
    assert_int_equal(strlen(shown), 4); /* a b of run a, b d of run b; x; not z: no such topic */
    for (const char *wanted = "abdx"; *wanted; wanted++)
        assert_non_null(strchr(shown, *wanted));
    assert_int_equal(shown[3], 'x');
    start(&f, 2, 1, "t2");
    assert_int_equal(f.state.count, 1);
    unload(&f);
}

static void test_order_is_blind(void **state)
{
    (void)state;
    fixture f;
    load(&f, NULL);
    char first[16], other[16];
    start(&f, 3, 1, "t1");
    order(&f, first);
    ranked_run kept = f.runs[0]; /* the order of the runs does not matter */
    f.runs[0] = f.runs[1];
    f.runs[1] = kept;
    start(&f, 3, 1, "t1");
    order(&f, other);
    assert_string_equal(first, other);
    int differing = 0; /* the seed does: of 20 seeds most give another order of 5 */
    for (uint64_t seed = 2; seed < 22; seed++) {
        start(&f, 3, seed, "t1");
        order(&f, other);
        differing += strcmp(first, other) != 0;
    }
    assert_true(differing > 15);
    unload(&f);
}

static void test_resumes_in_the_same_order(void **state)
{
    (void)state;
    fixture all, rest;
    char before[16], after[16], wanted[16], *end = wanted;
    load(&all, NULL);
    start(&all, 3, 1, "t1");
    order(&all, before);
    load(&rest, "t1 0 b 1\nt1 0 d 0\n");
    start(&rest, 3, 1, "t1");
    order(&rest, after);
    for (const char *c = before; *c; c++)
        if (*c != 'b' && *c != 'd')
            *end++ = *c;
    *end = '\0';
    assert_string_equal(after, wanted);
    unload(&all);
    unload(&rest);
}

static void test_keys(void **state)
{
    (void)state;
    fixture f;
    load(&f, NULL);
    start(&f, 3, 1, "t1");
    judging *s = &f.state;
    assert_true(judging_press(s, 'b')); /* at the first one: stays */
    assert_int_equal(s->at, 0);
    assert_true(judging_press(s, '3'));
    assert_true(judging_press(s, 's'));
    assert_int_equal(s->at, 2);
    assert_int_equal(s->item[0].grade, 3);
    assert_int_equal(s->item[1].grade, GRADE_UNKNOWN);
    assert_false(judging_press(s, '4'));
    assert_false(judging_press(s, 'x'));
    assert_true(judging_press(s, 'b'));
    assert_true(judging_press(s, 'b'));
    assert_true(judging_press(s, '0')); /* another grade for the first */
    assert_int_equal(s->item[0].grade, 0);
    assert_int_equal(judging_graded(s), 1);
    for (int i = 0; i < 4; i++)
        assert_true(judging_press(s, '1'));
    assert_false(judging_press(s, '1')); /* behind the last one */
    assert_false(s->quit);
    assert_true(judging_press(s, 'q'));
    assert_true(s->quit);
    unload(&f);
}

static void assert_written(const char *before, const char *wanted)
{
    fixture f;
    buffer text = {0};
    load(&f, NULL);
    start(&f, 3, 1, "t2");
    judging_press(&f.state, '2');
    judging_write(&f.state, span_of(before), &text);
    assert_string_equal(text.at, wanted);
    buffer_free(&text);
    unload(&f);
}

static void test_written_as_the_file_is(void **state)
{
    (void)state;
    assert_written("", "t2\t0\tx\t2\n");
    assert_written("# mine\nt1 0 a 1", "# mine\nt1 0 a 1\nt2\t0\tx\t2\n");
    assert_written("query-id\tcorpus-id\tscore\nt1\ta\t1\n",
                   "query-id\tcorpus-id\tscore\nt1\ta\t1\nt2\tx\t2\n");
}

static void assert_wrapped(const char *text, size_t columns, size_t lines, const char *wanted)
{
    buffer to = {0};
    buffer_add_text(&to, "");
    screen_wrap(span_of(text), columns, lines, &to);
    assert_string_equal(to.at, wanted);
    buffer_free(&to);
}

static void test_wrap(void **state)
{
    (void)state;
    assert_wrapped("one two three", 7, 9, "one two\nthree\n");
    assert_wrapped("one two three", 8, 9, "one two\nthree\n");
    assert_wrapped("abcdefgh", 3, 9, "abc\ndef\ngh\n");
    assert_wrapped("a\n\nb", 9, 9, "a\n\nb\n");
    assert_wrapped("a b c d", 1, 2, "a\nb\n...\n");
    assert_wrapped("", 9, 9, "");
    assert_wrapped("\xE4\xB8\xAD\xE6\x96\x87", 1, 9, "\xE4\xB8\xAD\n\xE6\x96\x87\n"); /* wide */
    assert_wrapped("a\x1b[2Jb\xC2\x9B"
                   "c",
                   20, 9, "a [2Jb c\n"); /* no commands for the terminal */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool),
        cmocka_unit_test(test_order_is_blind),
        cmocka_unit_test(test_resumes_in_the_same_order),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_written_as_the_file_is),
        cmocka_unit_test(test_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
