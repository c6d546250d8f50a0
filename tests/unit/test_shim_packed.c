/* the shim: weights that carry the length in the posting, and values of chosen documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "shim_index.h"

#define assert_close(a, b) assert_true(fabs((a) - (b)) < 1e-6)

static float norms[XS_PACKED_CLASSES];

/* Documents 1 to 4: the word "w" with these frequencies and classes, none in the last; values in
 * slot 2 of the even ones. */
static int make_index(void **state)
{
    static const uint32_t packed[] = {1 * XS_PACKED_CLASSES + 5, 3 * XS_PACKED_CLASSES + 5,
                                      1 * XS_PACKED_CLASSES + 9};
    shim_folder_make(state);
    xs_writer *writer = shim_create(*state);
    for (uint32_t i = 0; i < 4; i++) {
        xs_doc *doc;
        char value[8];
        assert_ok(xs_doc_new(&doc, &shim_error));
        assert_ok(xs_doc_add_term(doc, "all", 3, 0, &shim_error));
        if (i < 3)
            assert_ok(xs_doc_add_term(doc, "w", 1, packed[i], &shim_error));
        snprintf(value, sizeof value, "v%u", i + 1);
        if (i % 2)
            assert_ok(xs_doc_set_value(doc, 2, value, 2, &shim_error));
        assert_ok(xs_writer_add(writer, doc, NULL, &shim_error));
        xs_doc_free(doc);
    }
    shim_close(writer);
    for (int c = 0; c < XS_PACKED_CLASSES; c++)
        norms[c] = (float)(.1 * c);
    return 0;
}

static double score_of(xs_reader *reader, const char *term, uint32_t docid)
{
    xs_weights packed = {.kind = XS_WEIGHT_PACKED, .k1 = 1.2, .norms = norms};
    xs_query *query;
    double score = -1;
    assert_ok(xs_query_term(term, strlen(term), 1, &query, &shim_error));
    assert_ok(xs_reader_score(reader, query, &packed, docid, &score, &shim_error));
    xs_query_free(query);
    return score;
}

static void packed_weights_are_the_formula(void **state)
{
    xs_reader *reader = shim_read(*state);
    double idf = log(1 + (4 - 3 + .5) / (3 + .5));
    assert_close(score_of(reader, "w", 1), idf * 2.2 * 1 / (1 + .5));
    assert_close(score_of(reader, "w", 2), idf * 2.2 * 3 / (3 + .5));
    assert_close(score_of(reader, "w", 3), idf * 2.2 * 1 / (1 + .9));
    assert_close(score_of(reader, "all", 4), 0); /* a filter */
    xs_reader_free(reader);
}

static void packed_weights_need_norms(void **state)
{
    xs_reader *reader = shim_read(*state);
    xs_query *query;
    xs_hits found;
    float bad[XS_PACKED_CLASSES] = {-1};
    const xs_weights wrong[] = {{.kind = XS_WEIGHT_PACKED, .k1 = 1.2},
                                {.kind = XS_WEIGHT_PACKED, .k1 = 1.2, .norms = bad}};
    assert_ok(xs_query_term("w", 1, 1, &query, &shim_error));
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(xs_reader_search(reader, query, &wrong[i], &(xs_search){.limit = 1},
                                          &found, &shim_error),
                         XS_BAD_ARGUMENT);
    xs_query_free(query);
    xs_reader_free(reader);
}

static void values_of_chosen_documents(void **state)
{
    xs_reader *reader = shim_read(*state);
    static const uint32_t some[] = {1, 2, 3, 4, 7}, last[] = {4};
    shim_walk seen = {.limit = 9};
    assert_ok(xs_reader_values_of(reader, 2, some, 5, shim_walk_value, &seen, &shim_error));
    assert_string_equal(seen.text, "2:v2 4:v4 ");
    seen = (shim_walk){.limit = 9};
    assert_ok(xs_reader_values_of(reader, 2, last, 1, shim_walk_value, &seen, &shim_error));
    assert_string_equal(seen.text, "4:v4 ");
    seen = (shim_walk){.limit = 1};
    assert_ok(xs_reader_values_of(reader, 2, some, 5, shim_walk_value, &seen, &shim_error));
    assert_string_equal(seen.text, "2:v2 ");
    seen = (shim_walk){.limit = 9};
    assert_ok(xs_reader_values_of(reader, 3, some, 5, shim_walk_value, &seen, &shim_error));
    assert_ok(xs_reader_values_of(reader, 2, some, 0, shim_walk_value, &seen, &shim_error));
    assert_string_equal(seen.text, "");
    xs_reader_free(reader);
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_index, shim_folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(packed_weights_are_the_formula),
        test(packed_weights_need_norms),
        test(values_of_chosen_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
