/*
 * talk_document.h - which terms a talk is found by: from a talk record to a document.
 */
#ifndef LECTERN_INDEX_TALK_DOCUMENT_H
#define LECTERN_INDEX_TALK_DOCUMENT_H

#include "analysis/technology.h"
#include "index/document.h"
#include "index/talk_record.h"

typedef struct document_builder document_builder; /* keeps an analyser per language */

document_builder *document_builder_new(void);
void document_builder_free(document_builder *what);
/* From now on the technologies that a text names give their canonical terms. Borrowed. */
void document_builder_use_technologies(document_builder *with, const technology_table *table);
/* How often a title's word counts, in place of TITLE_WEIGHT: for lectern-bench. */
void document_builder_set_title_weight(document_builder *of, uint32_t weight);
/* file_term: the whole XFILE term of the note. Clears and fills *out, finished. */
void document_build(document_builder *with, const talk_record *record, span file_term,
                    document *out);

#endif
