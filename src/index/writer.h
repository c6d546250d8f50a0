/*
 * writer.h - where documents go. It decides nothing: what is written is decided before it.
 *
 * All changes since opening become visible at commit, or not at all. After a failure the writer
 * refuses everything; free it, and the index is as it was.
 */
#ifndef LECTERN_INDEX_WRITER_H
#define LECTERN_INDEX_WRITER_H

#include "base/error.h"
#include "index/document.h"

typedef struct index_writer index_writer;

/* fresh: a new index in a folder of its own that nobody reads yet; else the one at path. */
lc_status index_writer_open(const char *path, bool fresh, index_writer **writer_out,
                            lc_error *error);
lc_status index_writer_add(index_writer *to, const document *what, lc_error *error);
/* Removes every document that has the term. */
lc_status index_writer_remove(index_writer *from, span term_text, lc_error *error);
/* An empty value removes the key. */
lc_status index_writer_set_meta(index_writer *to, span key, span text, lc_error *error);
lc_status index_writer_commit(index_writer *to, lc_error *error);
/* Drops what was not committed. */
void index_writer_free(index_writer *what);

#endif
