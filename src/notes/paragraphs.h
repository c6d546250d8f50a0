/*
 * paragraphs.h - talks that are a paragraph of a report.
 *
 * A blog post without headings tells of one talk in each paragraph: the title is a link, in italics
 * or in quotes, the speaker stands beside it ("X's talk, *Title*, ..."; "A session from X and Y
 * titled "..."").
 */
#ifndef LECTERN_NOTES_PARAGRAPHS_H
#define LECTERN_NOTES_PARAGRAPHS_H

#include "notes/items.h"

/* Finds them in the whole note; `report`: the note's title says that it tells of an event. Returns
 * how many; the items are in the arena, without speakers: these the prose rules find. */
size_t paragraphs_find(const layout_input *in, bool report, talk_item **items_out);

#endif
