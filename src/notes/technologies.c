/* technologies.c - which technologies a talk names, main ones first. */
#include <stdlib.h>

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

static void find(const note_reading *reading, span text, technology_place where, uint32_t line,
                 technology_hits *hits, text_lines *lines)
{
    if (!text.length)
        return;
    technology_find(reading->tables->technologies, text, where, hits);
    ARRAY_ADD(lines->lines, lines->count, lines->capacity, line);
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
    find(reading, to->title.text, TECHNOLOGY_TITLE, to->line, &hits, &lines);
    for (size_t i = place->first; i < place->end; i++) {
        const block *b = &reading->text.items[i];
        if (b->kind == BLOCK_CODE)
            find(reading, b->info, TECHNOLOGY_CODE, b->line, &hits, &lines);
        else if ((int)i != place->heading || place->origin != ORIGIN_HEADING)
            find(reading, b->text, place_of(b), b->line, &hits, &lines);
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
