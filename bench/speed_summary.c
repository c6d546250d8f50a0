#include "speed_summary.h"

#include <math.h>
#include <stdlib.h>

#include "reader.h"

static double median_of(const speed_result *of, span system, const char *measure)
{
    double *values;
    size_t count =
        speed_result_values(of, ROW_INDEX, system, span_of(measure), SPEED_ALL_QUERIES, &values);
    double median = percentile(values, count, 0.5);
    free(values);
    return median;
}

static double about_number(const speed_result *of, const char *key)
{
    double number;
    return read_real(speed_result_about(of, key), &number) ? number : 0;
}

index_figures speed_index_figures(const speed_result *of, span system)
{
    index_figures made = {
        .seconds = median_of(of, system, "seconds"),
        .cpu_seconds = median_of(of, system, "cpu_seconds"),
        .peak_bytes = median_of(of, system, "peak_bytes"),
        .index_bytes = median_of(of, system, "index_bytes"),
    };
    double bytes = about_number(of, "note bytes");
    made.bytes_per_second = made.seconds > 0 ? bytes / made.seconds : 0;
    made.talks_per_second = made.seconds > 0 ? about_number(of, "talks") / made.seconds : 0;
    made.share = bytes > 0 ? made.index_bytes / bytes : 0;
    return made;
}

/* Stemmers and what makes a word differ a little from system to system. */
static bool are_near(double a, double b)
{
    return fabs(a - b) <= fmax(1, fmax(a, b) / 10);
}

count_figures speed_count_figures(const speed_result *of, span system, span class)
{
    double *ours, *theirs, sum = 0;
    count_figures made = {0, 0, 0};
    size_t our_count =
        speed_result_values(of, ROW_COUNT, SPAN("lectern"), class, SPEED_ALL_QUERIES, &ours);
    made.counted = speed_result_values(of, ROW_COUNT, system, class, SPEED_ALL_QUERIES, &theirs);
    for (size_t i = 0; i < made.counted; i++) {
        sum += theirs[i];
        made.agree += i < our_count && are_near(ours[i], theirs[i]);
    }
    made.results = made.counted ? sum / (double)made.counted : 0;
    free(ours);
    free(theirs);
    return made;
}

/* ---- tables ---- */

static table *table_with(const char *const *titles)
{
    table *made = table_new();
    for (; *titles; titles++)
        table_column(made, span_of(*titles));
    return made;
}

table *speed_index_table(const speed_result *of)
{
    static const char *const titles[] = {"system",  "seconds",  "cpu s",      "MB/s", "talks/s",
                                         "peak MB", "index MB", "index/text", NULL};
    table *made = table_with(titles);
    span *systems;
    size_t count = speed_result_systems(of, ROW_INDEX, &systems);
    for (size_t i = 0; i < count; i++) {
        index_figures figures = speed_index_figures(of, systems[i]);
        table_text(made, systems[i]);
        table_number(made, figures.seconds, 2);
        table_number(made, figures.cpu_seconds, 2);
        table_number(made, figures.bytes_per_second / 1e6, 2);
        table_number(made, figures.talks_per_second, 0);
        table_number(made, figures.peak_bytes / 1e6, 1);
        table_number(made, figures.index_bytes / 1e6, 2);
        table_number(made, figures.share, 2);
    }
    free(systems);
    return made;
}

/* Its results are talks as lectern's are, so that counts can be compared. */
static bool counts_talks(const speed_result *in, span system)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->items[i].kind == ROW_ABOUT && span_equal(in->items[i].name, SPAN("counts talks")) &&
            span_equal(in->items[i].text, system))
            return true;
    return false;
}

const shown_times SPEED_TIMES[SHOWN_TIMES] = {
    {"Median, microseconds", ROW_TIME, 0.5},
    {"Median, microseconds of processor time", ROW_CPU, 0.5},
    {"90 %, microseconds", ROW_TIME, 0.9},
    {"99 %, microseconds", ROW_TIME, 0.99},
    {"Slowest, microseconds", ROW_TIME, 1},
};

/* One row a class, one column a system, whose cell `add` adds. */
typedef void add_cell(const speed_result *of, span system, span class, const shown_times *what,
                      table *to);

static table *class_table(const speed_result *of, const span *systems, size_t system_count,
                          const shown_times *what, add_cell *add)
{
    table *made = table_new();
    span *classes;
    size_t class_count = speed_result_names(of, ROW_TIME, SPAN_NONE, &classes);
    table_column(made, SPAN("class"));
    for (size_t s = 0; s < system_count; s++)
        table_column(made, systems[s]);
    for (size_t c = 0; c < class_count; c++) {
        table_text(made, classes[c]);
        for (size_t s = 0; s < system_count; s++)
            add(of, systems[s], classes[c], what, made);
    }
    free(classes);
    return made;
}

static void add_time(const speed_result *of, span system, span class, const shown_times *what,
                     table *to)
{
    double *values;
    size_t count = speed_result_values(of, what->kind, system, class, SPEED_ALL_QUERIES, &values);
    if (count)
        table_number(to, percentile(values, count, what->share), 0);
    else
        table_empty(to);
    free(values);
}

table *speed_time_table(const speed_result *of, speed_row_kind kind, double share)
{
    span *systems;
    shown_times what = {"", kind, share};
    size_t count = speed_result_systems(of, kind, &systems);
    table *made = class_table(of, systems, count, &what, add_time);
    free(systems);
    return made;
}

static void add_count(const speed_result *of, span system, span class, const shown_times *what,
                      table *to)
{
    count_figures figures = speed_count_figures(of, system, class);
    buffer cell = {0};
    (void)what;
    if (figures.counted && counts_talks(of, system)) {
        buffer_printf(&cell, "%.1f (%zu of %zu agree)", figures.results, figures.agree,
                      figures.counted);
        table_text(to, buffer_span(&cell));
    } else if (figures.counted) {
        table_number(to, figures.results, 1);
    } else {
        table_empty(to);
    }
    buffer_free(&cell);
}

table *speed_count_table(const speed_result *of)
{
    span *systems;
    size_t count = speed_result_systems(of, ROW_COUNT, &systems);
    table *made = class_table(of, systems, count, NULL, add_count);
    free(systems);
    return made;
}

static void print_table(table *made, FILE *to)
{
    table_print(made, TABLE_TEXT, to);
    table_free(made);
}

void speed_summary_print(const speed_result *of, FILE *to)
{
    fprintf(
        to, "%.*s, %.*s\n%.*s\n%.*s note files, %.*s bytes, %.*s talks\n\n",
        SPAN_ARG(speed_result_about(of, "version")), SPAN_ARG(speed_result_about(of, "date")),
        SPAN_ARG(speed_result_about(of, "machine")), SPAN_ARG(speed_result_about(of, "note files")),
        SPAN_ARG(speed_result_about(of, "note bytes")), SPAN_ARG(speed_result_about(of, "talks")));
    print_table(speed_index_table(of), to);
    fputc('\n', to);
    for (size_t i = 0; i < SHOWN_TIMES; i++) {
        fprintf(to, "%s\n", SPEED_TIMES[i].title);
        print_table(speed_time_table(of, SPEED_TIMES[i].kind, SPEED_TIMES[i].share), to);
        fputc('\n', to);
    }
    fputs("Results, mean\n", to);
    print_table(speed_count_table(of), to);
}
