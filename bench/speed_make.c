/* Makes queries from the words of the texts. */
#include <stdlib.h>
#include <string.h>

#include "analysis/stop_words.h"
#include "base/map.h"
#include "speed_queries.h"
#include "statistics.h"

/* A word is usable when it has 4 to 20 ASCII letters, none but the first a capital: those are one
 * word to every system, whatever its rules. */
enum { LETTERS_LEAST = 4, LETTERS_MOST = 20, PREFIX_LETTERS = 4, MISSPELT_LEAST = 7 };

typedef struct {
    const speed_texts *texts;
    map *words; /* each with the number of talks that have it */
    size_t least, most;
    uint64_t random;
    arena *memory;
    speed_queries *out;
} making;

/* ---- words ---- */

/* Cuts off the next word; *word_out is empty when it is none that can be used. The text around it
 * does not matter but for what touches it: `node.js`, `k8s` and `CI/CD` are none. */
static void next_word(span *rest, char *lower, span *word_out)
{
    *word_out = SPAN_NONE;
    span word = span_cut(rest, ' ');
    while (word.length && strchr(".,;:!?)\"'", word.at[word.length - 1]))
        word.length--;
    if (word.length && (word.at[0] == '(' || word.at[0] == '"'))
        word = span_from(word, 1);
    if (word.length < LETTERS_LEAST || word.length > LETTERS_MOST)
        return;
    for (size_t i = 0; i < word.length; i++) {
        if (!byte_is_alpha(word.at[i]) || (i && byte_is_upper(word.at[i])))
            return;
        lower[i] = byte_lower(word.at[i]);
    }
    *word_out = (span){lower, word.length};
    if (stop_word_languages(*word_out))
        *word_out = SPAN_NONE;
}

static void count_words(making *m)
{
    uint32_t *last = NULL; /* by word: the talk that counted it last, from 1 on */
    size_t last_count = 0, capacity = 0;
    char lower[LETTERS_MOST];
    for (size_t t = 0; t < m->texts->count; t++)
        for (size_t c = 0; c < TEXT_COLUMNS; c++) {
            span rest = m->texts->items[t].column[c], word;
            while (rest.length) {
                next_word(&rest, lower, &word);
                if (!word.length)
                    continue;
                uint32_t n = map_intern(m->words, word);
                while (last_count <= n)
                    ARRAY_ADD(last, last_count, capacity, 0);
                if (last[n] == t + 1)
                    continue;
                last[n] = (uint32_t)t + 1;
                ++*map_get(m->words, word);
            }
        }
    free(last);
}

static bool is_usable(const making *m, span word)
{
    const uint32_t *talks = word.length ? map_get(m->words, word) : NULL;
    return talks && *talks >= m->least && *talks <= m->most;
}

/* ---- what a query is made of ---- */

typedef struct {
    span item[SPEED_WORDS_MAX];
    size_t count;
} word_set;

static bool has_word(const word_set *in, span word)
{
    for (size_t i = 0; i < in->count; i++)
        if (span_equal(in->item[i], word))
            return true;
    return false;
}

static const speed_text *any_text(making *m)
{
    return &m->texts->items[random_below(&m->random, m->texts->count)];
}

/* Usable words of one text; `neighbours`: each right behind the other. */
static size_t words_of(making *m, span text, bool neighbours, span *word, size_t most)
{
    char lower[LETTERS_MOST];
    size_t count = 0;
    while (text.length && count < most) {
        span next;
        next_word(&text, lower, &next);
        if (is_usable(m, next))
            word[count++] = arena_copy(m->memory, next);
        else if (neighbours)
            word[count++] = SPAN_NONE;
    }
    return count;
}

enum { WORDS_LOOKED_AT = 2000 };

/* Adds different words of one column of a talk drawn at random, until there are `wanted`. */
static void draw_words(making *m, size_t column, size_t wanted, word_set *to)
{
    span word[WORDS_LOOKED_AT];
    enum { TRIES = 40 };
    size_t count = words_of(m, any_text(m)->column[column], false, word, WORDS_LOOKED_AT);
    for (size_t i = 0; count && i < TRIES && to->count < wanted; i++) {
        span drawn = word[random_below(&m->random, count)];
        if (!has_word(to, drawn))
            to->item[to->count++] = drawn;
    }
}

/* Two neighbouring words. */
static void draw_phrase(making *m, word_set *to)
{
    span word[WORDS_LOOKED_AT];
    size_t count = words_of(m, any_text(m)->column[TEXT_BODY], true, word, WORDS_LOOKED_AT);
    size_t begin = count > 1 ? random_below(&m->random, count - 1) : 0;
    for (size_t i = 0; i + 1 < count; i++) {
        size_t at = (begin + i) % (count - 1);
        if (word[at].length && word[at + 1].length && !span_equal(word[at], word[at + 1])) {
            to->item[0] = word[at];
            to->item[1] = word[at + 1];
            to->count = 2;
            return;
        }
    }
}

