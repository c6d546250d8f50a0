/* svd: against singular vectors computed by hand or by a plain dense method. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "index/svd.h"

enum { ROWS = 40, COLUMNS = 24, RANK = 5 };

/* A matrix of a few strong directions and some noise, about a third of it filled. */
static double dense[ROWS][COLUMNS];
static size_t begin[ROWS + 1];
static sparse_entry entries[ROWS * COLUMNS];

static double noise(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / (1 << 24) - .5;
}

static sparse_matrix make_matrix(void)
{
    uint32_t state = 7;
    size_t count = 0;
    for (size_t r = 0; r < ROWS; r++) {
        begin[r] = count;
        for (size_t c = 0; c < COLUMNS; c++) {
            bool filled = (r + 2 * c) % 3 == 0;
            dense[r][c] = filled ? 3.0 / (double)(1 + (r % 7 + c) % 5) + noise(&state) : 0;
            if (!filled)
                continue;
            entries[count++] = (sparse_entry){(uint32_t)c, (float)dense[r][c]};
        }
    }
    begin[ROWS] = count;
    return (sparse_matrix){ROWS, COLUMNS, begin, entries};
}

/* x = A'A x */
static void apply(double *x)
{
    double sum[COLUMNS] = {0};
    for (size_t r = 0; r < ROWS; r++) {
        double y = 0;
        for (size_t c = 0; c < COLUMNS; c++)
            y += dense[r][c] * x[c];
        for (size_t c = 0; c < COLUMNS; c++)
            sum[c] += dense[r][c] * y;
    }
    memcpy(x, sum, sizeof sum);
}

static double dot(const double *a, const double *b)
{
    double sum = 0;
    for (size_t c = 0; c < COLUMNS; c++)
        sum += a[c] * b[c];
    return sum;
}

/* The plain method: power iteration, each vector made orthogonal to those before it. */
static void reference(double found[RANK][COLUMNS])
{
    for (size_t n = 0; n < RANK; n++) {
        for (size_t c = 0; c < COLUMNS; c++)
            found[n][c] = (double)(1 + (c * 5 + n * 3) % 11);
        for (int round = 0; round < 5000; round++) {
            apply(found[n]);
            for (size_t before = 0; before < n; before++) {
                double part = dot(found[n], found[before]);
                for (size_t c = 0; c < COLUMNS; c++)
                    found[n][c] -= part * found[before][c];
            }
            double length = sqrt(dot(found[n], found[n]));
            for (size_t c = 0; c < COLUMNS; c++)
                found[n][c] /= length;
        }
    }
}

static void equals_a_dense_decomposition(void **state)
{
    (void)state;
    double wanted[RANK][COLUMNS];
    float got[COLUMNS * RANK];
    sparse_matrix matrix = make_matrix();
    reference(wanted);
    svd_right_vectors(&matrix, RANK, got);
    for (size_t n = 0; n < RANK; n++) {
        double like = 0, length = 0;
        for (size_t c = 0; c < COLUMNS; c++) {
            like += wanted[n][c] * (double)got[c * RANK + n];
            length += (double)got[c * RANK + n] * (double)got[c * RANK + n];
        }
        assert_true(fabs(length - 1) < 1e-4);
        assert_true(fabs(like) > .9999);
    }
}

static void is_the_same_every_time(void **state)
{
    (void)state;
    float first[COLUMNS * RANK], second[COLUMNS * RANK];
    sparse_matrix matrix = make_matrix();
    svd_right_vectors(&matrix, RANK, first);
    svd_right_vectors(&matrix, RANK, second);
    assert_memory_equal(first, second, sizeof first);
}

/* Two columns that are the same thing: rank 1, all other vectors nothing. */
static void beyond_the_rank_there_is_nothing(void **state)
{
    (void)state;
    const size_t rows[] = {0, 2, 4};
    const sparse_entry same[] = {{0, 1}, {1, 1}, {0, 2}, {1, 2}};
    sparse_matrix matrix = {2, 2, rows, same};
    float got[2 * 3];
    svd_right_vectors(&matrix, 3, got);
    assert_true(fabs(fabs((double)got[0]) - sqrt(.5)) < 1e-5);
    assert_true(fabs((double)got[0] - (double)got[3]) < 1e-5);
    for (size_t n = 1; n < 3; n++) {
        assert_true(isfinite(got[n]) && fabs((double)got[n]) < 1e-3);
        assert_true(isfinite(got[3 + n]) && fabs((double)got[3 + n]) < 1e-3);
    }
}

static void an_empty_matrix_is_no_trouble(void **state)
{
    (void)state;
    const size_t rows[] = {0, 0};
    float got[3] = {1, 1, 1};
    svd_right_vectors(&(sparse_matrix){1, 1, rows, NULL}, 3, got);
    for (size_t n = 0; n < 3; n++)
        assert_true(got[n] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_a_dense_decomposition),
        cmocka_unit_test(is_the_same_every_time),
        cmocka_unit_test(beyond_the_rank_there_is_nothing),
        cmocka_unit_test(an_empty_matrix_is_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
