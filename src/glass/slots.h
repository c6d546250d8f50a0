/*
 * slots.h - statistics of value slots: how many documents have a value, the least and the greatest.
 */
#ifndef LECTERN_GLASS_SLOTS_H
#define LECTERN_GLASS_SLOTS_H

#include "base/buffer.h"
#include "glass/inversion.h"

typedef struct slot_table slot_table;

slot_table *slot_table_new(void);
void slot_table_free(slot_table *what);
/* text: not empty. */
void slot_table_count(slot_table *in, uint32_t slot, span text);
/* Adds the statistics of every slot, under the keys that they have in the postlist table. */
void slot_table_add_to(const slot_table *from, inversion *to);

#endif
