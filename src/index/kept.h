/*
 * kept.h - what a search works out from the index and keeps beside it for the next search, in
 * files INDEX/kept-NAME. One that is missing, damaged or of another commit is made anew; where none
 * can be written nothing is kept.
 */
#ifndef LECTERN_INDEX_KEPT_H
#define LECTERN_INDEX_KEPT_H

#include "base/buffer.h"
#include "xapian_shim.h"

#define KEPT_PREFIX "kept-"

/* Appends the content that was kept with that very commit; false when there is none. */
bool kept_read(const char *index_path, const char *name, const char commit[XS_COMMIT_SIZE],
               buffer *content);
void kept_write(const char *index_path, const char *name, const char commit[XS_COMMIT_SIZE],
                span content);

#endif
