/*
 * documents.h - the documents of a test collection, by id.
 *
 * Either BEIR's corpus.jsonl ({"_id": ..., "title": ..., "text": ...} a line; all are kept in
 * memory), or a folder of notes, where an id is PATH:LINE, relative to the folder, or PATH, and
 * notes are read when they are asked for.
 */
#ifndef LECTERN_BENCH_DOCUMENTS_H
#define LECTERN_BENCH_DOCUMENTS_H

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "reader.h"

typedef struct {
    span id, title, text;
    uint32_t line;
} document;

typedef struct {
    arena *memory;
    map *index; /* id to place in item[] */
    document *item;
    size_t count, capacity;
    const char *folder; /* of notes; NULL: a corpus.jsonl, which is all in item[] */
} document_list;

/* corpus.jsonl. findings may be NULL (reader.h). On failure *out is not touched. */
lc_status documents_read(span text, const char *name, finding_list *findings, document_list *out,
                         lc_error *error);
/* A corpus.jsonl, or a folder of notes. The path is borrowed until documents_free(). */
lc_status documents_load(const char *path, finding_list *findings, document_list *out,
                         lc_error *error);
void documents_free(document_list *what);

/* The document, or NULL when there is none of that id; valid until the next call. Of a note: from
 * its line up to the next heading of the same or a higher level, its title being the first line. */
const document *documents_find(document_list *in, span id);

#endif
