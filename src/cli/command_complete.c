/* lectern complete: what the words of a command line may go on with; for the shells' scripts.
 * Prints a candidate a line, a tab and what it is; `:files` asks for files. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "cli/question.h"
#include "output/columns.h"
#include "output/safe.h"
#include "search/facets.h"

enum { VALUES_MAX = 50 };

static const option NO_OPTIONS[] = {{0, NULL, NULL, NULL}};

typedef struct {
    const command_context *context;
    span partial; /* the word that is being typed */
} completing;

static void offer(span prefix, span candidate, const char *about)
{
    print_safe_line(stdout, prefix);
    print_safe_line(stdout, candidate);
    printf("\t%s\n", about);
}

static void offer_if(const completing *c, span prefix, const char *candidate, const char *about)
{
    buffer whole = {0};
    buffer_add(&whole, prefix);
    buffer_add_text(&whole, candidate);
    if (span_starts_with(buffer_span(&whole), c->partial))
        offer(prefix, span_of(candidate), about);
    buffer_free(&whole);
}

/* ---- options ---- */

static void offer_options(const completing *c, const option *table)
{
    for (const option *o = table; o->name; o++) {
        buffer name = {0};
        buffer_printf(&name, "--%s", o->name);
        offer_if(c, SPAN_NONE, name.at, o->help);
        buffer_free(&name);
    }
}

static void offer_choices(const completing *c, span prefix, span choices)
{
    while (choices.length) {
        buffer choice = {0};
        buffer_add(&choice, span_cut(&choices, '|'));
        offer_if(c, prefix, choice.at, "");
        buffer_free(&choice);
    }
}

/* The fields behind the last comma of FIELD,... */
static void offer_facets(const completing *c, span prefix)
{
    size_t comma = span_find_last_byte(c->partial, ',');
    if (comma != SPAN_NOT_FOUND)
        prefix = span_slice(c->partial, 0, comma + 1);
    for (int i = 0; i < FIELD_COUNT; i++)
        if (FIELDS[i].facet)
            offer_if(c, prefix, FIELDS[i].name, FIELDS[i].summary);
}

/* What an option takes, by the name of its argument in the table. */
static void offer_argument(const completing *c, span prefix, const option *of)
{
    if (strcmp(of->argument, "FORMAT") == 0)
        for (size_t i = 0; OUTPUT_FORMATS[i]; i++)
            offer_if(c, prefix, OUTPUT_FORMATS[i]->name, OUTPUT_FORMATS[i]->summary);
    else if (strcmp(of->argument, "FORM") == 0)
        for (const hyperlink *h = HYPERLINKS; h->name; h++)
            offer_if(c, prefix, h->name, h->form);
    else if (strcmp(of->argument, "FIELD,...") == 0)
        offer_facets(c, prefix);
    else if (strcmp(of->argument, "FOLDER") == 0)
        puts(":files");
    else if (byte_is_alpha(of->argument[0]) && !byte_is_upper(of->argument[0]))
        offer_choices(c, prefix, span_of(of->argument));
}

static const option *option_named(const command *of, span name)
{
    const option *const tables[] = {of->options, COMMON_OPTIONS};
    for (int t = 0; t < 2; t++)
        for (const option *o = tables[t]; o->name; o++)
            if (span_equal(span_of(o->name), name))
                return o;
    return NULL;
}

static const option *option_lettered(const command *of, char letter)
{
    for (const option *o = of->options; letter && o->name; o++)
        if (o->letter == letter)
            return o;
    return NULL;
}

/* The option whose argument comes next, when `word` is one: `--sort`, `-f`. */
static const option *awaiting(const command *of, span word)
{
    const option *found = NULL;
    if (span_starts_with(word, SPAN("--")))
        found = option_named(of, span_from(word, 2));
    else if (word.length == 2 && word.at[0] == '-')
        found = option_lettered(of, word.at[1]);
    return found && found->argument ? found : NULL;
}

static void offer_dashed(const completing *c, const command *of)
{
    size_t equals = span_find_byte(c->partial, '=');
    if (equals == SPAN_NOT_FOUND) {
        offer_options(c, of->options);
        offer_options(c, COMMON_OPTIONS);
        return;
    }
    const option *named = option_named(of, span_slice(c->partial, 2, equals - 2));
    if (named && named->argument)
        offer_argument(c, span_slice(c->partial, 0, equals + 1), named);
}

/* ---- words of a query ---- */

/* A value as one word that needs no quotes: the query reads what it joins as one name. */
static void offer_value(span prefix, const facet_value *v)
{
    buffer word = {0};
    char about[32];
    for (size_t i = 0; i < v->text.length; i++) {
        char c = v->text.at[i];
        bool keep = byte_is_alnum(c) || (unsigned char)c >= 0x80 || strchr("._+#'-/&", c);
        if (keep)
            buffer_add_byte(&word, c);
        else if (word.length && word.at[word.length - 1] != '-')
            buffer_add_byte(&word, '-');
    }
    while (word.length && word.at[word.length - 1] == '-')
        word.length--;
    snprintf(about, sizeof about, "%u talk%s", v->count, v->count == 1 ? "" : "s");
    if (word.length)
        offer(prefix, buffer_span(&word), about);
    buffer_free(&word);
}

