/*
 * lookup.h - tables of knowledge: a phrase and what it means.
 *
 * Phrases are compared by their key: folded words parted by one blank, so that case, accents and
 * punctuation do not matter ("Q&A" and "q a" are one). A table is a text file built in; a line is
 * "meaning: phrase, phrase", or a bare phrase a line; '#' begins a comment line.
 */
#ifndef LECTERN_NOTES_LOOKUP_H
#define LECTERN_NOTES_LOOKUP_H

#include "base/map.h"
#include "base/memory.h"

/* The text's key: letters, digits, '+' and '#' folded, everything else one blank; no blank at the
 * ends. */
span text_key(span text, arena *memory);
/* The same behind a prefix: "name:" + key. */
span text_key_with(const char *prefix, span text, arena *memory);

/* The next word of the text from *position on: letters, digits, marks and inner apostrophes.
 * False at the end. *word_out is a part of text. */
bool word_next(span text, size_t *position, span *word_out);
size_t word_count(span text);

/* Adds each phrase of a "meaning: phrase, phrase" table; its number is the OR of the bits
 * 1 << (index of the meaning in `meanings`) of the lines it stands in. Lines with a meaning that
 * is not in the NULL-terminated list are ignored. */
void lookup_read(map *into, span table, const char *const *meanings);
/* Adds each line as a phrase with the number 1. */
void lookup_read_words(map *into, span table);
/* The number of the phrase, 0 when it is not in the table. */
uint32_t lookup(const map *in, span phrase, arena *scratch);
/* Of a phrase that is a key already. */
uint32_t lookup_key(const map *in, span key);

#endif
