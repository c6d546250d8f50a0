/*
 * speed_result.h - the raw figures of a speed run, as rows; what compare-speed and report read.
 *
 * As a file: a head line, then six columns a row with tabs between:
 *
 *   kind   system  name      query  round  value
 *   about  -       KEY       0      0      text: machine, date, version, folder, seed ...
 *   text   -       CLASS     N      0      the N-th query of the class
 *   index  SYSTEM  MEASURE   0      ROUND  seconds, cpu_seconds, peak_bytes, index_bytes
 *   count  SYSTEM  CLASS     N      0      results of the query
 *   time   SYSTEM  CLASS     N      ROUND  microseconds
 *   cpu    SYSTEM  CLASS     N      ROUND  microseconds of the processor, of systems in process:
 *                                          what other work on the machine disturbs least
 */
#ifndef LECTERN_BENCH_SPEED_RESULT_H
#define LECTERN_BENCH_SPEED_RESULT_H

#include "base/error.h"
#include "base/memory.h"

typedef enum {
    ROW_ABOUT,
    ROW_TEXT,
    ROW_INDEX,
    ROW_COUNT,
    ROW_TIME,
    ROW_CPU,
    ROW_KINDS
} speed_row_kind;

typedef struct {
    speed_row_kind kind;
    span system, name;
    size_t query, round;
    span text; /* of ROW_ABOUT and ROW_TEXT */
    double value;
} speed_row;

typedef struct {
    arena *memory; /* of the texts */
    speed_row *items;
    size_t count, capacity;
} speed_result;

void speed_result_init(speed_result *what);
void speed_result_free(speed_result *what);

/* Adds a row with a text or a figure; texts are copied. */
void speed_result_text(speed_result *to, speed_row_kind kind, const char *name, size_t query,
                       span text);
void speed_result_figure(speed_result *to, speed_row_kind kind, const char *system,
                         const char *name, size_t query, size_t round, double value);

lc_status speed_result_write(const speed_result *what, const char *path, lc_error *error);
/* Whether a file's bytes begin as such a result. */
bool speed_result_is(span bytes);
/* Reads the bytes of a file; `name` is for messages. */
lc_status speed_result_parse(span bytes, const char *name, speed_result *out, lc_error *error);
lc_status speed_result_read(const char *path, speed_result *out, lc_error *error);

/* The text of an about row, or an empty one. */
span speed_result_about(const speed_result *in, const char *key);

/* The figures of one kind, system and name in order of rows; of all queries for SPEED_ALL_QUERIES.
 * Free *values_out; NULL when there are none. */
#define SPEED_ALL_QUERIES ((size_t)-1)
size_t speed_result_values(const speed_result *in, speed_row_kind kind, span system, span name,
                           size_t query, double **values_out);
/* Systems, or names, that the rows of that kind have, each once, in order of rows; `system` empty:
 * of all. Free *out. */
size_t speed_result_systems(const speed_result *in, speed_row_kind kind, span **out);
size_t speed_result_names(const speed_result *in, speed_row_kind kind, span system, span **out);

/* The value that `share` (0 to 1) of the values do not exceed, by nearest rank; sorts them. */
double percentile(double *values, size_t count, double share);

#endif