static void offer_values(const completing *c, const field *of, span prefix, span beginning)
{
    searcher *in;
    facet found;
    arena *memory = arena_new();
    if (searcher_open(c->context->at.index, &in, NULL) == LC_OK) {
        buffer words = {0};
        for (size_t i = 0; i < beginning.length; i++)
            buffer_add_byte(&words, beginning.at[i] == '-' ? ' ' : beginning.at[i]);
        if (facets_complete(in, of, buffer_span(&words), VALUES_MAX, memory, &found, NULL) == LC_OK)
            for (size_t i = 0; i < found.shown; i++)
                offer_value(prefix, &found.values[i]);
        buffer_free(&words);
        searcher_free(in);
    }
    arena_free(memory);
}

static void offer_saved(const completing *c)
{
    saved_queries saved;
    span name, query;
    if (saved_load(&c->context->at, &saved, NULL) == LC_OK)
        for (span rest = buffer_span(&saved.text); saved_cut(&rest, &name, &query);) {
            buffer word = {0}, about = {0};
            buffer_printf(&word, "@%.*s", SPAN_ARG(name));
            buffer_printf(&about, "%.*s", SPAN_ARG(query));
            offer_if(c, SPAN_NONE, word.at, about.at);
            buffer_free(&word);
            buffer_free(&about);
        }
    saved_free(&saved);
}

static void offer_query_word(const completing *c)
{
    span word = c->partial, sign = SPAN_NONE;
    if (word.length && (word.at[0] == '-' || word.at[0] == '(')) {
        sign = span_slice(word, 0, 1);
        word = span_from(word, 1);
    }
    size_t colon = span_find_byte(word, ':');
    if (word.length && word.at[0] == '@') {
        offer_saved(c);
    } else if (colon == SPAN_NOT_FOUND) {
        for (int i = 0; i < FIELD_PROPERTY; i++) {
            buffer name = {0};
            buffer_printf(&name, "%s:", FIELDS[i].name);
            offer_if(c, sign, name.at, FIELDS[i].summary);
            buffer_free(&name);
        }
    } else {
        const field *of = field_by_name(span_slice(word, 0, colon));
        span prefix = span_slice(c->partial, 0, sign.length + colon + 1);
        if (of && of->facet)
            offer_values(c, of, prefix, span_from(word, colon + 1));
    }
}

/* ---- words of the other commands ---- */

static void offer_roots(const completing *c)
{
    roots list;
    if (roots_load(&c->context->at, &list, NULL) != LC_OK)
        return;
    for (size_t i = 0; i < list.count; i++)
        offer_if(c, SPAN_NONE, list.items[i], "");
    roots_free(&list);
}

static void offer_commands(const completing *c)
{
    for (const command *const *each = COMMANDS; *each; each++)
        offer_if(c, SPAN_NONE, (*each)->name, (*each)->summary);
}

static void offer_topics(const completing *c)
{
    offer_commands(c);
    offer_if(c, SPAN_NONE, "query", "the query language");
}

/* By what the table says the command takes. */
static void offer_word(const completing *c, const command *of, size_t words_before)
{
    bool choices = !words_before && span_find_byte(span_of(of->words), '|') != SPAN_NOT_FOUND &&
                   !byte_is_upper(of->words[0]) && of->words[0] != '[';
    if (choices)
        offer_choices(c, SPAN_NONE, span_slice(span_of(of->words), 0, strcspn(of->words, " ")));
    else if (of->words_are_query)
        offer_query_word(c);
    else if (of == &COMMAND_FORGET)
        offer_roots(c);
    else if (of == &COMMAND_HELP)
        offer_topics(c);
    else if (strstr(of->words, "FOLDER") || strstr(of->words, "PATH") || strstr(of->words, "FILE"))
        puts(":files");
}

static void complete_command(const completing *c, const options *given)
{
    span last = span_of(given->words[given->word_count - 2]);
    const command *of = command_by_name(given->words[0]);
    if (!of)
        return;
    const option *wanting = given->word_count > 2 ? awaiting(of, last) : NULL;
    bool negated = of->words_are_query && span_find_byte(c->partial, ':') != SPAN_NOT_FOUND;
    if (wanting)
        offer_argument(c, SPAN_NONE, wanting);
    else if (c->partial.length && c->partial.at[0] == '-' && !negated)
        offer_dashed(c, of);
    else
        offer_word(c, of, given->word_count - 2);
}

static int complete(command_context *context)
{
    const options *given = context->options;
    completing c = {context, SPAN_NONE};
    if (!given->word_count)
        return 0;
    c.partial = span_of(given->words[given->word_count - 1]);
    if (given->word_count == 1)
        offer_commands(&c);
    else
        complete_command(&c, given);
    return 0;
}

const command COMMAND_COMPLETE = {
    "complete", "-- WORDS...", "Print what the words of a command line may go on with.",
    NO_OPTIONS, false,         complete,
    NULL,       NULL};
