#include "analysis/stemmer.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/memory.h"
#include "base/utf8.h"

enum {
    /* A collection of 20,000 talks has about this many distinct words; with more the cache starts
     * anew, which costs the common ones one more stemming each. */
    CACHE_WORDS = 1 << 17
};

struct stemmer {
    struct sb_stemmer *snowball;
    map *words;  /* word to its place in stems */
    span *stems; /* in stem_text, or the beginning of the word in the map */
    size_t count, capacity;
    arena *stem_text;
};

typedef struct {
    const char *code, *algorithm;
} language;

/* Codes and the names that Snowball gives its algorithms. */
static const language languages[] = {
    {"ar", "arabic"},     {"ca", "catalan"},   {"da", "danish"},     {"de", "german"},
    {"el", "greek"},      {"en", "english"},   {"es", "spanish"},    {"eu", "basque"},
    {"fi", "finnish"},    {"fr", "french"},    {"ga", "irish"},      {"hi", "hindi"},
    {"hu", "hungarian"},  {"hy", "armenian"},  {"id", "indonesian"}, {"it", "italian"},
    {"lt", "lithuanian"}, {"nb", "norwegian"}, {"ne", "nepali"},     {"nl", "dutch"},
    {"nn", "norwegian"},  {"no", "norwegian"}, {"pt", "portuguese"}, {"ro", "romanian"},
    {"ru", "russian"},    {"sr", "serbian"},   {"sv", "swedish"},    {"ta", "tamil"},
    {"tr", "turkish"},    {"yi", "yiddish"}};

/* The same without the two other names of Norwegian. */
static const char *const codes[] = {"ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr",
                                    "ga", "hi", "hu", "hy", "id", "it", "lt", "ne", "nl", "no",
                                    "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi", NULL};

const char *const *stemmer_codes(void)
{
    return codes;
}

static const char *algorithm_of(span code)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (span_equal(code, span_of(languages[i].code)))
            return languages[i].algorithm;
    return NULL;
}

stemmer *stemmer_new(span code)
{
    const char *algorithm = algorithm_of(code);
    struct sb_stemmer *snowball = algorithm ? sb_stemmer_new(algorithm, NULL) : NULL;
    if (!snowball)
        return NULL;
    stemmer *made = xcalloc(1, sizeof *made);
    made->snowball = snowball;
    made->words = map_new();
    made->stem_text = arena_new();
    return made;
}

void stemmer_free(stemmer *what)
{
    if (!what)
        return;
    sb_stemmer_delete(what->snowball);
    map_free(what->words);
    free(what->stems);
    arena_free(what->stem_text);
    free(what);
}

static bool has_digit(span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (byte_is_digit(word.at[i]))
            return true;
    return false;
}

static span stem_now(stemmer *with, span word)
{
    if (has_digit(word))
        return arena_copy(with->stem_text, word);
    const sb_symbol *stem =
        sb_stemmer_stem(with->snowball, (const sb_symbol *)word.at, (int)word.length);
    int length = sb_stemmer_length(with->snowball);
    span plain = stem && length > 0 ? (span){(const char *)stem, (size_t)length} : word;
    buffer folded = {0};
    utf8_fold(plain, &folded);
    span kept = arena_copy(with->stem_text, buffer_span(&folded));
    buffer_free(&folded);
    return kept;
}

span stemmer_stem(stemmer *with, span word)
{
    if (!word.length || word.length > 1024)
        return word;
    if (with->count == CACHE_WORDS) {
        map_clear(with->words);
        arena_reset(with->stem_text);
        with->count = 0;
    }
    uint32_t place = map_intern(with->words, word);
    if (place == with->count) {
        span stem = stem_now(with, word);
        ARRAY_ADD(with->stems, with->count, with->capacity, stem);
    }
    return with->stems[place];
}
