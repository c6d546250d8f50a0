#include "analysis/analysis.h"

#include <stdlib.h>

#include "analysis/canonical.h"
#include "analysis/stemmer.h"
#include "analysis/stop_words.h"
#include "analysis/tokenizer.h"

struct analyser {
    token_rules rules;
    stemmer *stems; /* NULL: no stemmer for the language */
    stop_languages stops;
    canonical *technologies; /* NULL: none */
};

enum { CODE_SIZE = 4 };

/* The language of a tag such as "en-GB" or "EN_us" in lower case; at most three letters count. */
static span code_of(span language, char code[CODE_SIZE])
{
    size_t length = 0;
    while (length < language.length && length < CODE_SIZE - 1 &&
           byte_is_alpha(language.at[length])) {
        code[length] = byte_lower(language.at[length]);
        length++;
    }
    return (span){code, length};
}

analyser *analyser_new(span language)
{
    char space[CODE_SIZE];
    span code = code_of(language, space);
    analyser *made = xcalloc(1, sizeof *made);
    made->rules = (token_rules){.parts = true, .symbols = true};
    made->rules.elision = span_equal(code, SPAN("fr")) || span_equal(code, SPAN("it")) ||
                          span_equal(code, SPAN("ca"));
    made->stems = stemmer_new(code);
    made->stops = stop_language(code);
    return made;
}

void analyser_free(analyser *what)
{
    if (!what)
        return;
    stemmer_free(what->stems);
    canonical_free(what->technologies);
    free(what);
}

void analyser_use_technologies(analyser *to, const technology_table *table)
{
    canonical_free(to->technologies);
    to->technologies = canonical_new(table);
}

static void mark_stop_words(stop_languages language, terms *in, size_t from)
{
    for (size_t i = from; i < in->count; i++)
        if (in->items[i].kind == TERM_WORD)
            in->items[i].stop |= (stop_word_languages(in->items[i].text) & language) != 0;
}

void analyse(analyser *with, span text, arena *memory, terms *to)
{
    size_t from = to->count;
    tokenize(text, &with->rules, memory, to);
    if (with->stops)
        mark_stop_words(with->stops, to, from);
    if (with->technologies)
        canonical_add(with->technologies, text, memory, to, from);
}

span analyser_stem(analyser *with, span word)
{
    return with->stems ? stemmer_stem(with->stems, word) : word;
}

bool analyser_is_stop(const analyser *with, span word)
{
    return stop_word_languages(word) & with->stops;
}

const char *const *analysis_languages(void)
{
    return stemmer_codes();
}
