/* when.c - event, year and date of a note and of each of its talks. */
#include "notes/when.h"
#include "notes/dates.h"
#include "notes/event_words.h"
#include "notes/label.h"
#include "notes/lookup.h"
#include "notes/reading.h"
#include "notes/tables.h"

static void event_adopt(event_found *to, const event_found *from, uint32_t line)
{
    int year = from->year ? from->year : to->year;
    const char *year_rule = from->year ? from->year_rule : to->year_rule;
    float sure = from->year ? from->year_confidence : to->year_confidence;
    uint32_t year_line = from->year ? line : to->year_line;
    *to = *from;
    to->line = line;
    to->year = year;
    to->year_rule = year_rule;
    to->year_confidence = sure;
    to->year_line = year_line;
}

/* The year alone, where none is known yet. */
static void adopt_year(note_reading *reading, const event_found *from, uint32_t line)
{
    if (reading->event.year || !from->year)
        return;
    reading->event.year = from->year;
    reading->event.year_rule = from->year_rule;
    reading->event.year_confidence = from->year_confidence;
    reading->event.year_line = line;
}

/* Keys of front matter that hold the event: event, conference, event.name, video.event. */
static bool is_event_key(const note_reading *reading, span key)
{
    if (span_ends_with(key, SPAN(".name")))
        key.length -= 5;
    size_t dot = span_find_last_byte(key, '.');
    span last = dot == SPAN_NOT_FOUND ? key : span_from(key, dot + 1);
    return (lookup(reading->tables->labels, last, reading->memory) & LABEL_EVENT) != 0;
}

static void event_from_front(note_reading *reading)
{
    for (size_t i = 0; i < reading->front.count; i++) {
        const front_entry *entry = &reading->front.items[i];
        event_found found;
        if (is_event_key(reading, entry->key) && entry->text.length &&
            event_from_text(reading->tables, entry->text, true, reading->memory, &found)) {
            found.rule = found.year_rule = "front-matter";
            found.confidence = 0.99f;
            event_adopt(&reading->event, &found, entry->line);
            return;
        }
    }
}

/* Whether every word of one name stands in the other. */
static bool words_within(span inner, span outer, arena *memory)
{
    span key = text_key_with(" ", outer, memory);
    key = arena_printf(memory, "%.*s ", SPAN_ARG(key));
    size_t position = 0;
    span word;
    while (word_next(inner, &position, &word)) {
        span padded = arena_printf(memory, " %.*s ", SPAN_ARG(text_key(word, memory)));
        if (span_find(key, padded) == SPAN_NOT_FOUND)
            return false;
    }
    return true;
}

static void event_from_heading(note_reading *reading)
{
    if (reading->places.event_heading == NO_BLOCK)
        return;
    const block *b = &reading->text.items[reading->places.event_heading];
    event_found found;
    bool cites = year_find(b->text) != 0;
    if (!event_from_text(reading->tables, b->text, cites, reading->memory, &found))
        return;
    bool known = found.confidence >= 0.9f, path = reading->event.name.length > 0;
    bool more = words_within(reading->event.name, found.name, reading->memory);
    bool dated = known && found.year && !reading->event.year;
    if (!path || more || dated || (known && reading->event.confidence < 0.9f) ||
        (!known && reading->event.confidence < 0.8f))
        event_adopt(&reading->event, &found, b->line);
    else
        adopt_year(reading, &found, b->line);
}

/* A report's title in the front matter: "Thoughts on PyCon UK 2018". */
static void event_from_front_title(note_reading *reading)
{
    const front_entry *title = front_matter_find(&reading->front, SPAN("title"));
    event_found found;
    if (!title || !event_from_text(reading->tables, title->text, false, reading->memory, &found))
        return;
    found.rule = "title";
    if (!reading->event.name.length ||
        words_within(reading->event.name, found.name, reading->memory))
        event_adopt(&reading->event, &found, title->line);
    else
        adopt_year(reading, &found, title->line);
}

static void event_from_labels(note_reading *reading)
{
    for (size_t i = 0; i < reading->text.count && i < 12; i++) {
        span text = reading->text.items[i].text, named;
        for (uint32_t line = reading->text.items[i].line; text.length; line++) {
            event_found found;
            uint32_t sense =
                label_read(reading->tables, span_cut_line(&text), reading->memory, &named);
            if (!(sense & LABEL_EVENT) || !named.length ||
                !event_from_text(reading->tables, named, true, reading->memory, &found))
                continue;
            found.rule = "label";
            found.year_rule = found.year ? "label" : NULL;
            event_adopt(&reading->event, &found, line);
            return;
        }
    }
}

/* ---- dates ---- */

