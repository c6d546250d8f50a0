/*
 * index_status.h - what an index holds, in numbers, and which notes had problems.
 */
#ifndef LECTERN_INDEX_INDEX_STATUS_H
#define LECTERN_INDEX_INDEX_STATUS_H

#include "base/error.h"
#include "base/span.h"

typedef struct {
    char version[32];
    size_t notes, talks, leftovers, problems;
} index_status;

typedef void (*visit_problem)(span root, span path, span problem, void *user);

lc_status index_status_read(const char *index_path, visit_problem visit, void *user,
                            index_status *out, lc_error *error);

#endif
