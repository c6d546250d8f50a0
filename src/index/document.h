/*
 * document.h - what is written for one talk, before any writer sees it: terms with wdf and
 * positions, values, data. Both writers are fed from it, so neither decides anything.
 *
 * A document is reused from talk to talk: document_clear() keeps its memory.
 */
#ifndef LECTERN_INDEX_DOCUMENT_H
#define LECTERN_INDEX_DOCUMENT_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "glass/glass.h"

/* As the bulk writer takes them, so that nothing is copied. */
typedef glass_posting posting;
typedef glass_value slot_value;

typedef struct {
    span term;
    uint32_t wdf, position;
    uint8_t class;
} occurrence;

typedef struct {
    uint64_t head; /* of the term */
    uint32_t at;   /* the occurrence */
} sort_key;

typedef struct {
    arena *memory;
    occurrence *occurrences;
    size_t occurrence_count, occurrence_capacity;
    sort_key *order; /* of the occurrences, and as much room again to merge in */
    size_t order_capacity;
    posting *postings; /* after document_finish(): ascending by term, each term once */
    size_t posting_count, posting_capacity;
    uint32_t *positions;
    size_t position_count, position_capacity;
    slot_value slots[4];
    size_t slot_count;
    uint8_t class; /* of length (length_class.h): what is added from now on is weighted with it */
    buffer data;
} document;

#define NO_POSITION UINT32_MAX

void document_init(document *what);
void document_free(document *what);
void document_clear(document *what);
/* Adds to the frequency (0 is fine: a filter) and, unless NO_POSITION, a position to prefix + term.
 * A term of more than TERM_MAX bytes, or an empty one, is left out. The posting's wdf is packed of
 * the sum of frequencies and the class. */
void document_add(document *to, const char *prefix, span text, uint32_t frequency,
                  uint32_t position);
/* A term with that very wdf. */
void document_add_number(document *to, const char *name, uint32_t wdf);
void document_set_slot(document *to, uint32_t slot, span text);
/* Sorts what was added into postings. */
void document_finish(document *what);

#endif
