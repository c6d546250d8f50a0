/* What a report says of relevance: means, recall and precision, differences by topic. */
#include <math.h>
#include <stdlib.h>

#include "report_sections.h"
#include "statistics.h"

enum { DRAWS = 2000, SEED = 1 };

/* The columns of an evaluation. */
typedef struct {
    const grid *values;
    size_t run, topic, measure, value;
} evaluated;

bool grid_is_evaluation(const grid *what)
{
    return grid_column(what, "run") != SPAN_NOT_FOUND &&
           grid_column(what, "topic") != SPAN_NOT_FOUND &&
           grid_column(what, "measure") != SPAN_NOT_FOUND &&
           grid_column(what, "value") != SPAN_NOT_FOUND;
}

static evaluated view_of(const named_grid *file)
{
    const grid *g = &file->values;
    return (evaluated){g, grid_column(g, "run"), grid_column(g, "topic"), grid_column(g, "measure"),
                       grid_column(g, "value")};
}

typedef struct {
    span *items;
    size_t count, capacity;
} names;

static void add_once(names *to, span what)
{
    for (size_t i = 0; i < to->count; i++)
        if (span_equal(to->items[i], what))
            return;
    ARRAY_ADD(to->items, to->count, to->capacity, what);
}

static bool is_precision_at_recall(span measure)
{
    return span_starts_with(measure, SPAN("iprec_at_recall_")) ||
           span_starts_with(measure, SPAN("IPrec@"));
}

/* A count is no measure of quality: topics_run and its like. */
static bool is_mean(span measure)
{
    return !is_precision_at_recall(measure) && !span_starts_with(measure, SPAN("topics_")) &&
           !span_starts_with(measure, SPAN("num_")) && !span_equal(measure, SPAN("runid"));
}

static names names_of(const evaluated *of, size_t column)
{
    names made = {NULL, 0, 0};
    for (size_t i = 0; i < grid_rows(of->values); i++)
        add_once(&made, grid_cell(of->values, i, column));
    return made;
}

/* Runs and measures of all files, in order of appearance. */
static names names_of_all(const named_grid *files, size_t count, const char *column, bool means)
{
    names made = {NULL, 0, 0};
    for (size_t f = 0; f < count; f++) {
        size_t at = grid_column(&files[f].values, column);
        for (size_t i = 0; i < grid_rows(&files[f].values); i++) {
            span name = grid_cell(&files[f].values, i, at);
            if (!means || is_mean(name))
                add_once(&made, name);
        }
    }
    return made;
}

/* ---- the values of one run and measure ---- */

typedef struct {
    span *topics;
    double *values;
    size_t count, topics_capacity, values_capacity;
    double overall; /* NAN: the run has none */
} series;

static bool is_topic(span name)
{
    return !span_equal(name, SPAN("all")) && !span_starts_with(name, SPAN("class:"));
}

static series series_of(const evaluated *of, span run, span measure)
{
    series made = {.overall = NAN};
    for (size_t i = 0; i < grid_rows(of->values); i++) {
        span topic = grid_cell(of->values, i, of->topic);
        if (!span_equal(grid_cell(of->values, i, of->run), run) ||
            !span_equal(grid_cell(of->values, i, of->measure), measure))
            continue;
        double value = grid_number(of->values, i, of->value);
        if (span_equal(topic, SPAN("all"))) {
            made.overall = value;
        } else if (is_topic(topic)) {
            size_t count = made.count;
            ARRAY_ADD(made.topics, count, made.topics_capacity, topic);
            ARRAY_ADD(made.values, made.count, made.values_capacity, value);
        }
    }
    return made;
}

static void series_free(series *what)
{
    free(what->topics);
    free(what->values);
}

/* The mean with the interval of its bootstrap over topics, which is NAN without topics. */
typedef struct {
    double mean, low, high;
} estimate;

static estimate estimate_of(const evaluated *of, span run, span measure)
{
    series all = series_of(of, run, measure);
    estimate made = {all.overall, NAN, NAN};
    if (all.count > 1)
        bootstrap_interval(all.values, all.count, DRAWS, SEED, 0.95, &made.low, &made.high);
    series_free(&all);
    return made;
}

/* ---- means ---- */

static void table_of_means(report *to, const named_grid *files, size_t count, const names *runs,
                           span measure)
{
    table *made = table_new();
    table_column(made, SPAN("collection"));
    for (size_t r = 0; r < runs->count; r++)
        table_column(made, runs->items[r]);
    for (size_t f = 0; f < count; f++) {
        evaluated of = view_of(&files[f]);
        table_text(made, files[f].name);
        for (size_t r = 0; r < runs->count; r++) {
            estimate e = estimate_of(&of, runs->items[r], measure);
            if (isnan(e.mean))
                table_empty(made);
            else
                table_number(made, e.mean, 4);
        }
    }
    report_table(to, made);
    table_free(made);
}

