/* when.c - event, year and date of a note and of each of its talks. */
#include "notes/when.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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

/* The year alone, where none is known yet or only a folder says one: that may be when the notes
 * were filed. */
static void adopt_year(note_reading *reading, const event_found *from, uint32_t line)
{
    bool by_path =
        reading->event.year && span_equal(span_of(reading->event.year_rule), SPAN("path"));
    if ((reading->event.year && !by_path) || !from->year)
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

/* The date in the front matter is that of the talk, or of the event of several, when speaker or
 * event stand beside it; of a blog post it is only when it was written. */
static bool front_is_about_talk(const note_reading *reading)
{
    for (size_t i = 0; i < reading->front.count; i++) {
        const front_entry *entry = &reading->front.items[i];
        uint32_t sense = lookup(reading->tables->labels, entry->key, reading->memory);
        if (is_event_key(reading, entry->key) || (sense & LABEL_SPEAKER && entry->text.length))
            return true;
    }
    return false;
}

static bool front_date(note_reading *reading, date_interval *when, uint32_t *line_out)
{
    for (size_t i = 0; i < reading->front.count; i++) {
        const front_entry *entry = &reading->front.items[i];
        *line_out = entry->line;
        if (lookup(reading->tables->labels, entry->key, reading->memory) & LABEL_DATE)
            return front_is_about_talk(reading) && when_date_in(reading, entry->text, when);
    }
    return false;
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

/* `year: 2023`, `date: 2023`, beside an event. */
static void year_from_front(note_reading *reading)
{
    for (size_t i = 0; i < reading->front.count; i++) {
        const front_entry *entry = &reading->front.items[i];
        uint32_t sense = lookup(reading->tables->labels, entry->key, reading->memory);
        event_found found = {
            .year = year_find(entry->text), .year_rule = "front-matter", .year_confidence = 0.95f};
        if (sense & (LABEL_YEAR | LABEL_DATE) && front_is_about_talk(reading))
            adopt_year(reading, &found, entry->line);
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

/* A date in a longer text is no date of the talk. */
enum { DATE_BYTES_MAX = 300 };

/* The days of one event lie this close together. */
enum { EVENT_DAYS = 4 };

/* Dates are compared with those of the files in the same folder. */
static span day_key(const note_reading *reading, long day)
{
    span folder = path_folder(reading->source->path);
    return arena_printf(reading->memory, "day:%.*s/%.*s:%ld", SPAN_ARG(reading->source->root_name),
                        SPAN_ARG(folder), day);
}

static void tell_day(note_reading *reading, date_point day)
{
    if (day.year && day.month && day.day)
        tell(reading, day_key(reading, date_days(day)));
}

static bool is_near(date_point a, date_point b)
{
    return b.year && b.month && b.day && labs(date_days(a) - date_days(b)) <= EVENT_DAYS;
}

/* How many other headings of this note have a date within days of this one. */
static uint32_t near_headings(note_reading *reading, date_point day, const date_find *itself)
{
    uint32_t count = 0;
    for (size_t i = 0; i < reading->text.count; i++) {
        const block *b = &reading->text.items[i];
        size_t position = 0;
        date_find other;
        if (b->kind != BLOCK_HEADING || b->text.length > DATE_BYTES_MAX ||
            !date_next(reading->tables->calendar, b->text, &position, &other) ||
            memcmp(&other.when, &itself->when, sizeof other.when) == 0)
            continue;
        bool open = other.order != ORDER_CERTAIN;
        count +=
            is_near(day, other.when.first) || (open && is_near(day, date_swap(other.when).first));
    }
    return count;
}

/* How many dates of this event speak for reading it as this day. */
static uint32_t near_days(note_reading *reading, date_point day, const date_find *found)
{
    uint32_t count = near_headings(reading, day, found);
    for (long i = date_days(day) - EVENT_DAYS; i <= date_days(day) + EVENT_DAYS; i++) {
        span key = day_key(reading, i);
        ask(reading, key);
        count += facts_count(reading->known, key);
    }
    return count;
}

/* Which order dates in digits have elsewhere: < 0 the day first, > 0 the month. */
static int other_order(note_reading *reading, const date_find *found)
{
    span month_first =
        found->dots ? SPAN("date-order:month.first") : SPAN("date-order:month-first");
    span day_first = found->dots ? SPAN("date-order:day.first") : SPAN("date-order:day-first");
    ask(reading, month_first);
    ask(reading, day_first);
    uint32_t month = facts_count(reading->known, month_first);
    uint32_t day = facts_count(reading->known, day_first);
    return (month > day) - (day > month);
}

static void tell_order(note_reading *reading, const date_find *found)
{
    if (found->digits == DIGITS_MONTH_FIRST)
        tell(reading,
             found->dots ? SPAN("date-order:month.first") : SPAN("date-order:month-first"));
    if (found->digits == DIGITS_DAY_FIRST) {
        tell(reading, SPAN("date-order:day-first"));
        if (found->dots)
            tell(reading, SPAN("date-order:day.first"));
    }
}

/* Reads a date of digits that may be either by the other dates of the event, in this note and in
 * those beside it, then by how dates are written elsewhere; 0 month and day when all is open. */
static date_interval settle(note_reading *reading, const date_find *found)
{
    tell_order(reading, found);
    tell_day(reading, found->when.first);
    if (found->order == ORDER_CERTAIN)
        return found->when;
    date_interval swapped = date_swap(found->when);
    tell_day(reading, swapped.first);
    uint32_t as_read = near_days(reading, found->when.first, found);
    uint32_t otherwise = near_days(reading, swapped.first, found);
    if (as_read != otherwise)
        return as_read > otherwise ? found->when : swapped;
    int order = other_order(reading, found);
    if (found->order == ORDER_LIKELY)
        return order > 0 ? swapped : found->when;
    date_point year = {found->when.first.year, 0, 0};
    return order > 0 ? found->when : order < 0 ? swapped : (date_interval){year, year};
}

bool when_date_in(note_reading *reading, span text, date_interval *out)
{
    size_t position = 0;
    date_find found;
    if (text.length > DATE_BYTES_MAX ||
        !date_next(reading->tables->calendar, text, &position, &found))
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
    if (front_date(reading, &reading->date, &reading->date_line))
        reading->date_rule = "front-matter";
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
    year_from_front(reading);
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

static bool same_day(date_point a, date_point b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* The day of the event that the heading means by number or name ("Day 2", "Saturday"). */
static bool date_of_day(note_reading *reading, span heading, date_interval *out)
{
    enum { LONGEST_EVENT = 14 };
    const date_interval *event = &reading->date;
    int number = day_number(reading, heading);
    int weekday = number ? -1 : weekday_find(reading->tables->calendar, heading);
    if (!event->first.day || !event->first.year || (!number && weekday < 0))
        return false;
    date_point day = event->first;
    for (int i = 1; i <= LONGEST_EVENT; i++, day = date_next_day(day)) {
        if (i == number || date_weekday(day) == weekday) {
            *out = (date_interval){day, day};
            return true;
        }
        if (same_day(day, event->last))
            return false;
    }
    return false;
}

static bool names_day(note_reading *reading, const talk_place *place)
{
    for (size_t i = 0; i < place->container_count; i++) {
        span heading = reading->text.items[place->containers[i]].text;
        if (day_number(reading, heading) || weekday_find(reading->tables->calendar, heading) >= 0)
            return true;
    }
    return false;
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

/* Whether the words before a date are only a day of the week. */
static bool leads_to_date(const note_reading *reading, span text)
{
    size_t position = 0, words = 0;
    span word;
    while (word_next(text, &position, &word))
        words++;
    return !words || (words == 1 && weekday_find(reading->tables->calendar, text) >= 0);
}

/* Without the marks that part a date from what follows. */
static span behind_marks(span text)
{
    static const char *const marks[] = {
        " ", ",", ";", ":", "|", "-", "/", ")", ".", "\xC2\xB7", "\xE2\x80\x93", "\xE2\x80\x94"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (span_starts_with(text, span_of(marks[i]))) {
            text = span_from(text, span_of(marks[i]).length);
            i = (size_t)-1;
        }
    }
    return text;
}

span when_behind_date(note_reading *reading, span line, date_interval *when_out)
{
    enum { LINE_MAX_BYTES = 100, WORDS_MAX = 6 };
    size_t position = 0;
    date_find found;
    if (line.length > LINE_MAX_BYTES ||
        !date_next(reading->tables->calendar, line, &position, &found) ||
        !leads_to_date(reading, span_slice(line, 0, found.begin)))
        return line;
    span rest = span_trim(span_from(line, found.end)), names = behind_marks(rest);
    names = behind_marks(span_from(names, time_length(names)));
    bool parted = !rest.length || names.at != rest.at;
    if (!parted || word_count(names) > WORDS_MAX)
        return line;
    *when_out = settle(reading, &found);
    return names;
}

span when_block_text(note_reading *reading, const block *of)
{
    if (!of->number || of->number > 31)
        return of->text;
    date_find found;
    size_t position = 0;
    span whole = arena_printf(reading->memory, "%u. %.*s", of->number,
                              SPAN_ARG(span_slice(of->text, 0, DATE_BYTES_MAX)));
    bool date = date_next(reading->tables->calendar, whole, &position, &found) && !found.begin;
    return date && of->text.length <= DATE_BYTES_MAX ? whole : of->text;
}

/* A line of its own near the talk's begin: "Sunday, February 4", "2024-02-04, Grace Hopper". */
static bool talk_line_date(note_reading *reading, const talk_place *place, date_interval *when,
                           uint32_t *line_out)
{
    enum { BLOCKS = 2, LINES = 4 };
    size_t from = place->heading == NO_BLOCK ? place->first : (size_t)place->heading + 1;
    for (size_t i = from; i < place->end && i < from + BLOCKS; i++) {
        const block *b = &reading->text.items[i];
        span text = when_block_text(reading, b);
        if (b->kind == BLOCK_CODE || b->kind == BLOCK_ROW || b->quotes)
            continue;
        for (uint32_t line = b->line; text.length && line < b->line + LINES; line++) {
            span one = span_trim(span_cut_line(&text));
            *line_out = line;
            if (when_behind_date(reading, one, when).length != one.length && when->first.month)
                return true;
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
        if (when_date_in(reading, b->text, when) || date_of_day(reading, b->text, when))
            return true;
    }
    return false;
}

static void find_date(note_reading *reading, const talk_place *place, talk *to)
{
    date_interval when;
    uint32_t line = to->line;
    const char *rule = "label";
    bool found = reading->places.count == 1 && front_date(reading, &when, &line);
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
        rule = "date-line";
        found = talk_line_date(reading, place, &when, &line);
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
               (!reading->places.collection ||
                (is_one_day(reading->date) && !names_day(reading, place)))) {
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
