/*
 * writer_kind.h - what stands behind index_writer: only the writers themselves include it.
 */
#ifndef LECTERN_INDEX_WRITER_KIND_H
#define LECTERN_INDEX_WRITER_KIND_H

#include "index/writer.h"

/* As the functions of writer.h. */
typedef struct {
    lc_status (*add)(index_writer *to, const document *what, lc_error *error);
    lc_status (*remove)(index_writer *from, span term_text, lc_error *error);
    lc_status (*set_meta)(index_writer *to, span key, span text, lc_error *error);
    lc_status (*commit)(index_writer *to, lc_error *error);
    void (*free)(index_writer *what);
} index_writer_kind;

/* The first member of each writer. */
struct index_writer {
    const index_writer_kind *kind;
    bool bulk;
    char note[256]; /* see index_writer_note() */
};

/* Over the library's own API: creates an index or updates one. */
lc_status writer_api_open(const char *path, bool fresh, index_writer **writer_out, lc_error *error);
/* A new index, written in sequence (glass/glass.h). removals: there may be some before the commit.
 */
lc_status writer_bulk_open(const char *path, bool removals, const char *replaces,
                           index_writer **writer_out, lc_error *error);
/* LC_OK when the installed library reads what the bulk writer writes, tried in a folder below path,
 * which need not be there; else why not. */
lc_status writer_bulk_check(const char *path, lc_error *error);

#endif
