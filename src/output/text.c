/* What a person reads on a terminal. */
#include <stdlib.h>

#include "base/file.h"
#include "output/printer.h"
#include "output/safe.h"

static const char RANK[] = "\x1b[2m", TITLE[] = "\x1b[1m", PLACE[] = "\x1b[36m",
                  FOUND[] = "\x1b[1;33m", PLAIN[] = "\x1b[0m";

static void style(const printer *to, const char *escape)
{
    if (to->color)
        fputs(escape, to->to);
}

/* Text with its matches in bold; `base` is the style to go back to. */
static void print_marked(const printer *to, const snippet *what, const char *base)
{
    uint32_t at = 0;
    for (size_t i = 0; to->color && i < what->mark_count; i++) {
        const marked *m = &what->marks[i];
        print_safe(to->to, span_slice(what->text, at, m->begin - at));
        style(to, FOUND);
        print_safe(to->to, span_slice(what->text, m->begin, m->end - m->begin));
        style(to, PLAIN);
        style(to, base);
        at = m->end;
    }
    print_safe(to->to, span_from(what->text, at));
}

static void print_values(FILE *to, const char *before, const values *list)
{
    for (size_t i = 0; i < list->count; i++) {
        fputs(i ? ", " : before, to);
        print_safe(to, list->items[i].text);
    }
}

static void print_about(const printer *to, const talk *of)
{
    span event = to->grouped ? SPAN_NONE : of->event.text;
    bool any = of->speakers.count || event.length || of->date.text.length;
    if (!any)
        return;
    fputs("    ", to->to);
    print_values(to->to, "", &of->speakers);
    if (event.length) {
        fputs(of->speakers.count ? " · " : "", to->to);
        print_safe(to->to, event);
    }
    if (of->date.text.length) {
        fputs(of->speakers.count || event.length ? " · " : "", to->to);
        print_safe(to->to, of->date.text);
    }
    fputc('\n', to->to);
}

static void print_place(const printer *to, const talk_record *of, const char *path, uint32_t line)
{
    char *root = xstrdup(of->root), *below = xstrdup(of->path);
    char *whole = path_join(root, below);
    hyperlink_begin(to->to, to->link, span_of(whole), line);
    style(to, PLACE);
    print_safe_line(to->to, span_of(path));
    fprintf(to->to, ":%u", line);
    style(to, PLAIN);
    hyperlink_end(to->to, to->link);
    free(root);
    free(below);
    free(whole);
}

static void text_hit(printer *to, const shown_hit *what)
{
    const talk *of = &what->hit->record.talk;
    style(to, RANK);
    fprintf(to->to, "%2zu. ", what->rank);
    style(to, PLAIN);
    style(to, TITLE);
    if (what->title.text.length)
        print_marked(to, &what->title, TITLE);
    else
        fputs(of->kind == KIND_NOTE ? "(note)" : "(no title)", to->to);
    style(to, PLAIN);
    fputc('\n', to->to);
    print_about(to, of);
    fputs("    ", to->to);
    print_place(to, &what->hit->record, what->path, what->line);
    fputc('\n', to->to);
    if (what->text.text.length) {
        fputs(what->text.cut_before ? "    …" : "    ", to->to);
        print_marked(to, &what->text, PLAIN);
        fputs(what->text.cut_after ? "…\n" : "\n", to->to);
    }
    fputc('\n', to->to);
}

static void text_parting(printer *to, const search_result *result, tier next)
{
    style(to, RANK);
    if (next == TIER_NEAR)
        fputs("--- these are near to it in other words ---\n", to->to);
    else
        fputs(result->all_count ? "--- these match some of the words ---\n"
                                : "--- nothing matches all the words; these match some ---\n",
              to->to);
    style(to, PLAIN);
    fputc('\n', to->to);
}

static void text_group(printer *to, span event)
{
    style(to, TITLE);
    fputs("== ", to->to);
    print_safe_line(to->to, event.length ? event : SPAN("(no event)"));
    fputs(" ==\n", to->to);
    style(to, PLAIN);
    fputc('\n', to->to);
}

static void print_facet(const printer *to, const facet *of)
{
    style(to, TITLE);
    fputs(of->field->name, to->to);
    style(to, PLAIN);
    fputc('\n', to->to);
    for (size_t i = 0; i < of->shown; i++) {
        fprintf(to->to, "%6u  ", of->values[i].count);
        print_safe_line(to->to, of->values[i].text);
        fputc('\n', to->to);
    }
    if (of->shown < of->distinct)
        fprintf(to->to, "        and %zu more\n", of->distinct - of->shown);
    fputc('\n', to->to);
}

static void text_end(printer *to, const search_result *result)
{
    if (to->printed && result->all_count > to->offset + to->printed) {
        style(to, RANK);
        fprintf(to->to, "%zu of %zu; more with -n or --offset\n", to->printed, result->all_count);
        style(to, PLAIN);
        fputs(to->facets ? "\n" : "", to->to);
    }
    for (size_t i = 0; to->facets && i < to->facets->count; i++)
        print_facet(to, &to->facets->items[i]);
}

static void print_field(FILE *to, const char *name, span text)
{
    if (!text.length)
        return;
    fprintf(to, "%-9s ", name);
    print_safe(to, text);
    fputc('\n', to);
}

static void print_list(FILE *to, const char *name, const values *list)
{
    if (!list->count)
        return;
    fprintf(to, "%-9s ", name);
    print_values(to, "", list);
    fputc('\n', to);
}

static void text_talk(printer *to, const talk_record *what, const char *path)
{
    const talk *of = &what->talk;
    style(to, TITLE);
    print_safe(to->to, of->title.text.length ? of->title.text : SPAN("(no title)"));
    style(to, PLAIN);
    fputc('\n', to->to);
    print_list(to->to, "speakers", &of->speakers);
    print_list(to->to, "orgs", &of->orgs);
    print_field(to->to, "event", of->event.text);
    print_field(to->to, "date", of->date.text.length ? of->date.text : of->year.text);
    print_list(to->to, "techs", &of->techs);
    print_list(to->to, "tags", &of->tags);
    print_list(to->to, "links", &of->links);
    print_field(to->to, "kind", span_of(talk_kind_name(of->kind)));
    print_field(to->to, "id", what->id);
    fputs("place     ", to->to);
    print_place(to, what, path, of->line);
    fputs("\n\n", to->to);
    print_safe(to->to, of->body);
    fputc('\n', to->to);
    if (of->code.length) {
        fputc('\n', to->to);
        print_safe(to->to, of->code);
        fputc('\n', to->to);
    }
}

const output_format OUTPUT_TEXT = {
    .name = "text",
    .summary = "for people",
    .snippets = true,
    .tiers = true,
    .hit = text_hit,
    .parting = text_parting,
    .group = text_group,
    .end = text_end,
    .talk = text_talk,
};
