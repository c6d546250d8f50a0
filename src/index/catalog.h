/*
 * catalog.h - what the index knows of each note file: enough to tell whether it changed without
 * reading it, and what it told and asked (notes/note.h).
 *
 * It lives in the index's metadata, one value per folder, so that a refresh rewrites only the
 * folders it touched and always fits the documents of the same commit.
 */
#ifndef LECTERN_INDEX_CATALOG_H
#define LECTERN_INDEX_CATALOG_H

#include <sys/stat.h>

#include "index/writer.h"
#include "notes/note.h"
#include "xapian_shim.h"

typedef struct {
    uint64_t id_key; /* talk_id_key() */
    uint64_t hash;   /* of what was written: tells whether a talk of a changed note changed */
    bool leftover;   /* text that belongs to no talk */
} catalog_talk;

typedef struct {
    span root, path; /* absolute root; path below it */
    uint64_t size, inode;
    uint64_t mtime, ctime; /* nanoseconds */
    uint64_t read_at;      /* when it was read, nanoseconds */
    uint64_t hash;         /* of the bytes */
    uint64_t context;      /* what it was read under: its answers and its talks' ordinals */
    keys tells, asks;
    catalog_talk *talks; /* its documents, in order */
    size_t talk_count;
    span problem;    /* what could not be read or understood, or empty */
    bool unreadable; /* that was the reason */
    span details;    /* tells to problem, not read yet: catalog_read_details() */
    /* While a refresh runs; not written. */
    bool seen;      /* it is still there */
    bool deferred;  /* read, but to be read again and written when all is known */
    bool fresh;     /* it was not in the index */
    bool new_bytes; /* it was, and its bytes changed */
    bool rewritten; /* its documents were written anew; the talks before are: */
    catalog_talk *before;
    size_t before_count;
    struct stat *now; /* it differs from what was read: its state on disk */
} catalog_note;

typedef struct {
    arena *memory;
    catalog_note *notes;
    size_t count, capacity;
    map *by_path;         /* root NUL path -> index in notes, for the first `indexed` of them */
    map *by_folder;       /* root NUL folder -> index of its first note */
    size_t indexed, next; /* next: the note behind the one that was found last */
    buffer key;           /* scratch memory of catalog_find() */
    map *folders;         /* metadata key -> 1 when it must be written anew */
} catalog;

catalog *catalog_new(void);
void catalog_free(catalog *what);
/* Reads all folders of an index. */
lc_status catalog_load(const xs_reader *from, const char *index_path, catalog **catalog_out,
                       lc_error *error);
/* Adds the notes of one folder's value: root and folder, then the notes in it; false when it is
 * damaged. */
bool catalog_add_folder(catalog *into, span text);
/* Reads what catalog_load() left unread: most refreshes find nothing changed and need none of it.
 */
lc_status catalog_read_details(catalog *of, const char *index_path, lc_error *error);
/* The note, or NULL. Pointers are valid until the next catalog_put(). Quickest in the order of a
 * walk. */
catalog_note *catalog_find(catalog *in, span root, span path);
/* The note, made when new; marks its folder to be written. */
catalog_note *catalog_put(catalog *into, span root, span path);
/* Marks the note's folder to be written. */
void catalog_touch(catalog *in, const catalog_note *changed);
/* Marks every folder that has notes. */
void catalog_touch_all(catalog *in);
/* Forgets the note; it stays in the array, with an empty root, until the catalog is loaded anew. */
void catalog_remove(catalog *from, catalog_note *gone);
/* Writes the folders that were marked. */
lc_status catalog_save(const catalog *from, index_writer *to, lc_error *error);

/* For qsort() of pointers to notes: by root, then by path, byte by byte. */
int catalog_compare_notes(const void *left, const void *right);
/* Copies lists into the catalog's memory. */
keys catalog_copy_keys(catalog *to, const keys *from);
/* Whether the file may have changed since it was read. A file changed within two seconds before it
 * was read may have changed again without a new time stamp: it counts as changed. */
bool catalog_note_differs(const catalog_note *from, const struct stat *now);
void catalog_note_stat(catalog_note *to, const struct stat *now, uint64_t read_at);

#endif
