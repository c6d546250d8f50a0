#include "analysis/stop_words.h"

#include <pthread.h>

#include "analysis/word_key.h"
#include "base/embed.h"
#include "base/memory.h"
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

/* The bit of whole_words.txt, beside those of the languages. */
static const stop_languages WHOLE = (stop_languages)1 << 31;

enum { SLOT_BITS = 13, SLOTS = 1 << SLOT_BITS }; /* four times the words there are */

typedef struct {
    uint64_t first; /* word_first_bytes() */
    uint32_t length;
    uint32_t lists; /* 0: free */
    const char *text;
} slot;

/* Made once, read by every thread, never freed. */
static slot slots[SLOTS];
static size_t longest;
/* Which hashes have a word: small enough to stay in the fastest cache, unlike the slots, and most
 * words of a text are in no list. */
enum { FILTER_BITS = 16 };
static uint64_t filter[((size_t)1 << FILTER_BITS) / 64];
static arena *texts;
static pthread_once_t slots_made = PTHREAD_ONCE_INIT;

/* The slot that holds the word, or the free one where it belongs. */
static slot *slot_of(span word, uint64_t hash)
{
    uint64_t first = word_first_bytes(word);
    for (size_t i = (size_t)(hash >> (64 - SLOT_BITS));; i = (i + 1) % SLOTS) {
        slot *s = &slots[i];
        if (!s->lists || (s->first == first && s->length == word.length &&
                          (word.length <= 8 || memcmp(s->text, word.at, word.length) == 0)))
            return s;
    }
}

static void add_word(span word, stop_languages list, buffer *scratch)
{
    buffer_clear(scratch);
    utf8_fold(word, scratch);
    span folded = buffer_span(scratch);
    uint64_t hash = word_hash(folded);
    slot *s = slot_of(folded, hash);
    if (!s->lists)
        *s = (slot){word_first_bytes(folded), (uint32_t)folded.length, 0,
                    arena_copy(texts, folded).at};
    s->lists |= list;
    filter[hash % ((uint64_t)1 << FILTER_BITS) / 64] |= (uint64_t)1 << hash % 64;
    if (folded.length > longest)
        longest = folded.length;
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

static void make_slots(void)
{
    const span lists[LISTS] = {EMBEDDED(stop_words_da), EMBEDDED(stop_words_de),
                               EMBEDDED(stop_words_en), EMBEDDED(stop_words_es),
                               EMBEDDED(stop_words_fr), EMBEDDED(stop_words_it),
                               EMBEDDED(stop_words_nl), EMBEDDED(stop_words_no),
                               EMBEDDED(stop_words_pt), EMBEDDED(stop_words_sv)};
    buffer scratch = {0};
    texts = arena_new();
    for (size_t i = 0; i < LISTS; i++)
        add_list(lists[i], (stop_languages)1 << i, &scratch);
    add_list(EMBEDDED(whole_words), WHOLE, &scratch);
    buffer_free(&scratch);
}

static uint32_t lists_with(span word)
{
    pthread_once(&slots_made, make_slots);
    if (word.length > longest)
        return 0;
    uint64_t hash = word_hash(word);
    bool maybe = filter[hash % ((uint64_t)1 << FILTER_BITS) / 64] >> hash % 64 & 1;
    return maybe ? slot_of(word, hash)->lists : 0;
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
