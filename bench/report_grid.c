#include "report_grid.h"

#include <jansson.h>
#include <math.h>

#include "reader.h"

static void add_title(grid *to, arena *memory, span title)
{
    span copy = arena_copy(memory, title);
    ARENA_ADD(memory, to->titles, to->columns, to->columns_capacity, copy);
}

static void add_cell(grid *to, arena *memory, span text)
{
    span copy = arena_copy(memory, text);
    ARENA_ADD(memory, to->cells, to->count, to->capacity, copy);
}

/* ---- TSV ---- */

static lc_status read_tsv(span bytes, const char *name, arena *memory, grid *out, lc_error *error)
{
    span line = bytes.length ? span_cut_line(&bytes) : SPAN_NONE;
    while (line.length)
        add_title(out, memory, span_cut(&line, '\t'));
    for (size_t number = 2; bytes.length; number++) {
        line = span_cut_line(&bytes);
        size_t tabs = 0;
        for (size_t i = 0; i < line.length; i++)
            tabs += line.at[i] == '\t';
        if (tabs + 1 != out->columns)
            return lc_fail(error, LC_BAD_INPUT, "%s:%zu: %zu columns, the first line has %zu", name,
                           number, tabs + 1, out->columns);
        for (size_t c = 0; c < out->columns; c++)
            add_cell(out, memory, span_cut(&line, '\t'));
    }
    return LC_OK;
}

/* ---- JSON ---- */

static void add_json_cell(grid *to, arena *memory, const json_t *value)
{
    if (json_is_string(value))
        add_cell(to, memory, (span){json_string_value(value), json_string_length(value)});
    else if (json_is_number(value))
        add_cell(to, memory, arena_printf(memory, "%.12g", json_number_value(value)));
    else
        add_cell(to, memory, SPAN_NONE);
}

static void read_array(json_t *array, arena *memory, grid *out)
{
    const char *key;
    json_t *value, *row;
    size_t i;
    json_object_foreach(json_array_get(array, 0), key, value)
    {
        add_title(out, memory, span_of(key));
    }
    json_array_foreach(array, i, row) for (size_t c = 0; c < out->columns; c++)
        add_json_cell(out, memory, json_object_get(row, out->titles[c].at));
}

static lc_status read_json(span bytes, const char *name, arena *memory, grid *out, lc_error *error)
{
    json_error_t why;
    json_t *array = json_loadb(bytes.at, bytes.length, 0, &why);
    lc_status status = LC_OK;
    if (!array)
        status = lc_fail(error, LC_BAD_INPUT, "%s:%d: not JSON: %s", name, why.line, why.text);
    else if (!json_is_array(array))
        status = lc_fail(error, LC_BAD_INPUT, "%s: holds no array", name);
    else
        read_array(array, memory, out);
    json_decref(array);
    return status;
}

lc_status grid_read(span bytes, const char *name, arena *memory, grid *out, lc_error *error)
{
    *out = (grid){.titles = NULL};
    span text = span_trim(bytes);
    if (!text.length)
        return lc_fail(error, LC_BAD_INPUT, "%s: is empty", name);
    return text.at[0] == '[' ? read_json(text, name, memory, out, error)
                             : read_tsv(bytes, name, memory, out, error);
}

size_t grid_rows(const grid *of)
{
    return of->columns ? of->count / of->columns : 0;
}

size_t grid_column(const grid *of, const char *title)
{
    for (size_t i = 0; i < of->columns; i++)
        if (span_equal(of->titles[i], span_of(title)))
            return i;
    return SPAN_NOT_FOUND;
}

span grid_cell(const grid *of, size_t row, size_t column)
{
    return of->cells[row * of->columns + column];
}

double grid_number(const grid *of, size_t row, size_t column)
{
    double value;
    return read_real(grid_cell(of, row, column), &value) ? value : NAN;
}
