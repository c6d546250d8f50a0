#include "report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "speed_process.h"

static const char STYLE[] =
    ":root{color-scheme:light dark;--text:#1f2328;--quiet:#59636e;--page:#fff;--line:#e4e8ec;"
    "--strong:#d1d9e0;--row:#f6f8fa}"
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--page);margin:2rem "
    "auto;"
    "max-width:72rem;padding:0 1.5rem}"
    "h1{font-size:1.7rem;margin:0 0 1rem}"
    "h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--strong);"
    "padding-bottom:.3rem}"
    "h3{font-size:1.05rem;margin:1.8rem 0 .4rem}"
    "p{margin:.4rem 0;color:var(--quiet)}"
    ".table{overflow-x:auto}"
    "table{border-collapse:collapse;font-size:.9rem;margin:.6rem 0;"
    "font-variant-numeric:tabular-nums}"
    "th,td{padding:.25rem .7rem;border-bottom:1px solid var(--line);text-align:left;"
    "white-space:nowrap}"
    "th{border-bottom:2px solid var(--strong);font-weight:600}"
    "td.n,th.n{text-align:right}"
    "tbody tr:hover{background:var(--row)}"
    ".figures{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem;margin:1rem 0}"
    "figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:.6rem}"
    "figure.wide{grid-column:1/-1}"
    "figure svg{width:100%;height:auto;display:block}"
    "figcaption{font-size:.9rem;color:var(--text);margin:.1rem .3rem .4rem}"
    "@media(max-width:50rem){.figures{grid-template-columns:1fr}}"
    /* the figures are drawn dark on white: turned round, their hues stay */
    "@media(prefers-color-scheme:dark){:root{--text:#e6edf3;--quiet:#9198a1;--page:#0d1117;"
    "--line:#30363d;--strong:#3d444d;--row:#151b23}"
    "figure{background:#121212}figure svg{filter:invert(.93) hue-rotate(180deg)}}";

void report_free(report *what)
{
    buffer_free(&what->body);
}

static void add_escaped(buffer *to, span text)
{
    for (size_t i = 0; i < text.length; i++)
        switch (text.at[i]) {
        case '<': buffer_add_text(to, "&lt;"); break;
        case '>': buffer_add_text(to, "&gt;"); break;
        case '&': buffer_add_text(to, "&amp;"); break;
        case '"': buffer_add_text(to, "&quot;"); break;
        default: buffer_add_byte(to, text.at[i]);
        }
}

/* Markdown's own marks, escaped. */
static void add_marked(buffer *to, span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("\\|*_`<[", text.at[i]) && text.at[i])
            buffer_add_byte(to, '\\');
        buffer_add_byte(to, text.at[i]);
    }
}

static void close_figures(report *to)
{
    if (to->in_figures)
        buffer_add_text(&to->body, "</div>\n");
    to->in_figures = false;
}

void report_heading(report *to, int level, span text)
{
    close_figures(to);
    if (to->format == REPORT_HTML) {
        buffer_printf(&to->body, "<h%d>", level);
        add_escaped(&to->body, text);
        buffer_printf(&to->body, "</h%d>\n", level);
        return;
    }
    buffer_printf(&to->body, "%s%.*s ", to->body.length ? "\n" : "", level, "###");
    add_marked(&to->body, text);
    buffer_add_text(&to->body, "\n\n");
}

void report_text(report *to, span text)
{
    close_figures(to);
    buffer_add_text(&to->body, to->format == REPORT_HTML ? "<p>" : "");
    if (to->format == REPORT_HTML)
        add_escaped(&to->body, text);
    else
        add_marked(&to->body, text);
    buffer_add_text(&to->body, to->format == REPORT_HTML ? "</p>\n" : "\n\n");
}

/* ---- tables ---- */

/* A column is set to the right when its first cell is a number. */
static bool is_right(const table *of, size_t column)
{
    bool number = false;
    for (size_t row = 1; row < table_rows(of); row++)
        if (table_cell(of, row, column, &number).length)
            return number;
    return false;
}

static void add_html_row(report *to, const table *what, size_t row)
{
    bool ignored;
    const char *tag = row ? "td" : "th";
    buffer_add_text(&to->body, "<tr>");
    for (size_t c = 0; c < table_columns(what); c++) {
        buffer_printf(&to->body, "<%s%s>", tag, is_right(what, c) ? " class=\"n\"" : "");
        add_escaped(&to->body, table_cell(what, row, c, &ignored));
        buffer_printf(&to->body, "</%s>", tag);
    }
    buffer_add_text(&to->body, "</tr>\n");
}

static void add_html_table(report *to, const table *what)
{
    buffer_add_text(&to->body, "<div class=\"table\"><table><thead>\n");
    for (size_t row = 0; row < table_rows(what); row++) {
        add_html_row(to, what, row);
        if (row == 0)
            buffer_add_text(&to->body, "</thead><tbody>\n");
    }
    buffer_add_text(&to->body, "</tbody></table></div>\n");
}

