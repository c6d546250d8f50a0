/* A list in Markdown, to paste into a note. */
#include <string.h>

#include "base/buffer.h"
#include "output/printer.h"
#include "output/safe.h"

/* Text on one line, with what Markdown would read as a mark escaped. */
static void print_escaped(FILE *to, span text)
{
    buffer escaped = {0};
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] && strchr("\\`*_[]<>#|", text.at[i]))
            buffer_add_byte(&escaped, '\\');
        buffer_add_byte(&escaped, text.at[i]);
    }
    print_safe_line(to, buffer_span(&escaped));
    buffer_free(&escaped);
}

/* A link's goal in angle brackets may hold blanks. */
static void print_goal(FILE *to, const char *path)
{
    fputs("](<", to);
    for (const char *c = path; *c; c++)
        if (*c == '<' || *c == '>' || (unsigned char)*c < 0x20 || *c == 0x7F)
            fprintf(to, "%%%02X", (unsigned char)*c);
        else
            fputc(*c, to);
    fputs(">)", to);
}

static void print_about(FILE *to, const talk *of, bool with_event)
{
    for (size_t i = 0; i < of->speakers.count; i++) {
        fputs(i ? ", " : " - ", to);
        print_escaped(to, of->speakers.items[i].text);
    }
    if (with_event && of->event.text.length) {
        fputs(" - ", to);
        print_escaped(to, of->event.text);
    }
}

static void print_snippet(FILE *to, const snippet *what)
{
    uint32_t at = 0;
    fputs("  > ", to);
    for (size_t i = 0; i < what->mark_count; i++) {
        const marked *m = &what->marks[i];
        print_escaped(to, span_slice(what->text, at, m->begin - at));
        fputs("**", to);
        print_escaped(to, span_slice(what->text, m->begin, m->end - m->begin));
        fputs("**", to);
        at = m->end;
    }
    print_escaped(to, span_from(what->text, at));
    fputc('\n', to);
}

static void markdown_hit(printer *to, const shown_hit *what)
{
    const talk *of = &what->hit->record.talk;
    fputs("- [", to->to);
    print_escaped(to->to, of->title.text.length ? of->title.text : SPAN("(no title)"));
    print_goal(to->to, what->path);
    print_about(to->to, of, !to->grouped);
    fprintf(to->to, " (line %u)\n", what->line);
    if (what->text.text.length)
        print_snippet(to->to, &what->text);
}

static void markdown_group(printer *to, span event)
{
    fputs(to->printed ? "\n## " : "## ", to->to);
    print_escaped(to->to, event.length ? event : SPAN("(no event)"));
    fputs("\n\n", to->to);
}

static void markdown_facets(FILE *to, const facets *all)
{
    for (size_t f = 0; f < all->count; f++) {
        fprintf(to, "\n## %s\n\n", all->items[f].field->name);
        for (size_t i = 0; i < all->items[f].shown; i++) {
            fputs("- ", to);
            print_escaped(to, all->items[f].values[i].text);
            fprintf(to, " (%u)\n", all->items[f].values[i].count);
        }
    }
}

static void markdown_end(printer *to, const search_result *result)
{
    (void)result;
    if (to->facets)
        markdown_facets(to->to, to->facets);
}

const output_format OUTPUT_MARKDOWN = {
    .name = "markdown",
    .summary = "a list of links to paste into a note",
    .snippets = true,
    .hit = markdown_hit,
    .group = markdown_group,
    .end = markdown_end,
};
