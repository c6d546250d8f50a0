/*
 * glass.h - a bulk builder of Xapian databases in the "glass" format, as Xapian 1.4 writes it.
 *
 * Documents come in the order of their numbers 1, 2, ...; at the end stands a database that the
 * library reads and updates like one of its own, written in a tenth of the time.  Nothing here uses
 * the library, nor knows what the terms mean: it could serve any program.
 *
 *     glass_options options = {0};
 *     glass_builder_open(path, &options, &builder, error);
 *     glass_builder_add(builder, &document, error);            once per document
 *     glass_builder_set_meta(builder, key, text, error);       any time
 *     glass_builder_finish(builder, error);
 *     glass_builder_free(builder);
 *
 * Documents and metadata are inverted in memory; at the memory limit a sorted run goes to a
 * temporary file, and the runs are merged at the end.  The bytes of the tables depend on what was
 * added only, never on the limit.  The file `iamglass`, which makes a folder a database, is written
 * last: a builder that was killed, ran out of space or was freed early leaves no database.
 *
 * After a failure only glass_builder_free() may be called.  A builder is used by one thread.
 */
#ifndef LECTERN_GLASS_GLASS_H
#define LECTERN_GLASS_GLASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/span.h"

/* Limits of the format, the same that the library has.  A zero byte in a term counts twice, and a
 * term with zero bytes has GLASS_TERM_ROOM bytes in all. */
#define GLASS_TERM_MAX  245
#define GLASS_TERM_ROOM 249
#define GLASS_META_MAX  253 /* bytes of a metadata key */
#define GLASS_SLOT_MAX  (UINT32_MAX - 1)

typedef struct {
    span term;
    uint32_t wdf;              /* how much the term counts; independent of position_count */
    const uint32_t *positions; /* strictly ascending */
    uint32_t position_count;
} glass_posting;

typedef struct {
    uint32_t slot;
    span text; /* compared as bytes; empty: none */
} glass_value;

/* All borrowed. */
typedef struct {
    const glass_posting *postings; /* strictly ascending by term, in byte order */
    size_t posting_count;
    const glass_value *values; /* any order, each slot once */
    size_t value_count;
    span data;
} glass_document;

typedef enum {
    GLASS_COMPRESS_ALL = 0, /* as the library does */
    GLASS_COMPRESS_DATA,    /* not the term lists: half the time, for some 10 % more space */
    GLASS_COMPRESS_NONE     /* for data that is compressed already */
} glass_compression;

/* All zero is a good choice. */
typedef struct {
    size_t memory_limit; /* bytes for the inversion, before a run is written; 0: 256 MiB.  The whole
                            builder needs a few MiB more */
    uint32_t block_size; /* a power of two from 2048 to 65536; 0: 8192 */
    glass_compression compression;
    /* The folder of the database that this one will replace, or NULL: the new revision is the one
     * after it, so that a reader that reopens sees that it must read everything anew.  One that
     * can't be read counts as none. */
    const char *replaces;
    bool no_sync; /* do not wait until the tables are on the disk: for what is soon removed */
} glass_options;

typedef struct glass_builder glass_builder;

typedef struct {
    uint32_t documents;
    uint32_t runs; /* written to temporary files; 0: all was merged in memory */
} glass_progress;

/* path: a folder that holds no database; it is made when missing.  Tables without `iamglass`, left
 * by a builder that was killed, are removed. */
lc_status glass_builder_open(const char *path, const glass_options *options,
                             glass_builder **builder_out, lc_error *error);
/* The document gets the next number.  LC_BAD_INPUT for what the format can't hold: a term or value
 * out of the limits above, terms or positions that do not ascend, a sum of wdf over 2^32 - 2.  (The
 * sum of one term's wdf over all documents wraps at 2^32, as in the library.) */
lc_status glass_builder_add(glass_builder *to, const glass_document *document, lc_error *error);
/* The last text given for a key is kept; an empty one removes it. */
lc_status glass_builder_set_meta(glass_builder *to, span key, span text, lc_error *error);
/* Writes all that is left, syncs it to disk unless no_sync, and makes the folder a database. */
lc_status glass_builder_finish(glass_builder *to, lc_error *error);
glass_progress glass_builder_progress(const glass_builder *of);
/* Without a successful finish, removes what was written, and the folder if it was made. */
void glass_builder_free(glass_builder *what);

/*
 * Whether the installed library writes the format that is known here.  empty_database: the folder
 * of a database that it has just created and closed, nothing added.  LC_OLD_INDEX, with one line
 * that says what differs, when it does not: such a program must write through the library.
 */
lc_status glass_guard(const char *empty_database, lc_error *error);

#endif
