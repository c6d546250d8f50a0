/* event.c - which event is it, as one would cite it. */
#include "notes/event.h"

#include "base/utf8.h"
#include "notes/dates.h"
#include "notes/event_name.h"
#include "notes/event_words.h"
#include "notes/lookup.h"

static bool event_names_any(const reader_tables *tables, span text, arena *memory)
{
    name_words words = {0};
    size_t from, count;
    name_words_split(text, &words, memory);
    return name_series(tables, &words, memory, &from, &count) >= 0;
}

/* "Systems Biology 2023 Session 4": what stands behind "session", "day" or "notes" is no
 * part of the event. */
static span citation_part(span text)
{
    enum { YEAR_DIGITS = 4 }; /* "React Day 2024" */
    static const char *const stops[] = {" session", " day ",  " notes",  " talks",
                                        " keynote", " - day", " summary"};
    for (size_t i = 1; i < text.length; i++) {
        for (size_t k = 0; text.at[i] == ' ' && k < sizeof stops / sizeof *stops; k++) {
            span stop = span_of(stops[k]), rest = span_from(text, i);
            bool number = rest.length > stop.length && byte_is_digit(rest.at[stop.length]) &&
                          !year_find(span_slice(rest, stop.length, YEAR_DIGITS));
            if (span_starts_with_nocase(rest, stop) && (stops[k][1] != 'd' || number))
                return span_slice(text, 0, i);
        }
    }
    return text;
}

/* "Data Dialogs 11/6/2016": a date behind the name is no part of it, but tells the year. */
static span without_date(const reader_tables *tables, span text, int *year_out)
{
    size_t position = 0;
    date_find date;
    if (!date_next(tables->calendar, text, &position, &date))
        return text;
    *year_out = date.when.first.year;
    span before = span_trim(span_slice(text, 0, date.begin));
    return word_count(before) ? before : text;
}

/* FooConf, DevCamp: one word that says so, with a capital inside or the whole word "conf". */
static bool is_glued_series(span word)
{
    static const char *const ends[] = {"Conf", "Con", "Camp", "Fest", "Days", "Summit", "Kaigi"};
    if (!word.length || !byte_is_upper(word.at[0]))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = span_of(ends[i]).length;
        if (word.length >= length + 2 && span_ends_with(word, span_of(ends[i])) &&
            byte_is_alnum(word.at[word.length - length - 1]))
            return true;
    }
    return word.length > 5 && span_ends_with(word, SPAN("conf"));
}

/* "PyTorch Conference", "Django Day Copenhagen": capitalised words of which the last says that it
 * is an event. A year must stand beside them. */
static bool find_unknown_series(const name_words *of, bool year, size_t *from_out,
                                size_t *count_out)
{
    bool noun = false;
    for (size_t i = 1; i < of->count && year && !noun; i++) {
        noun = name_is_event_noun(of->key[i]);
        size_t from = i;
        while (from && i - from < 4 && name_has_capital(of->raw[from]) && !of->apart[from] &&
               name_has_capital(of->raw[from - 1]) && !name_is_year(of->key[from - 1]))
            from--;
        noun = noun && from < i;
        *from_out = from;
        *count_out = i - from + 1;
    }
    for (size_t i = 0; i < of->count && year && !noun; i++) {
        noun = is_glued_series(of->raw[i]);
        *from_out = i;
        *count_out = 1;
    }
    return noun;
}

bool event_from_text(const reader_tables *tables, span text, bool is_citation, arena *memory,
                     event_found *out)
{
    *out = (event_found){0};
    text = span_trim(text);
    span cited = citation_part(text);
    if (event_names_any(tables, cited, memory) ||
        (path_topic(tables, cited, memory).length && !event_names_any(tables, text, memory)))
        text = cited;
    if (text.length > 160)
        return false;
    text = without_date(tables, text, &out->year);
    name_words words = {0};
    name_words_split(text, &words, memory);
    size_t from = 0, count = 0;
    int index = name_series(tables, &words, memory, &from, &count);
    for (size_t i = 0; i < words.count && !out->year; i++) /* SREcon24 */
        out->year = name_is_year(words.key[i]) ? year_find(words.key[i]) : 0;
    out->year = out->year ? out->year : year_find(text);
    out->year_rule = out->year ? "heading" : NULL;
    out->year_confidence = 0.9f;
    if (index >= 0) {
        event_set_known(tables, &words, index, from, count, memory, out);
        out->rule = "heading";
        out->confidence = 0.9f;
        return true;
    }
    if (find_unknown_series(&words, out->year != 0, &from, &count)) {
        event_set_unknown(tables, &words, from, count, memory, out);
        return true;
    }
    span left = name_residue(tables, &words, false, true, memory);
    if (!is_citation || !left.length)
        return false;
    buffer name = {0};
    for (size_t i = 0; i < words.count; i++) {
        if (words.apart[i] && name.length)
            break; /* "PyConFR 2018, Lille, samedi 6 octobre" */
        if (!name_is_year(words.key[i]) && !year_find(words.raw[i]) &&
            !name_is_calendar(tables, words.key[i]))
            name_add_word(&name, words.raw[i]);
    }
    out->name = out->series = arena_copy(memory, buffer_span(&name));
    buffer_free(&name);
    out->rule = "heading";
    out->confidence = 0.7f;
    return true;
}

span event_cite(const event_found *of, arena *memory)
{
    if (!of->name.length || !of->year)
        return of->name;
    return arena_printf(memory, "%.*s %d", SPAN_ARG(of->name), of->year);
}