static void add_markdown_table(report *to, const table *what)
{
    bool ignored;
    for (size_t row = 0; row < table_rows(what); row++) {
        for (size_t c = 0; c < table_columns(what); c++) {
            buffer_add_text(&to->body, "| ");
            add_marked(&to->body, table_cell(what, row, c, &ignored));
            buffer_add_byte(&to->body, ' ');
        }
        buffer_add_text(&to->body, "|\n");
        for (size_t c = 0; row == 0 && c < table_columns(what); c++)
            buffer_add_text(&to->body, is_right(what, c) ? "|---:" : "|---");
        if (row == 0)
            buffer_add_text(&to->body, "|\n");
    }
    buffer_add_byte(&to->body, '\n');
}

void report_table(report *to, const table *what)
{
    close_figures(to);
    if (to->format == REPORT_HTML)
        add_html_table(to, what);
    else
        add_markdown_table(to, what);
}

/* ---- figures ---- */

/* Okabe and Ito's colours, which people who are colour-blind can tell apart, and four more. */
static const char *const COLORS[FIGURE_COLORS] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                  "#e69f00", "#56b4e9", "#8c564b", "#7f7f7f",
                                                  "#000000", "#b5a300"};

lc_status report_can_draw(lc_error *error)
{
    char *found = program_find("gnuplot");
    if (!found)
        return lc_fail(error, LC_NOT_FOUND,
                       "figures need gnuplot (package gnuplot-nox); --format markdown needs none");
    free(found);
    return LC_OK;
}

void script_text(buffer *to, span text)
{
    buffer_add_byte(to, '"');
    for (size_t i = 0; i < text.length; i++)
        buffer_add_byte(
            to, strchr("\"\\`$", text.at[i]) || (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
    buffer_add_byte(to, '"');
}

static void begin_script(buffer *to, figure_width width, size_t height)
{
    buffer_printf(to,
                  "set terminal svg size %d,%zu dynamic noenhanced font 'sans-serif,13' "
                  "background '#ffffff'\n"
                  "set encoding utf8\nset border 3 lc rgb '#59636e'\nset tics nomirror\n"
                  "set grid ytics lc rgb '#e4e8ec' lt 1\nset key outside top center horizontal "
                  "Left reverse samplen 1.5\nset style fill solid 0.85 noborder\n",
                  width == FIGURE_WIDE ? 1080 : 530, height);
    for (int i = 0; i < FIGURE_COLORS; i++)
        buffer_printf(to, "set linetype %d lc rgb '%s' lw 2 pt 7 ps 0.5\n", i + 1, COLORS[i]);
}

/* gnuplot reads the script from a file in memory. */
static lc_status draw(span script, buffer *svg, lc_error *error)
{
    char path[64];
    int exit_status = 0, file = memfd_create("script", 0);
    if (file < 0 || write(file, script.at, script.length) != (ssize_t)script.length)
        return lc_fail_errno(error, errno, "no memory for a figure's script");
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    const char *const argv[] = {"gnuplot", path, NULL};
    lc_status status = program_run(argv, NULL, false, svg, NULL, &exit_status, error);
    close(file);
    if (status == LC_OK && (exit_status || !svg->length))
        status = lc_fail(error, LC_INTERNAL, "gnuplot could not draw a figure; it says why above");
    return status;
}

/* Without the head that makes an SVG a file of its own. The ids in it come again in every figure;
 * what they name is alike in all of them. */
static void add_svg(report *to, span svg, span caption)
{
    size_t begin = span_find(svg, SPAN("<svg"));
    svg = begin == SPAN_NOT_FOUND ? svg : span_from(svg, begin);
    buffer_add_text(&to->body, "<figcaption>");
    add_escaped(&to->body, caption);
    buffer_add_text(&to->body, "</figcaption>\n");
    buffer_add(&to->body, svg);
}

lc_status report_figure(report *to, figure_width width, size_t height, span caption, span script,
                        lc_error *error)
{
    buffer whole = {0}, svg = {0};
    if (to->format != REPORT_HTML)
        return LC_OK;
    begin_script(&whole, width, height);
    buffer_add(&whole, script);
    lc_status status = draw(buffer_span(&whole), &svg, error);
    if (status == LC_OK) {
        if (!to->in_figures)
            buffer_add_text(&to->body, "<div class=\"figures\">\n");
        to->in_figures = true;
        buffer_add_text(&to->body, width == FIGURE_WIDE ? "<figure class=\"wide\">" : "<figure>");
        add_svg(to, buffer_span(&svg), caption);
        buffer_add_text(&to->body, "</figure>\n");
    }
    buffer_free(&whole);
    buffer_free(&svg);
    return status;
}

/* ---- the page ---- */

void report_page(report *of, span title, buffer *out)
{
    close_figures(of);
    if (of->format == REPORT_HTML) {
        buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                             "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
        add_escaped(out, title);
        buffer_printf(out, "</title>\n<style>%s</style></head><body>\n", STYLE);
    }
    buffer_add(out, buffer_span(&of->body));
    if (of->format == REPORT_HTML)
        buffer_add_text(out, "</body></html>\n");
}
