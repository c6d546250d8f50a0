/*
 * svd.h - truncated singular value decomposition of a large sparse matrix.
 *
 * Randomised subspace iteration (Halko, Martinsson, Tropp 2011): a random block is multiplied by
 * A'A and made orthonormal a few times, then rotated to the singular vectors that it holds. The
 * start is a fixed sequence of numbers, so equal matrices give equal vectors.
 *
 * Time: rounds * (4 * entries * width + columns * width^2) operations, width = rank + 16 or a
 * little more; memory: 8 * columns * width bytes.
 */
#ifndef LECTERN_INDEX_SVD_H
#define LECTERN_INDEX_SVD_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t column;
    float weight;
} sparse_entry;

typedef struct {
    size_t rows, columns;
    const size_t *begin; /* rows + 1 of them: where a row's entries begin */
    const sparse_entry *entries;
} sparse_matrix;

/* The right singular vectors of the largest singular values, largest first: vectors_out[column *
 * rank + n] is the column's part of the n-th. Vectors beyond the matrix's own rank are zero. The
 * sign of a vector means nothing. */
void svd_right_vectors(const sparse_matrix *of, size_t rank, float *vectors_out);

#endif
