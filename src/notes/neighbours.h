/*
 * neighbours.h - what the files of one folder tell each other about where talks begin.
 *
 * A file whose headings of one level show by their own signs (names, labels, times) that they are
 * talks tells so; a file that is one talk by its own signs tells that. A file without signs does as
 * most of its neighbours do.
 */
#ifndef LECTERN_NOTES_NEIGHBOURS_H
#define LECTERN_NOTES_NEIGHBOURS_H

#include "notes/layout_tree.h"

/* To be called when the talks of the file are placed. */
void neighbours_tell(const finding *f);
/* Whether headings of the level begin talks in more files of the folder than are one talk. */
bool neighbours_have_talks_at(const finding *f, int level);

#endif
