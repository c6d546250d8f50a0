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

typedef enum {
    WRITE_CHANGES, /* to the index at path */
    WRITE_NEW,     /* a new index in a folder of its own that nobody reads yet, in place of what is
                      there */
    WRITE_NEW_ONCE /* the same; nothing that was added is removed again before the commit */
} index_writer_mode;

/*
 * A new index is written in sequence by the bulk writer, which is many times faster, if the
 * installed library reads its format. The environment variable LECTERN_WRITER, "api" or "bulk",
 * forces one for new indexes, and "bulk" every refresh to make a new one (renewal.h).
 * replaces: the index whose place a new one will take, or NULL; there may be none. Its readers then
 * see that it is another one (only the bulk writer can do that).
 */
lc_status index_writer_open(const char *path, index_writer_mode mode, const char *replaces,
                            index_writer **writer_out, lc_error *error);
bool index_writer_is_forced(const char *name);
/* Whether it writes in sequence. */
bool index_writer_is_bulk(const index_writer *which);
/* One line to tell the person, why it will be slow; mostly empty. */
const char *index_writer_note(const index_writer *of);
lc_status index_writer_add(index_writer *to, const document *what, lc_error *error);
/* Removes every document that has the term. */
lc_status index_writer_remove(index_writer *from, span term_text, lc_error *error);
/* An empty value removes the key. */
lc_status index_writer_set_meta(index_writer *to, span key, span text, lc_error *error);
lc_status index_writer_commit(index_writer *to, lc_error *error);
/* Drops what was not committed. */
void index_writer_free(index_writer *what);

#endif
