#include "notes/event_words.h"

#include <string.h>

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/lookup.h"

enum { PHRASE_WORDS_MAX = 5 };

span slug_words(span slug, arena *memory)
{
    span copy = arena_copy(memory, slug);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if (at[i] == '_' || at[i] == '-' || at[i] == '+' || at[i] == '=')
            at[i] = ' ';
    }
    return span_trim(copy);
}

bool name_has_capital(span text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (byte_is_upper(text.at[i]))
            return true;
    }
    return false;
}

bool name_is_year(span key)
{
    return year_find(key) && key.length == 4;
}

/* "SREcon24", "RailsConf'19": the year of two digits behind a word that ends as names of events
 * do; with the bytes of the name in *letters_out. Empty for none. */
static span short_year(span word, size_t *letters_out, arena *memory)
{
    static const char *const ends[] = {"con", "conf", "camp", "fest", "days", "summit"};
    enum { YEAR_MOST = 49 };
    size_t letters = word.length < 3 ? 0 : word.length - 2;
    if (!letters || !byte_is_digit(word.at[letters]) || !byte_is_digit(word.at[letters + 1]))
        return SPAN_NONE;
    int year = (word.at[letters] - '0') * 10 + word.at[letters + 1] - '0';
    letters -= word.at[letters - 1] == '\'';
    span name = span_slice(word, 0, letters);
    for (size_t i = 0; i < sizeof ends / sizeof *ends && year <= YEAR_MOST; i++) {
        span end = span_of(ends[i]);
        if (name.length > end.length + 1 &&
            span_equal_nocase(span_from(name, name.length - end.length), end)) {
            *letters_out = letters;
            return arena_printf(memory, "20%02d", year);
        }
    }
    return SPAN_NONE;
}

/* Splits "KubeCon2017" and "SREcon24" before the year. */
static void words_add(name_words *to, span word, span key, bool apart, arena *memory)
{
    size_t letters = word.length;
    while (letters && byte_is_digit(word.at[letters - 1]))
        letters--;
    bool glued = letters && word.length - letters == 4 && year_find(span_from(word, letters));
    span year = glued ? span_from(word, letters) : short_year(word, &letters, memory);
    glued = year.length > 0;
    span pieces[2] = {glued ? span_slice(word, 0, letters) : word, year};
    for (size_t i = 0; i < 2; i++) {
        if (pieces[i].length && to->count < NAME_WORDS_MAX) {
            to->raw[to->count] = pieces[i];
            to->apart[to->count] = apart && i == 0;
            to->key[to->count++] = glued ? text_key(pieces[i], memory) : key;
        }
    }
}

void name_words_split(span text, name_words *out, arena *memory)
{
    size_t begin = 0;
    bool apart = false;
    out->count = 0;
    for (size_t i = 0; i <= text.length; i++) {
        bool end = i == text.length || byte_is_space(text.at[i]) || text.at[i] == ',' ||
                   text.at[i] == '(' || text.at[i] == ')' || text.at[i] == '/';
        if (!end)
            continue;
        span word = span_slice(text, begin, i - begin);
        span key = text_key(word, memory);
        if (key.length) {
            words_add(out, word, key, apart, memory);
            apart = false;
        }
        apart = apart || (i < text.length && (text.at[i] == ',' || text.at[i] == '('));
        begin = i + 1;
    }
}

/* The keys from `from` on with a blank between each two; *begins (if not NULL) is where each
 * begins, and one behind the last blank there would be. */
static span keys_join(const name_words *of, size_t from, size_t count, arena *memory,
                      size_t *begins)
{
    size_t length = 0, end = 0;
    for (size_t i = from; i < from + count; i++)
        length += of->key[i].length + 1;
    char *joined = arena_alloc(memory, length + 1);
    for (size_t i = from; i < from + count; i++) {
        if (begins)
            begins[i - from] = end;
        if (of->key[i].length)
            memcpy(joined + end, of->key[i].at, of->key[i].length);
        end += of->key[i].length;
        joined[end++] = ' ';
    }
    if (begins)
        begins[count] = end;
    return (span){joined, count ? end - 1 : 0};
}

span name_key(const name_words *of, size_t from, size_t count, arena *memory)
{
    return keys_join(of, from, count, memory, NULL);
}

/* A series whose name is an everyday word (Build, Craft, Fluent) needs a year beside it. */
static bool is_ambiguous(const reader_tables *tables, span key)
{
    return span_find_byte(key, ' ') == SPAN_NOT_FOUND && map_get(tables->common_words, key);
}

static bool any_year(const name_words *of)
{
    bool year = false;
    for (size_t i = 0; i < of->count; i++)
        year = year || year_find(of->raw[i]);
    return year;
}

