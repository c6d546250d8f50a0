/*
 * listing.h - topics with documents, each with a number: what qrels and runs both are.
 */
#ifndef LECTERN_BENCH_LISTING_H
#define LECTERN_BENCH_LISTING_H

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "reader.h"

typedef struct {
    span document;
    union {
        int grade;    /* of qrels */
        double score; /* of a run */
    };
    uint32_t line; /* of the file it came from */
} listed_document;

typedef struct {
    span id;
    listed_document *item;
    size_t count, capacity;
    int *grades; /* of qrels: all of them, highest first */
} listed_topic;

typedef struct {
    arena *memory;       /* of all texts */
    map *index;          /* topic id to place in topic[] */
    listed_topic *topic; /* in the order of the file */
    size_t count, capacity;
    span tag; /* of a run: that of the last line */
} listing;

void listing_begin(listing *out);
void listing_free(listing *what);
/* The topic, made when it is not there. */
listed_topic *listing_topic_for(listing *in, span id);
/* The topic, or NULL. */
const listed_topic *listing_topic(const listing *in, span id);
/* Adds a document; the texts are copied. */
void listing_add(listing *to, span topic, listed_document what);
/* Sorts each topic's documents by name, in byte order, and keeps the first of those that come
 * again. */
lc_status listing_finish(reader *from, listing *what);

/* Cuts a line into `least` to `most` columns that can be ids; wanted says what a right line has.
 * *count_out is 0 when the line was complained of. */
lc_status listing_cut(reader *from, span line, size_t least, size_t most, const char *wanted,
                      span *column, size_t *count_out);

/* Reads a file's text; findings may be NULL (reader.h). On failure *out is not touched. */
typedef lc_status listing_reader(span text, const char *name, finding_list *findings, listing *out,
                                 lc_error *error);
lc_status listing_load(const char *path, listing_reader *read, finding_list *findings, listing *out,
                       lc_error *error);

#endif
