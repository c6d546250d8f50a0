/* note.c - from the bytes of one file to its talks. */
#include "notes/note.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "base/file.h"
#include "notes/dates.h"
#include "notes/encoding.h"
#include "notes/event_words.h"
#include "notes/label.h"
#include "notes/large.h"
#include "notes/lookup.h"
#include "notes/markdown.h"
#include "notes/reading.h"
#include "notes/tables.h"

void tell(note_reading *reading, span key)
{
    keys_add(&reading->out->tells, reading->memory, key);
}

void ask(note_reading *reading, span key)
{
    keys_add(&reading->out->asks, reading->memory, key);
}

static int compare_keys(const void *a, const void *b)
{
    return span_compare(*(const span *)a, *(const span *)b);
}

static void keys_sort(keys *what)
{
    size_t kept = 0;
    if (what->count)
        qsort(what->items, what->count, sizeof *what->items, compare_keys);
    for (size_t i = 0; i < what->count; i++) {
        if (!kept || !span_equal(what->items[i], what->items[kept - 1]))
            what->items[kept++] = what->items[i];
    }
    what->count = kept;
}

span title_from_path(note_reading *reading)
{
    span name = path_name(reading->source->path), ending = path_ending(reading->source->path);
    size_t position = 0;
    date_find date;
    name.length -= ending.length ? ending.length + 1 : 0;
    span words = slug_words(name, reading->memory);
    if (date_next(reading->tables->calendar, name, &position, &date) && !date.begin)
        words = span_trim(span_from(words, date.end));
    words = span_trim(span_from(words, time_length(words)));
    if (words.length > 3 && words.at[0] == '0' && byte_is_digit(words.at[1]) && words.at[2] == ' ')
        words = span_trim(span_from(words, 3));
    return words;
}

/* "loop-better-trey-hunner": the speaker is no part of the title. */
static void cut_speaker_off(note_reading *reading, talk *to)
{
    if (!to->speakers.count || to->speakers.items[0].line ||
        !span_equal(span_of(to->title.rule), SPAN("file-name")))
        return;
    span title = text_key(to->title.text, reading->memory);
    span name = text_key(to->speakers.items[0].text, reading->memory);
    if (span_ends_with(title, name) && to->title.text.length >= name.length)
        to->title.text =
            span_trim(span_slice(to->title.text, 0, to->title.text.length - name.length));
}

/* "... extensions. SciPy 2024": the event behind the title is no part of it. */
static span without_event(note_reading *reading, span title)
{
    span cite = event_cite(&reading->event, reading->memory);
    if (!cite.length || title.length < cite.length + 4)
        return title;
    span end = span_from(title, title.length - cite.length),
         rest = span_trim(span_slice(title, 0, title.length - cite.length));
    char mark = rest.at[rest.length - 1];
    bool parted =
        mark == '.' || mark == '-' || mark == '|' || mark == '@' || mark == ',' || mark == '(';
    if (!span_equal_nocase(end, cite) || !parted)
        return title;
    return span_trim(span_slice(rest, 0, rest.length - 1));
}

/* "Title: ..." among the first lines of a talk that has no heading. */
static bool title_label(note_reading *reading, const talk_place *place, value *title_out)
{
    if (place->origin != ORIGIN_FILE && place->origin != ORIGIN_LABEL)
        return false;
    for (size_t i = place->first; i < place->end && i < place->first + 4; i++) {
        span text = reading->text.items[i].text, title;
        for (uint32_t line = reading->text.items[i].line; text.length; line++) {
            uint32_t sense =
                label_read(reading->tables, span_cut_line(&text), reading->memory, &title);
            if (sense & LABEL_TITLE && title.length) {
                *title_out =
                    (value){.text = title, .rule = "label", .confidence = 0.97f, .line = line};
                return true;
            }
        }
    }
    return false;
}

/* What a template left: "${Talk Name}", "{{title}}". */
static bool is_placeholder(span title)
{
    return span_find(title, SPAN("${")) != SPAN_NOT_FOUND || span_starts_with(title, SPAN("{{")) ||
           span_equal_nocase(title, SPAN("untitled")) || span_equal_nocase(title, SPAN("title"));
}

