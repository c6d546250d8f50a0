/* What a report says of speed: indexing, size, the spread of query times. */
#include <math.h>
#include <stdlib.h>

#include "report_sections.h"
#include "speed_summary.h"

static bool is_whole_process(const speed_result *in, span system)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].kind == ROW_ABOUT &&
            span_equal(in->items[i].name, SPAN("whole process")) &&
            span_equal(in->items[i].text, system))
            return true;
    return false;
}

static void show_about(report *to, const speed_result *what)
{
    table *made = table_new();
    table_column(made, SPAN("measured"));
    table_column(made, SPAN(""));
    for (size_t i = 0; i < what->count; i++) {
        const speed_row *row = &what->items[i];
        if (row->kind != ROW_ABOUT || span_equal(row->name, SPAN("counts talks")) ||
            span_equal(row->name, SPAN("whole process")))
            continue;
        table_text(made, row->name);
        table_text(made, row->text);
    }
    report_table(to, made);
    table_free(made);
}

static void show_table(report *to, table *made)
{
    report_table(to, made);
    table_free(made);
}

/* ---- indexing ---- */

typedef double index_value(const index_figures *of);

static double megabytes_per_second(const index_figures *of)
{
    return of->bytes_per_second / 1e6;
}

static double processor_seconds(const index_figures *of)
{
    return of->cpu_seconds;
}

static double peak_megabytes(const index_figures *of)
{
    return of->peak_bytes / 1e6;
}

static double share_of_text(const index_figures *of)
{
    return of->share;
}

static lc_status draw_index(report *to, const speed_result *what, const char *caption,
                            index_value *value, lc_error *error)
{
    span *systems;
    size_t count = speed_result_systems(what, ROW_INDEX, &systems);
    buffer script = {0}, ticks = {0};
    buffer_add_text(&script, "$d << END\n");
    for (size_t i = 0; i < count; i++) {
        index_figures figures = speed_index_figures(what, systems[i]);
        buffer_printf(&script, "%zu %g %zu %.3g\n", i, value(&figures), i + 1, value(&figures));
        if (i)
            buffer_add_text(&ticks, ", ");
        script_text(&ticks, systems[i]);
        buffer_printf(&ticks, " %zu", i);
    }
    buffer_printf(&script,
                  "END\nset xtics (%s) scale 0\nset yrange [0:*]\nset offsets 0, 0, graph 0.1, 0\n"
                  "set xrange [-0.6:%g]\nset boxwidth 0.6\n"
                  "unset key\nplot $d using 1:2:3 with boxes lc variable, "
                  "$d using 1:2:4 with labels offset 0, 0.7",
                  ticks.at ? ticks.at : "", (double)count - 0.4);
    lc_status status = count ? report_figure(to, FIGURE_HALF, FIGURE_HEIGHT, span_of(caption),
                                             buffer_span(&script), error)
                             : LC_OK;
    buffer_free(&script);
    buffer_free(&ticks);
    free(systems);
    return status;
}

static lc_status draw_indexing(report *to, const speed_result *what, lc_error *error)
{
    lc_status status =
        draw_index(to, what, "Indexing, MB of notes a second", megabytes_per_second, error);
    if (status == LC_OK)
        status =
            draw_index(to, what, "Indexing, seconds of processor time", processor_seconds, error);
    if (status == LC_OK)
        status = draw_index(to, what, "Bytes of index per byte of notes", share_of_text, error);
    if (status == LC_OK)
        status = draw_index(to, what, "Peak memory while indexing, MB", peak_megabytes, error);
    return status;
}

/* ---- query times ---- */

typedef struct {
    span *items;
    size_t *colors; /* of systems: the same in every figure */
    size_t count;
} names;

static void free_names(names *what)
{
    free(what->items);
    free(what->colors);
}

/* Systems whose every query starts a program, or the others. */
static names systems_of(const speed_result *what, bool whole_process)
{
    names all;
    size_t kept = 0;
    all.count = speed_result_systems(what, ROW_TIME, &all.items);
    all.colors = xcalloc(all.count + 1, sizeof *all.colors);
    for (size_t i = 0; i < all.count; i++)
        if (is_whole_process(what, all.items[i]) == whole_process) {
            all.colors[kept] = i % FIGURE_COLORS + 1;
            all.items[kept++] = all.items[i];
        }
    all.count = kept;
    return all;
}

/* A block of data a system: place, 25 %, 5 %, 95 %, 75 %, median; in milliseconds. */
static void write_boxes(buffer *script, const speed_result *what, const names *systems,
                        const names *classes)
{
    double width = 0.8 / (double)systems->count;
    for (size_t s = 0; s < systems->count; s++) {
        buffer_printf(script, "$system%zu << END\n", s);
        for (size_t c = 0; c < classes->count; c++) {
            double *v;
            size_t n = speed_result_values(what, ROW_TIME, systems->items[s], classes->items[c],
                                           SPEED_ALL_QUERIES, &v);
            if (n)
                buffer_printf(script, "%g %g %g %g %g %g\n",
                              (double)c - 0.4 + width * ((double)s + 0.5),
                              percentile(v, n, 0.25) / 1e3, percentile(v, n, 0.05) / 1e3,
                              percentile(v, n, 0.95) / 1e3, percentile(v, n, 0.75) / 1e3,
                              percentile(v, n, 0.5) / 1e3);
            free(v);
        }
        buffer_add_text(script, "END\n");
    }
}

