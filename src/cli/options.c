#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/span.h"
#include "cli/nearest.h"
#include "output/printer.h"

typedef struct {
    const option *tables[2];
    bool words_are_query;
    int count, next;
    char **arguments;
    options *out;
} parsing;

static const option *by_name(const parsing *p, span name)
{
    for (int t = 0; t < 2; t++)
        for (const option *o = p->tables[t]; o && o->name; o++)
            if (span_equal(span_of(o->name), name))
                return o;
    return NULL;
}

static const option *by_letter(const parsing *p, char letter)
{
    for (int t = 0; t < 2; t++)
        for (const option *o = p->tables[t]; o && o->name; o++)
            if (o->letter == letter)
                return o;
    return NULL;
}

static void add_given(parsing *p, const option *which, const char *text)
{
    option_given added = {which, text};
    ARRAY_ADD(p->out->given, p->out->given_count, p->out->given_capacity, added);
}

static void add_word(parsing *p, const char *word)
{
    ARRAY_ADD(p->out->words, p->out->word_count, p->out->word_capacity, word);
}

/* The argument of an option: what is attached to it, or the next word. */
static lc_status take_argument(parsing *p, const option *which, const char *attached,
                               lc_error *error)
{
    if (!which->argument && attached)
        return lc_fail(error, LC_BAD_INPUT, "--%s takes no argument", which->name);
    if (!which->argument) {
        add_given(p, which, "");
        return LC_OK;
    }
    if (!attached && p->next == p->count)
        return lc_fail(error, LC_BAD_INPUT, "--%s wants an argument: %s", which->name,
                       which->argument);
    add_given(p, which, attached ? attached : p->arguments[p->next++]);
    return LC_OK;
}

static const char *nearest_name(const parsing *p, span name)
{
    nearest best = nearest_to(name);
    for (int t = 0; t < 2; t++)
        for (const option *o = p->tables[t]; o && o->name; o++)
            nearest_consider(&best, o->name);
    return best.name;
}

static lc_status unknown(const char *argument, const char *meant, lc_error *error)
{
    if (meant)
        return lc_fail(error, LC_BAD_INPUT, "%s: no such option; did you mean --%s?", argument,
                       meant);
    return lc_fail(error, LC_BAD_INPUT, "%s: no such option; --help lists them", argument);
}

static lc_status parse_long(parsing *p, const char *argument, lc_error *error)
{
    span name = span_of(argument + 2);
    size_t equals = span_find_byte(name, '=');
    const char *attached = equals == SPAN_NOT_FOUND ? NULL : name.at + equals + 1;
    const option *which = by_name(p, span_slice(name, 0, equals));
    if (which)
        return take_argument(p, which, attached, error);
    if (p->words_are_query && p->out->word_count) {
        add_word(p, argument);
        return LC_OK;
    }
    return unknown(argument, nearest_name(p, span_slice(name, 0, equals)), error);
}

/* `-n5`, `-fjsonl`: what is attached is what the option takes. */
static bool is_attached(const option *which, const char *text)
{
    if (!which->argument)
        return false;
    if (strcmp(which->argument, "FORMAT") == 0)
        return output_format_by_name(text) != NULL;
    return span_number(span_of(text)) >= 0;
}

/* Whether a dash in front of this negates a word of a query. */
static bool negates(const parsing *p, const char *argument)
{
    const option *which = by_letter(p, argument[1]);
    if (!p->words_are_query || (which && !argument[2]))
        return false;
    return !which || !is_attached(which, argument + 2);
}

static lc_status parse_letters(parsing *p, const char *argument, lc_error *error)
{
    for (const char *letter = argument + 1; *letter; letter++) {
        const option *which = by_letter(p, *letter);
        if (!which)
            return unknown(argument, NULL, error);
        if (which->argument)
            return take_argument(p, which, letter[1] ? letter + 1 : NULL, error);
        add_given(p, which, "");
    }
    return LC_OK;
}

lc_status options_parse(const option *own, const option *common, bool words_are_query, int count,
                        char **arguments, options *out, lc_error *error)
{
    *out = (options){0};
    parsing p = {{own, common}, words_are_query, count, 0, arguments, out};
    lc_status status = LC_OK;
    while (p.next < count && status == LC_OK) {
        const char *argument = arguments[p.next++];
        if (strcmp(argument, "--") == 0) {
            while (p.next < count)
                add_word(&p, arguments[p.next++]);
        } else if (argument[0] != '-' || !argument[1]) {
            add_word(&p, argument);
        } else if (argument[1] == '-') {
            status = parse_long(&p, argument, error);
        } else if (negates(&p, argument)) {
            add_word(&p, argument);
        } else {
            status = parse_letters(&p, argument, error);
        }
    }
    return status;
}

/* How many arguments an option takes, itself counted; 0: it is not of that table. */
static int arguments_of(const parsing *p, const char *argument)
{
    span name = span_of(argument);
    if (!span_starts_with(name, SPAN("-")))
        return 0;
    if (name.length == 2 && argument[1] != '-') {
        const option *which = by_letter(p, argument[1]);
        return !which ? 0 : which->argument ? 2 : 1;
    }
    if (!span_starts_with(name, SPAN("--")))
        return 0;
    size_t equals = span_find_byte(name, '=');
    const option *which = by_name(p, span_from(span_slice(name, 0, equals), 2));
    return !which ? 0 : which->argument && equals == SPAN_NOT_FOUND ? 2 : 1;
}

int options_leading(const option *table, int count, char **arguments)
{
    const parsing p = {.tables = {table}};
    int leading = 0, taken;
    while (leading < count && (taken = arguments_of(&p, arguments[leading])))
        leading += taken;
    return leading < count ? leading : count;
}

void options_free(options *what)
{
    free(what->given);
    free(what->words);
    *what = (options){0};
}

static const option_given *last_given(const options *in, const char *name)
{
    for (size_t i = in->given_count; i-- > 0;)
        if (strcmp(in->given[i].which->name, name) == 0)
            return &in->given[i];
    return NULL;
}

const char *options_text(const options *in, const char *name)
{
    const option_given *found = last_given(in, name);
    return found ? found->text : NULL;
}

bool options_has(const options *in, const char *name)
{
    return options_text(in, name) != NULL;
}

lc_status options_number(const options *in, const char *name, long minimum, long initial,
                         long *number_out, lc_error *error)
{
    const char *text = options_text(in, name);
    long number = text ? span_number(span_of(text)) : initial;
    if (text && number < minimum)
        return lc_fail(error, LC_BAD_INPUT, "--%s %s: wants a whole number from %ld to 999999999",
                       name, text, minimum);
    *number_out = number;
    return LC_OK;
}

lc_status options_choice(const options *in, const char *name, int *index_out, lc_error *error)
{
    const option_given *given = last_given(in, name);
    *index_out = 0;
    if (!given)
        return LC_OK;
    for (span rest = span_of(given->which->argument); rest.length; ++*index_out)
        if (span_equal(span_cut(&rest, '|'), span_of(given->text)))
            return LC_OK;
    return lc_fail(error, LC_BAD_INPUT, "--%s %s: not known; there are %s", name, given->text,
                   given->which->argument);
}

void options_print(const option *table, FILE *to)
{
    enum { WIDTH = 26 };
    for (const option *o = table; o && o->name; o++) {
        char letter[8] = "    ";
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        int used = fprintf(to, "  %s--%s%s%s", letter, o->name, o->argument ? " " : "",
                           o->argument ? o->argument : "");
        fprintf(to, "%*s%s\n", used < WIDTH ? WIDTH - used : 1, "", o->help);
    }
}
