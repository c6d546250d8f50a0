/*
 * reading.h - what the rules of this room know while one note is read, and what each adds to a
 * talk.
 */
#ifndef LECTERN_NOTES_READING_H
#define LECTERN_NOTES_READING_H

#include "base/buffer.h"
#include "notes/blocks.h"
#include "notes/event.h"
#include "notes/front_matter.h"
#include "notes/layout.h"
#include "notes/note.h"

typedef struct {
    const note_source *source;
    const facts *known;
    const reader_tables *tables;
    arena *memory;
    front_matter front;
    blocks text;
    layout places;
    event_found event;  /* of the whole file */
    span language;      /* ISO 639-1 of the file's text */
    date_interval date; /* of the whole file, by label or heading; year 0 and month 0: unknown */
    uint32_t date_line;
    const char *date_rule;
    note *out;
} note_reading;

/* speakers.c: who gave the talk, and their companies. */
void speakers_find(note_reading *reading, const talk_place *place, talk *to);
/* speakers.c: the names that an index of talks gives are told to the other notes. */
void index_tell(note_reading *reading);
/* prose.c: who the running text says gave it; only asked when no other pattern found anybody. */
void prose_find(note_reading *reading, const talk_place *place, talk *to);
/* orgs.c: companies that title and text name. */
void orgs_find(note_reading *reading, const talk_place *place, talk *to);
bool org_is_plausible(note_reading *reading, span org);
/* when.c: event, date and year of the file and of a talk. */
void when_read_file(note_reading *reading);
void when_find(note_reading *reading, const talk_place *place, talk *to);
/* details.c: kind, links, tags and properties, headings, body and code. */
void details_find(note_reading *reading, const talk_place *place, talk *to);
/* details.c: what the front matter gives: properties, tags, language. */
void properties_find(note_reading *reading, talk *to);
/* note.c: a title for a file without heading: its name in words, without the date, time or number
 * ("01-") that it is sorted by. */
span title_from_path(note_reading *reading);
/* The text of a talk while it is put together. Start with {0}. */
typedef struct {
    buffer body, code;
    size_t mark_capacity;
} talk_text;
/* Adds the blocks first..end to body, code and section headings; `skip` (or NO_BLOCK) is left
 * out. */
void body_add(note_reading *reading, size_t first, size_t end, int skip, talk_text *text_of,
              talk *to);
void text_finish(note_reading *reading, talk_text *text, talk *to);
/* technologies.c */
void technologies_find(note_reading *reading, const talk_place *place, talk *to);

/* A speaker, spelled as the person's own people.tsv has it. */
value speaker_value(const note_reading *reading, span name, const char *rule, float confidence,
                    uint32_t line);
/* Adds a speaker or org if the list has no equal one (folded) yet; the better confidence stays. */
void values_add_once(values *to, arena *memory, value what);
void tell(note_reading *reading, span key);
void ask(note_reading *reading, span key);

#endif
