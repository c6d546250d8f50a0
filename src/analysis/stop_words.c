#include "analysis/stop_words.h"

#include <pthread.h>

#include "base/embed.h"
#include "base/map.h"
#include "base/utf8.h"

#define LIST(code) EMBED(stop_words_##code, "src/analysis/stop_words/" #code ".txt")
LIST(da);
LIST(de);
LIST(en);
LIST(es);
LIST(fr);
LIST(it);
LIST(nl);
LIST(no);
LIST(pt);
LIST(sv);
EMBED(whole_words, "src/analysis/whole_words.txt");

enum { LISTS = 10 };
static const char *const codes[LISTS] = {"da", "de", "en", "es", "fr",
                                         "it", "nl", "no", "pt", "sv"};

/* Word to its languages; made once, read by every thread, never freed. */
static map *words;
static pthread_once_t words_made = PTHREAD_ONCE_INIT;

/* The bit of whole_words.txt, beside those of the languages. */
static const stop_languages WHOLE = (stop_languages)1 << 31;

enum { FILTER_BITS = 1 << 14 };
/* Whether any list may have a word of these bytes: most words of a text are in none. */
static uint64_t filter[FILTER_BITS / 64];

static size_t filter_place(span word)
{
    uint64_t h = word.length;
    size_t bytes = word.length < 8 ? word.length : 8;
    for (size_t i = 0; i < bytes; i++)
        h = (h ^ (unsigned char)word.at[i]) * 0x9E3779B97F4A7C15u;
    return (size_t)(h >> 40) % FILTER_BITS;
}

static void add_word(span word, stop_languages language, buffer *scratch)
{
    buffer_clear(scratch);
    utf8_fold(word, scratch);
    span folded = buffer_span(scratch);
    *map_put(words, folded, 0) |= language;
    size_t place = filter_place(folded);
    filter[place / 64] |= (uint64_t)1 << place % 64;
}

static void add_list(span text, stop_languages language, buffer *scratch)
{
    while (text.length) {
        span line = span_cut_line(&text);
        line = span_cut(&line, '#');
        while (line.length) {
            span word = span_trim(span_cut(&line, ' '));
            if (word.length)
                add_word(word, language, scratch);
        }
    }
}

static void make_words(void)
{
    const span lists[LISTS] = {EMBEDDED(stop_words_da), EMBEDDED(stop_words_de),
                               EMBEDDED(stop_words_en), EMBEDDED(stop_words_es),
                               EMBEDDED(stop_words_fr), EMBEDDED(stop_words_it),
                               EMBEDDED(stop_words_nl), EMBEDDED(stop_words_no),
                               EMBEDDED(stop_words_pt), EMBEDDED(stop_words_sv)};
    buffer scratch = {0};
    words = map_new();
    for (size_t i = 0; i < LISTS; i++)
        add_list(lists[i], (stop_languages)1 << i, &scratch);
    add_list(EMBEDDED(whole_words), WHOLE, &scratch);
    buffer_free(&scratch);
}

static uint32_t lists_with(span word)
{
    pthread_once(&words_made, make_words);
    size_t place = filter_place(word);
    if (!(filter[place / 64] >> place % 64 & 1))
        return 0;
    const uint32_t *found = map_get(words, word);
    return found ? *found : 0;
}

stop_languages stop_word_languages(span word)
{
    return lists_with(word) & ~WHOLE;
}

bool is_whole_word(span word)
{
    return lists_with(word) & WHOLE;
}

stop_languages stop_language(span code)
{
    if (span_equal(code, SPAN("nb")) || span_equal(code, SPAN("nn")))
        code = SPAN("no");
    for (size_t i = 0; i < LISTS; i++)
        if (span_equal(code, span_of(codes[i])))
            return (stop_languages)1 << i;
    return 0;
}

const char *stop_language_code(size_t n)
{
    return n < LISTS ? codes[n] : NULL;
}