/* One block of data a run: place, mean, low, high. */
static void write_bars(buffer *script, const named_grid *files, size_t count, const names *runs,
                       span measure)
{
    double width = 0.8 / (double)runs->count;
    for (size_t r = 0; r < runs->count; r++) {
        buffer_printf(script, "$run%zu << END\n", r);
        for (size_t f = 0; f < count; f++) {
            evaluated of = view_of(&files[f]);
            estimate e = estimate_of(&of, runs->items[r], measure);
            if (isnan(e.mean))
                continue;
            double place = (double)f - 0.4 + width * ((double)r + 0.5);
            buffer_printf(script, "%g %g %g %g\n", place, e.mean, isnan(e.low) ? e.mean : e.low,
                          isnan(e.high) ? e.mean : e.high);
        }
        buffer_add_text(script, "END\n");
    }
}

static lc_status figure_of_means(report *to, const named_grid *files, size_t count,
                                 const names *runs, span measure, lc_error *error)
{
    buffer script = {0}, caption = {0};
    write_bars(&script, files, count, runs, measure);
    buffer_add_text(&script, "set xtics (");
    for (size_t f = 0; f < count; f++) {
        if (f)
            buffer_add_text(&script, ", ");
        script_text(&script, files[f].name);
        buffer_printf(&script, " %zu", f);
    }
    buffer_printf(&script, ")\nset xtics scale 0\nset yrange [0:*]\nset xrange [-0.6:%g]\nplot ",
                  (double)count - 0.4);
    for (size_t r = 0; r < runs->count; r++) {
        buffer_printf(&script, "%s$run%zu using 1:2:(%g) with boxes lt %zu title ", r ? ", " : "",
                      r, 0.74 / (double)runs->count, r % FIGURE_COLORS + 1);
        script_text(&script, runs->items[r]);
        buffer_printf(
            &script, ", $run%zu using 1:2:3:4 with yerrorbars lc rgb '#1f2328' lw 1.5 ps 0 notitle",
            r);
    }
    buffer_printf(&caption, "%.*s, with the 95 %% interval over topics", SPAN_ARG(measure));
    lc_status status = report_figure(to, FIGURE_WIDE, FIGURE_HEIGHT, buffer_span(&caption),
                                     buffer_span(&script), error);
    buffer_free(&script);
    buffer_free(&caption);
    return status;
}

static lc_status report_means(report *to, const named_grid *files, size_t count, lc_error *error)
{
    names runs = names_of_all(files, count, "run", false);
    names measures = names_of_all(files, count, "measure", true);
    lc_status status = LC_OK;
    for (size_t m = 0; m < measures.count && status == LC_OK; m++) {
        report_heading(to, 3, measures.items[m]);
        status = figure_of_means(to, files, count, &runs, measures.items[m], error);
        table_of_means(to, files, count, &runs, measures.items[m]);
    }
    free(runs.items);
    free(measures.items);
    return status;
}

/* ---- recall and precision ---- */

/* The recall that a label ends with. */
static double recall_of(span measure)
{
    size_t cut =
        span_find_last_byte(measure, span_find_byte(measure, '@') == SPAN_NOT_FOUND ? '_' : '@');
    buffer number = {0};
    buffer_add(&number, span_from(measure, cut + 1));
    double recall = strtod(number.at ? number.at : "", NULL);
    buffer_free(&number);
    return recall;
}

static bool write_curve(buffer *script, const evaluated *of, size_t number, span run,
                        const names *measures)
{
    bool any = false;
    buffer_printf(script, "$run%zu << END\n", number);
    for (size_t m = 0; m < measures->count; m++) {
        if (!is_precision_at_recall(measures->items[m]))
            continue;
        series all = series_of(of, run, measures->items[m]);
        if (!isnan(all.overall)) {
            buffer_printf(script, "%g %g\n", recall_of(measures->items[m]), all.overall);
            any = true;
        }
        series_free(&all);
    }
    buffer_add_text(script, "END\n");
    return any;
}