/* Reads an open date of digits by what other dates show: in this text, or told by other notes. */
static date_interval settle(note_reading *reading, const date_find *found)
{
    if (found->digits != DIGITS_NONE)
        tell(reading, found->digits == DIGITS_MONTH_FIRST ? SPAN("date-order:month-first")
                                                          : SPAN("date-order:day-first"));
    if (found->order == ORDER_CERTAIN)
        return found->when;
    ask(reading, SPAN("date-order:month-first"));
    ask(reading, SPAN("date-order:day-first"));
    uint32_t month = facts_count(reading->known, SPAN("date-order:month-first"));
    uint32_t day = facts_count(reading->known, SPAN("date-order:day-first"));
    if (month > day)
        return found->when;
    if (day > month)
        return date_swap(found->when);
    date_point year = {found->when.first.year, 0, 0};
    return (date_interval){year, year};
}

bool when_date_in(note_reading *reading, span text, date_interval *out)
{
    size_t position = 0;
    date_find found;
    if (text.length > 300 || !date_next(reading->tables->calendar, text, &position, &found))
        return false;
    *out = settle(reading, &found);
    return out->first.month != 0;
}

static bool is_one_day(date_interval when)
{
    return when.first.day && when.first.year == when.last.year &&
           when.first.month == when.last.month && when.first.day == when.last.day;
}

void when_complete_year(date_interval *when, int year)
{
    if (!when->first.year) {
        when->first.year = when->last.year = (int16_t)year;
        if (!year)
            *when = (date_interval){{0, 0, 0}, {0, 0, 0}};
    }
}

/* "Screen Shot 2019-05-20 at 10.13.10": what the writer photographed that day, if all agree. */
static bool date_from_screenshots(note_reading *reading, date_interval *out)
{
    static const char *const marks[] = {"Screen Shot ", "Screenshot ", "Screen%20Shot%20", "IMG_",
                                        "PXL_"};
    span bytes = reading->source->bytes;
    bool found = false;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        span rest = bytes, mark = span_of(marks[m]);
        for (size_t at; (at = span_find(rest, mark)) != SPAN_NOT_FOUND;) {
            date_find one;
            size_t position = 0;
            rest = span_from(rest, at + mark.length);
            if (!date_next(reading->tables->calendar, span_slice(rest, 0, 10), &position, &one) ||
                one.begin || !one.when.first.year)
                continue;
            if (found && one.when.first.day != out->first.day)
                return false;
            *out = one.when;
            found = true;
        }
    }
    return found;
}

static bool date_from_path(note_reading *reading, date_interval *out)
{
    span path = reading->source->path;
    bool found = false;
    while (path.length) {
        span part = span_cut(&path, '/');
        date_interval when;
        if (when_date_in(reading, slug_words(part, reading->memory), &when) ||
            when_date_in(reading, part, &when)) {
            *out = when;
            found = true;
        }
    }
    return found;
}

/* The file's own date: a label ("Dates: May 30-31, 2015") above or in the first talk, the heading
 * of the event. */
static void file_date(note_reading *reading)
{
    for (size_t i = 0; i < reading->text.count && i < 12 && !reading->date.first.month; i++) {
        const block *b = &reading->text.items[i];
        span text = b->text, named;
        bool before_talks = !reading->places.count || i < reading->places.items[0].first ||
                            !reading->places.collection;
        for (uint32_t line = b->line; text.length && before_talks; line++) {
            span one = span_cut_line(&text);
            bool label = label_read(reading->tables, one, reading->memory, &named) &
                             (LABEL_DATE | LABEL_TIME) &&
                         named.length;
            bool bare = i < 5 && word_count(one) <= 7;
            if ((label || bare) && !reading->date.first.month &&
                when_date_in(reading, label ? named : one, &reading->date)) {
                reading->date_line = line;
                reading->date_rule = label ? "label" : "line";
            }
        }
    }
    if (!reading->date.first.month && date_from_path(reading, &reading->date))
        reading->date_rule = "path";
    if (!reading->date.first.month && date_from_screenshots(reading, &reading->date)) {
        reading->date_rule = "screenshot";
        reading->date_line = 1;
    }
    if (!reading->date_rule)
        reading->date_rule = "open-date"; /* 02-04-2019: only the year is sure */
    if (reading->date.first.month)
        when_complete_year(&reading->date, reading->event.year);
    if (!reading->event.year && reading->date.first.year) {
        reading->event.year = reading->date.first.year;
        reading->event.year_rule = reading->date_rule;
        reading->event.year_confidence = 0.85f;
        reading->event.year_line = reading->date_line;
    }
}

void when_read_file(note_reading *reading)
{
    event_from_path(reading->tables, reading->source->root_name, reading->source->path,
                    reading->memory, &reading->event);
    event_from_heading(reading);
    event_from_front_title(reading);
    event_from_labels(reading);
    event_from_front(reading);
    file_date(reading);
}

void when_set_date(talk *to, date_interval when, const char *rule, float confidence, uint32_t line,
                   arena *memory)
{
    to->interval = when;
    to->date = (value){
        .text = date_format(when, memory), .rule = rule, .confidence = confidence, .line = line};
}

