/*
 * event.h - which event is it, as one would cite it: "KubeCon London 2025"; series and year apart.
 *
 * Evidence, best first: front matter and labels, a heading that names a known series or holds a
 * year, the path below the root with the root's own name (innermost first). A folder of words that
 * are in no table counts when a year stands in it or right above it.
 */
#ifndef LECTERN_NOTES_EVENT_H
#define LECTERN_NOTES_EVENT_H

#include "base/memory.h"
#include "notes/note.h"

typedef struct {
    span name;   /* without the year; empty: unknown */
    span series; /* without the place */
    span as;     /* the series as it is written there, where that is otherwise; else empty */
    int year;    /* 0: unknown */
    span place;
    const char *rule; /* "front-matter", "label", "heading", "path", "text"; NULL: none */
    float confidence;
    const char *year_rule;
    float year_confidence;
    uint32_t line, year_line; /* 0: from the path */
} event_found;

/* What the path says: root name, folders, the file's name without its ending. */
void event_from_path(const reader_tables *tables, span root_name, span path, arena *memory,
                     event_found *out);
/* What a piece of text that may cite an event says (a heading, a label's value): true when it names
 * a known series, or when `is_citation` (it stands where an event is named) and it holds words. */
bool event_from_text(const reader_tables *tables, span text, bool is_citation, arena *memory,
                     event_found *out);
/* "KubeCon London" and 2025 as one cites them together. */
span event_cite(const event_found *of, arena *memory);
/* What is left of a file's or folder's name without event, year, date, place and noise words; empty
 * when it names no topic ("day2", "KubeCon-2017"): such a file holds a collection of talks. */
span path_topic(const reader_tables *tables, span name, arena *memory);

#endif