static void set_title(note_reading *reading, const talk_place *place, talk *to)
{
    bool single = reading->places.count == 1 && !reading->places.collection;
    const front_entry *front = single ? front_matter_find(&reading->front, SPAN("title")) : NULL;
    if (front && front->text.length) {
        heading_parts parts;
        heading_read(reading->tables, reading->known, front->text, reading->memory, 0, NULL,
                     &parts);
        bool whole = !parts.rule || front_matter_find(&reading->front, SPAN("speakers")) ||
                     front_matter_find(&reading->front, SPAN("speaker"));
        to->title = (value){.text = whole ? front->text : parts.title,
                            .rule = "front-matter",
                            .confidence = 0.99f,
                            .line = front->line};
        to->line = 1;
    } else if (title_label(reading, place, &to->title)) {
        /* "Title: ..." says it */
    } else if (place->origin == ORIGIN_FILE) {
        to->title =
            (value){.text = title_from_path(reading), .rule = "file-name", .confidence = 0.6f};
    } else {
        to->title = (value){
            .text = place->parts.title, .rule = "heading", .confidence = 0.95f, .line = to->line};
    }
    if (is_placeholder(to->title.text))
        to->title.text = SPAN_NONE;
    if (single && place->origin == ORIGIN_HEADING && !to->title.text.length)
        to->title =
            (value){.text = title_from_path(reading), .rule = "file-name", .confidence = 0.6f};
    to->title.text = without_event(reading, to->title.text);
}

/* A heading that is nothing but the speaker is no title. */
static void drop_title_of_name(note_reading *reading, talk *to)
{
    span title = text_key(to->title.text, reading->memory);
    for (size_t i = 0; i < to->speakers.count && title.length; i++) {
        if (span_equal(text_key(to->speakers.items[i].text, reading->memory), title))
            to->title.text = SPAN_NONE;
    }
}

static void values_drop_line(values *from, uint32_t line)
{
    size_t kept = 0;
    for (size_t i = 0; i < from->count; i++)
        if (from->items[i].line != line)
            from->items[kept++] = from->items[i];
    from->count = kept;
}

/* "Devoxx Belgium, Antwerp, October 2019": two words with capitals that are the event of that line,
 * nobody's name. */
static void drop_event_of_speakers(note_reading *reading, talk *to)
{
    span event = text_key(to->event.text, reading->memory);
    size_t kept = 0;
    for (size_t i = 0; i < to->speakers.count; i++) {
        const value *speaker = &to->speakers.items[i];
        bool cited = to->event.line && speaker->line == to->event.line && to->year.text.length &&
                     span_find(event, text_key(speaker->text, reading->memory)) != SPAN_NOT_FOUND;
        if (!cited)
            to->speakers.items[kept++] = *speaker;
    }
    if (kept < to->speakers.count)
        values_drop_line(&to->orgs, to->event.line); /* Antwerp is nobody's company */
    to->speakers.count = kept;
}

static void read_talk(note_reading *reading, const talk_place *place)
{
    if (!reading->text.items)
        return;
    const block *first = &reading->text.items[place->first];
    const block *heading = place->heading == NO_BLOCK ? NULL : &reading->text.items[place->heading];
    talk new = {.line = heading ? heading->line : 1,
                .end_line = reading->text.items[place->end - 1].end_line};
    if (place->origin == ORIGIN_PARAGRAPH ||
        (place->origin == ORIGIN_FILE && !reading->front.lines))
        new.line = first->line;
    new.language = reading->language;
    set_title(reading, place, &new);
    speakers_find(reading, place, &new);
    cut_speaker_off(reading, &new);
    drop_title_of_name(reading, &new);
    orgs_find(reading, place, &new);
    when_find(reading, place, &new);
    drop_event_of_speakers(reading, &new);
    details_find(reading, place, &new);
    technologies_find(reading, place, &new);
    ARENA_ADD(reading->memory, reading->out->talks.items, reading->out->talks.count,
              reading->out->talks.capacity, new);
}

/* What belongs to no talk becomes one record of its own. */
static void read_rest(note_reading *reading)
{
    talk rest = {.kind = KIND_NOTE};
    talk_text text = {0};
    size_t next = 0;
    for (size_t i = 0; i <= reading->places.count; i++) {
        size_t end =
            i < reading->places.count ? reading->places.items[i].first : reading->text.count;
        if (reading->text.items && end > next) {
            rest.line = rest.line ? rest.line : reading->text.items[next].line;
            rest.end_line = reading->text.items[end - 1].end_line;
            body_add(reading, next, end, NO_BLOCK, &text, &rest);
        }
        if (i < reading->places.count)
            next = reading->places.items[i].end;
    }
    text_finish(reading, &text, &rest);
    if (!rest.body.length && !rest.code.length && reading->places.count)
        return;
    rest.line = rest.line ? rest.line : 1;
    rest.end_line = rest.end_line ? rest.end_line : rest.line;
    talk_place everything = {.first = 0, .end = 0, .heading = NO_BLOCK};
    rest.language = reading->language;
    when_find(reading, &everything, &rest);
    ARENA_ADD(reading->memory, reading->out->talks.items, reading->out->talks.count,
              reading->out->talks.capacity, rest);
}

