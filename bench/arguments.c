#include "arguments.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

typedef struct {
    const bench_option *table;
    char **next; /* the arguments that follow */
    arguments made;
    lc_error *error;
} parse;

static const bench_option *find(const bench_option *table, char letter, span name)
{
    for (; table->name; table++)
        if (letter ? table->letter == letter : span_equal(span_of(table->name), name))
            return table;
    return NULL;
}

static void give(parse *state, const bench_option *option, const char *value)
{
    given_option one = {option, value};
    ARRAY_ADD(state->made.given, state->made.given_count, state->made.given_capacity, one);
}

/* attached: the value that came with the option, or NULL. */
static lc_status give_value(parse *state, const bench_option *option, const char *attached)
{
    if (!attached && *state->next)
        attached = *state->next++;
    if (!attached)
        return lc_fail(state->error, LC_BAD_INPUT, "option --%s needs a value: %s", option->name,
                       option->value);
    give(state, option, attached);
    return LC_OK;
}

static lc_status read_long(parse *state, const char *text)
{
    span rest = span_of(text), name = span_cut(&rest, '=');
    bool attached = text[name.length] == '=';
    const bench_option *option = find(state->table, 0, name);
    if (!option)
        return lc_fail(state->error, LC_BAD_INPUT,
                       "unknown option --%.*s; --help lists those there are", SPAN_ARG(name));
    if (option->value)
        return give_value(state, option, attached ? rest.at : NULL);
    if (attached)
        return lc_fail(state->error, LC_BAD_INPUT, "option --%s takes no value", option->name);
    give(state, option, NULL);
    return LC_OK;
}

static lc_status read_short(parse *state, const char *text)
{
    for (; *text; text++) {
        const bench_option *option = find(state->table, *text, SPAN_NONE);
        if (!option)
            return lc_fail(state->error, LC_BAD_INPUT,
                           "unknown option -%c; --help lists those there are", *text);
        if (option->value)
            return give_value(state, option, text[1] ? text + 1 : NULL);
        give(state, option, NULL);
    }
    return LC_OK;
}

static void add_operand(parse *state, const char *text)
{
    ARRAY_ADD(state->made.operand, state->made.operand_count, state->made.operand_capacity, text);
}

lc_status arguments_read(const bench_option *table, char **argv, arguments *out, lc_error *error)
{
    parse state = {.table = table, .next = argv, .error = error};
    lc_status status = LC_OK;
    for (bool options = true; status == LC_OK && *state.next;) {
        const char *text = *state.next++;
        if (!options || text[0] != '-' || !text[1])
            add_operand(&state, text);
        else if (strcmp(text, "--") == 0)
            options = false;
        else if (text[1] == '-')
            status = read_long(&state, text + 2);
        else
            status = read_short(&state, text + 1);
    }
    if (status == LC_OK)
        *out = state.made;
    else
        arguments_free(&state.made);
    return status;
}

void arguments_free(arguments *what)
{
    free(what->given);
    free(what->operand);
    *what = (arguments){0};
}

void arguments_help(const bench_option *table, FILE *to)
{
    enum { COLUMN = 26 };
    for (; table->name; table++) {
        char left[64], letter[8] = "    ";
        if (table->letter)
            snprintf(letter, sizeof letter, "-%c, ", table->letter);
        snprintf(left, sizeof left, "  %s--%s%s%s", letter, table->name, table->value ? " " : "",
                 table->value ? table->value : "");
        fprintf(to, "%-*s  %s\n", COLUMN, left, table->help);
    }
}

bool argument_given(const arguments *in, const char *name)
{
    for (size_t i = 0; i < in->given_count; i++)
        if (strcmp(in->given[i].option->name, name) == 0)
            return true;
    return false;
}

const char *argument_value(const arguments *in, const char *name)
{
    for (size_t i = in->given_count; i-- > 0;)
        if (strcmp(in->given[i].option->name, name) == 0)
            return in->given[i].value;
    return NULL;
}

lc_status argument_number(const arguments *in, const char *name, long low, long high,
                          long *value_out, lc_error *error)
{
    const char *text = argument_value(in, name);
    if (!text)
        return LC_OK;
    long value = span_number(span_of(text));
    if (value < low || value > high)
        return lc_fail(error, LC_BAD_INPUT, "--%s %s: a whole number from %ld to %ld is wanted",
                       name, text, low, high);
    *value_out = value;
    return LC_OK;
}
