/*
 * layout.h - where do talks begin? Decided per file from its headings, bold lines, rows, items and
 * its name, with what the neighbours in the folder tell.
 *
 * Headings form a tree. Each is a talk, a container of talks (a day, a track, "Lightning talks"), a
 * section of the talk above it, or idle ("Lunch"). Signs of a talk are a label line, names in the
 * heading or under it, a number ("Talk 3:"), a kind ("Keynote:"), a time. A file that shows no sign
 * is one talk, unless its name says that it is an index or names no topic.
 */
#ifndef LECTERN_NOTES_LAYOUT_H
#define LECTERN_NOTES_LAYOUT_H

#include "notes/blocks.h"
#include "notes/heading.h"
#include "notes/note.h"

typedef enum {
    ORIGIN_FILE,      /* the whole file, no heading */
    ORIGIN_HEADING,   /* a heading, bare line or bold line */
    ORIGIN_LABEL,     /* a block of label lines, "Title: ..." among them */
    ORIGIN_PARAGRAPH, /* a paragraph of a report; it has no heading */
    ORIGIN_ITEM,      /* a list item */
    ORIGIN_ROW        /* a row of a table */
} talk_origin;

enum { NO_BLOCK = -1, CONTAINERS_MAX = 6 };

typedef struct {
    talk_origin origin;
    int heading;                    /* its block or NO_BLOCK */
    size_t first, end;              /* the blocks of the talk, heading included */
    heading_parts parts;            /* of the heading, item or file title */
    int containers[CONTAINERS_MAX]; /* blocks of the headings above it, innermost first */
    size_t container_count;
    uint32_t kinds;    /* of the containers */
    bool header_cells; /* a row: the table's header names its columns */
    int header;        /* the block of the header row */
} talk_place;

typedef struct {
    talk_place *items;
    size_t count, capacity;
    bool collection;   /* the file holds talks of an event rather than one talk */
    int event_heading; /* the heading that cites the event, NO_BLOCK when none does */
} layout;

typedef struct {
    const reader_tables *tables;
    const facts *known;
    const note_source *source;
    const blocks *text;
    span front_title; /* of the front matter; empty: none */
    bool front_speaker;
    arena *memory;
    keys *asks, *tells;
} layout_input;

void layout_find(const layout_input *in, layout *out);
/* README, index, glossary ...: a file that is a talk only where a heading shows it. */
bool is_index_file(const reader_tables *tables, span path, arena *scratch);

#endif
