/*
 * report_grid.h - a table that a command of lectern-bench printed as TSV or JSON, read back.
 */
#ifndef LECTERN_BENCH_REPORT_GRID_H
#define LECTERN_BENCH_REPORT_GRID_H

#include "base/error.h"
#include "base/memory.h"

typedef struct {
    span *titles, *cells; /* row by row; in the arena */
    size_t columns, columns_capacity, count, capacity;
} grid;

/* JSON is an array of objects with the keys of the first. `name` is for messages. */
lc_status grid_read(span bytes, const char *name, arena *memory, grid *out, lc_error *error);
size_t grid_rows(const grid *of);
/* The column with that title, or SPAN_NOT_FOUND. */
size_t grid_column(const grid *of, const char *title);
span grid_cell(const grid *of, size_t row, size_t column);
/* NAN where there is no number. */
double grid_number(const grid *of, size_t row, size_t column);

#endif
