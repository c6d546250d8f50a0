/*
 * talk_id.h - a talk's public name: eight letters that survive edits elsewhere in the file and,
 * because they come from title and event, a new name of the file.
 *
 * The ordinal tells talks of equal title and event apart, in the order of root, path and line. A
 * talk without a title is named by its file instead. A changed title is a new id.
 */
#ifndef LECTERN_INDEX_TALK_ID_H
#define LECTERN_INDEX_TALK_ID_H

#include <stdint.h>

#include "notes/talk.h"

enum { TALK_ID_LENGTH = 8 };

/* What the ordinal counts: equal keys are told apart by it. */
uint64_t talk_id_key(const talk *of, span path);
/* Eight of a-z and 2-7, the first a letter, so that an id is never mistaken for a rank. */
span talk_id(uint64_t key, uint32_t ordinal, arena *memory);

#endif