static lc_status report_curves(report *to, const named_grid *file, lc_error *error)
{
    evaluated of = view_of(file);
    names runs = names_of(&of, of.run), measures = names_of(&of, of.measure);
    buffer script = {0}, plot = {0};
    buffer_add_text(&script, "set xrange [0:1]\nset yrange [0:*]\nset xlabel 'recall'\n"
                             "set ylabel 'interpolated precision'\n");
    for (size_t r = 0; r < runs.count; r++) {
        if (!write_curve(&script, &of, r, runs.items[r], &measures))
            continue;
        buffer_printf(&plot, "%s$run%zu with linespoints lt %zu title ",
                      plot.length ? ", " : "plot ", r, r % FIGURE_COLORS + 1);
        script_text(&plot, runs.items[r]);
    }
    buffer_add(&script, buffer_span(&plot));
    lc_status status = plot.length ? report_figure(to, FIGURE_HALF, FIGURE_HEIGHT, file->name,
                                                   buffer_span(&script), error)
                                   : LC_OK;
    free(runs.items);
    free(measures.items);
    buffer_free(&script);
    buffer_free(&plot);
    return status;
}

/* ---- differences by topic ---- */

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* The differences of the topics that both have; free() them. */
static size_t differences_of(const evaluated *of, span base, span run, span measure, double **out)
{
    series a = series_of(of, base, measure), b = series_of(of, run, measure);
    size_t count = 0, capacity = 0;
    *out = NULL;
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++)
            if (span_equal(a.topics[i], b.topics[j])) {
                double difference = b.values[j] - a.values[i];
                ARRAY_ADD(*out, count, capacity, difference);
                break;
            }
    if (count)
        qsort(*out, count, sizeof **out, descending);
    series_free(&a);
    series_free(&b);
    return count;
}

static void write_differences(buffer *script, const double *difference, size_t count)
{
    buffer_add_text(script, "$d << END\n");
    for (size_t i = 0; i < count; i++)
        buffer_printf(script, "%zu %g\n", i + 1, difference[i]);
    buffer_printf(script,
                  "END\nset xrange [0:%zu]\nset xlabel 'topics, sorted'\nset xzeroaxis lt 1 lc rgb "
                  "'#59636e' lw 1\nset boxwidth 1\nunset key\n"
                  "plot $d using 1:($2 > 0 ? $2 : 1/0) with boxes lt 3, "
                  "$d using 1:($2 < 0 ? $2 : 1/0) with boxes lt 2",
                  count + 1);
}

static lc_status figure_of_differences(report *to, span name, span base, span run, span measure,
                                       const double *difference, size_t count, lc_error *error)
{
    buffer script = {0}, caption = {0};
    size_t wins = 0, losses = 0;
    for (size_t i = 0; i < count; i++) {
        wins += difference[i] > 0;
        losses += difference[i] < 0;
    }
    write_differences(&script, difference, count);
    buffer_printf(&caption,
                  "%.*s: %.*s of %.*s minus that of %.*s; better in %zu topics, worse in %zu, "
                  "the same in %zu",
                  SPAN_ARG(name), SPAN_ARG(measure), SPAN_ARG(run), SPAN_ARG(base), wins, losses,
                  count - wins - losses);
    if (to->format == REPORT_MARKDOWN)
        report_text(to, buffer_span(&caption));
    lc_status status = report_figure(to, FIGURE_HALF, FIGURE_HEIGHT, buffer_span(&caption),
                                     buffer_span(&script), error);
    buffer_free(&script);
    buffer_free(&caption);
    return status;
}

/* Each run of the file against its first. */
static lc_status report_differences(report *to, const named_grid *file, lc_error *error)
{
    evaluated of = view_of(file);
    names runs = names_of(&of, of.run), measures = names_of_all(file, 1, "measure", true);
    lc_status status = LC_OK;
    for (size_t r = 1; r < runs.count && measures.count && status == LC_OK; r++) {
        double *difference;
        span measure = measures.items[0];
        size_t count = differences_of(&of, runs.items[0], runs.items[r], measure, &difference);
        if (count)
            status = figure_of_differences(to, file->name, runs.items[0], runs.items[r], measure,
                                           difference, count, error);
        free(difference);
    }
    free(runs.items);
    free(measures.items);
    return status;
}

lc_status report_evaluations(report *to, const named_grid *files, size_t count, lc_error *error)
{
    report_heading(to, 2, SPAN("Relevance"));
    lc_status status = report_means(to, files, count, error);
    if (status == LC_OK && to->format == REPORT_HTML)
        report_heading(to, 3, SPAN("Precision at recall"));
    for (size_t f = 0; f < count && status == LC_OK; f++)
        status = report_curves(to, &files[f], error);
    if (status == LC_OK)
        report_heading(to, 3, SPAN("Differences by topic"));
    for (size_t f = 0; f < count && status == LC_OK; f++)
        status = report_differences(to, &files[f], error);
    return status;
}
