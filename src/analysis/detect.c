/*
 * detect.c - the language of a text: by its letters where the script tells, else by its stop words.
 */
#include "analysis/analysis.h"
#include "analysis/stop_words.h"
#include "analysis/tokenizer.h"
#include "base/utf8.h"

enum {
    SAMPLE = 16 * 1024, /* bytes: enough for any share to settle */
    LANGUAGES = 32,
    HITS_MIN = 4 /* stop words, before they say anything */
};

typedef struct {
    double score[LANGUAGES]; /* a word that k languages share counts 1/k for each */
    size_t hits[LANGUAGES];
    size_t words;
} votes;

static void vote(votes *to, span word)
{
    stop_languages found = stop_word_languages(word);
    to->words++;
    if (!found)
        return;
    double share = 1.0 / __builtin_popcount(found);
    for (size_t n = 0; n < LANGUAGES; n++)
        if (found >> n & 1) {
            to->score[n] += share;
            to->hits[n]++;
        }
}

/* The list with the best score, when at least one word in eight is in it; else NULL. */
static const char *winner(const votes *of)
{
    size_t best = 0;
    for (size_t n = 1; n < LANGUAGES; n++)
        if (of->score[n] > of->score[best])
            best = n;
    bool enough = of->hits[best] >= HITS_MIN && of->hits[best] * 8 >= of->words;
    return enough ? stop_language_code(best) : NULL;
}

typedef struct {
    uint32_t first, last;
    const char *code;
} script;

/* Scripts that one language of those we stem is by far most likely written in. */
static const script scripts[] = {{0x370, 0x3FF, "el"}, {0x400, 0x52F, "ru"}, {0x530, 0x58F, "hy"},
                                 {0x600, 0x6FF, "ar"}, {0x900, 0x97F, "hi"}, {0xB80, 0xBFF, "ta"}};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

/* The language of the script that more than half of the letters are in, or NULL. */
static const char *by_script(span text)
{
    size_t letters = 0, count[SCRIPTS] = {0};
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        letters += c < 0x80 ? byte_is_alpha((char)c) : utf8_class(c) == CHAR_LETTER;
        for (size_t i = 0; c >= 0x370 && i < SCRIPTS; i++)
            count[i] += c >= scripts[i].first && c <= scripts[i].last;
    }
    for (size_t i = 0; i < SCRIPTS; i++)
        if (count[i] > letters / 2)
            return scripts[i].code;
    return NULL;
}

span analysis_detect_language(span text, span fallback)
{
    text = span_slice(text, 0, SAMPLE);
    const char *code = by_script(text);
    if (!code) {
        arena *memory = arena_new();
        terms found = {0};
        votes all = {0};
        tokenize(text, &(token_rules){0}, memory, &found);
        for (size_t i = 0; i < found.count; i++)
            if (found.items[i].kind == TERM_WORD)
                vote(&all, found.items[i].text);
        arena_free(memory);
        code = winner(&all);
    }
    return code ? span_of(code) : fallback;
}
