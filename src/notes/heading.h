/*
 * heading.h - takes the heading of a talk apart: number, kind, time, title, speakers.
 *
 * "Talk 2: Keynote: From COBOL to Kubernetes - Laura Rehorst & Mike Ryan (4:00pm)" is a keynote
 * with a number, a time, two speakers and the title "From COBOL to Kubernetes".
 */
#ifndef LECTERN_NOTES_HEADING_H
#define LECTERN_NOTES_HEADING_H

#include "notes/note.h"
#include "notes/people.h"

typedef struct {
    span title;       /* clean; empty when the heading holds only names or a kind */
    people speakers;  /* count 0: none in the heading */
    const char *rule; /* how the speakers were told apart; NULL without any */
    float confidence; /* of the speakers */
    uint32_t kinds;   /* HEADING_KEYNOTE ... of tables.h */
    uint32_t senses;  /* what the whole heading means by headings.txt: section, container ... */
    bool talk_number; /* "Talk 3:" */
    bool timed;       /* begins or ends with a time of day */
    bool quoted;      /* the title stands in quotes */
    bool doubtful;    /* a split that more evidence could confirm was not made: see asks */
    span doubt;       /* the name in question */
} heading_parts;

/* known may be NULL. lenience 1: other headings of the note are known to name speakers, so a
 * doubtful name will do; 2: nearly all of them do, so a strange one will. Names worth knowing are
 * added to *asks when it is not NULL. */
void heading_read(const reader_tables *tables, const facts *known, span text, arena *memory,
                  int lenience, keys *asks, heading_parts *out);
/* Adds the key; keys_sort() of note.c drops repetitions. */
void keys_add(keys *to, arena *memory, span key);

#endif
