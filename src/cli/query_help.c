#include "cli/query_help.h"

#include <string.h>

#include "index/fields.h"

const query_form QUERY_FORMS[] = {
    {NULL, "words"},
    {"kafka streams", "talks with both words come first, below a line those with one of them"},
    {"\"live migration\"", "the words side by side, in this order"},
    {"\"live migration\"~5", "in this order, with at most 5 other words between them"},
    {"kub*", "words that begin so"},
    {"\"live migr\"*", "the words side by side, the last of them begun"},
    {"kubernets~  kubernets~1", "words that are nearly so: two letters apart, or one"},
    {"kafka^2", "counts double"},
    {"*", "every talk"},
    {NULL, "all, any, none"},
    {"kafka OR pulsar", "either; AND, OR and NOT are operators only in capitals"},
    {"-keynote  NOT keynote", "without; a dash inside a word (gpt-4) is part of it"},
    {"(kafka OR pulsar) streams", "groups"},
    {"@reading", "the query that was saved under that name: lectern save reading QUERY"},
    {NULL, "fields"},
    {"speaker:ada", "in a field; the table below has them all"},
    {"speaker:\"Ada Lovelace\"", "several words of one value"},
    {"speaker:(ada OR grace)", "alternatives in one field"},
    {"speaker:*", "talks that have any value there"},
    {NULL, "dates"},
    {"year:2023  date:2024-03", "a year, a month, a day (2024-03-01)"},
    {"date:2024-03..2025", "a range; either end may be left open: date:2024.."},
    {"year:>=2023", "the same with <, <=, > and >="},
    {"date:-6m..", "from six months ago on; also d, w and y"},
    {"date:\"last year\"",
     "also today, yesterday, \"this month\", \"3 weeks ago\", \"march 2024\""},
    {NULL, NULL},
};

static void print_aliases(const field *of, FILE *to)
{
    for (int i = 0; i < 4 && of->aliases[i]; i++)
        fprintf(to, "%s%s:", i ? " " : "", of->aliases[i]);
}

static void print_field(const field *of, FILE *to)
{
    fprintf(to, "  %-9s %s\n%12s", of->name, of->summary, "");
    if (of->aliases[0]) {
        fputs("also ", to);
        print_aliases(of, to);
        fputs("; ", to);
    }
    fprintf(to, "e.g. %s\n", of->example);
}

void query_help_print(FILE *to)
{
    enum { WIDTH = 28 };
    fputs(
        "A query is what you type behind `lectern search`. Punctuation never fails: C++, CI/CD,\n"
        "gpt-4, a URL or a whole sentence are queries. In a shell, quote what has \", ( or *:\n"
        "lectern search 'speaker:\"Ada Lovelace\" kub*'. With several arguments, one that holds a\n"
        "blank counts as quoted: lectern search \"live migration\" speaker:ada\n",
        to);
    for (const query_form *f = QUERY_FORMS; f->meaning; f++)
        if (f->form)
            fprintf(to, "  %-*s %s\n", WIDTH, f->form, f->meaning);
        else
            fprintf(to, "\n%s:\n", f->meaning);
    fputs("\nthe fields:\n", to);
    for (int i = 0; i < FIELD_COUNT; i++)
        print_field(&FIELDS[i], to);
}
