#include "analysis/analysis.h"

#include <stdlib.h>

#include "analysis/stemmer.h"
#include "analysis/stop_words.h"
#include "analysis/tokenizer.h"

struct analyser {
    token_rules rules;
    stemmer *stems; /* NULL: no stemmer for the language */
    stop_languages stops;
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
    free(what);
}

void analyse(analyser *with, span text, arena *memory, terms *to)
{
    size_t begin = to->count;
    tokenize(text, &with->rules, memory, to);
    if (!with->stops)
        return;
    for (size_t i = begin; i < to->count; i++)
        if (to->items[i].kind == TERM_WORD)
            to->items[i].stop = stop_word_languages(to->items[i].text) & with->stops;
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
