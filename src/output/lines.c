/* The forms of one line a hit, for other programs: tsv, vimgrep, trec, files, fzf, a template. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "output/columns.h"
#include "output/safe.h"
#include "output/template.h"

static void print_column(FILE *to, const column *which, const shown_hit *what)
{
    buffer text = {0};
    which->add(what, SPAN(", "), &text);
    print_safe_line(to, buffer_span(&text));
    buffer_free(&text);
}

/* ---- tsv: a line of names first; a tab or line end inside a value is a blank ---- */

static void tsv_begin(printer *to, const search_result *result)
{
    (void)result;
    const char *before = "";
    for (const column *c = COLUMNS; c->name; c++)
        if (c->in_tsv) {
            fprintf(to->to, "%s%s", before, c->name);
            before = "\t";
        }
    fputc('\n', to->to);
}

static void tsv_hit(printer *to, const shown_hit *what)
{
    const char *before = "";
    for (const column *c = COLUMNS; c->name; c++)
        if (c->in_tsv) {
            fputs(before, to->to);
            print_column(to->to, c, what);
            before = "\t";
        }
    fputc('\n', to->to);
}

/* ---- vimgrep: path:line:column:text, as quickfix lists want it ---- */

static void print_in_short(FILE *to, const talk *of)
{
    print_safe_line(to, of->title.text.length ? of->title.text : SPAN("(no title)"));
    for (size_t i = 0; i < of->speakers.count; i++) {
        fputs(i ? ", " : " - ", to);
        print_safe_line(to, of->speakers.items[i].text);
    }
    if (of->event.text.length) {
        fputs(" - ", to);
        print_safe_line(to, of->event.text);
    }
}

static void vimgrep_hit(printer *to, const shown_hit *what)
{
    print_safe_line(to->to, span_of(what->path));
    fprintf(to->to, ":%u:1:", what->line);
    print_in_short(to->to, &what->hit->record.talk);
    fputc('\n', to->to);
}

/* ---- trec: evaluators order by score, and tiers come before scores, so the score is 1/rank ----
 */

static void trec_hit(printer *to, const shown_hit *what)
{
    fputs("1 Q0 ", to->to);
    print_safe_line(to->to, what->hit->record.id);
    fprintf(to->to, " %zu %.9f lectern\n", what->rank, 1.0 / (double)what->rank);
}

/* ---- files: every note once, at the place of its best talk ---- */

static void files_hit(printer *to, const shown_hit *what)
{
    span path = span_of(what->path);
    if (!to->seen)
        to->seen = map_new();
    if (map_get(to->seen, path))
        return;
    map_put(to->seen, path, 1);
    if (to->terminal)
        print_safe_line(to->to, path);
    else
        fwrite(path.at, 1, path.length, to->to);
    fputc(to->null_ends ? '\0' : '\n', to->to);
}

/* ---- fzf: id, path, line and what to show, parted by tabs ---- */

static void fzf_hit(printer *to, const shown_hit *what)
{
    print_safe_line(to->to, what->hit->record.id);
    fputc('\t', to->to);
    print_safe_line(to->to, span_of(what->path));
    fprintf(to->to, "\t%u\t", what->line);
    print_in_short(to->to, &what->hit->record.talk);
    fputc('\n', to->to);
}

static void template_hit(printer *to, const shown_hit *what)
{
    template_print(to->template, what, to->to);
}

const output_format OUTPUT_TSV = {
    .name = "tsv",
    .summary = "a line of names, then a line a hit with tabs between",
    .begin = tsv_begin,
    .snippets = true,
    .hit = tsv_hit,
};
const output_format OUTPUT_VIMGREP = {
    .name = "vimgrep",
    .summary = "path:line:column:title, for quickfix lists",
    .hit = vimgrep_hit,
};
const output_format OUTPUT_TREC = {
    .name = "trec",
    .summary = "lines of a TREC run: topic 1, ids, score 1/rank",
    .hit = trec_hit,
};
const output_format OUTPUT_FILES = {
    .name = "files",
    .summary = "the path of each note once; with -0 a NUL ends each",
    .hit = files_hit,
};
const output_format OUTPUT_FZF = {
    .name = "fzf",
    .summary = "id, path, line and title with tabs between, for a chooser",
    .hit = fzf_hit,
};
const output_format OUTPUT_TEMPLATE = {.snippets = true, .hit = template_hit};
