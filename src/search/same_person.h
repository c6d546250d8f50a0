/*
 * same_person.h - may two names be one person's? Decided by the names alone.
 *
 * What else is known (who else has the family name, where both spoke) is weighed by persons_find.c.
 * Two clearly different given names are never one person's, however alike they look: Daniel and
 * Daniela, Mark and Mary; nor are different middle initials. Marc and Mark, Bryan and Brian sound
 * the same: these may be, when more speaks for it.
 */
#ifndef LECTERN_SEARCH_SAME_PERSON_H
#define LECTERN_SEARCH_SAME_PERSON_H

#include "base/map.h"
#include "base/memory.h"

enum { PERSON_PARTS = 8 };

typedef struct {
    span words[PERSON_PARTS]; /* folded, without titles; an initial is one letter */
    span sounds[PERSON_PARTS];
    size_t count;
} person_name_parts;

/* Ascending: each asks for more than the one before. */
typedef enum {
    PERSON_SAME,   /* title, accents, punctuation, middle initial */
    PERSON_ALONE,  /* "M. Gill", a middle name more, another spelling: if nobody else has the family
                      name */
    PERSON_BACKED, /* another letter in a given name, a family name alone: if they spoke at one
                      event, too, or work at one place */
    PERSON_OTHER   /* different people */
} person_relation;

/* False for what is no name to compare: no words (then count is 0), or too many. */
bool person_parts_read(span name, arena *memory, person_name_parts *out);
person_relation person_compare(const map *given_names, const person_name_parts *a,
                               const person_name_parts *b);

#endif
