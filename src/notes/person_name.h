/*
 * person_name.h - does this look like the name of a person?
 *
 * A judge by a table of given names, tables of words that are none, and the shape of the words. It
 * knows no full names. Measured on 5,495 speakers of talk records against 6,000 runs of two and
 * three capitalised words of their titles and abstracts: at 0.3 precision .92, recall .98 (F1
 * .950). An averaged perceptron over words, affixes and shapes, trained on the other half of the
 * events, reached F1 .924, and .952 when it was given the same tables: no gain, so the tables
 * stayed.
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