/* Another letter in place of one of the middle, so that no talk has the word. */
static span misspell(making *m, span word)
{
    span made = arena_copy(m->memory, word);
    char *letter = (char *)made.at + 2 + random_below(&m->random, word.length - 3);
    for (int i = 1; i < 26; i++) {
        *letter = (char)('a' + (*letter - 'a' + 1) % 26);
        if (!map_get(m->words, made))
            return made;
    }
    return SPAN_NONE;
}

/* ---- the classes ---- */

static span join(making *m, const word_set *words, const char *between)
{
    buffer text = {0};
    for (size_t i = 0; i < words->count; i++) {
        if (i)
            buffer_add_text(&text, between);
        buffer_add(&text, words->item[i]);
    }
    span kept = arena_copy(m->memory, buffer_span(&text));
    buffer_free(&text);
    return kept;
}

/* From as many talks as there are words. */
static span make_or(making *m, size_t count)
{
    word_set words = {.count = 0};
    for (size_t i = 1; i <= count; i++)
        draw_words(m, TEXT_BODY, i, &words);
    return words.count == count ? join(m, &words, " OR ") : SPAN_NONE;
}

static span make_words(making *m, size_t count, const char *between)
{
    word_set words = {.count = 0};
    draw_words(m, TEXT_BODY, count, &words);
    return words.count == count ? join(m, &words, between) : SPAN_NONE;
}

static span make_phrase(making *m)
{
    word_set words = {.count = 0};
    draw_phrase(m, &words);
    if (!words.count)
        return SPAN_NONE;
    return arena_printf(m->memory, "\"%.*s\"", SPAN_ARG(join(m, &words, " ")));
}

static span make_field(making *m)
{
    word_set words = {.count = 0};
    bool speaker = random_below(&m->random, 2);
    draw_words(m, speaker ? TEXT_SPEAKERS : TEXT_TITLE, 1, &words);
    if (!words.count)
        return SPAN_NONE;
    return arena_printf(m->memory, "%s:%.*s", speaker ? "speaker" : "title",
                        SPAN_ARG(words.item[0]));
}

static span make_from_word(making *m, speed_class class)
{
    span word = make_words(m, 1, "");
    if (class == SPEED_ONE || class == SPEED_FACETS || !word.length)
        return word;
    if (class == SPEED_PREFIX)
        return word.length <= PREFIX_LETTERS
                   ? SPAN_NONE
                   : arena_printf(m->memory, "%.*s*", PREFIX_LETTERS, word.at);
    word = word.length < MISSPELT_LEAST ? SPAN_NONE : misspell(m, word);
    if (class == SPEED_SUGGEST || !word.length)
        return word;
    return arena_printf(m->memory, "%.*s~", SPAN_ARG(word));
}

static span make_one(making *m, speed_class class)
{
    switch (class) {
    case SPEED_AND2: return make_words(m, 2, " AND ");
    case SPEED_OR2: return make_or(m, 2);
    case SPEED_OR_MANY: return make_or(m, 3 + random_below(&m->random, 3));
    case SPEED_WORDS: return make_words(m, 2 + random_below(&m->random, 3), " ");
    case SPEED_PHRASE: return make_phrase(m);
    case SPEED_FIELD: return make_field(m);
    default: return make_from_word(m, class);
    }
}

static void make_class(making *m, speed_class class, size_t wanted)
{
    enum { TRIES_FOR_ONE = 20 };
    map *seen = map_new();
    size_t made = 0;
    for (size_t tries = wanted * TRIES_FOR_ONE; tries && made < wanted; tries--) {
        span text = make_one(m, class);
        if (!text.length || map_get(seen, text))
            continue;
        map_put(seen, text, 1);
        speed_queries_add(m->out, class, text, m->memory);
        made++;
    }
    map_free(seen);
}

void speed_queries_make(const speed_texts *from, size_t per_class, uint64_t seed, arena *memory,
                        speed_queries *out)
{
    making m = {.texts = from, .words = map_new(), .random = seed, .memory = memory, .out = out};
    *out = (speed_queries){NULL, 0, 0};
    m.least = from->count / 2000 > 2 ? from->count / 2000 : 2;
    m.most = from->count * 3 / 20 > 3 ? from->count * 3 / 20 : 3;
    count_words(&m);
    for (size_t c = 0; c < SPEED_CLASS_COUNT && from->count; c++)
        make_class(&m, (speed_class)c, per_class);
    map_free(m.words);
}
