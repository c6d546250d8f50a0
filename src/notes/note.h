/*
 * note.h - from the bytes of one file to its talks. The door of the room `notes`.
 *
 * Reading a note is a pure function of its bytes, its path below the root, and of facts about the
 * whole collection: a name that is proven in one note confirms a doubtful one in another, and
 * neighbours in a folder agree on a layout. A note therefore *tells* facts (keys such as
 * "name:grace hopper") and *asks* for how many other notes tell one. The index keeps both lists; a
 * note is read again when its bytes change or when an answer that it got changes.
 */
#ifndef LECTERN_NOTES_NOTE_H
#define LECTERN_NOTES_NOTE_H

#include "analysis/technology.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "notes/talk.h"

/* Bytes of a note whose structure is read: four times the largest of some 390 found. Headings,
 * rows and items take 200 to 300 bytes of memory for each byte of a hostile note, plain text a
 * dozen; what is larger is an export or a log, searched in pieces (large.h). */
enum { NOTE_STRUCTURE_MAX = 768 * 1024 };

typedef struct {
    span *items;
    size_t count, capacity;
} keys;

/* What is known of the collection: key -> number of other notes that tell it. What a note tells
 * must depend on its own bytes and path alone, never on an answer. */
typedef struct {
    const map *told; /* NULL: nothing is known */
    const keys *own; /* what the note itself told, sorted, where *told counts it; else NULL */
} facts;
/* The answer to a question: how many other notes tell the key, FACTS_MANY standing for that many or
 * more, so that one note more or less among many changes nothing. */
enum { FACTS_MANY = 4 };
uint32_t facts_count(const facts *known, span key);

typedef struct {
    span root_name; /* the root folder's own name: it may name the event */
    span path;      /* below the root, with '/' */
    span bytes;     /* of the file, in any encoding */
} note_source;

typedef struct {
    talks talks;          /* in file order; text outside of any talk is one record of KIND_NOTE */
    keys tells, asks;     /* each key once, sorted */
    const char *encoding; /* "UTF-8", "UTF-16", "CP1252": as it was read */
    const char *skipped;  /* why it is no note at all (note_why_skipped()), or NULL */
    const char *warning;  /* one line about what could not be understood (front matter), or NULL */
    uint32_t warning_line;
} note;

typedef struct reader_tables reader_tables; /* technologies, names, events: built in and user's */
/* Makes the tables ready. user_folder (may be NULL) holds the person's own: technologies.tsv,
 * people.tsv, events.tsv. */
lc_status reader_tables_new(const char *user_folder, reader_tables **tables_out, lc_error *error);
void reader_tables_free(reader_tables *tables);
/* The technologies among them, for the analysis of what is indexed. */
const technology_table *reader_technologies(const reader_tables *in);

/* Why a file with a note's name is none, e.g. "binary"; NULL when it is one. */
const char *note_why_skipped(span path, span bytes, arena *memory);
/* Why no talks are looked for in a file of that size, NULL where they are. */
const char *note_why_no_talks(size_t bytes);
/* Reads a note; never fails, whatever the bytes are. The note's memory is in the arena; asks holds
 * what would have been worth knowing. Text that is no note at all (binary) has no talks. */
void note_read(const note_source *source, const facts *known, const reader_tables *tables,
               arena *memory, note *note_out);

#endif
