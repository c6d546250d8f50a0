/*
 * vectors_train.h - learning the space of vectors.h from an index. For vectors_refresh.c only.
 */
#ifndef LECTERN_INDEX_VECTORS_TRAIN_H
#define LECTERN_INDEX_VECTORS_TRAIN_H

#include "index/vectors_file.h"

/* An index whose vectors are being made. */
typedef struct {
    const char *path;
    xs_reader *reader;
    uint32_t end, documents; /* end: one above the highest docid */
    uint32_t lesson_max;     /* documents of a larger collection that are learned from */
    char commit[XS_COMMIT_SIZE];
} vectors_index;

/* A stem of title or body behind PREFIX_STEM, not that of a field, whose prefix is in capitals. */
bool vectors_is_text_stem(const char *term, size_t length);
/* placed: `end` vectors, by docid. */
lc_status vectors_write_talks(const vectors_index *of, uint64_t training, const vector *placed,
                              lc_error *error);
/* Writes the stems; the talks too, and *placed_out says so, when it learned from all of them. */
lc_status vectors_train(const vectors_index *of, bool *placed_out, lc_error *error);

#endif