/* The longest known series among the words; its index in the table or -1. */
int name_series(const reader_tables *tables, const name_words *of, arena *memory, size_t *from_out,
                size_t *count_out)
{
    size_t begins[NAME_WORDS_MAX + 1];
    span all = keys_join(of, 0, of->count, memory, begins);
    for (size_t count = PHRASE_WORDS_MAX; count > 0; count--) {
        for (size_t from = 0; from + count <= of->count; from++) {
            span key = span_slice(all, begins[from], begins[from + count] - begins[from] - 1);
            const uint32_t *index = map_get(tables->events, key);
            if (index && (!is_ambiguous(tables, key) || any_year(of))) {
                *from_out = from;
                *count_out = count;
                return (int)*index;
            }
        }
    }
    return -1;
}

uint32_t name_senses(const reader_tables *tables, const name_words *of, size_t from, size_t count,
                     arena *memory)
{
    return lookup_key(tables->headings, name_key(of, from, count, memory));
}

/* A place of one to three words at `from`; how many words. */
size_t name_place_at(const reader_tables *tables, const name_words *of, size_t from, arena *memory)
{
    for (size_t count = 3; count > 0; count--) {
        if (from + count <= of->count &&
            name_senses(tables, of, from, count, memory) & HEADING_PLACE)
            return count;
    }
    return 0;
}

span name_place_spelling(span raw, arena *memory)
{
    span key = text_key(raw, memory);
    static const char *const upper[] = {"us",  "usa", "uk",   "eu",   "na", "dc",
                                        "nyc", "sf",  "apac", "emea", "au"};
    bool initials = false;
    for (size_t i = 0; i < sizeof upper / sizeof *upper; i++)
        initials = initials || span_equal(key, span_of(upper[i]));
    span copy = arena_copy(memory, raw);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if ((initials || i == 0 || at[i - 1] == ' ') && at[i] >= 'a' && at[i] <= 'z')
            at[i] = (char)(at[i] - 32);
    }
    return copy;
}

bool name_is_number(span key)
{
    return span_number(key) >= 0;
}

bool name_is_calendar(const reader_tables *tables, span key)
{
    return lookup_key(tables->calendar, key) != 0;
}

void name_add_word(buffer *to, span word)
{
    if (to->length)
        buffer_add_byte(to, ' ');
    buffer_add(to, word);
}

/* Words of a slug in no table: as written when there is a capital, else with one each; short ones
 * without a vowel are initials. */
static span word_spelling(span raw, arena *memory)
{
    if (name_has_capital(raw) || !raw.length)
        return raw;
    bool vowel = false;
    for (size_t i = 0; i < raw.length; i++)
        vowel = vowel || (raw.at[i] && span_find_byte(SPAN("aeiouy"), raw.at[i]) != SPAN_NOT_FOUND);
    span copy = arena_copy(memory, raw);
    char *at = (char *)copy.at;
    for (size_t i = 0; i < copy.length; i++) {
        if ((i == 0 || !vowel) && at[i] >= 'a' && at[i] <= 'z')
            at[i] = (char)(at[i] - 32);
    }
    return copy;
}

/* What is left without year, date, noise and, at the ends, numbers. */
span name_residue(const reader_tables *tables, const name_words *words, bool spell, bool keep_place,
                  arena *memory)
{
    buffer left = {0};
    for (size_t i = 0; i < words->count; i++) {
        uint32_t senses = lookup_key(tables->headings, words->key[i]);
        bool date = year_find(words->raw[i]) || name_is_number(words->key[i]) ||
                    name_is_calendar(tables, words->key[i]);
        if (date || senses & HEADING_NOISE || (senses & HEADING_PLACE && !keep_place))
            continue;
        if (words->key[i].length <= 4 && byte_is_digit(words->key[i].at[0]) &&
            !byte_is_alpha(words->key[i].at[words->key[i].length - 1]))
            continue;
        name_add_word(&left, spell ? senses & HEADING_PLACE
                                         ? name_place_spelling(words->raw[i], memory)
                                         : word_spelling(words->raw[i], memory)
                                   : words->raw[i]);
    }
    span text = arena_copy(memory, buffer_span(&left));
    buffer_free(&left);
    return text;
}

static const char *const event_nouns[] = {
    "conference", "conf",      "summit", "con",      "day",  "days",   "forum", "congress",
    "expo",       "symposium", "fest",   "festival", "camp", "meetup", "world", "convention"};

bool name_is_event_noun(span key)
{
    for (size_t i = 0; i < sizeof event_nouns / sizeof *event_nouns; i++)
        if (span_equal(key, span_of(event_nouns[i])))
            return true;
    return false;
}
