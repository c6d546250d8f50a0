/*
 * version.h - the file `iamglass`: what makes a folder a database, and says where its tables begin.
 */
#ifndef LECTERN_GLASS_VERSION_H
#define LECTERN_GLASS_VERSION_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

#define GLASS_VERSION_FILE "iamglass"

typedef struct {
    uint32_t document_count;
    uint32_t length_min, length_max; /* of documents; the least that is not 0 */
    uint32_t wdf_max;
    uint64_t length_sum;
} glass_statistics;

/* What the file holds: revision, the descriptions of four tables in the order postlist, docdata,
 * termlist, position, and statistics of documents numbered 1 to document_count.  The database's
 * uuid is new. */
void glass_version_pack(buffer *to, uint32_t revision, uint32_t block_size, span tables,
                        const glass_statistics *statistics);
/* Of the database in that folder. */
lc_status glass_version_revision(const char *folder, uint32_t *revision_out, lc_error *error);

/* Block sizes are counted in units of 2048 bytes. */
enum { GLASS_BLOCK_UNIT_BITS = 11 };

/* What an entry of a table has to be larger than for the library to compress it. */
enum { GLASS_COMPRESS_NEVER = 0, GLASS_COMPRESS_ABOVE = 18 };

/* The description of a table that has no file. */
void glass_version_add_no_table(buffer *to, uint32_t block_size, uint32_t compress_above);

#endif