/* "Day 2" of an event that lasts from the 3rd to the 5th. */
static int day_number(note_reading *reading, span heading)
{
    span key = text_key(heading, reading->memory);
    size_t at = span_find(key, SPAN("day "));
    if (at == SPAN_NOT_FOUND || (at && key.at[at - 1] != ' '))
        return 0;
    span rest = span_from(key, at + 4);
    long number = span_number(span_cut(&rest, ' '));
    return number > 0 && number < 10 ? (int)number : 0;
}

static bool date_of_day(const date_interval *range, int number, date_interval *out)
{
    int day = range->first.day + number - 1;
    bool same = range->first.month == range->last.month && day <= range->last.day;
    if (!number || !range->first.day || !same)
        return false;
    date_point at = {range->first.year, range->first.month, (uint8_t)day};
    *out = (date_interval){at, at};
    return true;
}

static bool talk_label_date(note_reading *reading, const talk_place *place, date_interval *when,
                            uint32_t *line_out)
{
    for (size_t i = place->first; i < place->end && i < place->first + 8; i++) {
        span text = reading->text.items[i].text, named;
        for (uint32_t line = reading->text.items[i].line; text.length; line++) {
            uint32_t sense =
                label_read(reading->tables, span_cut_line(&text), reading->memory, &named);
            if (sense & (LABEL_DATE | LABEL_TIME) && named.length &&
                when_date_in(reading, named, when)) {
                *line_out = line;
                return true;
            }
        }
    }
    return false;
}

static bool container_date(note_reading *reading, const talk_place *place, date_interval *when,
                           uint32_t *line_out)
{
    for (size_t i = 0; i < place->container_count; i++) {
        const block *b = &reading->text.items[place->containers[i]];
        *line_out = b->line;
        if (when_date_in(reading, b->text, when) ||
            date_of_day(&reading->date, day_number(reading, b->text), when))
            return true;
    }
    return false;
}

/* The date in the front matter is that of the talk when speaker or event stand beside it; of a blog
 * post it is only when it was written. */
static bool front_date(note_reading *reading, date_interval *when, uint32_t *line_out)
{
    const front_entry *date = NULL;
    bool about_talk = false;
    for (size_t i = 0; i < reading->front.count; i++) {
        const front_entry *entry = &reading->front.items[i];
        uint32_t sense = lookup(reading->tables->labels, entry->key, reading->memory);
        about_talk = about_talk || is_event_key(reading, entry->key) ||
                     (sense & LABEL_SPEAKER && entry->text.length);
        if (sense & LABEL_DATE && !date)
            date = entry;
    }
    if (!date || !about_talk || reading->places.count != 1)
        return false;
    *line_out = date->line;
    return when_date_in(reading, date->text, when);
}

static void find_date(note_reading *reading, const talk_place *place, talk *to)
{
    date_interval when;
    uint32_t line = to->line;
    const char *rule = "label";
    bool found = front_date(reading, &when, &line);
    if (found)
        rule = "front-matter";
    else
        found = talk_label_date(reading, place, &when, &line);
    if (!found && place->heading != NO_BLOCK) {
        rule = "heading";
        line = to->line;
        found = when_date_in(reading, reading->text.items[place->heading].text, &when);
    }
    if (!found) {
        rule = "day-heading";
        found = container_date(reading, place, &when, &line);
    }
    if (found) {
        when_complete_year(&when, reading->event.year);
        if (when.first.year)
            when_set_date(to, when, rule, 0.9f, line, reading->memory);
    } else if (reading->date.first.year &&
               (is_one_day(reading->date) || !reading->places.collection)) {
        when_set_date(to, reading->date, reading->date_rule, 0.8f, reading->date_line,
                      reading->memory);
    }
}

void when_find(note_reading *reading, const talk_place *place, talk *to)
{
    const event_found *event = &reading->event;
    event_found cited;
    find_date(reading, place, to);
    if (event_of_row(reading, place, to, &cited) ||
        (!event->name.length && event_of_talk(reading, place, to, &cited)))
        event = &cited;
    int year = to->interval.first.year ? to->interval.first.year : event->year;
    event_found own = *event;
    own.year = event->year ? event->year : year;
    if (event->name.length) {
        to->event = (value){.text = event_cite(&own, reading->memory),
                            .as = event->as,
                            .rule = event->rule,
                            .confidence = event->confidence,
                            .line = event->line};
        to->series = to->event;
        to->series.text = event->series;
    }
    if (!year)
        return;
    bool by_date = to->interval.first.year != 0 && !event->year;
    to->year = (value){.text = arena_printf(reading->memory, "%d", year),
                       .rule = by_date ? to->date.rule : event->year_rule,
                       .confidence = by_date ? to->date.confidence : event->year_confidence,
                       .line = by_date ? to->date.line : event->year_line};
    if (!to->interval.first.year)
        to->interval.first.year = to->interval.last.year = (int16_t)year;
}
