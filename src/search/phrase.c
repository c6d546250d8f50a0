#include "search/phrase.h"

#include <string.h>

phrase *phrase_new(size_t count, uint32_t window, bool either_way, arena *memory)
{
    phrase *made = arena_zalloc(memory, sizeof *made);
    made->words = arena_zalloc(memory, count * sizeof *made->words);
    made->count = count;
    made->window = window;
    made->either_way = either_way;
    return made;
}

static void add_id(phrase *to, size_t n, uint32_t id, arena *memory)
{
    phrase_word *word = &to->words[n];
    for (size_t i = 0; i < word->count; i++)
        if (word->ids[i] == id)
            return;
    ARENA_ADD(memory, word->ids, word->count, word->capacity, id);
    word_filter_add(&to->filter, id);
}

/* The same word may be a stop word in one note and stemmed in another. */
void phrase_add(phrase *to, size_t n, const vocabulary *words, span text, arena *memory)
{
    add_id(to, n, word_id_stop(text), memory);
    add_id(to, n, word_id(text, text), memory);
    for (size_t i = 0; i < words->analyser_count; i++)
        add_id(to, n, word_id(analyser_stem(words->analysers[i], text), text), memory);
}

static bool is_word(const phrase_word *of, uint32_t id)
{
    for (size_t i = 0; i < of->count; i++)
        if (of->ids[i] == id)
            return true;
    return false;
}

/* For each word of the phrase: it and those before it stand in order, the last at `end`; `begin` is
 * the latest place where the first may stand. */
typedef struct {
    uint32_t begin, end;
    uint32_t begin_before; /* the latest one for an end before `end`, if had_before */
    bool found, had_before;
} partial;

static void extend(partial *to, uint32_t begin, uint32_t position)
{
    if (to->found && to->end != position) {
        to->had_before = true;
        to->begin_before = to->begin;
    }
    if (!to->found || begin > to->begin)
        to->begin = begin;
    to->found = true;
    to->end = position;
}

/* Several words may stand at one position: none follows another. */
static bool begin_before(const partial *of, uint32_t position, uint32_t *begin_out)
{
    bool earlier = of->found && of->end < position;
    *begin_out = earlier ? of->begin : of->begin_before;
    return earlier || of->had_before;
}

static bool in_order(const phrase *wanted, const phrase_word *const *words, span value)
{
    partial so_far[PHRASE_WORDS_MAX];
    word_reader in = word_sequence_read(value);
    uint32_t id, position;
    memset(so_far, 0, wanted->count * sizeof *so_far);
    while (word_sequence_find(&in, &wanted->filter, &id, &position))
        for (size_t i = wanted->count; i-- > 0;) {
            uint32_t begin = position;
            if (!is_word(words[i], id) ||
                (i > 0 && !begin_before(&so_far[i - 1], position, &begin)))
                continue;
            if (i + 1 == wanted->count && position - begin < wanted->window)
                return true;
            extend(&so_far[i], begin, position);
        }
    return false;
}

bool phrase_matches(const char *value, size_t length, const void *the_phrase)
{
    const phrase *wanted = the_phrase;
    const phrase_word *words[PHRASE_WORDS_MAX];
    for (size_t i = 0; i < wanted->count; i++)
        words[i] = &wanted->words[i];
    if (in_order(wanted, words, (span){value, length}))
        return true;
    if (!wanted->either_way)
        return false;
    words[0] = &wanted->words[1];
    words[1] = &wanted->words[0];
    return in_order(wanted, words, (span){value, length});
}
