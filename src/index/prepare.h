/*
 * prepare.h - all of a note's indexing that needs nothing of other notes but facts: read, taken
 * apart, made documents. What depends on the order of notes is left to indexing.c, so that several
 * threads may prepare notes at once.
 */
#ifndef LECTERN_INDEX_PREPARE_H
#define LECTERN_INDEX_PREPARE_H

#include "index/catalog.h"
#include "index/talk_document.h"

typedef struct {
    lc_status status; /* whether the file could be read; if not: */
    lc_error why;
    struct stat now;  /* of the file, taken before reading */
    uint64_t read_at; /* nanoseconds; before reading: a change meanwhile is racy */
    uint64_t hash;    /* of the bytes */
    note found;
    span file_term;      /* the whole XFILE term */
    document *documents; /* of the first talks, as if no talk of the same title stood before them */
    size_t built, capacity;
    arena *memory; /* of all that was found */
    buffer bytes;
} prepared_note;

void prepared_init(prepared_note *what);
void prepared_free(prepared_note *what);

/* Gives back the memory of a note that took much: others wait in their slots with as much. */
void prepared_release(prepared_note *what);

/* First step: reads the file; sets status to hash. */
void prepare_bytes(prepared_note *to, const catalog_note *of, size_t size_limit);
/* The whole XFILE term of a note. */
span note_file_term(const catalog_note *of, arena *memory);
/* Whether these bytes are others than those that the index was made from. */
bool prepared_differs(const prepared_note *what, const catalog_note *of);
/* Second step: found and file_term. */
void prepare_talks(prepared_note *to, const catalog_note *of, const facts *known,
                   const reader_tables *tables);
/* Third step: documents, as many as fit a limit of memory. */
void prepare_documents(prepared_note *to, const catalog_note *of, document_builder *with);
/* The document of a talk with that ordinal among equals. */
void prepare_document(const prepared_note *from, const catalog_note *of, const talk *one,
                      uint32_t ordinal, document_builder *with, document *out);

#endif
