#include "search/umlauts.h"

#include "base/buffer.h"

static const struct {
    const char *pair, *letter;
} LETTERS[] = {{"ue", "ü"}, {"oe", "ö"}, {"ae", "ä"}, {"aa", "å"}, {"oe", "ø"}, {"ae", "æ"}};

enum { LETTER_COUNT = sizeof LETTERS / sizeof *LETTERS, PAIRS_MAX = 3 };

/* The letter whose spelling begins the text, looked for from `first` on; LETTER_COUNT: none. */
static size_t pair_at(span text, size_t first)
{
    size_t i = first;
    while (i < LETTER_COUNT && !span_starts_with(text, span_of(LETTERS[i].pair)))
        i++;
    return i;
}

static bool spell_out(span word, buffer *to)
{
    bool any = false;
    for (size_t at = 0; at < word.length;) {
        size_t i = 0;
        while (i < LETTER_COUNT &&
               !span_starts_with(span_from(word, at), span_of(LETTERS[i].letter)))
            i++;
        if (i < LETTER_COUNT)
            buffer_add_text(to, LETTERS[i].pair);
        else
            buffer_add_byte(to, word.at[at]);
        at += i < LETTER_COUNT ? span_of(LETTERS[i].letter).length : 1;
        any = any || i < LETTER_COUNT;
    }
    return any;
}

/* Exchanges the pairs whose bits are set, the first pair being the lowest. `northern`: ø and æ.
 * False when one of them does not stand for a letter so. */
static bool exchange(span word, unsigned which, bool northern, buffer *to)
{
    bool any_northern = false;
    unsigned pair = 0;
    for (size_t at = 0; at < word.length; at++) {
        span rest = span_from(word, at);
        size_t i = pair_at(rest, 0);
        if (i == LETTER_COUNT || !(which >> pair++ & 1)) {
            buffer_add_byte(to, word.at[at]);
            continue;
        }
        size_t other = northern ? pair_at(rest, i + 1) : LETTER_COUNT;
        any_northern = any_northern || other < LETTER_COUNT;
        buffer_add_text(to, LETTERS[other < LETTER_COUNT ? other : i].letter);
        which &= ~(1U << (pair - 1));
        at++;
    }
    return !which && northern == any_northern;
}

void umlauts_of(span word, arena *memory, umlauts *out)
{
    buffer made = {0};
    *out = (umlauts){.spelled_out = spell_out(word, &made)};
    if (out->spelled_out)
        out->items[out->count++] = arena_copy(memory, buffer_span(&made));
    for (unsigned which = 1; !out->spelled_out && which < 1U << PAIRS_MAX; which++)
        for (int northern = 0; northern < 2; northern++) {
            buffer_clear(&made);
            if (exchange(word, which, northern, &made))
                out->items[out->count++] = arena_copy(memory, buffer_span(&made));
        }
    buffer_free(&made);
}
