/* Readers of qrels, runs, topics and documents: what they take, and what they say of bad lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../bench/documents.h"
#include "../../bench/measures.h"
#include "../../bench/qrels.h"
#include "../../bench/run.h"
#include "../../bench/topics.h"

static void assert_span(span got, const char *wanted)
{
    if (!span_equal(got, span_of(wanted)))
        fail_msg("\"%.*s\", wanted \"%s\"", SPAN_ARG(got), wanted);
}

typedef struct {
    const char *text, *message; /* after "f:" */
} bad_input;

/* ---- qrels ---- */

static void assert_qrels(const char *text)
{
    qrels read;
    assert_int_equal(qrels_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    assert_int_equal(read.count, 2);
    const judged_topic *judged = qrels_topic(&read, SPAN("1"));
    assert_non_null(judged);
    assert_int_equal(judged->count, 3);
    assert_int_equal(judged->grades[0], 3);
    assert_int_equal(judged->grades[2], -1);
    assert_int_equal(judged_grade(judged, SPAN("b")), 3);
    assert_int_equal(judged_grade(judged, SPAN("a")), -1);
    assert_int_equal(judged_grade(judged, SPAN("x")), GRADE_UNKNOWN);
    assert_null(qrels_topic(&read, SPAN("9")));
    qrels_free(&read);
}

static void test_qrels_formats(void **state)
{
    (void)state;
    assert_qrels("1 0 b 3\n1 0 a -1\n2 0 a 1\n1 0 c 0\n");
    assert_qrels("1\t0\tb\t3\n1\t0\ta\t-1\n2\t0\ta\t1\n1\t0\tc\t0");
    assert_qrels("query-id\tcorpus-id\tscore\n1\tb\t3\n1\ta\t-1\n2\ta\t1\n1\tc\t0\n");
    assert_qrels("# a comment\r\n\r\n  1  Q0 b +3\r\n1 0\ta -1\r\n2 0 a 1\r\n1 0 c 0\r\n");
    assert_qrels("\xEF\xBB\xBFquery-id corpus-id score\n1 b 3\n1 a -1\n2 a 1\n1 c 0\n");
}

static void test_qrels_names_with_blanks(void **state)
{
    (void)state;
    qrels read;
    const char *text = "my topic\t0\ttalks 2024/a note.md:12\t2\n";
    assert_int_equal(qrels_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    const judged_topic *judged = qrels_topic(&read, SPAN("my topic"));
    assert_int_equal(judged_grade(judged, SPAN("talks 2024/a note.md:12")), 2);
    qrels_free(&read);
    assert_int_equal(qrels_read(SPAN("q1\tdoc one\t2\n"), "f", NULL, &read, NULL), LC_OK);
    assert_int_equal(judged_grade(qrels_topic(&read, SPAN("q1")), SPAN("doc one")), 2);
    qrels_free(&read);
}

static void test_qrels_errors(void **state)
{
    (void)state;
    static const bad_input BAD[] = {
        {"", "0: no judgements; is this the qrels file?"},
        {"1 0 a 1\n1 0 b\n\n1 0 c d e\n", "2: grade \"b\"; write a whole number from -127 to 127"},
        {"1 0\n", "1: 2 columns; qrels have 4 (topic 0 document grade) or 3 (query-id corpus-id "
                  "score)"},
        {"1 0 a 1.5\n", "1: grade \"1.5\"; write a whole number from -127 to 127"},
        {"1 0 a 128\n", "1: grade \"128\"; write a whole number from -127 to 127"},
        {"1\t0\t\t1\n", "1: a column is empty"},
        {"1 0 a 1\n2 0 a 1\n1 0 a 0\n",
         "3: topic 1 has document a again (first on line 1); keep one of them"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        qrels read;
        lc_error error = {0};
        assert_int_equal(qrels_read(span_of(BAD[i].text), "f", NULL, &read, &error), LC_BAD_INPUT);
        assert_string_equal(error.message + strlen("f:"), BAD[i].message);
    }
}

static void test_findings_go_on(void **state)
{
    (void)state;
    qrels read;
    finding_list found = {0};
    const char *text = "1 0 a x\n1 0 b 1\nbad\n1 0 b 2\n";
    assert_int_equal(qrels_read(span_of(text), "f", &found, &read, NULL), LC_OK);
    assert_int_equal(found.count, 3);
    assert_int_equal(read.topic[0].count, 1);
    assert_int_equal(judged_grade(&read.topic[0], SPAN("b")), 1);
    buffer_free(&found.text);
    qrels_free(&read);
}

/* ---- runs ---- */

static void test_run_order(void **state)
{
    (void)state;
    ranked_run read;
    const char *text = "1 Q0 a 1 0.5 t\n1\tQ0\tb\t2\t  1e1\tt\n1 Q0 c 3 .5 t\n1 Q0 d 4 -3 last\n";
    assert_int_equal(run_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    const ranked_topic *ranked = run_topic(&read, SPAN("1"));
    assert_int_equal(ranked->count, 4);
    assert_span(ranked->item[0].document, "b");
    assert_span(ranked->item[1].document, "c"); /* a tie: the greater name first */
    assert_span(ranked->item[2].document, "a");
    assert_span(ranked->item[3].document, "d");
    assert_span(read.tag, "last");
    run_free(&read);
}

static void test_run_errors(void **state)
{
    (void)state;
    static const bad_input BAD[] = {
        {"1 Q0 a 1 0.5\n", "1: 5 columns; a run has 6: topic Q0 document rank score tag"},
        {"1 Q0 a 1 0.5 t more\n", "1: 7 columns; a run has 6: topic Q0 document rank score tag"},
        {"1\tQ0\t\t1\t2\tt\n", "1: a column is empty"},
        {"1 Q0 a\x01 1 2 t\n", "1: a column holds a control character"},
        {"1 Q0 a 1 high t\n", "1: score \"high\" is not a number"},
        {"1 Q0 a 1 nan t\n", "1: score \"nan\" is not a number"},
        {"1 Q0 a 1 2 t\n2 Q0 a 1 2 t\n1 Q0 a 2 1 t\n",
         "3: topic 1 has document a again (first on line 1); keep one of them"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        ranked_run read;
        lc_error error = {0};
        assert_int_equal(run_read(span_of(BAD[i].text), "f", NULL, &read, &error), LC_BAD_INPUT);
        assert_string_equal(error.message + strlen("f:"), BAD[i].message);
    }
}

/* What is written is read back the same, to the last bit of the score. */
static void test_run_written(void **state)
{
    (void)state;
    ranked_run read;
    buffer text = {0};
    run_add(&text, SPAN("t 1"), SPAN("notes/a b.md:3"), 1, 0.1 + 0.2, SPAN("tag"));
    run_add(&text, SPAN("t 1"), SPAN("c"), 2, 0.3, SPAN("tag"));
    run_add_empty(&text, SPAN("t 2"));
    assert_int_equal(run_read(buffer_span(&text), "f", NULL, &read, NULL), LC_OK);
    assert_int_equal(read.count, 2);
    const ranked_topic *ranked = run_topic(&read, SPAN("t 1"));
    assert_span(ranked->item[0].document, "notes/a b.md:3");
    assert_true(ranked->item[0].score == 0.1 + 0.2);
    assert_non_null(run_topic(&read, SPAN("t 2")));
    assert_int_equal(run_topic(&read, SPAN("t 2"))->count, 0);
    run_free(&read);
    buffer_free(&text);
}

/* ---- topics ---- */

static void test_topics_tsv(void **state)
{
    (void)state;
    topic_list read;
    const char *text = "qid\tquery\tclass\n1\tlive migration\tphrase\twhat is wanted\n2\t k8s \n";
    assert_int_equal(topics_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    assert_int_equal(read.count, 2);
    assert_span(topics_find(&read, SPAN("1"))->text, "live migration");
    assert_span(topics_find(&read, SPAN("1"))->class, "phrase");
    assert_span(topics_find(&read, SPAN("1"))->description, "what is wanted");
    assert_span(topics_find(&read, SPAN("2"))->text, "k8s");
    assert_null(topics_find(&read, SPAN("qid")));
    topics_free(&read);
}

static void test_topics_trec(void **state)
{
    (void)state;
    topic_list read;
    const char *text = "\n<top>\n<head> x\n<num> Number: 301\n<title> Organized\n  Crime\n"
                       "<desc> Description:\nWho are\nthey\n<narr> Narrative:\nall\n</top>\n"
                       "<top><num>302</num><title>Polio</title></top>";
    assert_int_equal(topics_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    assert_int_equal(read.count, 2);
    assert_span(read.item[0].id, "301");
    assert_span(read.item[0].text, "Organized Crime");
    assert_span(read.item[0].description, "Who are they all");
    assert_int_equal(read.item[0].line, 2);
    assert_span(read.item[1].id, "302");
    assert_span(read.item[1].text, "Polio");
    assert_int_equal(read.item[1].line, 13);
    topics_free(&read);
}

static void test_topics_beir(void **state)
{
    (void)state;
    topic_list read;
    const char *text = "{\"_id\": \"a\", \"text\": \"caf\\u00e9\", \"metadata\": {}}\n"
                       "{\"_id\": 7, \"text\": \"number\"}\n";
    assert_int_equal(topics_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    assert_span(read.item[0].text, "caf\xC3\xA9");
    assert_span(read.item[1].id, "7");
    topics_free(&read);
}

static void test_topics_errors(void **state)
{
    (void)state;
    static const bad_input BAD[] = {
        {"", "0: no topics; is this the topics file?"},
        {"1 live migration\n", "1: no tab; topics are id TAB text"},
        {"1\tx\n2\t\n", "2: no tab; topics are id TAB text"},
        {"1\tx\n1\ty\n", "2: topic 1 comes again (first on line 1); give it another id"},
        {"{\"_id\": \"1\", \"text\": \" \"}\n", "1: topic 1 has no text"},
        {"{\"text\": \"x\"}\n", "1: \"_id\" is not a text; every line needs one"},
        {"{\"_id\": \"1\", \"text\": [1]}\n", "1: \"text\" is not a text; write it in quotes"},
        {"{\"_id\": \"1\"\n", "1: not JSON: '}' expected near end of file"},
        {"\n<top>\n<num> 1 <title> x\n", "2: <top> without </top>"},
        {"<top><title>x</top>", "1: the topic's id is empty"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        topic_list read;
        lc_error error = {0};
        assert_int_equal(topics_read(span_of(BAD[i].text), "f", NULL, &read, &error), LC_BAD_INPUT);
        assert_string_equal(error.message + strlen("f:"), BAD[i].message);
    }
}

/* ---- documents ---- */

static void test_documents(void **state)
{
    (void)state;
    document_list read;
    const char *text = "{\"_id\": \"d1\", \"title\": \"T\", \"text\": \"a\\nb\"}\n"
                       "{\"_id\": \"d2\", \"title\": null, \"text\": \"\"}\n";
    assert_int_equal(documents_read(span_of(text), "f", NULL, &read, NULL), LC_OK);
    assert_int_equal(read.count, 2);
    assert_span(documents_find(&read, SPAN("d1"))->text, "a\nb");
    assert_span(documents_find(&read, SPAN("d2"))->title, "");
    assert_null(documents_find(&read, SPAN("d3")));
    documents_free(&read);
}

static void test_document_twice(void **state)
{
    (void)state;
    document_list read;
    lc_error error = {0};
    const char *text = "{\"_id\": \"d1\", \"text\": \"a\"}\n{\"_id\": \"d1\", \"text\": \"b\"}\n";
    assert_int_equal(documents_read(span_of(text), "f", NULL, &read, &error), LC_BAD_INPUT);
    assert_string_equal(error.message,
                        "f:2: document d1 comes again (first on line 1); give it another id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qrels_formats),  cmocka_unit_test(test_qrels_names_with_blanks),
        cmocka_unit_test(test_qrels_errors),   cmocka_unit_test(test_findings_go_on),
        cmocka_unit_test(test_run_order),      cmocka_unit_test(test_run_errors),
        cmocka_unit_test(test_run_written),    cmocka_unit_test(test_topics_tsv),
        cmocka_unit_test(test_topics_trec),    cmocka_unit_test(test_topics_beir),
        cmocka_unit_test(test_topics_errors),  cmocka_unit_test(test_documents),
        cmocka_unit_test(test_document_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
