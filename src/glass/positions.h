/*
 * positions.h - the positions of a term in a document, as the position table keeps them.
 */
#ifndef LECTERN_GLASS_POSITIONS_H
#define LECTERN_GLASS_POSITIONS_H

#include <stdint.h>

#include "base/buffer.h"

/* Adds the tag for count > 0 positions, strictly ascending. */
void glass_positions_add(buffer *to, const uint32_t *positions, uint32_t count);

/* The most bytes that this adds. */
size_t glass_positions_room(uint32_t count);

#endif
