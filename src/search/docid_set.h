/*
 * docid_set.h - documents, a bit for each docid.
 */
#ifndef LECTERN_SEARCH_DOCID_SET_H
#define LECTERN_SEARCH_DOCID_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"

typedef struct {
    uint8_t *bits;
    uint32_t limit; /* docids are below it; others are never in */
} docid_set;

static inline docid_set docid_set_new(uint32_t limit, arena *memory)
{
    return (docid_set){arena_zalloc(memory, limit / 8 + 1), limit};
}

static inline void docid_set_add(docid_set *to, uint32_t docid)
{
    if (docid < to->limit)
        to->bits[docid / 8] |= (uint8_t)(1U << docid % 8);
}

static inline bool docid_set_has(const docid_set *in, uint32_t docid)
{
    return docid < in->limit && (in->bits[docid / 8] >> docid % 8 & 1);
}

#endif
