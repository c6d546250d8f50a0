/*
 * indexing.h - reads one note and hands its documents to the writer.
 */
#ifndef LECTERN_INDEX_INDEXING_H
#define LECTERN_INDEX_INDEXING_H

#include "index/knowledge.h"
#include "index/prepare.h"
#include "index/refresh.h"
#include "index/talk_document.h"

typedef struct {
    const refresh_options *options;
    const refresh_observer *observer;
    refresh_report *report;
    catalog *catalog;
    size_t size_limit; /* of a note in bytes: as asked for, or as the index was made with */
    knowledge known;
    index_writer *writer; /* opened by indexing_writer() when the first change is written */
    const char *writer_path;
    bool fresh;     /* a new index: there is nothing to remove */
    bool renewing;  /* in place of one whose notes the catalog knows (renewal.h) */
    bool in_place;  /* don't */
    bool deferring; /* notes that ask something wait until every note has told what it knows */
    bool all_told;  /* each note's facts are told, its own too */
    reader_tables *tables; /* made when the first note is read: most refreshes read none */
    document_builder *builder;
    document document;
    prepared_note prepared;  /* the note that is being indexed, unless a thread prepared it */
    struct preparing *ahead; /* threads that do, or NULL */
} indexing;

void indexing_init(indexing *what);
void indexing_free(indexing *what);
/* Opens the writer unless it is open. */
lc_status indexing_writer(indexing *in, lc_error *error);
/* Whether there is time to read the whole index for its check sums: a search must not wait for that
 * of a large one. */
bool indexing_may_sum(const indexing *in);
/* Threads prepare these notes from now on: indexing_note() must be called for each in that order
 * (or up to an error), then indexing_end_ahead(). While deferring or all_told, for then it makes no
 * difference that they are read before others have told. With few notes or one processor nothing is
 * done ahead; the index is the same. */
lc_status indexing_begin_ahead(indexing *in, catalog_note **order, size_t count, lc_error *error);
void indexing_end_ahead(indexing *in);
/* Reads the note with what is known (which must not hold its own tells unless all_told) and writes
 * its documents; afterwards its tells are told and its talks counted. A file that can't be read is
 * a problem that is reported, not an error; it keeps the documents that it has. Where it can't, in
 * a new index, that is an error. */
lc_status indexing_note(indexing *in, catalog_note *what, lc_error *error);
/* If the note's bytes are those that it was read with, only its stamps are new: it counts as
 * unchanged from now on. */
void indexing_pass_touched(indexing *in, catalog_note *what);
/* Why the file is no note, from its bytes; NULL when it is one or can't be read. */
const char *indexing_why_skipped(indexing *in, const catalog_note *what);
/* The same for a note whose bytes did not change but whose context did. If they changed meanwhile
 * it is left as it is: the next refresh will see it. */
lc_status indexing_again(indexing *in, catalog_note *what, lc_error *error);
/* Removes the documents of a note, and it from the catalog. */
lc_status indexing_remove(indexing *in, catalog_note *gone, lc_error *error);

#endif