static lc_status draw_boxes(report *to, const speed_result *what, bool whole_process,
                            const char *caption, lc_error *error)
{
    buffer script = {0};
    names systems = systems_of(what, whole_process), classes = {NULL, NULL, 0};
    classes.count = speed_result_names(what, ROW_TIME, SPAN_NONE, &classes.items);
    write_boxes(&script, what, &systems, &classes);
    buffer_add_text(&script, "set xtics (");
    for (size_t c = 0; c < classes.count; c++) {
        if (c)
            buffer_add_text(&script, ", ");
        script_text(&script, classes.items[c]);
        buffer_printf(&script, " %zu", c);
    }
    buffer_printf(&script,
                  ") scale 0\nset logscale y\nset format y '%%g'\nset ylabel 'milliseconds'\n"
                  "set xrange [-0.6:%g]\nset boxwidth %g\nplot ",
                  (double)classes.count - 0.4, 0.7 / (double)(systems.count ? systems.count : 1));
    for (size_t s = 0; s < systems.count; s++) {
        buffer_printf(&script,
                      "%s$system%zu using 1:2:3:4:5 with candlesticks whiskerbars 0.4 lt %zu lw 1 "
                      "title ",
                      s ? ", " : "", s, systems.colors[s]);
        script_text(&script, systems.items[s]);
        buffer_printf(&script,
                      ", $system%zu using 1:6:6:6:6 with candlesticks lc rgb '#ffffff' lw 2 "
                      "notitle",
                      s);
    }
    lc_status status = systems.count && classes.count
                           ? report_figure(to, FIGURE_WIDE, FIGURE_HEIGHT, span_of(caption),
                                           buffer_span(&script), error)
                           : LC_OK;
    free_names(&systems);
    free_names(&classes);
    buffer_free(&script);
    return status;
}

/* Every timing of a system, sorted, against the share of timings up to it. */
static void write_shares(buffer *script, const speed_result *what, span system, size_t number)
{
    enum { POINTS = 200 };
    double *all = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < what->count; i++)
        if (what->items[i].kind == ROW_TIME && span_equal(what->items[i].system, system))
            ARRAY_ADD(all, count, capacity, what->items[i].value);
    buffer_printf(script, "$system%zu << END\n", number);
    percentile(all, count, 1); /* sorts them */
    for (size_t i = 1; i <= POINTS && count; i++)
        buffer_printf(script, "%g %g\n", all[(count - 1) * i / POINTS] / 1e3, (double)i / POINTS);
    buffer_add_text(script, "END\n");
    free(all);
}

static lc_status draw_shares(report *to, const speed_result *what, lc_error *error)
{
    buffer script = {0}, plot = {0};
    span *systems;
    size_t count = speed_result_systems(what, ROW_TIME, &systems);
    for (size_t s = 0; s < count; s++) {
        write_shares(&script, what, systems[s], s);
        buffer_printf(&plot, "%s$system%zu with lines lt %zu title ", s ? ", " : "plot ", s,
                      s % FIGURE_COLORS + 1);
        script_text(&plot, systems[s]);
    }
    buffer_add_text(&script, "set logscale x\nset format x '%g'\nset xlabel 'milliseconds'\n"
                             "set yrange [0:1]\nset ylabel 'share of queries'\nset grid xtics\n");
    buffer_add(&script, buffer_span(&plot));
    lc_status status =
        count ? report_figure(to, FIGURE_WIDE, FIGURE_HEIGHT,
                              SPAN("Queries answered within, of all classes that a system answers"),
                              buffer_span(&script), error)
              : LC_OK;
    free(systems);
    buffer_free(&script);
    buffer_free(&plot);
    return status;
}

static void show_query_tables(report *to, const speed_result *what)
{
    for (size_t i = 0; i < SHOWN_TIMES; i++) {
        table *times = speed_time_table(what, SPEED_TIMES[i].kind, SPEED_TIMES[i].share);
        if (table_columns(times) > 1) {
            report_heading(to, 3, span_of(SPEED_TIMES[i].title));
            report_table(to, times);
        }
        table_free(times);
    }
    report_heading(to, 3, SPAN("Results, mean"));
    show_table(to, speed_count_table(what));
}

lc_status report_speed(report *to, span name, const speed_result *what, lc_error *error)
{
    buffer title = {0};
    buffer_printf(&title, "Speed: %.*s", SPAN_ARG(name));
    report_heading(to, 2, buffer_span(&title));
    buffer_free(&title);
    show_about(to, what);
    report_heading(to, 3, SPAN("Indexing"));
    lc_status status = draw_indexing(to, what, error);
    show_table(to, speed_index_table(what));
    if (to->format == REPORT_HTML)
        report_heading(to, 3, SPAN("Queries"));
    if (status == LC_OK)
        status = draw_boxes(to, what, false,
                            "In process. Box: half of the timings; line: the median; whiskers: "
                            "from 5 % to 95 %",
                            error);
    if (status == LC_OK)
        status = draw_boxes(to, what, true, "A program started for each query", error);
    if (status == LC_OK)
        status = draw_shares(to, what, error);
    show_query_tables(to, what);
    return status;
}
