/*
 * person_evidence.h - what the talks of a name say beside it: where, for whom, with whom.
 */
#ifndef LECTERN_SEARCH_PERSON_EVIDENCE_H
#define LECTERN_SEARCH_PERSON_EVIDENCE_H

#include "base/memory.h"
#include "xapian_shim.h"

typedef struct {
    uint32_t *docids; /* ascending */
    size_t docid_count, docid_capacity;
    uint64_t *marks; /* of the events and companies of its talks, ascending */
    size_t mark_count, mark_capacity;
    bool read;
} person_evidence;

/* Reads it once. name: folded, as in the terms of whole values. */
xs_status evidence_read(const xs_reader *reader, span name, arena *memory, person_evidence *out,
                        xs_error *said);
/* Both spoke at one event, or work at one place. */
bool evidence_agrees(const person_evidence *a, const person_evidence *b);
/* Both gave one talk: then they are two. */
bool evidence_parts(const person_evidence *a, const person_evidence *b);

#endif
