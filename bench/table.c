#include "table.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

typedef enum { CELL_EMPTY, CELL_TEXT, CELL_NUMBER } cell_kind;

typedef struct {
    cell_kind kind;
    span text; /* of a number: as it is shown to people */
    double number;
} cell;

struct table {
    arena *memory;
    cell *titles, *cells;
    size_t columns, columns_capacity, count, capacity;
};

lc_status table_format_read(const char *name, table_format *out, lc_error *error)
{
    static const char *const NAMES[] = {"text", "tsv", "json"};
    *out = TABLE_TEXT;
    for (size_t i = 0; name && i < 3; i++) {
        if (strcmp(name, NAMES[i]) == 0) {
            *out = (table_format)i;
            return LC_OK;
        }
    }
    if (!name)
        return LC_OK;
    return lc_fail(error, LC_BAD_INPUT, "--format %s: it is " TABLE_FORMATS, name);
}

table *table_new(void)
{
    table *made = xcalloc(1, sizeof *made);
    made->memory = arena_new();
    return made;
}

void table_free(table *what)
{
    if (!what)
        return;
    arena_free(what->memory);
    free(what->titles);
    free(what->cells);
    free(what);
}

void table_column(table *to, span title)
{
    cell made = {CELL_TEXT, arena_copy(to->memory, title), 0};
    ARRAY_ADD(to->titles, to->columns, to->columns_capacity, made);
}

void table_text(table *to, span text)
{
    cell made = {CELL_TEXT, arena_copy(to->memory, text), 0};
    ARRAY_ADD(to->cells, to->count, to->capacity, made);
}

void table_number(table *to, double value, int decimals)
{
    cell made = {CELL_NUMBER, arena_printf(to->memory, "%.*f", decimals, value), value};
    ARRAY_ADD(to->cells, to->count, to->capacity, made);
}

void table_empty(table *to)
{
    cell made = {CELL_EMPTY, SPAN_NONE, 0};
    ARRAY_ADD(to->cells, to->count, to->capacity, made);
}

size_t table_columns(const table *of)
{
    return of->columns;
}

size_t table_rows(const table *of)
{
    return of->columns ? of->count / of->columns + 1 : 0;
}

span table_cell(const table *of, size_t row, size_t column, bool *is_number_out)
{
    const cell *at = row ? &of->cells[(row - 1) * of->columns + column] : &of->titles[column];
    *is_number_out = at->kind == CELL_NUMBER;
    return at->text;
}

/* ---- for people ---- */

static size_t text_width(span text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.length;) {
        int columns = utf8_width(utf8_next(text, &i));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

span text_head(span text, size_t columns)
{
    size_t width = 0, end = 0;
    for (size_t i = 0; i < text.length; end = i) {
        int columns_of_next = utf8_width(utf8_next(text, &i));
        width += columns_of_next > 0 ? (size_t)columns_of_next : 0;
        if (width > columns)
            break;
    }
    return span_slice(text, 0, end);
}

static size_t column_width(const table *of, size_t column)
{
    size_t width = text_width(of->titles[column].text);
    for (size_t i = column; i < of->count; i += of->columns) {
        size_t this = text_width(of->cells[i].text);
        width = this > width ? this : width;
    }
    return width;
}

/* A column that holds a number stands at the right. */
static bool is_number_column(const table *of, size_t column)
{
    for (size_t i = column; i < of->count; i += of->columns)
        if (of->cells[i].kind == CELL_NUMBER)
            return true;
    return false;
}

static void print_padding(size_t count, FILE *to)
{
    while (count--)
        putc(' ', to);
}

static void print_text_row(const table *what, const cell *row, const size_t *width,
                           const bool *right, FILE *to)
{
    for (size_t c = 0; c < what->columns; c++) {
        size_t padding = width[c] - text_width(row[c].text);
        bool last = c + 1 == what->columns;
        if (right[c])
            print_padding(padding, to);
        fwrite(row[c].text.at ? row[c].text.at : "", 1, row[c].text.length, to);
        if (!last)
            print_padding((right[c] ? 0 : padding) + 2, to);
    }
    putc('\n', to);
}

static void print_for_people(const table *what, FILE *to)
{
    size_t *width = xcalloc(what->columns + 1, sizeof *width);
    bool *right = xcalloc(what->columns + 1, sizeof *right);
    for (size_t c = 0; c < what->columns; c++) {
        width[c] = column_width(what, c);
        right[c] = is_number_column(what, c);
    }
    print_text_row(what, what->titles, width, right, to);
    for (size_t i = 0; i + what->columns <= what->count; i += what->columns)
        print_text_row(what, what->cells + i, width, right, to);
    free(width);
    free(right);
}

/* ---- for programs ---- */

/* Tabs and line ends inside a text would break the row. */
static void print_tsv_text(span text, FILE *to)
{
    for (size_t i = 0; i < text.length; i++)
        putc(text.at[i] == '\t' || text.at[i] == '\n' || text.at[i] == '\r' ? ' ' : text.at[i], to);
}

static void print_tsv_row(const table *what, const cell *row, FILE *to)
{
    for (size_t c = 0; c < what->columns; c++) {
        if (row[c].kind == CELL_NUMBER)
            fprintf(to, "%.12g", row[c].number);
        else
            print_tsv_text(row[c].text, to);
        putc(c + 1 < what->columns ? '\t' : '\n', to);
    }
}

static void print_tsv(const table *what, FILE *to)
{
    print_tsv_row(what, what->titles, to);
    for (size_t i = 0; i + what->columns <= what->count; i += what->columns)
        print_tsv_row(what, what->cells + i, to);
}

static json_t *json_of_cell(const cell *what)
{
    switch (what->kind) {
    case CELL_NUMBER: return json_real(what->number);
    case CELL_TEXT: {
        json_t *text = json_stringn(what->text.at, what->text.length);
        return text ? text : json_string("(not UTF-8)");
    }
    case CELL_EMPTY: break;
    }
    return json_null();
}

static void print_json(const table *what, FILE *to)
{
    json_t *rows = json_array();
    for (size_t i = 0; i + what->columns <= what->count; i += what->columns) {
        json_t *row = json_object();
        for (size_t c = 0; c < what->columns; c++)
            json_object_setn_new(row, what->titles[c].text.at, what->titles[c].text.length,
                                 json_of_cell(&what->cells[i + c]));
        json_array_append_new(rows, row);
    }
    json_dumpf(rows, to, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    putc('\n', to);
    json_decref(rows);
}

void table_print(const table *what, table_format format, FILE *to)
{
    switch (format) {
    case TABLE_TEXT: print_for_people(what, to); break;
    case TABLE_TSV: print_tsv(what, to); break;
    case TABLE_JSON: print_json(what, to); break;
    }
}
