/*
 * items.h - talks that are no more than a row of a table or an item of a list.
 */
#ifndef LECTERN_NOTES_ITEMS_H
#define LECTERN_NOTES_ITEMS_H

#include "notes/layout.h"

typedef struct {
    size_t first, end; /* blocks */
    bool row;
    int header; /* of a row: the block of the table's header, or NO_BLOCK */
    heading_parts parts;
} talk_item;

/* Finds talks among the rows and outer items of blocks from..end. `kinds` are those of the heading
 * above: under "Lightning talks" each item is a talk, under "Keynotes" each that names people.
 * Returns how many; the items are in the arena. */
size_t items_find(const layout_input *in, size_t from, size_t end, uint32_t kinds,
                  talk_item **items_out);

/* Whether a table's header names columns of talks: a speaker, or a title beside event or recording,
 * with rows below. */
bool names_talks_in_rows(const layout_input *in, size_t from, size_t end);

#endif
