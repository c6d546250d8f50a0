/* lectern-bench report: results as a page that a person would rather look at. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command.h"
#include "report_sections.h"

static const option OPTIONS[] = {
    {'o', "output", "FILE", "write the page there instead of on stdout"},
    {'f', "format", "FORMAT", "html or markdown (html)"},
    {'t', "title", "TEXT", "of the page"},
    {0},
};

typedef struct {
    span name;
    speed_result result;
} named_speed;

typedef struct {
    arena *memory;
    named_grid *evaluations, *comparisons;
    size_t evaluation_count, evaluation_capacity, comparison_count, comparison_capacity;
    named_speed *speeds;
    size_t speed_count, speed_capacity;
    report page;
} reporting;

/* ---- reading ---- */

/* The file's name without its ending. */
static span short_name(const char *path)
{
    span name = path_name(span_of(path)), ending = path_ending(name);
    return ending.length ? span_slice(name, 0, name.length - ending.length - 1) : name;
}

static lc_status read_grid(reporting *r, span bytes, const char *path, lc_error *error)
{
    named_grid made = {.name = short_name(path)};
    lc_status status = grid_read(bytes, path, r->memory, &made.values, error);
    if (status != LC_OK)
        return status;
    if (grid_is_evaluation(&made.values))
        ARRAY_ADD(r->evaluations, r->evaluation_count, r->evaluation_capacity, made);
    else if (grid_is_comparison(&made.values))
        ARRAY_ADD(r->comparisons, r->comparison_count, r->comparison_capacity, made);
    else
        return lc_fail(error, LC_BAD_INPUT,
                       "%s: is no result of speed, nor what eval or compare print with "
                       "--format tsv or json",
                       path);
    return LC_OK;
}

static lc_status read_result(reporting *r, const char *path, lc_error *error)
{
    buffer bytes = {0};
    lc_status status = file_read(path, 0, &bytes, NULL, error);
    if (status == LC_OK && speed_result_is(buffer_span(&bytes))) {
        named_speed made = {.name = short_name(path)};
        status = speed_result_parse(buffer_span(&bytes), path, &made.result, error);
        if (status == LC_OK)
            ARRAY_ADD(r->speeds, r->speed_count, r->speed_capacity, made);
    } else if (status == LC_OK) {
        status = read_grid(r, buffer_span(&bytes), path, error);
    }
    buffer_free(&bytes);
    return status;
}

static lc_status read_format(const char *name, report_format *out, lc_error *error)
{
    *out = REPORT_HTML;
    if (!name || strcmp(name, "html") == 0)
        return LC_OK;
    *out = REPORT_MARKDOWN;
    if (strcmp(name, "markdown") == 0)
        return LC_OK;
    return lc_fail(error, LC_BAD_INPUT, "--format %s: it is html or markdown", name);
}

/* ---- writing ---- */

static lc_status write_sections(reporting *r, span title, lc_error *error)
{
    report *to = &r->page;
    lc_status status = LC_OK;
    report_heading(to, 1, title);
    if (r->evaluation_count)
        status = report_evaluations(to, r->evaluations, r->evaluation_count, error);
    if (status == LC_OK && r->comparison_count)
        status = report_comparisons(to, r->comparisons, r->comparison_count, error);
    for (size_t i = 0; i < r->speed_count && status == LC_OK; i++)
        status = report_speed(to, r->speeds[i].name, &r->speeds[i].result, error);
    return status;
}

static lc_status write_page(reporting *r, span title, const char *output, lc_error *error)
{
    buffer page = {0};
    lc_status status = LC_OK;
    report_page(&r->page, title, &page);
    if (output)
        status = file_replace(output, buffer_span(&page), error);
    else
        fwrite(page.at, 1, page.length, stdout);
    buffer_free(&page);
    return status;
}

static void free_all(reporting *r)
{
    for (size_t i = 0; i < r->speed_count; i++)
        speed_result_free(&r->speeds[i].result);
    free(r->speeds);
    free(r->evaluations);
    free(r->comparisons);
    report_free(&r->page);
    arena_free(r->memory);
}

static lc_status run_report(const options *given, int *exit_out, lc_error *error)
{
    reporting r = {.memory = arena_new()};
    const char *named = options_text(given, "title");
    span title = named ? span_of(named) : SPAN("lectern-bench");
    (void)exit_out;
    lc_status status = read_format(options_text(given, "format"), &r.page.format, error);
    if (status == LC_OK && r.page.format == REPORT_HTML)
        status = report_can_draw(error);
    for (size_t i = 0; i < given->word_count && status == LC_OK; i++)
        status = read_result(&r, given->words[i], error);
    if (status == LC_OK)
        status = write_sections(&r, title, error);
    if (status == LC_OK)
        status = write_page(&r, title, options_text(given, "output"), error);
    free_all(&r);
    return status;
}

const bench_command BENCH_REPORT = {
    .name = "report",
    .operands = "RESULT...",
    .summary = "results of eval, compare and speed as one page with figures",
    .about =
        "RESULT is a file of `speed -o`, or what eval or compare print with --format tsv or json.\n"
        "Each file of eval is a collection, named as the file. Give eval --per-topic for\n"
        "intervals and differences by topic (of each run to the first), and -m iprec_at_recall\n"
        "for curves. The HTML page needs no other file; drawing needs gnuplot (package\n"
        "gnuplot-nox). Markdown has the tables only.\n",
    .least = 1,
    .most = 1000,
    .options = OPTIONS,
    .run = run_report,
};
