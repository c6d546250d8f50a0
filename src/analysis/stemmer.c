#include "analysis/stemmer.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/word_key.h"
#include "base/memory.h"
#include "base/utf8.h"

/* The cache: a hash table of places in a pool of records (length of the word, length of its stem,
 * the word, the stem), at most half full. It grows with the words: a search has a few hundred, and
 * each page of memory that it touched would cost more than their stems. 20,000 talks have about
 * 100,000 distinct words; when it is as large as it gets it is emptied, which costs the frequent
 * words one more stemming each. */
enum { BITS_AT_FIRST = 9, BITS_MAX = 18 };
enum { WORD_MAX = 1024 };     /* bytes: what is longer is no word, and has no stem */
enum { RECORD_BYTES = 0xFF }; /* the longest word or stem that is remembered */

typedef struct {
    uint32_t hash;   /* the lower half: the slot's number has the upper */
    uint32_t record; /* offset in the pool + 1; 0: free */
} slot;

struct stemmer {
    struct sb_stemmer *snowball;
    slot *slots;
    unsigned bits; /* there are 1 << bits slots */
    size_t count;
    buffer pool;
    buffer folded; /* the stem made last */
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

span stemmer_code_of(span name)
{
    for (size_t i = 0; codes[i]; i++)
        for (size_t k = 0; k < sizeof languages / sizeof *languages; k++)
            if (strcmp(languages[k].code, codes[i]) == 0 &&
                span_equal(name, span_of(languages[k].algorithm)))
                return span_of(codes[i]);
    return SPAN_NONE;
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
    if (algorithm && !snowball)
        die_without_memory();
    if (!algorithm)
        return NULL;
    stemmer *made = xcalloc(1, sizeof *made);
    made->snowball = snowball;
    made->bits = BITS_AT_FIRST;
    made->slots = xcalloc((size_t)1 << made->bits, sizeof *made->slots);
    return made;
}

void stemmer_free(stemmer *what)
{
    if (!what)
        return;
    sb_stemmer_delete(what->snowball);
    buffer_free(&what->folded);
    buffer_free(&what->pool);
    free(what->slots);
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
        return word;
    const sb_symbol *stem =
        sb_stemmer_stem(with->snowball, (const sb_symbol *)word.at, (int)word.length);
    if (!stem)
        die_without_memory();
    int length = sb_stemmer_length(with->snowball);
    if (length < 1)
        return word;
    buffer_clear(&with->folded);
    utf8_fold((span){(const char *)stem, (size_t)length}, &with->folded);
    if (!with->folded.length) /* a mark alone was left */
        return word;
    return buffer_span(&with->folded);
}

static bool record_is(const stemmer *in, const slot *s, uint32_t hash, span word)
{
    const char *record = in->pool.at + s->record - 1;
    return s->hash == hash && (unsigned char)record[0] == word.length &&
           memcmp(record + 2, word.at, word.length) == 0;
}

/* The slot that holds the word, or the free one where it belongs. */
static slot *slot_for(const stemmer *in, span word, uint64_t hash)
{
    size_t last = ((size_t)1 << in->bits) - 1;
    for (size_t i = (size_t)(hash >> (64 - in->bits));; i = (i + 1) & last) {
        slot *s = &in->slots[i];
        if (!s->record || record_is(in, s, (uint32_t)hash, word))
            return s;
    }
}

static void record_add(stemmer *to, slot *at, uint32_t hash, span word, span stem)
{
    *at = (slot){hash, (uint32_t)to->pool.length + 1};
    to->count++;
    buffer_add_byte(&to->pool, (char)word.length);
    buffer_add_byte(&to->pool, (char)stem.length);
    buffer_add(&to->pool, word);
    buffer_add(&to->pool, stem);
}

static void cache_empty(stemmer *of)
{
    memset(of->slots, 0, sizeof *of->slots << of->bits);
    buffer_clear(&of->pool);
    of->count = 0;
}

static void cache_grow(stemmer *of)
{
    slot *old = of->slots;
    size_t old_count = (size_t)1 << of->bits++;
    of->slots = xcalloc((size_t)1 << of->bits, sizeof *of->slots);
    for (size_t i = 0; i < old_count; i++) {
        if (!old[i].record)
            continue;
        const char *record = of->pool.at + old[i].record - 1;
        span word = {record + 2, (unsigned char)record[0]};
        *slot_for(of, word, word_hash(word)) = old[i];
    }
    free(old);
}

/* Makes room for one more. */
static void cache_reserve(stemmer *of)
{
    if (of->count < (size_t)1 << (of->bits - 1))
        return;
    if (of->bits < BITS_MAX)
        cache_grow(of);
    else
        cache_empty(of);
}

span stemmer_stem(stemmer *with, span word)
{
    if (!word.length || word.length > WORD_MAX)
        return word;
    if (word.length > RECORD_BYTES)
        return stem_now(with, word);
    uint64_t hash = word_hash(word);
    slot *at = slot_for(with, word, hash);
    if (!at->record) {
        span stem = stem_now(with, word);
        if (stem.length > RECORD_BYTES)
            return stem;
        cache_reserve(with);
        at = slot_for(with, word, hash);
        record_add(with, at, (uint32_t)hash, word, stem);
    }
    const char *record = with->pool.at + at->record - 1;
    return (span){record + 2 + word.length, (unsigned char)record[1]};
}
