/* technologies.c - which technologies a talk names, main ones first. */
#include <stdlib.h>
#include <string.h>

#include "analysis/technology.h"
#include "notes/reading.h"
#include "notes/tables.h"

/* More than anybody gives; keeps the search for repetitions short. */
enum { FRONT_MAX = 200 };

static technology_place place_of(const block *b)
{
    return b->kind == BLOCK_HEADING ? TECHNOLOGY_HEADING : TECHNOLOGY_BODY;
}

/* The line of the note that the hit's text begins on, found by the number of the text. */
typedef struct {
    uint32_t *lines;
    size_t count, capacity;
} text_lines;

/* The block's text with the marks of its `code`, which tell a package from a word. */
static span text_with_code(const block *b, arena *memory)
{
    if (!b->code_count)
        return b->text;
    buffer marked = {0};
    size_t at = 0;
    for (size_t i = 0; i < b->code_count; i++) {
        buffer_add(&marked, span_slice(b->text, at, b->code[i].begin - at));
        buffer_add_byte(&marked, '`');
        at = b->code[i].begin;
        buffer_add(&marked, span_slice(b->text, at, b->code[i].end - at));
        buffer_add_byte(&marked, '`');
        at = b->code[i].end;
    }
    buffer_add(&marked, span_from(b->text, at));
    span text = arena_copy(memory, buffer_span(&marked));
    buffer_free(&marked);
    return text;
}

static bool is_word_at(span text, size_t at, size_t length)
{
    return (at == 0 || !byte_is_alnum(text.at[at - 1])) &&
           (at + length == text.length || !byte_is_alnum(text.at[at + length]));
}

typedef struct {
    span text;
    bool own; /* a copy that may be changed */
} searched;

/* Overwrites a name where it stands in the text: Ruby Jones of Slack is neither Ruby nor Slack. */
static void remove_name(searched *from, span name, bool everywhere, arena *memory)
{
    for (size_t at = 0, next; name.length; at += name.length) {
        next = span_find(span_from(from->text, at), name);
        if (next == SPAN_NOT_FOUND)
            break;
        at += next;
        if (!is_word_at(from->text, at, name.length))
            continue;
        if (!from->own)
            *from = (searched){arena_copy(memory, from->text), true};
        memset((char *)from->text.at + at, ';', name.length);
        if (!everywhere)
            break;
    }
}

/* Without the full names of the talk's speakers, and their companies in the line that names them.
 */
static span without_people(span text, const talk *of, uint32_t line, arena *memory)
{
    searched rest = {text, false};
    for (size_t i = 0; i < of->speakers.count; i++) {
        const value *speaker = &of->speakers.items[i];
        span name = speaker->as.length ? speaker->as : speaker->text;
        if (speaker->line == line || span_find_byte(name, ' ') != SPAN_NOT_FOUND)
            remove_name(&rest, name, true, memory);
    }
    for (size_t i = 0; i < of->orgs.count; i++)
        if (of->orgs.items[i].line == line)
            remove_name(&rest, of->orgs.items[i].text, false, memory);
    return rest.text;
}

static void find(const note_reading *reading, span text, technology_place where, uint32_t line,
                 technology_hits *hits, text_lines *lines)
{
    if (!text.length)
        return;
    technology_find(reading->tables->technologies, text, where, hits);
    ARRAY_ADD(lines->lines, lines->count, lines->capacity, line);
}

static span text_to_search(const note_reading *reading, const block *b, const talk *of)
{
    return without_people(text_with_code(b, reading->memory), of, b->line, reading->memory);
}

/* `tech: Kafka, RabbitMQ`: what the person says, whether the table knows it or not. */
static void from_front_matter(note_reading *reading, talk *to)
{
    static const char *const names[] = {"tech", "techs", "technology", "technologies"};
    const technology_table *known = reading->tables->technologies;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const front_entry *entry = front_matter_find(&reading->front, span_of(names[k]));
        for (size_t i = 0; entry && i < entry->item_count && i < FRONT_MAX; i++) {
            span written = entry->items[i];
            uint32_t id = technology_canonical(known, written);
            value said = {.text = id == TECHNOLOGY_NONE ? written : technology_name(known, id),
                          .as = written,
                          .rule = "front-matter",
                          .confidence = 0.99f,
                          .line = entry->line};
            values_add_once(&to->techs, reading->memory, said);
        }
    }
}

void technologies_find(note_reading *reading, const talk_place *place, talk *to)
{
    technology_hits hits = {0};
    technology_list found = {0};
    text_lines lines = {0};
    span title = without_people(to->title.text, to, to->line, reading->memory);
    find(reading, title, TECHNOLOGY_TITLE, to->line, &hits, &lines);
    for (size_t i = place->first; i < place->end; i++) {
        const block *b = &reading->text.items[i];
        if (b->kind == BLOCK_CODE)
            find(reading, b->info, TECHNOLOGY_CODE, b->line, &hits, &lines);
        else if ((int)i != place->heading || place->origin != ORIGIN_HEADING)
            find(reading, text_to_search(reading, b, to), place_of(b), b->line, &hits, &lines);
    }
    technology_decide(reading->tables->technologies, &hits, &found);
    from_front_matter(reading, to);
    for (size_t i = 0; hits.items && i < found.count; i++) {
        const technology_found *one = &found.items[i];
        const technology_hit *hit = &hits.items[one->first];
        value tech = {.text = technology_name(reading->tables->technologies, one->technology),
                      .as = arena_copy(reading->memory, hit->written),
                      .rule = one->main ? "technology-main" : "technology",
                      .confidence = one->main                       ? 0.95f
                                    : hit->proof == TECHNOLOGY_SURE ? 0.9f
                                                                    : 0.75f,
                      .line = hit->text < lines.count ? lines.lines[hit->text] : to->line};
        values_add_once(&to->techs, reading->memory, tech);
    }
    free(lines.lines);
    free(found.items);
    technology_hits_free(&hits);
}
