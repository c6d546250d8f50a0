/*
 * person_name.h - does this look like the name of a person?
 *
 * A judge by a table of given names, tables of words that are none, and the shape of the words. It
 * knows no full names. Measured on the talk records of pyvideo (names against pairs of capitalised
 * words of their titles): tests/unit/test_person_name.c prints the figures.
 */
#ifndef LECTERN_NOTES_PERSON_NAME_H
#define LECTERN_NOTES_PERSON_NAME_H

#include "base/memory.h"
#include "notes/note.h"

/* 0 to 1: how likely the whole text is a person's name, nothing else known. A given name alone
 * scores low. */
float name_likeness(const reader_tables *tables, span text, arena *scratch);
/* Without titles ("Dr."), quotes, emphasis marks, degrees and final punctuation; inner blanks are
 * left as they are. A part of the text. */
span name_clean(const reader_tables *tables, span text, arena *scratch);
/* "@name": begins with @ and is one word. */
bool is_handle(span text);

#endif
