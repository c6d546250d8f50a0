/*
 * table.h - a table of texts and numbers, printed for people (aligned), as TSV, or as JSON.
 *
 * Every result of lectern-bench is such a table, so all commands share their output formats.
 * JSON is an array with one object a row, keyed by the titles; an empty cell is null.
 */
#ifndef LECTERN_BENCH_TABLE_H
#define LECTERN_BENCH_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/span.h"

typedef enum { TABLE_TEXT, TABLE_TSV, TABLE_JSON } table_format;
#define TABLE_FORMATS "text, tsv or json"
/* NULL stands for text. */
lc_status table_format_read(const char *name, table_format *out, lc_error *error);

typedef struct table table;
table *table_new(void);
void table_free(table *what);

/* All columns first, then the cells row by row. Text is copied. */
void table_column(table *to, span title);
void table_text(table *to, span text);
/* decimals are for TABLE_TEXT; the other formats print 12 significant digits. */
void table_number(table *to, double value, int decimals);
void table_empty(table *to);

/* Row 0 are the titles. The cell as it is shown to people, and whether it is a number. */
size_t table_columns(const table *of);
size_t table_rows(const table *of);
span table_cell(const table *of, size_t row, size_t column, bool *is_number_out);

/* At most the first `columns` terminal columns of a text, cut between characters. */
span text_head(span text, size_t columns);

void table_print(const table *what, table_format format, FILE *to);

#endif
