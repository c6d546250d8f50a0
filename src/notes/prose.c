/* prose.c - who the running text says gave the talk. */
#include "notes/reading.h"

void prose_find(note_reading *reading, const talk_place *place, talk *to)
{
    (void)reading;
    (void)place;
    (void)to;
}
