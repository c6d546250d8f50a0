/*
 * report_sections.h - what a report says of each kind of result.
 */
#ifndef LECTERN_BENCH_REPORT_SECTIONS_H
#define LECTERN_BENCH_REPORT_SECTIONS_H

#include "report.h"
#include "report_grid.h"
#include "speed_result.h"

/* One file of `lectern-bench eval`, or of `compare`; the name is the collection's. */
typedef struct {
    span name;
    grid values;
} named_grid;

/* Whether a grid is what eval, or compare, prints as TSV or JSON. */
bool grid_is_evaluation(const grid *what);
bool grid_is_comparison(const grid *what);

lc_status report_evaluations(report *to, const named_grid *files, size_t count, lc_error *error);
lc_status report_comparisons(report *to, const named_grid *files, size_t count, lc_error *error);
lc_status report_speed(report *to, span name, const speed_result *what, lc_error *error);

#endif
