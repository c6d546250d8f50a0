#include "output/printer.h"

#include <string.h>

#include "output/columns.h"
#include "output/template.h"

const output_format *const OUTPUT_FORMATS[] = {
    &OUTPUT_TEXT,     &OUTPUT_JSON, &OUTPUT_JSONL, &OUTPUT_TSV, &OUTPUT_VIMGREP,
    &OUTPUT_MARKDOWN, &OUTPUT_TREC, &OUTPUT_FILES, &OUTPUT_FZF, NULL,
};

static lc_status unknown_format(const char *format, lc_error *error)
{
    buffer names = {0};
    for (size_t i = 0; OUTPUT_FORMATS[i]; i++)
        buffer_printf(&names, "%s%s", i ? ", " : "", OUTPUT_FORMATS[i]->name);
    lc_fail(error, LC_BAD_INPUT,
            "--format %s: not known; there are %s, and templates such as '{title} {path}:{line}'",
            format, names.at);
    buffer_free(&names);
    return LC_BAD_INPUT;
}

const output_format *output_format_by_name(const char *name)
{
    for (size_t i = 0; OUTPUT_FORMATS[i]; i++)
        if (strcmp(OUTPUT_FORMATS[i]->name, name) == 0)
            return OUTPUT_FORMATS[i];
    return NULL;
}

lc_status printer_choose(printer *to, const char *format, lc_error *error)
{
    to->format = output_format_by_name(format);
    if (to->format)
        return LC_OK;
    if (!template_is(format))
        return unknown_format(format, error);
    to->format = &OUTPUT_TEMPLATE;
    to->template = format;
    return template_check(format, error);
}

void printer_begin(printer *to, const search_result *result)
{
    if (to->format->begin)
        to->format->begin(to, result);
}

void printer_hit(printer *to, const shown_hit *what)
{
    to->format->hit(to, what);
    to->printed++;
}

void printer_parting(printer *to, const search_result *result, tier next)
{
    if (to->format->parting)
        to->format->parting(to, result, next);
}

void printer_group(printer *to, span event)
{
    if (to->format->group)
        to->format->group(to, event);
}

void printer_end(printer *to, const search_result *result)
{
    if (to->format->end)
        to->format->end(to, result);
}

lc_status printer_talk(printer *to, const talk_record *what, const char *path, lc_error *error)
{
    if (!to->format->talk)
        return lc_fail(error, LC_BAD_INPUT,
                       "a whole talk can be printed as text, json or jsonl only");
    to->format->talk(to, what, path);
    to->printed++;
    return LC_OK;
}

void printer_talks_end(printer *to)
{
    if (to->format->talks_end)
        to->format->talks_end(to);
}

void printer_free(printer *what)
{
    map_free(what->seen);
    what->seen = NULL;
}

void output_formats_print(FILE *to)
{
    fputs("formats:\n", to);
    for (size_t i = 0; OUTPUT_FORMATS[i]; i++)
        fprintf(to, "  %-10s %s\n", OUTPUT_FORMATS[i]->name, OUTPUT_FORMATS[i]->summary);
    fputs("  '{NAME}..'  a template: values of the hit by name, {NAME|SEPARATOR} for lists, {{ for "
          "a\n             brace, \\n \\t \\0; the names:\n",
          to);
    for (const column *c = COLUMNS; c->name; c++)
        fprintf(to, "    %-10s %s\n", c->name, c->summary);
    fputs("\nhyperlink formats:\n ", to);
    for (const hyperlink *h = HYPERLINKS; h->name; h++)
        fprintf(to, " %s", h->name);
    fputs("\n", to);
}
