/* What a report says of `compare`: differences from the baseline with intervals. */
#include <math.h>
#include <stdlib.h>

#include "report_sections.h"

bool grid_is_comparison(const grid *what)
{
    return grid_column(what, "difference") != SPAN_NOT_FOUND &&
           grid_column(what, "low 95%") != SPAN_NOT_FOUND &&
           grid_column(what, "high 95%") != SPAN_NOT_FOUND &&
           grid_column(what, "run") != SPAN_NOT_FOUND &&
           grid_column(what, "measure") != SPAN_NOT_FOUND;
}

/* The cells as they are, numbers to five decimals where they have any. */
static void show_table(report *to, const grid *what)
{
    table *made = table_new();
    for (size_t c = 0; c < what->columns; c++)
        table_column(made, what->titles[c]);
    for (size_t row = 0; row < grid_rows(what); row++)
        for (size_t c = 0; c < what->columns; c++) {
            double value = grid_number(what, row, c);
            if (isnan(value))
                table_text(made, grid_cell(what, row, c));
            else
                table_number(made, value, value == floor(value) ? 0 : 5);
        }
    report_table(to, made);
    table_free(made);
}

typedef struct {
    buffer data, ticks;
    size_t rows;
} forest;

static void add_differences(forest *to, const named_grid *file)
{
    const grid *g = &file->values;
    size_t run = grid_column(g, "run"), measure = grid_column(g, "measure");
    size_t difference = grid_column(g, "difference"), low = grid_column(g, "low 95%"),
           high = grid_column(g, "high 95%");
    for (size_t i = 0; i < grid_rows(g); i++) {
        buffer label = {0};
        buffer_printf(&label, "%.*s: %.*s, %.*s", SPAN_ARG(file->name),
                      SPAN_ARG(grid_cell(g, i, run)), SPAN_ARG(grid_cell(g, i, measure)));
        buffer_printf(&to->data, "%g %zu %g %g\n", grid_number(g, i, difference), to->rows,
                      grid_number(g, i, low), grid_number(g, i, high));
        if (to->rows)
            buffer_add_text(&to->ticks, ", ");
        script_text(&to->ticks, buffer_span(&label));
        buffer_printf(&to->ticks, " %zu", to->rows++);
        buffer_free(&label);
    }
}

static lc_status draw_forest(report *to, const named_grid *files, size_t count, lc_error *error)
{
    forest all = {.rows = 0};
    buffer script = {0};
    for (size_t f = 0; f < count; f++)
        add_differences(&all, &files[f]);
    if (!all.rows)
        return LC_OK;
    buffer_printf(&script,
                  "$d << END\n%sEND\nset ytics (%s)\nset yrange [%g:-0.7]\nunset key\n"
                  "unset grid\nset grid xtics lc rgb '#e4e8ec' lt 1\n"
                  "set arrow from 0, graph 0 to 0, graph 1 nohead lc rgb '#59636e' lw 1\n"
                  "plot $d using 1:2:3:4 with xerrorbars lt 1",
                  all.data.at, all.ticks.at, (double)all.rows - 0.3);
    lc_status status = report_figure(to, FIGURE_WIDE, 100 + 24 * all.rows,
                                     SPAN("Difference from the baseline, with its 95 % interval"),
                                     buffer_span(&script), error);
    buffer_free(&script);
    buffer_free(&all.data);
    buffer_free(&all.ticks);
    return status;
}

lc_status report_comparisons(report *to, const named_grid *files, size_t count, lc_error *error)
{
    report_heading(to, 2, SPAN("Comparison"));
    lc_status status = draw_forest(to, files, count, error);
    for (size_t f = 0; f < count && status == LC_OK; f++) {
        report_heading(to, 3, files[f].name);
        show_table(to, &files[f].values);
    }
    return status;
}
