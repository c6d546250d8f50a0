/* event_of_talk.c - the event that a talk's own lines or cells cite, where the file is of none. */
#include <string.h>

#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/people.h"
#include "notes/tables.h"
#include "notes/when.h"

/* "PyCon US 2021. Microservices are ..." under the title of a talk: a known event right before its
 * year. What stands behind may be the day. */
static bool event_cited(note_reading *reading, span line, event_found *out, span *rest_out)
{
    enum { WINDOW = 50 };
    for (size_t i = 4; i <= line.length; i++) {
        size_t from = i > WINDOW ? i - WINDOW : 0;
        bool year = byte_is_digit(line.at[i - 1]) && byte_is_digit(line.at[i - 4]) &&
                    (i == line.length || !byte_is_alnum(line.at[i])) &&
                    year_find(span_slice(line, i - 4, 4));
        if (!year)
            continue;
        span window = span_slice(line, from, i - from);
        size_t stop = span_find(window, SPAN(". "));
        if (stop != SPAN_NOT_FOUND)
            window = span_from(window, stop + 2);
        if (event_from_text(reading->tables, window, false, reading->memory, out)) {
            *rest_out = span_slice(span_from(line, i), 0, 40);
            return true;
        }
    }
    return false;
}

/* "at KubeCon EU": without what leads to it. */
static span without_lead(span line)
{
    static const char *const leads[] = {"given at ", "presented at ", "at ", "from ", "@"};
    line = span_trim(line);
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (span_starts_with_nocase(line, span_of(leads[i])))
            return span_trim(span_from(line, span_of(leads[i]).length));
    return line;
}

/* "Heron Meeting 2016": words with capitals, then a year. */
static bool is_name_and_year(span line)
{
    enum { WORDS_MAX = 6 };
    size_t position = 0, words = 0;
    span word = SPAN_NONE, last = SPAN_NONE;
    while (word_next(line, &position, &word)) {
        if (!byte_is_upper(word.at[0]) && !byte_is_digit(word.at[0]))
            return false;
        last = word;
        words++;
    }
    return words >= 3 && words <= WORDS_MAX && last.length == 4 && year_find(last) &&
           span_ends_with(line, last);
}

static bool is_people(note_reading *reading, span line)
{
    people who;
    if (line.length > 4 && year_find(span_from(line, line.length - 4)))
        line = span_slice(line, 0, line.length - 4);
    people_read(reading->tables, line, PEOPLE_DOUBTFUL, reading->memory, &who);
    return who.count && !who.foreign && who.likeness >= 0.5f;
}

/* A line of its own that is nothing but an event: a known one, or right under the title any name
 * with a year. */
static bool event_alone(note_reading *reading, span line, bool under_title, event_found *out)
{
    enum { LINE_MAX_BYTES = 80 };
    line = without_lead(line);
    if (!line.length || line.length > LINE_MAX_BYTES)
        return false;
    bool topic = path_topic(reading->tables, line, reading->memory).length > 0;
    if (!topic && !is_people(reading, line)) /* Grace Hopper is a series, too */
        return event_from_text(reading->tables, line, false, reading->memory, out) &&
               out->confidence >= 0.9f;
    return topic && under_title && is_name_and_year(line) && !is_people(reading, line) &&
           event_from_text(reading->tables, line, true, reading->memory, out);
}

enum { CITED_BLOCKS_MAX = 5, CITED_BYTES_MAX = 160, ALONE_BLOCKS_MAX = 3 };

static bool event_of_line(note_reading *reading, span line, size_t nth, bool first,
                          event_found *out, span *rest_out)
{
    *rest_out = SPAN_NONE;
    return event_cited(reading, line, out, rest_out) ||
           (nth && nth < ALONE_BLOCKS_MAX && event_alone(reading, line, nth == 1 && first, out));
}

/* A file that collects talks of several events, or whose path says nothing, names the event under
 * each title. */
bool event_of_talk(note_reading *reading, const talk_place *place, talk *to, event_found *out)
{
    size_t from = place->heading == NO_BLOCK ? place->first : (size_t)place->heading;
    for (size_t i = from; i < place->end && i < from + CITED_BLOCKS_MAX; i++) {
        const block *b = &reading->text.items[i];
        span text = b->text, rest;
        if (b->kind == BLOCK_CODE || b->quotes)
            continue;
        for (uint32_t line = b->line; text.length; line++) {
            span one = span_slice(span_cut_line(&text), 0, CITED_BYTES_MAX);
            if (!event_of_line(reading, one, i - from, line == b->line, out, &rest))
                continue;
            date_interval when;
            out->rule = out->year_rule = "text";
            out->confidence = out->year_confidence = 0.8f;
            out->line = out->year_line = line;
            if (!to->interval.first.year && when_date_in(reading, rest, &when)) {
                when_complete_year(&when, out->year);
                when_set_date(to, when, "text", 0.8f, line, reading->memory);
            }
            return true;
        }
    }
    return false;
}

/* The cell of the row under a header of this sense. */
static span cell_of(note_reading *reading, const talk_place *place, uint32_t sense)
{
    const block *row = &reading->text.items[place->first];
    const block *header = &reading->text.items[place->header];
    for (size_t i = 0; i < row->cell_count && i < header->cell_count; i++)
        if (lookup(reading->tables->labels, header->cells[i], reading->memory) & sense)
            return row->cells[i];
    return SPAN_NONE;
}

static void date_of_row(note_reading *reading, const talk_place *place, talk *to)
{
    date_interval when;
    uint32_t line = reading->text.items[place->first].line;
    span cell = cell_of(reading, place, LABEL_DATE);
    if (!cell.length || !when_date_in(reading, cell, &when))
        return;
    int year = year_find(cell_of(reading, place, LABEL_YEAR));
    when_complete_year(&when, year ? year : reading->event.year);
    if (when.first.year)
        when_set_date(to, when, "table", 0.95f, line, reading->memory);
}

bool event_of_row(note_reading *reading, const talk_place *place, talk *to, event_found *out)
{
    if (place->origin != ORIGIN_ROW || place->header == NO_BLOCK)
        return false;
    date_of_row(reading, place, to);
    span cell = cell_of(reading, place, LABEL_EVENT);
    if (!cell.length || !event_from_text(reading->tables, cell, true, reading->memory, out))
        return false;
    int year = year_find(cell_of(reading, place, LABEL_YEAR | LABEL_DATE));
    out->year = out->year ? out->year : year ? year : to->interval.first.year;
    out->rule = out->year_rule = "table";
    out->confidence = out->year_confidence = 0.95f;
    out->line = out->year_line = reading->text.items[place->first].line;
    return true;
}
