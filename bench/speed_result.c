#include "speed_result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "reader.h"

#define HEAD "kind\tsystem\tname\tquery\tround\tvalue"

static const char *const KINDS[ROW_KINDS] = {"about", "text", "index", "count", "time", "cpu"};

static bool has_text(speed_row_kind kind)
{
    return kind == ROW_ABOUT || kind == ROW_TEXT;
}

void speed_result_init(speed_result *what)
{
    *what = (speed_result){.memory = arena_new()};
}

void speed_result_free(speed_result *what)
{
    arena_free(what->memory);
    free(what->items);
    *what = (speed_result){.memory = NULL};
}

/* Without the tabs and line ends that would end a column. */
static span one_cell(arena *memory, span text)
{
    span copy = arena_copy(memory, text);
    for (size_t i = 0; i < copy.length; i++)
        if ((unsigned char)copy.at[i] < ' ')
            ((char *)copy.at)[i] = ' ';
    return copy;
}

void speed_result_text(speed_result *to, speed_row_kind kind, const char *name, size_t query,
                       span text)
{
    speed_row row = {.kind = kind, .system = SPAN("-"), .query = query};
    row.name = arena_copy(to->memory, span_of(name));
    row.text = one_cell(to->memory, text);
    ARRAY_ADD(to->items, to->count, to->capacity, row);
}

void speed_result_figure(speed_result *to, speed_row_kind kind, const char *system,
                         const char *name, size_t query, size_t round, double value)
{
    speed_row row = {.kind = kind, .query = query, .round = round, .value = value};
    row.system = arena_copy(to->memory, span_of(system));
    row.name = arena_copy(to->memory, span_of(name));
    ARRAY_ADD(to->items, to->count, to->capacity, row);
}

/* ---- files ---- */

lc_status speed_result_write(const speed_result *what, const char *path, lc_error *error)
{
    buffer text = {0};
    buffer_add_text(&text, HEAD "\n");
    for (size_t i = 0; i < what->count; i++) {
        const speed_row *row = &what->items[i];
        buffer_printf(&text, "%s\t%.*s\t%.*s\t%zu\t%zu\t", KINDS[row->kind], SPAN_ARG(row->system),
                      SPAN_ARG(row->name), row->query, row->round);
        if (has_text(row->kind))
            buffer_add(&text, row->text);
        else
            buffer_printf(&text, "%.12g", row->value);
        buffer_add_byte(&text, '\n');
    }
    lc_status status = file_replace(path, buffer_span(&text), error);
    buffer_free(&text);
    return status;
}

bool speed_result_is(span bytes)
{
    return span_starts_with(bytes, SPAN(HEAD));
}

static bool read_kind(span name, speed_row_kind *out)
{
    for (size_t i = 0; i < ROW_KINDS; i++)
        if (span_equal(name, span_of(KINDS[i]))) {
            *out = (speed_row_kind)i;
            return true;
        }
    return false;
}

static bool read_row(span line, arena *memory, speed_row *out)
{
    enum { COLUMNS = 5 };
    span column[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        column[i] = span_cut(&line, '\t');
    long query = span_number(column[3]), round = span_number(column[4]);
    if (!read_kind(column[0], &out->kind) || query < 0 || round < 0)
        return false;
    out->system = arena_copy(memory, column[1]);
    out->name = arena_copy(memory, column[2]);
    out->query = (size_t)query;
    out->round = (size_t)round;
    if (!has_text(out->kind))
        return read_real(line, &out->value);
    out->text = arena_copy(memory, line);
    return true;
}

lc_status speed_result_parse(span bytes, const char *name, speed_result *out, lc_error *error)
{
    speed_result made;
    size_t number = 1;
    if (!speed_result_is(bytes))
        return lc_fail(error, LC_BAD_INPUT, "%s:1: is no result of lectern-bench speed", name);
    speed_result_init(&made);
    span_cut_line(&bytes);
    while (bytes.length) {
        speed_row row = {.kind = ROW_ABOUT};
        number++;
        if (!read_row(span_cut_line(&bytes), made.memory, &row)) {
            speed_result_free(&made);
            return lc_fail(error, LC_BAD_INPUT,
                           "%s:%zu: is no row of a speed result (%s and six columns wanted)", name,
                           number, "about, text, index, count, time or cpu");
        }
        ARRAY_ADD(made.items, made.count, made.capacity, row);
    }
    *out = made;
    return LC_OK;
}

lc_status speed_result_read(const char *path, speed_result *out, lc_error *error)
{
    buffer bytes = {0};
    lc_status status = file_read(path, 0, &bytes, NULL, error);
    if (status == LC_OK)
        status = speed_result_parse(buffer_span(&bytes), path, out, error);
    buffer_free(&bytes);
    return status;
}

/* ---- asking ---- */

span speed_result_about(const speed_result *in, const char *key)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].kind == ROW_ABOUT && span_equal(in->items[i].name, span_of(key)))
            return in->items[i].text;
    return SPAN_NONE;
}

size_t speed_result_values(const speed_result *in, speed_row_kind kind, span system, span name,
                           size_t query, double **values_out)
{
    double *values = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < in->count; i++) {
        const speed_row *row = &in->items[i];
        if (row->kind == kind && (query == SPEED_ALL_QUERIES || row->query == query) &&
            span_equal(row->system, system) && span_equal(row->name, name))
            ARRAY_ADD(values, count, capacity, row->value);
    }
    *values_out = values;
    return count;
}

static void add_once(span **list, size_t *count, size_t *capacity, span what)
{
    for (size_t i = 0; i < *count; i++)
        if (span_equal((*list)[i], what))
            return;
    ARRAY_ADD(*list, *count, *capacity, what);
}

size_t speed_result_systems(const speed_result *in, speed_row_kind kind, span **out)
{
    size_t count = 0, capacity = 0;
    *out = NULL;
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].kind == kind)
            add_once(out, &count, &capacity, in->items[i].system);
    return count;
}

size_t speed_result_names(const speed_result *in, speed_row_kind kind, span system, span **out)
{
    size_t count = 0, capacity = 0;
    *out = NULL;
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].kind == kind &&
            (!system.length || span_equal(in->items[i].system, system)))
            add_once(out, &count, &capacity, in->items[i].name);
    return count;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double percentile(double *values, size_t count, double share)
{
    if (!count)
        return NAN;
    qsort(values, count, sizeof *values, ascending);
    double rank = ceil(share * (double)count);
    return values[rank < 1 ? 0 : (size_t)rank - 1];
}
