/*
 * table.h - one table of a database: a B-tree in a file of blocks, written from its first entry to
 * its last.
 *
 * The tree comes out as the library's own compaction (level "full") would write it, block for
 * block: leaves in ascending order, filled up, long tags cut into components.
 */
#ifndef LECTERN_GLASS_TABLE_H
#define LECTERN_GLASS_TABLE_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

typedef struct glass_table glass_table;

typedef struct {
    const char *name;        /* of the file */
    uint32_t block_size;     /* a power of two, 2048 to 65536 */
    uint32_t compress_above; /* the library compresses tags of more bytes; 0: never.  Is told to it
                                in any case */
    bool compress;           /* whether we do */
    bool no_sync;
} glass_table_options;

/* Makes no file yet: a table without entries has none. */
glass_table *glass_table_new(const char *folder, const glass_table_options *options);
/* Keys strictly ascending, KEY_MAX bytes at most, not empty. */
lc_status glass_table_add(glass_table *to, span key, span tag, lc_error *error);
/* Writes what is left and syncs it unless no_sync.  The table's description, as `iamglass` holds
 * it, goes behind what is in *root_out. */
lc_status glass_table_finish(glass_table *what, uint32_t revision, buffer *root_out,
                             lc_error *error);
void glass_table_free(glass_table *what);

#endif
