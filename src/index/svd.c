#include "index/svd.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/machine.h"
#include "base/memory.h"

enum {
    BLOCK = 16,    /* widths are multiples of it, so that the compiler uses vectors */
    OVERSIZE = 16, /* columns more than wanted: they make the wanted ones exact */
    ROUNDS = 4     /* of A'A; with 3, 5 or 6 figures only waver */
};

typedef struct {
    const sparse_matrix *of;
    size_t width;
    float *block; /* columns * width: orthonormal columns */
    float *next;  /* the same size */
    double *gram; /* width * width */
} iteration;

/* ---- rows of width numbers ---- */

static inline __attribute__((always_inline)) void row_add(float *to, const float *from, float times,
                                                          size_t width)
{
    for (size_t i = 0; i < width; i += BLOCK)
        for (size_t k = 0; k < BLOCK; k++)
            to[i + k] += times * from[i + k];
}

/* row = A[n] * block */
static inline __attribute__((always_inline)) void project_row(const iteration *it, size_t n,
                                                              float *row)
{
    memset(row, 0, it->width * sizeof *row);
    for (size_t e = it->of->begin[n]; e < it->of->begin[n + 1]; e++)
        row_add(row, it->block + it->of->entries[e].column * it->width, it->of->entries[e].weight,
                it->width);
}

/* A fixed sequence: xorshift64*, each bit of 64 a sign. */
static void fill_random(float *to, size_t count)
{
    uint64_t state = 0x9E3779B97F4A7C15u, bits = 0;
    for (size_t i = 0; i < count; i++) {
        if (i % 32 == 0) {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            bits = (state * 0x2545F4914F6CDD1Du) >> 32;
        }
        to[i] = bits >> (i % 32) & 1 ? 1 : -1;
    }
}

/* next = A'A block */
FOR_EACH_MACHINE static void multiply(iteration *it)
{
    float *row = xmalloc(it->width * sizeof *row);
    memset(it->next, 0, it->of->columns * it->width * sizeof *it->next);
    for (size_t n = 0; n < it->of->rows; n++) {
        project_row(it, n, row);
        for (size_t e = it->of->begin[n]; e < it->of->begin[n + 1]; e++)
            row_add(it->next + it->of->entries[e].column * it->width, row,
                    it->of->entries[e].weight, it->width);
    }
    free(row);
}

/* Adds the products of all pairs in the row to the lower half of gram. */
static inline __attribute__((always_inline)) void gram_add(double *gram, const float *row,
                                                           size_t width)
{
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j <= i; j += BLOCK)
            for (size_t k = 0; k < BLOCK; k++)
                gram[i * width + j + k] += (double)row[i] * (double)row[j + k];
}

/* ---- orthonormal columns: gram = L L', block = next * inverse of L' ---- */

/* A column that depends on those before it (fewer dimensions than width) becomes zero. */
static void factorize(double *gram, size_t width)
{
    for (size_t j = 0; j < width; j++) {
        double *row = gram + j * width, rest = row[j];
        for (size_t k = 0; k < j; k++)
            rest -= row[k] * row[k];
        bool independent = rest > 1e-9 * row[j] && row[j] > 0;
        row[j] = independent ? sqrt(rest) : 0;
        for (size_t i = j + 1; i < width; i++) {
            double sum = gram[i * width + j];
            for (size_t k = 0; k < j; k++)
                sum -= gram[i * width + k] * row[k];
            gram[i * width + j] = independent ? sum / row[j] : 0;
        }
    }
}

/* The inverse of the lower triangle, transposed: what rows are multiplied by. */
static float *inverse_of(const double *lower, size_t width)
{
    double *inverse = xcalloc(width * width, sizeof *inverse);
    float *result = xcalloc(width * width, sizeof *result);
    for (size_t j = 0; j < width; j++) {
        for (size_t i = j; i < width; i++) {
            double sum = i == j;
            for (size_t k = j; k < i; k++)
                sum -= lower[i * width + k] * inverse[k * width + j];
            inverse[i * width + j] = lower[i * width + i] > 0 ? sum / lower[i * width + i] : 0;
        }
    }
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j <= i; j++)
            result[j * width + i] = (float)inverse[i * width + j];
    free(inverse);
    return result;
}

/* block = next * by; the first numbers of a triangle's rows are all zero. */
FOR_EACH_MACHINE static void rotate(iteration *it, const float *by, bool triangle)
{
    size_t width = it->width;
    for (size_t c = 0; c < it->of->columns; c++) {
        const float *from = it->next + c * width;
        float *to = it->block + c * width;
        memset(to, 0, width * sizeof *to);
        for (size_t i = 0; i < width; i++) {
            size_t zeros = triangle ? i / BLOCK * BLOCK : 0;
            row_add(to + zeros, by + i * width + zeros, from[i], width - zeros);
        }
    }
}

