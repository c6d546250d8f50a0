/*
 * report.h - a page of text, tables and figures, as HTML that needs no other file, or as Markdown.
 *
 * Figures are drawn by gnuplot as SVG and stand in the page itself; Markdown has none.
 */
#ifndef LECTERN_BENCH_REPORT_H
#define LECTERN_BENCH_REPORT_H

#include "base/buffer.h"
#include "base/error.h"
#include "table.h"

typedef enum { REPORT_HTML, REPORT_MARKDOWN } report_format;

typedef struct {
    report_format format;
    buffer body;
    bool in_figures; /* figures that follow one another stand side by side */
} report;

void report_free(report *what);

/* level: 1 to 3. */
void report_heading(report *to, int level, span text);
void report_text(report *to, span text);
void report_table(report *to, const table *what);

/* Whether figures can be drawn: LC_NOT_FOUND when gnuplot is not installed. */
lc_status report_can_draw(lc_error *error);
typedef enum { FIGURE_HALF, FIGURE_WIDE } figure_width;
/* Draws what the script says; it begins with line types 1 to FIGURE_COLORS and axes set up.
 * Sizes are as on a page of full width, in pixels; FIGURE_HEIGHT is the usual one. In Markdown
 * nothing happens. */
enum { FIGURE_COLORS = 10, FIGURE_HEIGHT = 320 };
lc_status report_figure(report *to, figure_width width, size_t height, span caption, span script,
                        lc_error *error);

/* Text for a gnuplot script, in double quotes: without what gnuplot would take for its own. */
void script_text(buffer *to, span text);

/* The whole page; buffer_free() it. */
void report_page(report *of, span title, buffer *out);

#endif
