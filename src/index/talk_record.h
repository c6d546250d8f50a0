/*
 * talk_record.h - a talk as it is stored in a document's data, and read back.
 *
 * Everything that a result shows is here, so that no answer depends on the file.
 */
#ifndef LECTERN_INDEX_TALK_RECORD_H
#define LECTERN_INDEX_TALK_RECORD_H

#include "base/buffer.h"
#include "notes/talk.h"

typedef struct {
    span id;   /* the talk's public name, see talk_id.h */
    span root; /* absolute path of the root */
    span path; /* of the note, below the root */
    talk talk;
} talk_record;

void talk_record_write(const talk_record *record, buffer *to);
/* Reads it back; spans point into data, arrays are in the arena. False if data is damaged. Values
 * come back without rule and confidence: those are for `talks --why`, which reads the file. */
bool talk_record_read(span data, arena *memory, talk_record *record_out);

#endif
