/*
 * talk.h - the record that everything behind extraction uses: one talk of one note.
 *
 * A talk is the unit of search. A note holds none, one or many; what stands in a note outside of
 * any talk is one more record of kind KIND_NOTE. All memory belongs to the arena that the talks
 * were made in.
 *
 * Every extracted value keeps where it comes from: the rule's name, how sure it is and the line, so
 * that a person can see why (`lectern talks --why`).
 */
#ifndef LECTERN_NOTES_TALK_H
#define LECTERN_NOTES_TALK_H

#include <stdint.h>

#include "base/memory.h"
#include "base/span.h"

typedef enum {
    KIND_NOTE, /* text that belongs to no talk */
    KIND_TALK,
    KIND_KEYNOTE,
    KIND_LIGHTNING,
    KIND_PANEL,
    KIND_WORKSHOP,
    KIND_COUNT
} talk_kind;
/* "note", "talk", "keynote", "lightning", "panel", "workshop" */
const char *talk_kind_name(talk_kind kind);
bool talk_kind_parse(span name, talk_kind *kind_out);

typedef struct {
    span text;        /* the value as it is shown and compared: a person's or technology's name */
    span as;          /* as it is written in the note, where that differs; else empty */
    const char *rule; /* a static name such as "label" or "front-matter" */
    float confidence; /* 0 to 1: the share of such finds that are right */
    uint32_t line;    /* where in the file; 0: from the path */
} value;

typedef struct {
    value *items;
    size_t count, capacity;
} values;
void values_add(values *to, arena *memory, value what);

/* A day, month or year as written; 0 = not said. A range has an end. ISO form: 2025, 2025-04,
 * 2025-04-01, 2025-04-01/2025-04-03. */
typedef struct {
    int16_t year;
    uint8_t month, day;
} date_point;
typedef struct {
    date_point first, last; /* equal for a single day, month or year; year 0 = unknown */
} date_interval;
span date_format(date_interval date, arena *memory);

/* Text with the line each piece begins on (its further lines follow): what is searched, shown and
 * cut into snippets. */
typedef struct {
    uint32_t offset, line;
} line_mark;

typedef struct {
    span name, text;
} property;

typedef struct {
    talk_kind kind;
    uint32_t line, end_line; /* the heading's line (or 1); the last line of the talk */
    value title;             /* empty text: none */
    values speakers, orgs, techs;
    values handles; /* text = "@grace", as = the speaker who has it */
    value event;    /* as one would cite it, with its year: "KubeCon London 2025" */
    value series;   /* the event without place and year: "KubeCon" */
    value year;     /* as text, with provenance; date has the number */
    value date;     /* ISO form as text, with provenance */
    date_interval interval;
    values links; /* text = URL, as = what it was called (slides, video, schedule, ...) */
    values tags;
    values headings;      /* section headings inside the talk, in order */
    span language;        /* ISO 639-1 of the text: "en", "de"; empty: unknown */
    property *properties; /* every front-matter key with a plain or list value, in file order */
    size_t property_count;
    span body;        /* prose, items and headings of the talk in order, blocks parted by '\n' */
    line_mark *marks; /* ascending offsets into body, the first is 0 */
    size_t mark_count;
    span code; /* code blocks, parted by '\n' */
} talk;

typedef struct {
    talk *items;
    size_t count, capacity;
} talks;

/* The line of the file that body[offset] stands on. */
uint32_t talk_line_at(const talk *of, size_t offset);

#endif
