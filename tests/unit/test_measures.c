/* Measures against hand-computed cases, and the names of measures. */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../bench/evaluation.h"
#include "base/file.h"

#define FOLDER "tests/cases/measures"

/* ---- tests/cases/measures/NAME.case: sections "level N", "qrels", "run", "expect" ---- */

typedef struct {
    buffer qrels, run, expect;
    int level;
} measure_case;

/* Comments stay in "run": one of them has a meaning. */
static void read_case(span text, measure_case *out)
{
    buffer *section = NULL;
    *out = (measure_case){.level = 1};
    while (text.length) {
        span line = span_cut_line(&text);
        if (span_starts_with(line, SPAN("level ")))
            out->level = (int)span_number(span_from(line, 6));
        else if (span_equal(line, SPAN("qrels")))
            section = &out->qrels;
        else if (span_equal(line, SPAN("run")))
            section = &out->run;
        else if (span_equal(line, SPAN("expect")))
            section = &out->expect;
        else if (section) {
            buffer_add(section, line);
            buffer_add_byte(section, '\n');
        }
    }
}

static double overall_or_topic(const qrels *judged, const evaluation *values, span topic)
{
    if (span_equal(topic, SPAN("all")))
        return values->overall[0];
    for (size_t i = 0; i < judged->count; i++)
        if (span_equal(judged->topic[i].id, topic))
            return evaluation_value(values, i, 0);
    fail_msg("no topic %.*s", SPAN_ARG(topic));
    return 0;
}

static void check_line(const char *file, span line, int level, const qrels *judged,
                       const ranked_run *ranked)
{
    span column[3];
    double wanted;
    measure_list measures = {0};
    evaluation values;
    assert_int_equal(columns_cut(line, column, 3, 3), 3);
    assert_true(read_real(column[2], &wanted));
    assert_int_equal(measure_list_add(&measures, column[0], NULL), LC_OK);
    measure_list_set_level(&measures, level);
    evaluate(judged, ranked, &measures, &values);
    double got = overall_or_topic(judged, &values, column[1]);
    if (fabs(got - wanted) > 6e-7)
        fail_msg("%s: %.*s is %.6f, wanted %.6f", file, SPAN_ARG(line), got, wanted);
    evaluation_free(&values);
    measure_list_free(&measures);
}

static size_t check_case(const char *file)
{
    buffer text = {0};
    measure_case parts;
    qrels judged;
    ranked_run ranked;
    size_t lines = 0;
    assert_int_equal(file_read(file, 0, &text, NULL, NULL), LC_OK);
    read_case(buffer_span(&text), &parts);
    assert_int_equal(qrels_read(buffer_span(&parts.qrels), file, NULL, &judged, NULL), LC_OK);
    assert_int_equal(run_read(buffer_span(&parts.run), file, NULL, &ranked, NULL), LC_OK);
    reader expected = {.name = file, .rest = buffer_span(&parts.expect)};
    for (span line; reader_next(&expected, &line); lines++)
        check_line(file, line, parts.level, &judged, &ranked);
    qrels_free(&judged);
    run_free(&ranked);
    buffer_free(&parts.qrels);
    buffer_free(&parts.run);
    buffer_free(&parts.expect);
    buffer_free(&text);
    return lines;
}

static void test_cases(void **state)
{
    (void)state;
    size_t lines = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!span_ends_with(span_of(entry->d_name), SPAN(".case")))
            continue;
        char *path = path_join(FOLDER, entry->d_name);
        lines += check_case(path);
        free(path);
    }
    closedir(folder);
    assert_true(lines > 50);
}

/* ---- names ---- */

/* The labels that name stands for, separated by blanks, or "error". */
static void assert_labels(const char *name, const char *wanted)
{
    measure_list list = {0};
    buffer labels = {0};
    buffer_add_text(&labels, "");
    lc_status status = measure_list_add(&list, span_of(name), NULL);
    for (size_t i = 0; i < list.count; i++)
        buffer_printf(&labels, "%s%s", i ? " " : "", list.item[i].label);
    assert_string_equal(status == LC_OK ? labels.at : "error", wanted);
    buffer_free(&labels);
    measure_list_free(&list);
}

static void test_trec_eval_spelling(void **state)
{
    (void)state;
    assert_labels("map", "map");
    assert_labels("ndcg_cut.10", "ndcg_cut_10");
    assert_labels("ndcg_cut_10", "ndcg_cut_10");
    assert_labels("P.5,10", "P_5 P_10");
    assert_labels("success", "success_1 success_5 success_10");
    assert_labels("P", "P_5 P_10 P_15 P_20 P_30 P_100 P_200 P_500 P_1000");
    assert_labels("rbp", "rbp");
    assert_labels("rbp.p=0.5", "rbp_p=0.5");
    assert_labels("P.5,5", "P_5");
    assert_labels("iprec_at_recall.0,.25", "iprec_at_recall_0.00 iprec_at_recall_0.25");
    assert_labels("gm_map", "gm_map");
}

static void test_ir_measures_spelling(void **state)
{
    (void)state;
    assert_labels("nDCG@10", "nDCG@10");
    assert_labels("NDCG@10", "nDCG@10");
    assert_labels("nDCG", "nDCG");
    assert_labels("nDCG(dcg='exp-log2')@10", "nDCG(dcg='exp-log2')@10");
    assert_labels("nDCG(dcg=\"log2\")@5", "nDCG@5");
    assert_labels("P(rel=2)@5", "P(rel=2)@5");
    assert_labels("P( rel = 2 , cutoff=5 )", "P(rel=2)@5");
    assert_labels("MAP", "AP");
    assert_labels("MRR@10", "RR@10");
    assert_labels("RBP(rel=1, p=0.9)", "RBP(p=0.9,rel=1)");
    assert_labels("IPrec(rel=2)@0.1", "IPrec(rel=2)@0.1");
    assert_labels("NumRet(rel=2)", "NumRelRet(rel=2)");
}

static void test_names_that_are_none(void **state)
{
    (void)state;
    static const char *const NAMES[] = {
        "",
        "foo",
        "ndcg_cut.",
        "P.0",
        "P.x",
        "P@",
        "P@0",
        "P@10x",
        "R@",
        "P(rel=2@5",
        "P(rel=0)@5",
        "AP(p=0.5)",
        "P(q=1)@5",
        "RBP(p=1)",
        "rbp.p=2",
        "Rprec@5",
        "Judged",
        "nDCG(rel=2)@5",
        "nDCG(dcg='x')@5",
        "AP(dcg='log2')",
        "P@9999999",
        "map.5",
        "IPrec",
        "IPrec@2",
        "IPrec@",
        "P@0.1",
        "iprec_at_recall.7",
        "ndcg_cut.x",
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        assert_labels(NAMES[i], "error");
}

static void test_error_says_what_to_do(void **state)
{
    (void)state;
    measure_list list = {0};
    lc_error error = {0};
    assert_int_equal(measure_list_add(&list, SPAN("Judged"), &error), LC_BAD_INPUT);
    assert_string_equal(error.message, "measure \"Judged\" needs a cutoff, as in Judged@10");
    measure_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_trec_eval_spelling),
        cmocka_unit_test(test_ir_measures_spelling),
        cmocka_unit_test(test_names_that_are_none),
        cmocka_unit_test(test_error_says_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
