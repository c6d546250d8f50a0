/*
 * document.h - one document: what the format can't hold is refused, and its own entries are made.
 */
#ifndef LECTERN_GLASS_DOCUMENT_H
#define LECTERN_GLASS_DOCUMENT_H

#include "base/buffer.h"
#include "glass/glass.h"

typedef struct {
    uint32_t length;  /* sum of wdf */
    uint32_t wdf_max; /* of any term */
} glass_document_measure;

/* LC_BAD_INPUT, with the document's number in the message, for what glass_builder_add() refuses. */
lc_status glass_document_check(const glass_document *what, uint32_t docid,
                               glass_document_measure *measure_out, lc_error *error);

/* What the termlist table has under the document's number; nothing for a document without terms. */
void glass_document_terms_pack(buffer *to, const glass_document *what, uint32_t length);
/* What it has under the number and a zero byte, if there are values: the slots, which ascend. */
void glass_document_slots_pack(buffer *to, const glass_value *values, size_t count);

#endif
