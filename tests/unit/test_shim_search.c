/*
 * test_shim_search.c - the shim's queries, weights and hits, with scores reckoned by hand.
 */
#include "shim_index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Docids 1 to 5; the values of slot 0 are years, document 4 has none. */
static const struct {
    const char *words, *year;
} notes[] = {
    {"live migration of pods", "2023"}, {"migration live", "2024"}, {"pods pods pods", "2023"},
    {"of of of of of of", ""},          {"live pods", "2022"},
};

static int open_notes(void **state)
{
    if (shim_folder_make(state) != 0)
        return -1;
    xs_writer *writer = shim_create(*state);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        xs_doc *doc = shim_doc(notes[i].words);
        assert_ok(xs_doc_set_value(doc, 0, notes[i].year, strlen(notes[i].year), &shim_error));
        assert_ok(xs_writer_add(writer, doc, NULL, &shim_error));
        xs_doc_free(doc);
    }
    shim_close(writer);
    xs_reader *reader = shim_read(*state);
    shim_folder_remove(state); /* what is open stays readable */
    *state = reader;
    return 0;
}

static int close_notes(void **state)
{
    xs_reader_free(*state);
    return 0;
}

static const xs_weights boolean = {.kind = XS_WEIGHT_BOOL};
static const xs_weights impact = {.kind = XS_WEIGHT_IMPACT, .factor = 1};

static xs_query *term(const char *text)
{
    xs_query *query = NULL;
    assert_ok(xs_query_term(text, strlen(text), 1, &query, &shim_error));
    return query;
}

/* Frees both. */
static xs_query *join(xs_op op, xs_query *a, xs_query *b)
{
    const xs_query *const child[] = {a, b};
    xs_query *query = NULL;
    assert_ok(xs_query_join(op, child, 2, &query, &shim_error));
    xs_query_free(a);
    xs_query_free(b);
    return query;
}

static xs_query *near(bool ordered, uint32_t window, xs_query *a, xs_query *b)
{
    const xs_query *const child[] = {a, b};
    xs_query *query = NULL;
    assert_ok(xs_query_near(child, 2, window, ordered, &query, &shim_error));
    xs_query_free(a);
    xs_query_free(b);
    return query;
}

static xs_query *years(const char *low, const char *high)
{
    xs_query *query = NULL;
    assert_ok(xs_query_value_range(0, low, low ? 4 : 0, high, high ? 4 : 0, &query, &shim_error));
    return query;
}

