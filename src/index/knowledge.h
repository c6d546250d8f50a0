/*
 * knowledge.h - what the collection as a whole says, and under what a note was read.
 *
 * Reading a note asks the collection (notes/note.h), and a talk's id needs to know how many talks
 * of the same title and event stand before it. The *context* of a note is a hash of all these
 * answers: when it changes, the note is read again, though its bytes are the same. So a refresh and
 * a rebuild end in the same index, whatever the history.
 */
#ifndef LECTERN_INDEX_KNOWLEDGE_H
#define LECTERN_INDEX_KNOWLEDGE_H

#include "index/catalog.h"

typedef struct {
    map *told;  /* key -> number of notes that tell it */
    map *talks; /* id key (8 bytes) -> talks met so far, in the order of root and path */
} knowledge;

void knowledge_init(knowledge *what);
void knowledge_free(knowledge *what);
void knowledge_tell(knowledge *to, const keys *tells);
void knowledge_untell(knowledge *from, const keys *tells);
/* Starts a new round through all notes in order. */
void knowledge_restart_talks(knowledge *what);
/* How many talks with that id key came before; counts this one. */
uint32_t knowledge_ordinal(knowledge *in, uint64_t id_key);
/* Takes the last one back. */
void knowledge_forget_ordinal(knowledge *in, uint64_t id_key);
/* Hash of the answers to the note's questions (its own tells are none) and of its talks' ordinals.
 * 0 when there is nothing to depend on. */
uint64_t knowledge_context(const facts *known, const keys *asks, const uint32_t *ordinals,
                           size_t count);

#endif
