/*
 * heading_split.h - tells title and speakers of a heading apart, by the patterns of
 * heading_split.c.
 */
#ifndef LECTERN_NOTES_HEADING_SPLIT_H
#define LECTERN_NOTES_HEADING_SPLIT_H

#include "notes/heading.h"

typedef struct {
    const reader_tables *tables;
    const facts *known;
    arena *memory;
    keys *asks;
    heading_parts *out;
    int lenience; /* neighbours are split the same way: 1 a doubtful, 2 a strange name will do */
    bool split;   /* what is left is a title: numbers in it are its own */
} splitting;

/* Sets title, speakers, rule and confidence when a pattern fits; false when none does. */
bool heading_split(splitting *state, span text);

/* heading.c: notes the kinds that the phrase means ("Keynote", "Talk 5"); false when it is none. */
bool heading_take_kind(splitting *state, span phrase);
/* heading.c: the first or last " - " (also en and em dashes); its length in *length_out. */
size_t dash_find(span text, size_t from, size_t *length_out);
size_t dash_find_last(span text, size_t *length_out);

#endif
