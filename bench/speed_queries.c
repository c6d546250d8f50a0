#include "speed_queries.h"

#include <stdlib.h>
#include <string.h>

#include "reader.h"

const speed_class_info SPEED_CLASSES[SPEED_CLASS_COUNT] = {
    [SPEED_ONE] = {"1 term", "one word"},
    [SPEED_AND2] = {"AND 2", "two words of one talk, joined by AND"},
    [SPEED_OR2] = {"OR 2", "two words, joined by OR"},
    [SPEED_OR_MANY] = {"OR 3-5", "three to five words, joined by OR"},
    [SPEED_WORDS] = {"words", "two to four words of one talk, as one types them"},
    [SPEED_PHRASE] = {"phrase", "two neighbouring words in quotes"},
    [SPEED_FIELD] = {"field", "a speaker's name or a word of the title"},
    [SPEED_PREFIX] = {"prefix", "the first four letters of a word"},
    [SPEED_FUZZY] = {"fuzzy", "a misspelt word with ~"},
    [SPEED_FACETS] = {"facets", "one word, with the counts of speakers among its talks"},
    [SPEED_SUGGEST] = {"did-you-mean",
                       "a misspelt word, up to what is proposed instead; results: whether any is"},
};

bool speed_class_by_name(span name, speed_class *out)
{
    for (size_t i = 0; i < SPEED_CLASS_COUNT; i++)
        if (span_equal(name, span_of(SPEED_CLASSES[i].name))) {
            *out = (speed_class)i;
            return true;
        }
    return false;
}

void speed_queries_free(speed_queries *what)
{
    free(what->items);
    *what = (speed_queries){NULL, 0, 0};
}

/* ---- one query ---- */

static bool is_operator(span word)
{
    return span_equal(word, SPAN("AND")) || span_equal(word, SPAN("OR"));
}

/* The word without the marks of phrases, prefixes and misspellings. */
static span bare_word(span word)
{
    while (word.length && (word.at[0] == '"' || word.at[0] == '('))
        word = span_from(word, 1);
    while (word.length && strchr("\")*~", word.at[word.length - 1]))
        word.length--;
    return word;
}

static void take_apart(speed_query *what)
{
    span rest = what->text;
    size_t colon = span_find_byte(rest, ':');
    if (what->class == SPEED_FIELD && colon != SPAN_NOT_FOUND) {
        what->field = span_slice(rest, 0, colon);
        rest = span_from(rest, colon + 1);
    }
    while (rest.length && what->word_count < SPEED_WORDS_MAX) {
        span word = span_cut(&rest, ' ');
        if (is_operator(word))
            continue;
        word = bare_word(word);
        if (word.length)
            what->words[what->word_count++] = word;
    }
}

void speed_queries_add(speed_queries *to, speed_class class, span text, arena *memory)
{
    speed_query made = {.class = class, .text = arena_copy(memory, text)};
    take_apart(&made);
    if (made.word_count)
        ARRAY_ADD(to->items, to->count, to->capacity, made);
}

/* ---- a file ---- */

/* Brings the classes together; within one the order stays. */
static void order_by_class(speed_queries *what)
{
    speed_queries ordered = {NULL, 0, 0};
    for (size_t c = 0; c < SPEED_CLASS_COUNT; c++)
        for (size_t i = 0; i < what->count; i++)
            if (what->items[i].class == (speed_class)c)
                ARRAY_ADD(ordered.items, ordered.count, ordered.capacity, what->items[i]);
    speed_queries_free(what);
    *what = ordered;
}

static lc_status read_line(reader *from, span line, arena *memory, speed_queries *to)
{
    span column[2];
    speed_class class;
    size_t tab = span_find_byte(line, '\t');
    if (tab == SPAN_NOT_FOUND)
        return reader_complain(from, from->line, "no tab; write CLASS, a tab, and the query");
    column[0] = span_trim(span_slice(line, 0, tab));
    column[1] = span_trim(span_from(line, tab + 1));
    if (!speed_class_by_name(column[0], &class))
        return reader_complain(from, from->line,
                               "class \"%.*s\" is not known; lectern-bench speed --help lists them",
                               SPAN_ARG(column[0]));
    speed_queries_add(to, class, column[1], memory);
    return LC_OK;
}

lc_status speed_queries_read(span bytes, const char *name, arena *memory, speed_queries *out,
                             lc_error *error)
{
    reader from = {.name = name, .rest = bytes, .error = error};
    speed_queries made = {NULL, 0, 0};
    lc_status status = LC_OK;
    span line;
    while (status == LC_OK && reader_next(&from, &line))
        status = read_line(&from, line, memory, &made);
    if (status == LC_OK && !made.count)
        status = lc_fail(error, LC_BAD_INPUT, "%s: holds no queries", name);
    if (status != LC_OK) {
        speed_queries_free(&made);
        return status;
    }
    order_by_class(&made);
    *out = made;
    return LC_OK;
}