/* "1 2 5 ": the docids of the hits in order, in a static buffer.  Frees query. */
static const char *found(const xs_reader *reader, xs_query *query, const xs_weights *weights,
                         const xs_search *search)
{
    static char text[64];
    xs_hits hits = {0};
    assert_ok(xs_reader_search(reader, query, weights, search, &hits, &shim_error));
    text[0] = '\0';
    for (size_t i = 0, len = 0; i < hits.count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%u ", hits.hit[i].docid);
    xs_hits_clear(&hits);
    xs_query_free(query);
    return text;
}

static const char *matched(const xs_reader *reader, xs_query *query)
{
    return found(reader, query, &boolean, &(xs_search){.limit = 10});
}

/* Frees query. */
static double score(const xs_reader *reader, xs_query *query, const xs_weights *weights,
                    uint32_t docid)
{
    double points = NAN;
    assert_ok(xs_reader_score(reader, query, weights, docid, &points, &shim_error));
    xs_query_free(query);
    return points;
}

static double idf(double documents, double with_term)
{
    return log(1 + (documents - with_term + .5) / (with_term + .5));
}

/* cmocka's own compares floats. */
#define assert_close(a, b) assert_true(fabs((a) - (b)) < 1e-9)

/* ---- queries ---- */

static void operators_match_what_they_say(void **state)
{
    const xs_reader *r = *state;
    assert_string_equal(matched(r, join(XS_AND, term("live"), term("pods"))), "1 5 ");
    assert_string_equal(matched(r, join(XS_OR, term("live"), term("pods"))), "1 2 3 5 ");
    assert_string_equal(matched(r, join(XS_AND_NOT, term("live"), term("pods"))), "2 ");
    assert_string_equal(matched(r, join(XS_FILTER, term("live"), term("pods"))), "1 5 ");
    assert_string_equal(matched(r, join(XS_AND_MAYBE, term("live"), term("pods"))), "1 2 5 ");
    assert_string_equal(matched(r, join(XS_SYNONYM, term("live"), term("of"))), "1 2 4 5 ");
}

static void operators_score_what_they_say(void **state)
{
    const xs_reader *r = *state;
    double live = idf(5, 3), pods = idf(5, 3), of = idf(5, 2);
    assert_close(score(r, join(XS_AND, term("live"), term("of")), &impact, 1), live + of);
    assert_close(score(r, join(XS_FILTER, term("live"), term("of")), &impact, 1), live);
    assert_close(score(r, join(XS_AND_MAYBE, term("live"), term("pods")), &impact, 5), live + pods);
}

static void phrases_and_near(void **state)
{
    const xs_reader *r = *state;
    assert_string_equal(matched(r, near(true, 2, term("live"), term("migration"))), "1 ");
    assert_string_equal(matched(r, near(true, 0, term("live"), term("migration"))), "1 ");
    assert_string_equal(matched(r, near(false, 2, term("live"), term("migration"))), "1 2 ");
    assert_string_equal(matched(r, near(true, 3, term("live"), term("pods"))), "5 ");
    assert_string_equal(matched(r, near(true, 4, term("live"), term("pods"))), "1 5 ");
    xs_query *either = join(XS_OR, term("migration"), term("pods"));
    assert_string_equal(matched(r, near(true, 2, term("live"), either)), "1 5 ");
}

static void value_ranges(void **state)
{
    const xs_reader *r = *state;
    assert_string_equal(matched(r, years("2023", "2024")), "1 2 3 ");
    assert_string_equal(matched(r, years("2023", NULL)), "1 2 3 ");
    assert_string_equal(matched(r, years("2024", NULL)), "2 ");
    assert_string_equal(matched(r, years("2024", "2023")), "");
}

static void documents_without_a_value_match_only_the_endless_range(void **state)
{
    assert_string_equal(matched(*state, years(NULL, "2022")), "5 ");
    assert_string_equal(matched(*state, years(NULL, NULL)), "1 2 3 4 5 ");
}

static bool is_as_late(const char *value, size_t length, const void *year)
{
    return length == 4 && memcmp(value, year, 4) >= 0;
}

static xs_query *since(const char *year)
{
    xs_query *query = NULL;
    assert_ok(xs_query_check(0, is_as_late, year, .5, &query, &shim_error));
    return query;
}

static void checks_of_values(void **state)
{
    const xs_reader *r = *state;
    assert_string_equal(matched(r, since("2023")), "1 2 3 ");
    assert_string_equal(matched(r, since("2025")), "");
    assert_string_equal(matched(r, join(XS_AND, term("pods"), since("2023"))), "1 3 ");
    assert_string_equal(matched(r, join(XS_FILTER, term("live"), since("2023"))), "1 2 ");
    assert_string_equal(matched(r, join(XS_AND_NOT, term("live"), since("2024"))), "1 5 ");
    assert_string_equal(matched(r, join(XS_AND_NOT, since("2022"), term("pods"))), "2 ");
    assert_string_equal(matched(r, join(XS_OR, term("of"), since("2024"))), "1 2 4 ");
    assert_string_equal(matched(r, join(XS_AND, since("2023"), since("2024"))), "2 ");
    assert_string_equal(
        found(r, join(XS_AND, term("pods"), since("2022")), &boolean, &(xs_search){.limit = 1}),
        "1 ");
}

/* The same part may stand at several places of a query, each with a place of its own in the index.
 */
static void a_check_may_stand_twice(void **state)
{
    const xs_reader *r = *state;
    xs_query *check = since("2023"), *live = term("live"), *pods = term("pods");
    const xs_query *const first[] = {live, check}, *const second[] = {pods, check};
    xs_query *a = NULL, *b = NULL;
    assert_ok(xs_query_join(XS_FILTER, first, 2, &a, &shim_error));
    assert_ok(xs_query_join(XS_FILTER, second, 2, &b, &shim_error));
    xs_query_free(check);
    xs_query_free(live);
    xs_query_free(pods);
    assert_string_equal(matched(r, join(XS_OR, a, b)), "1 2 3 ");
}

static void a_check_scores_nothing(void **state)
{
    const xs_reader *r = *state;
    assert_close(score(r, join(XS_FILTER, term("pods"), since("2023")), &impact, 3),
                 score(r, term("pods"), &impact, 3));
    xs_query *query = NULL;
    assert_int_equal(xs_query_check(0, is_as_late, "2023", 2, &query, &shim_error),
                     XS_BAD_ARGUMENT);
}

static void all_none_and_empty_joins(void **state)
{
    xs_query *query = NULL;
    for (int call = 0; call < 2; call++) {
        assert_ok(xs_query_all(&query, &shim_error));
        assert_string_equal(matched(*state, query), "1 2 3 4 5 ");
    }
    assert_ok(xs_query_none(&query, &shim_error));
    assert_string_equal(matched(*state, query), "");
    for (int op = XS_AND; op <= XS_SYNONYM; op++) {
        assert_ok(xs_query_join((xs_op)op, NULL, 0, &query, &shim_error));
        assert_string_equal(matched(*state, query), "");
    }
}

static void describe_tells_the_tree(void **state)
{
    (void)state;
    char *text = NULL;
    xs_query *query = join(XS_FILTER, term("a"), near(true, 2, term("b"), term("c")));
    assert_ok(xs_query_describe(query, &text, &shim_error));
    assert_string_equal(text, "Query((a FILTER (b PHRASE 2 c)))");
    xs_free(text);
    xs_query_free(query);
}

/* Children are copied, not consumed: one may stand in several parents, and be freed before them. */
static void children_are_borrowed(void **state)
{
    xs_query *live = term("live");
    const xs_query *const twice[] = {live, live};
    xs_query *query = NULL;
    assert_ok(xs_query_join(XS_OR, twice, 2, &query, &shim_error));
    xs_query_free(live);
    assert_string_equal(matched(*state, query), "1 2 5 ");
}

static void scale_multiplies_and_refuses_the_negative(void **state)
{
    xs_query *pods = term("pods"), *query = NULL;
    assert_ok(xs_query_scale(2.5, pods, &query, &shim_error));
    assert_close(score(*state, query, &impact, 3), 2.5 * 3 * idf(5, 3));
    assert_int_equal(xs_query_scale(-1, pods, &query, &shim_error), XS_BAD_ARGUMENT);
    assert_int_equal(xs_query_scale(NAN, pods, &query, &shim_error), XS_BAD_ARGUMENT);
    xs_query_free(pods);
}

/* ---- weights ---- */

static void impact_is_idf_by_wdf_by_factor(void **state)
{
    xs_weights half = {.kind = XS_WEIGHT_IMPACT, .factor = .5};
    xs_query *thrice = NULL;
    assert_close(score(*state, term("of"), &half, 4), .5 * 6 * log(1 + 3.5 / 2.5));
    assert_close(score(*state, term("of"), &half, 1), .5 * 1 * log(1 + 3.5 / 2.5));
    assert_ok(xs_query_term("of", 2, 3, &thrice, &shim_error));
    assert_close(score(*state, thrice, &half, 4), 3 * .5 * 6 * log(1 + 3.5 / 2.5));
    assert_string_equal(found(*state, term("pods"), &half, &(xs_search){.limit = 9}), "3 1 5 ");
}

static void lucene_is_bm25_with_its_idf(void **state)
{
    xs_weights lucene = {.kind = XS_WEIGHT_LUCENE, .k1 = 1.2, .b = .75};
    double avdl = (4 + 2 + 3 + 6 + 2) / 5.0;
    double by_hand = idf(5, 3) * 2.2 * 3 / (3 + 1.2 * (.25 + .75 * 3 / avdl));
    assert_close(score(*state, term("pods"), &lucene, 3), by_hand);
    assert_string_equal(found(*state, term("pods"), &lucene, &(xs_search){.limit = 9}), "3 5 1 ");
    xs_query *twice = NULL;
    assert_ok(xs_query_term("pods", 4, 2, &twice, &shim_error));
    assert_close(score(*state, twice, &lucene, 3), 2 * by_hand);
}

/* A synonym's wdf is the sum, but Xapian looks up the length and never lets it pass that. */
static void synonym_sums_wdf_up_to_the_length(void **state)
{
    xs_query *both = join(XS_SYNONYM, term("live"), term("pods"));
    xs_query *twice = join(XS_SYNONYM, term("pods"), term("pods"));
    double wdf1 = 0, wdf2 = 0, length2 = 0, length3 = 0;
    assert_ok(xs_reader_score(*state, both, &impact, 2, &wdf1, &shim_error));
    assert_ok(xs_reader_score(*state, both, &impact, 5, &wdf2, &shim_error));
    assert_ok(xs_reader_score(*state, twice, &impact, 5, &length2, &shim_error));
    assert_ok(xs_reader_score(*state, twice, &impact, 3, &length3, &shim_error));
    xs_query_free(both);
    xs_query_free(twice);
    assert_close(wdf2 / wdf1, 2);
    assert_close(length3 / length2, 1.5);
}

/* The bound that lets the matcher stop early must never be below a real score. */
static void few_hits_are_the_first_of_many(void **state)
{
    const xs_weights all[] = {{.kind = XS_WEIGHT_LUCENE, .k1 = 1.2, .b = .75},
                              {.kind = XS_WEIGHT_IMPACT, .factor = .1}};
    (void)state;
    char *path = NULL;
    assert_int_equal(shim_folder_make((void **)&path), 0);
    shim_fill(path, 800);
    xs_reader *reader = shim_read(path);
    for (size_t w = 0; w < 2; w++) {
        xs_query *query = join(XS_OR, join(XS_SYNONYM, term("w13"), term("w26")), term("w7"));
        xs_hits few = {0}, many = {0};
        assert_ok(
            xs_reader_search(reader, query, all + w, &(xs_search){.limit = 5}, &few, &shim_error));
        assert_ok(xs_reader_search(reader, query, all + w,
                                   &(xs_search){.limit = 800, .check_at_least = UINT32_MAX}, &many,
                                   &shim_error));
        assert_true(many.count > 50 && few.count == 5);
        for (int i = 0; i < 5; i++)
            assert_int_equal(few.hit[i].docid, many.hit[i].docid);
        xs_hits_clear(&few);
        xs_hits_clear(&many);
        xs_query_free(query);
    }
    xs_reader_free(reader);
    shim_folder_remove((void **)&path);
}

/* Xapian's default k3 = 1 flattens a word that stands often in a long query. */
static void large_k3_counts_the_query_word_in_full(void **state)
{
    xs_weights small = {.kind = XS_WEIGHT_BM25, .k1 = 1, .k3 = 1, .b = .5, .min_normlen = .5};
    xs_weights large = small;
    large.k3 = 1e6;
    const xs_weights *const both[] = {&small, &large};
    double growth[2];
    for (int i = 0; i < 2; i++) {
        xs_query *four = NULL;
        assert_ok(xs_query_term("of", 2, 4, &four, &shim_error));
        growth[i] = score(*state, four, both[i], 4) / score(*state, term("of"), both[i], 4);
    }
    assert_close(growth[0], 1.6); /* (k3 + 1) qtf / (k3 + qtf) */
    assert_close(growth[1] * (1e6 + 4) / (1e6 + 1), 4);
}

static void tfidf_is_wdf_by_log_n_over_df(void **state)
{
    xs_weights tfidf = {.kind = XS_WEIGHT_TFIDF};
    assert_close(score(*state, term("pods"), &tfidf, 3), 3 * log(5 / 3.0));
}

static void negative_parameters_are_refused(void **state)
{
    xs_query *query = term("pods");
    xs_weights bad[] = {{.kind = XS_WEIGHT_LUCENE, .k1 = -1},
                        {.kind = XS_WEIGHT_IMPACT, .factor = NAN}};
    xs_hits hits = {.count = 77};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(
            xs_reader_search(*state, query, bad + i, &(xs_search){.limit = 1}, &hits, &shim_error),
            XS_BAD_ARGUMENT);
    assert_int_equal(hits.count, 77);
    xs_query_free(query);
}

/* ---- searching ---- */

static void ties_come_by_ascending_docid(void **state)
{
    const xs_search search = {.limit = 9};
    assert_string_equal(found(*state, term("live"), &impact, &search), "1 2 5 ");
    assert_string_equal(matched(*state, join(XS_OR, term("pods"), term("of"))), "1 3 4 5 ");
}

static void first_and_limit_page_through(void **state)
{
    xs_hits hits = {0};
    xs_query *query = join(XS_OR, term("live"), term("pods"));
    xs_search page = {.first = 1, .limit = 2, .check_at_least = UINT32_MAX};
    assert_ok(xs_reader_search(*state, query, &impact, &page, &hits, &shim_error));
    assert_int_equal(hits.count, 2);
    assert_int_equal(hits.hit[0].docid, 1);
    assert_int_equal(hits.hit[1].docid, 5);
    assert_int_equal(hits.lower, 4);
    assert_int_equal(hits.estimated, 4);
    assert_int_equal(hits.upper, 4);
    xs_hits_clear(&hits);
    page = (xs_search){.first = 100, .limit = UINT32_MAX};
    assert_ok(xs_reader_search(*state, query, &impact, &page, &hits, &shim_error));
    assert_int_equal(hits.count, 0);
    xs_hits_clear(&hits);
    xs_query_free(query);
}

static void order_by_value_then_score(void **state)
{
    xs_search search = {.limit = 9, .order = XS_BY_VALUE_DESCENDING, .order_slot = 0};
    assert_string_equal(found(*state, join(XS_OR, term("pods"), term("of")), &impact, &search),
                        "3 1 5 4 ");
    search.order = XS_BY_VALUE_ASCENDING;
    assert_string_equal(found(*state, join(XS_OR, term("pods"), term("of")), &impact, &search),
                        "4 5 3 1 ");
}

typedef struct {
    uint32_t calls;
    bool seen[1000];
} visited;

static void visit(uint32_t docid, void *user)
{
    visited *v = user;
    assert_true(docid < 1000 && !v->seen[docid]);
    v->seen[docid] = true;
    v->calls++;
}

static void collapse_keeps_the_best_of_each_value(void **state)
{
    visited v = {0};
    xs_search search = {.limit = 9, .collapse_max = 1, .collapse_slot = 0};
    assert_string_equal(found(*state, term("pods"), &impact, &search), "3 5 ");
    search.on_match = visit;
    search.user = &v;
    assert_string_equal(found(*state, term("pods"), &impact, &search), "3 5 ");
    assert_int_equal(v.calls, 3);
    search.collapse_max = 2;
    search.on_match = NULL;
    assert_string_equal(found(*state, term("pods"), &impact, &search), "3 1 5 ");
}

/* The matcher leaves out what can't be a hit: the visitor must see it all the same. */
static void visitor_sees_every_match_once(void **state)
{
    (void)state;
    char *path = NULL;
    assert_int_equal(shim_folder_make((void **)&path), 0);
    shim_fill(path, 500);
    xs_reader *reader = shim_read(path);
    const char *const words[] = {"w7", "w14"};
    for (uint32_t limit = 0; limit < 2; limit++) {
        visited v = {0};
        xs_search search = {.limit = limit, .on_match = visit, .user = &v};
        xs_hits hits = {0};
        xs_query *query = join(XS_OR, term(words[0]), term(words[1]));
        assert_ok(xs_reader_search(reader, query, &impact, &search, &hits, &shim_error));
        assert_int_equal(v.calls, hits.lower);
        assert_int_equal(hits.lower, hits.upper);
        assert_true(v.calls > 30);
        xs_hits_clear(&hits);
        xs_query_free(query);
    }
    xs_reader_free(reader);
    shim_folder_remove((void **)&path);
}

/* ---- explaining ---- */

static void score_of_one_document_is_its_score_as_a_hit(void **state)
{
    xs_weights lucene = {.kind = XS_WEIGHT_LUCENE, .k1 = 1.2, .b = .75};
    xs_query *query = join(XS_OR, join(XS_SYNONYM, term("pods"), term("of")), term("live"));
    xs_hits hits = {0};
    assert_ok(
        xs_reader_search(*state, query, &lucene, &(xs_search){.limit = 9}, &hits, &shim_error));
    assert_int_equal(hits.count, 5);
    for (size_t i = 0; i < hits.count; i++) {
        double points = 0;
        assert_ok(xs_reader_score(*state, query, &lucene, hits.hit[i].docid, &points, &shim_error));
        assert_close(points, hits.hit[i].score);
    }
    xs_hits_clear(&hits);
    xs_query_free(query);
}

static void score_of_a_document_that_does_not_match(void **state)
{
    xs_query *query = term("pods");
    double points = -1;
    assert_int_equal(xs_reader_score(*state, query, &impact, 2, &points, &shim_error),
                     XS_NOT_FOUND);
    assert_int_equal(xs_reader_score(*state, query, &impact, 999, &points, &shim_error),
                     XS_NOT_FOUND);
    assert_close(points, -1);
    xs_query_free(query);
}

#define OVER_NOTES(f) cmocka_unit_test_setup_teardown(f, open_notes, close_notes)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OVER_NOTES(operators_match_what_they_say),
        OVER_NOTES(operators_score_what_they_say),
        OVER_NOTES(phrases_and_near),
        OVER_NOTES(value_ranges),
        OVER_NOTES(checks_of_values),
        OVER_NOTES(a_check_may_stand_twice),
        OVER_NOTES(a_check_scores_nothing),
        OVER_NOTES(documents_without_a_value_match_only_the_endless_range),
        OVER_NOTES(all_none_and_empty_joins),
        OVER_NOTES(describe_tells_the_tree),
        OVER_NOTES(children_are_borrowed),
        OVER_NOTES(scale_multiplies_and_refuses_the_negative),
        OVER_NOTES(impact_is_idf_by_wdf_by_factor),
        OVER_NOTES(lucene_is_bm25_with_its_idf),
        OVER_NOTES(synonym_sums_wdf_up_to_the_length),
        OVER_NOTES(few_hits_are_the_first_of_many),
        OVER_NOTES(large_k3_counts_the_query_word_in_full),
        OVER_NOTES(tfidf_is_wdf_by_log_n_over_df),
        OVER_NOTES(negative_parameters_are_refused),
        OVER_NOTES(ties_come_by_ascending_docid),
        OVER_NOTES(first_and_limit_page_through),
        OVER_NOTES(order_by_value_then_score),
        OVER_NOTES(collapse_keeps_the_best_of_each_value),
        OVER_NOTES(visitor_sees_every_match_once),
        OVER_NOTES(score_of_one_document_is_its_score_as_a_hit),
        OVER_NOTES(score_of_a_document_that_does_not_match),
    };
    return cmocka_run_group_tests_name("shim search", tests, NULL, NULL);
}
