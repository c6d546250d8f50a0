/*
 * record_index.h - an index of talk records that came from elsewhere than notes: a test collection.
 *
 * The same terms and the same format as an index of notes; it has no roots and is never refreshed.
 */
#ifndef LECTERN_INDEX_RECORD_INDEX_H
#define LECTERN_INDEX_RECORD_INDEX_H

#include "base/error.h"
#include "index/talk_record.h"

typedef struct record_index record_index;

/* A new index at path. title_weight: how often a title's word counts; 0: as ever. */
lc_status record_index_new(const char *path, uint32_t title_weight, record_index **index_out,
                           lc_error *error);
/* The n-th record added is document n, from 1. */
lc_status record_index_add(record_index *to, const talk_record *record, lc_error *error);
/* Writes all, and learns the vectors. */
lc_status record_index_commit(record_index *of, lc_error *error);
void record_index_free(record_index *what);

#endif