static bool front_has(const note_reading *reading, uint32_t senses)
{
    for (size_t i = 0; i < reading->front.count; i++) {
        span key = reading->front.items[i].key;
        if (lookup(reading->tables->labels, span_cut(&key, '.'), reading->memory) & senses)
            return true;
    }
    return false;
}

static void find_layout(note_reading *reading)
{
    const front_entry *title = front_matter_find(&reading->front, SPAN("title"));
    layout_input in = {.tables = reading->tables,
                       .known = reading->known,
                       .source = reading->source,
                       .text = &reading->text,
                       .front_title = title ? title->text : SPAN_NONE,
                       .front_speaker = front_has(reading, LABEL_SPEAKER),
                       .memory = reading->memory,
                       .asks = &reading->out->asks,
                       .tells = &reading->out->tells};
    layout_find(&in, &reading->places);
}

static void read_once(note_reading *reading)
{
    reading->out->talks = (talks){0};
    find_layout(reading);
    when_read_file(reading);
    for (size_t i = 0; i < reading->places.count; i++)
        read_talk(reading, &reading->places.items[i]);
    read_rest(reading);
    if (is_index_file(reading->tables, reading->source->path, reading->memory))
        index_tell(reading);
}

static bool any_answered(const keys *asks, const facts *known)
{
    for (size_t i = 0; i < asks->count; i++) {
        if (facts_count(known, asks->items[i]))
            return true;
    }
    return false;
}

/* A `.txt` that is no prose: a list of packages, a log. */
static const char *why_skipped(span path, encoding read_as, span text)
{
    bool txt = span_equal_nocase(path_ending(path), SPAN("txt"));
    if (read_as == ENCODING_BINARY)
        return "binary";
    return txt && !text_is_prose(text) ? "reads like data, not like notes" : NULL;
}

const char *note_why_skipped(span path, span bytes, arena *memory)
{
    span text;
    encoding read_as = text_decode(bytes, memory, &text);
    return why_skipped(path, read_as, text);
}

const char *note_why_no_talks(size_t bytes)
{
    static const char why[] = "is too large to look for talks in it: searched as plain text";
    return bytes > NOTE_STRUCTURE_MAX ? why : NULL;
}

/* First without any fact, because what a note tells may not depend on what others tell; then, if a
 * question has an answer, with the facts. */
static void read_structure(note_reading *reading, span text, const facts *known)
{
    note *out = reading->out;
    markdown_read(text, reading->front.lines + 1, reading->memory, &reading->text);
    read_once(reading);
    if (known && any_answered(&out->asks, known)) {
        keys tells = out->tells;
        *reading = (note_reading){.source = reading->source,
                                  .known = known,
                                  .tables = reading->tables,
                                  .memory = reading->memory,
                                  .language = reading->language,
                                  .front = reading->front,
                                  .text = reading->text,
                                  .out = out};
        out->tells = (keys){0};
        read_once(reading);
        out->tells = tells;
    }
}

static void read_large(note_reading *reading, span text, const facts *known)
{
    reading->known = known;
    large_read(reading, text);
    reading->out->tells = (keys){0}; /* which may depend on answers now */
}

static void read_text(const note_source *source, span text, const facts *known,
                      const reader_tables *tables, arena *memory, note *note_out)
{
    note_reading reading = {.source = source, .tables = tables, .memory = memory, .out = note_out};
    size_t front = front_matter_read(text, memory, &reading.front);
    const char *large = note_why_no_talks(source->bytes.length);
    note_out->warning = large ? large : reading.front.warning;
    note_out->warning_line = large ? 0 : reading.front.warning_line;
    text = span_from(text, front);
    reading.language = analysis_detect_language(text, SPAN("en"));
    (large ? read_large : read_structure)(&reading, text, known);
    keys_sort(&note_out->tells);
    keys_sort(&note_out->asks);
}

void note_read(const note_source *source, const facts *known, const reader_tables *tables,
               arena *memory, note *note_out)
{
    span text;
    arena *decoded = arena_new();
    encoding read_as = text_decode(source->bytes, decoded, &text);
    *note_out = (note){.encoding = encoding_name(read_as),
                       .skipped = why_skipped(source->path, read_as, text)};
    if (!note_out->skipped)
        read_text(source, text, known, tables, memory, note_out);
    arena_free(decoded);
}
