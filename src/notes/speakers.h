/*
 * speakers.h - what the patterns that find speakers share: speakers.c, speakers_slugs.c.
 */
#ifndef LECTERN_NOTES_SPEAKERS_H
#define LECTERN_NOTES_SPEAKERS_H

#include "notes/people.h"
#include "notes/reading.h"

/* A pattern with the share of its finds that are right, by hand checks of random lines. */
typedef struct {
    const char *rule;
    float precision;
    float likeness; /* how name-like a name must be */
} speaker_rule;

/* Adds people and their companies, and tells the other notes of sure names. */
void speakers_add(note_reading *reading, talk *to, const people *who, const char *rule,
                  float confidence, uint32_t line);
/* Whether other notes prove every name; asks about them. */
bool speakers_told(note_reading *reading, const people *who);
/* Adds them when they are as name-like as the rule demands or told elsewhere; true when it did. */
bool speakers_take(note_reading *reading, talk *to, const people *who, const speaker_rule *rule,
                   uint32_t line);

/* Names in the addresses under the title: ".../speaker/grace-hopper". */
void speakers_from_links(note_reading *reading, const talk_place *place, talk *to);
/* The same behind the words of the title: ".../the-first-compiler-grace-hopper". */
void speakers_from_link_slugs(note_reading *reading, const talk_place *place, talk *to);
void speakers_from_file_name(note_reading *reading, talk *to);

#endif
