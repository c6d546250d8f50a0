#include "notes/event_name.h"

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/event_words.h"
#include "notes/lookup.h"

/* Words that stand between series and year are a place, whether or not a table knows it
 * ("EuroPython Rimini 2017"); how many, 0 when they are something else. */
static size_t place_before_year(const reader_tables *tables, const name_words *words, size_t from,
                                arena *memory)
{
    size_t end = from;
    while (end < words->count && !name_is_year(words->key[end])) {
        span key = words->key[end];
        bool word = !words->apart[end] && !name_is_number(key) && !name_is_calendar(tables, key) &&
                    !byte_is_digit(key.at[0]) && !lookup_key(tables->headings, key);
        if (!word || end - from == 2 ||
            (!name_has_capital(words->raw[end]) && map_get(tables->common_words, key)))
            return 0;
        end++;
    }
    return end < words->count && !name_senses(tables, words, from, end - from, memory) ? end - from
                                                                                       : 0;
}

static void add_places(const reader_tables *tables, const name_words *words, size_t from,
                       size_t count, arena *memory, event_found *out, buffer *name)
{
    span series_key = text_key(out->series, memory);
    for (size_t i = 0; i < words->count; i++) {
        size_t place = i >= from && i < from + count ? 0 : name_place_at(tables, words, i, memory);
        if (i == from + count && !place)
            place = place_before_year(tables, words, i, memory);
        if (!place)
            continue;
        span key = name_key(words, i, place, memory);
        /* behind a comma it says where the event was: "EuroPython 2018, Edinburgh" */
        if (!words->apart[i] && span_find(series_key, key) == SPAN_NOT_FOUND) {
            out->place = name_place_spelling(key, memory);
            name_add_word(name, out->place);
        }
        i += place - 1;
    }
}

/* "PyConDE & PyData Berlin": two series in one name stay as they are written. */
static bool names_two(const reader_tables *tables, const name_words *words, int index, size_t from,
                      size_t count, arena *memory, buffer *name)
{
    name_words others = {.count = words->count};
    for (size_t i = 0; i < words->count; i++) {
        bool taken = i >= from && i < from + count;
        others.raw[i] = words->raw[i];
        others.key[i] = taken ? SPAN("/") : words->key[i];
    }
    size_t second_from = 0, second_count = 0; /* found nothing: they stay */
    int second = name_series(tables, &others, memory, &second_from, &second_count);
    bool next = second_from == from + count || second_from + second_count == from;
    if (second < 0 || second == index || !next)
        return false;
    size_t first = second_from < from ? second_from : from;
    for (size_t i = first; i < first + count + second_count; i++) {
        bool joint = i == (second_from < from ? from : second_from);
        if (joint)
            name_add_word(name, SPAN("&"));
        name_add_word(name, words->raw[i]);
    }
    return true;
}

/* The series in the words of the text; empty when these are its own. */
static span written_series(const name_words *words, size_t from, size_t count, span series,
                           arena *memory)
{
    buffer written = {0};
    for (size_t i = from; i < from + count; i++)
        name_add_word(&written, words->raw[i]);
    span text = arena_copy(memory, buffer_span(&written));
    buffer_free(&written);
    return span_equal(text_key(text, memory), text_key(series, memory)) ? SPAN_NONE : text;
}

void event_set_known(const reader_tables *tables, const name_words *words, int index, size_t from,
                     size_t count, arena *memory, event_found *out)
{
    out->series = tables->event_names[index];
    buffer name = {0};
    if (!names_two(tables, words, index, from, count, memory, &name)) {
        buffer_add(&name, out->series);
        out->as = written_series(words, from, count, out->series, memory);
    }
    add_places(tables, words, from, count, memory, out, &name);
    out->name = arena_copy(memory, buffer_span(&name));
    buffer_free(&name);
}

void event_set_unknown(const reader_tables *tables, const name_words *words, size_t from,
                       size_t count, arena *memory, event_found *out)
{
    buffer name = {0};
    for (size_t i = from; i < from + count; i++)
        name_add_word(&name, words->raw[i]);
    out->series = arena_copy(memory, buffer_span(&name));
    add_places(tables, words, from, count, memory, out, &name);
    out->name = arena_copy(memory, buffer_span(&name));
    buffer_free(&name);
    out->rule = "heading";
    out->confidence = 0.8f;
}
