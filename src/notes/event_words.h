/*
 * event_words.h - a name in its words: which of them are a known series of events, a place, a
 * date, noise. What event_name.c and event_path.c put an event's name together from.
 */
#ifndef LECTERN_NOTES_EVENT_WORDS_H
#define LECTERN_NOTES_EVENT_WORDS_H

#include "base/buffer.h"
#include "base/memory.h"
#include "notes/tables.h"

enum { NAME_WORDS_MAX = 16 };

typedef struct {
    span raw[NAME_WORDS_MAX]; /* as written */
    span key[NAME_WORDS_MAX];
    bool apart[NAME_WORDS_MAX]; /* a comma or parenthesis stands before it */
    size_t count;
} name_words;

/* The words of a slug: "every-company_isBig" -> "every company isBig". */
span slug_words(span slug, arena *memory);
/* "KubeCon2017, London": KubeCon, 2017, London. */
void name_words_split(span text, name_words *out, arena *memory);
/* The keys of some words, with a blank between each two. */
span name_key(const name_words *of, size_t from, size_t count, arena *memory);
/* The longest known series among the words: its number in the table, or -1. */
int name_series(const reader_tables *tables, const name_words *of, arena *memory, size_t *from_out,
                size_t *count_out);
/* The HEADING_ senses of some words taken together. */
uint32_t name_senses(const reader_tables *tables, const name_words *of, size_t from, size_t count,
                     arena *memory);
/* How many words of a known place stand at `from`. */
size_t name_place_at(const reader_tables *tables, const name_words *of, size_t from, arena *memory);
/* "london" -> "London", "us" -> "US". */
span name_place_spelling(span raw, arena *memory);
/* What is left without year, date, noise and, at the ends, numbers. */
span name_residue(const reader_tables *tables, const name_words *words, bool spell, bool keep_place,
                  arena *memory);

bool name_has_capital(span text);
bool name_is_year(span key);
bool name_is_number(span key);
bool name_is_calendar(const reader_tables *tables, span key);
/* conference, summit, days ... */
bool name_is_event_noun(span key);
/* Adds a word, behind a blank unless it is the first. */
void name_add_word(buffer *to, span word);

#endif
