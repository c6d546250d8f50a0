/*
 * tag.h - compressing tags, and cutting them into the components that the items of a table hold.
 */
#ifndef LECTERN_GLASS_TAG_H
#define LECTERN_GLASS_TAG_H

#include <stdint.h>

#include "base/span.h"

/* A tag is cut into components of `first`, then `other`, `other`, ... bytes. */
typedef struct {
    size_t first, other;
} glass_cut;

typedef struct glass_deflater glass_deflater;

glass_deflater *glass_deflater_new(void);
void glass_deflater_free(glass_deflater *what);
/* The tag compressed, borrowed until the next call; empty when that is no smaller. */
span glass_deflate(glass_deflater *by, span tag);
/* Whether the library can read a compressed tag of `length` bytes uncompressed that is cut so. */
bool glass_deflated_readable(glass_deflater *by, span compressed, size_t length, glass_cut cut);

#endif
