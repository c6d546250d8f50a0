/*
 * kept.h - what a search works out from the index and keeps beside it for the next search, in
 * files INDEX/kept-NAME. One that is missing, damaged, of another commit or another format is made
 * anew; where none can be written nothing is kept.
 */
#ifndef LECTERN_INDEX_KEPT_H
#define LECTERN_INDEX_KEPT_H

#include "base/buffer.h"
#include "xapian_shim.h"

#define KEPT_PREFIX "kept-"

/* What the content was made from and how. */
typedef struct {
    char commit[XS_COMMIT_SIZE]; /* of the index */
    uint64_t format; /* raised by whoever changes what is kept, or how it is worked out: an index
                        that another version of lectern searched has theirs */
} kept_origin;

/* Appends the content that was kept with that very origin; false when there is none. */
bool kept_read(const char *index_path, const char *name, const kept_origin *from, buffer *content);
void kept_write(const char *index_path, const char *name, const kept_origin *from, span content);

#endif
