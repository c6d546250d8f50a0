/*
 * tables.h - the tables of knowledge of this room, as note.c makes them and the rules read them.
 *
 * Read only once made, so that several threads may share them.
 */
#ifndef LECTERN_NOTES_TABLES_H
#define LECTERN_NOTES_TABLES_H

#include "analysis/technology.h"
#include "base/map.h"
#include "base/memory.h"
#include "notes/note.h"

/* labels.txt */
enum {
    LABEL_SPEAKER = 1 << 0,
    LABEL_MODERATOR = 1 << 1,
    LABEL_AUTHOR = 1 << 2,
    LABEL_ORG = 1 << 3,
    LABEL_EVENT = 1 << 4,
    LABEL_SERIES = 1 << 5,
    LABEL_DATE = 1 << 6,
    LABEL_YEAR = 1 << 7,
    LABEL_TITLE = 1 << 8,
    LABEL_KIND = 1 << 9,
    LABEL_SLIDES = 1 << 10,
    LABEL_VIDEO = 1 << 11,
    LABEL_SCHEDULE = 1 << 12,
    LABEL_PAPER = 1 << 13,
    LABEL_CODE = 1 << 14,
    LABEL_TIME = 1 << 15,
    LABEL_PLACE = 1 << 16,
    LABEL_TAGS = 1 << 17,
    LABEL_ROLE = 1 << 18,
    LABEL_ABSTRACT = 1 << 19
};

/* headings.txt */
enum {
    HEADING_SECTION = 1 << 0,
    HEADING_CONTAINER = 1 << 1,
    HEADING_IDLE = 1 << 2,
    HEADING_KEYNOTE = 1 << 3,
    HEADING_LIGHTNING = 1 << 4,
    HEADING_PANEL = 1 << 5,
    HEADING_WORKSHOP = 1 << 6,
    HEADING_TALK = 1 << 7,
    HEADING_NOISE = 1 << 8, /* of a path */
    HEADING_PLACE = 1 << 9,
    HEADING_REPORT = 1 << 10 /* of the title of a report on an event */
};
#define HEADING_KINDS                                                                              \
    (HEADING_KEYNOTE | HEADING_LIGHTNING | HEADING_PANEL | HEADING_WORKSHOP | HEADING_TALK)

/* roles.txt */
enum {
    WORD_ROLE = 1 << 0,
    WORD_ORG = 1 << 1,
    WORD_HONOUR = 1 << 2,
    WORD_PARTICLE = 1 << 3,
    WORD_SUFFIX = 1 << 4
};

/* prose_cues.txt */
enum {
    CUE_VERB = 1 << 0,
    CUE_BIO = 1 << 1,
    CUE_NOUN = 1 << 2,
    CUE_BEFORE = 1 << 3,
    CUE_AGAINST = 1 << 4,
    CUE_MODAL = 1 << 5,
    CUE_OF = 1 << 6,
    CUE_IS = 1 << 7,
    CUE_ARTICLE = 1 << 8,
    CUE_THE = 1 << 9,
    CUE_PREPOSITION = 1 << 10,
    CUE_SELF = 1 << 11,
    CUE_WHO = 1 << 12
};

/* calendar.txt: bits 0-11 the months, 12-18 the days from Monday. */
enum { CALENDAR_MONTHS = (1 << 12) - 1, CALENDAR_DAYS = 0x7f << 12 };

struct reader_tables {
    map *given_names, *common_words, *family_words;
    map *labels, *headings, *roles, *calendar, *prose_cues;
    map *events;       /* key of a series -> index into event_names */
    span *event_names; /* as one cites them */
    size_t event_count, event_capacity;
    map *people; /* key of a spelling -> index into people_names: the person's own people.tsv */
    span *people_names;
    size_t people_count, people_capacity;
    technology_table *technologies;
    arena *memory; /* of the event names */
};

/* The table of given names alone: words, folded. */
map *given_names_new(void);

#endif