/* gram = next' next */
FOR_EACH_MACHINE static void gram_of_columns(iteration *it)
{
    memset(it->gram, 0, it->width * it->width * sizeof *it->gram);
    for (size_t c = 0; c < it->of->columns; c++)
        gram_add(it->gram, it->next + c * it->width, it->width);
}

static void orthonormalize(iteration *it)
{
    gram_of_columns(it);
    factorize(it->gram, it->width);
    float *inverse = inverse_of(it->gram, it->width);
    rotate(it, inverse, true);
    free(inverse);
}

/* ---- the eigenvectors of a small symmetric matrix, by Jacobi's rotations ---- */

static void turn(double *m, size_t width, size_t p, size_t q, double c, double s)
{
    for (size_t k = 0; k < width; k++) {
        double a = m[p * width + k], b = m[q * width + k];
        m[p * width + k] = c * a - s * b;
        m[q * width + k] = s * a + c * b;
    }
}

static void turn_columns(double *m, size_t width, size_t p, size_t q, double c, double s)
{
    for (size_t k = 0; k < width; k++) {
        double a = m[k * width + p], b = m[k * width + q];
        m[k * width + p] = c * a - s * b;
        m[k * width + q] = s * a + c * b;
    }
}

/* Makes matrix diagonal; vectors' rows become its eigenvectors. */
static void diagonalize(double *matrix, double *vectors, size_t width)
{
    enum { SWEEPS = 12 };
    for (size_t i = 0; i < width; i++)
        vectors[i * width + i] = 1;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (size_t p = 0; p < width; p++) {
            for (size_t q = p + 1; q < width; q++) {
                double off = matrix[p * width + q], a = matrix[p * width + p],
                       b = matrix[q * width + q];
                if (fabs(off) <= 1e-12 * sqrt(fabs(a * b)) || fabs(off) < 1e-300)
                    continue;
                double theta = (b - a) / (2 * off);
                double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
                double c = 1 / sqrt(t * t + 1), s = t * c;
                turn(matrix, width, p, q, c, s);
                turn_columns(matrix, width, p, q, c, s);
                turn(vectors, width, p, q, c, s);
            }
        }
    }
}

typedef struct {
    double value;
    size_t row;
} eigenvalue;

static int compare_values(const void *left, const void *right)
{
    const eigenvalue *a = left, *b = right;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* gram = (A block)' (A block) */
FOR_EACH_MACHINE static void gram_of_rows(iteration *it)
{
    float *row = xmalloc(it->width * sizeof *row);
    memset(it->gram, 0, it->width * it->width * sizeof *it->gram);
    for (size_t n = 0; n < it->of->rows; n++) {
        project_row(it, n, row);
        gram_add(it->gram, row, it->width);
    }
    free(row);
}

/* Rotates block so that its columns are singular vectors, largest value first; into next. */
static void rotate_to_singular(iteration *it)
{
    size_t width = it->width;
    float *by = xcalloc(width * width, sizeof *by);
    double *vectors = xcalloc(width * width, sizeof *vectors);
    eigenvalue *values = xcalloc(width, sizeof *values);
    gram_of_rows(it);
    for (size_t i = 0; i < width; i++)
        for (size_t j = i + 1; j < width; j++)
            it->gram[i * width + j] = it->gram[j * width + i];
    diagonalize(it->gram, vectors, width);
    for (size_t i = 0; i < width; i++)
        values[i] = (eigenvalue){it->gram[i * width + i], i};
    qsort(values, width, sizeof *values, compare_values);
    for (size_t n = 0; n < width; n++)
        for (size_t i = 0; i < width; i++)
            by[i * width + n] = (float)vectors[values[n].row * width + i];
    memcpy(it->next, it->block, it->of->columns * width * sizeof *it->next);
    rotate(it, by, false);
    free(by);
    free(vectors);
    free(values);
}

/* Two rounds in a row: their columns are still far enough apart for floats. */
static void exchange(iteration *it)
{
    float *kept = it->block;
    it->block = it->next;
    it->next = kept;
}

void svd_right_vectors(const sparse_matrix *of, size_t rank, float *vectors_out)
{
    iteration it = {.of = of};
    it.width = (rank + OVERSIZE + BLOCK - 1) / BLOCK * BLOCK;
    it.block = xcalloc(of->columns * it.width + 1, sizeof *it.block);
    it.next = xcalloc(of->columns * it.width + 1, sizeof *it.next);
    it.gram = xcalloc(it.width * it.width, sizeof *it.gram);
    fill_random(it.block, of->columns * it.width);
    for (int round = 0; round < ROUNDS; round++) {
        multiply(&it);
        if (round % 2 == 1 || round == ROUNDS - 1)
            orthonormalize(&it);
        else
            exchange(&it);
    }
    rotate_to_singular(&it);
    for (size_t c = 0; c < of->columns; c++)
        memcpy(vectors_out + c * rank, it.block + c * it.width, rank * sizeof *vectors_out);
    free(it.block);
    free(it.next);
    free(it.gram);
}
