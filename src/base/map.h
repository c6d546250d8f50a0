/*
 * map.h - a hash map from text to a 32-bit number, and with it the interning of strings.
 *
 * Keys are copied into the map. Numbers mean what the caller wants. For interning the index of the
 * key is wanted (map_intern), not its number. Iteration is in order of arrival, so results never
 * depend on the hash.
 */
#ifndef LECTERN_BASE_MAP_H
#define LECTERN_BASE_MAP_H

#include <stdint.h>

#include "base/span.h"

typedef struct map map;

map *map_new(void);
void map_free(map *what);
void map_clear(map *what);
size_t map_count(const map *what);
/* The number stored under key, or NULL. Valid until the next map_put(). */
uint32_t *map_get(const map *in, span key);
/* The number stored under key; a new key starts with `initial`. */
uint32_t *map_put(map *into, span key, uint32_t initial);
/* Index of key in order of arrival; adds it, with the number 0, when new. */
uint32_t map_intern(map *into, span key);
/* The n-th key in order of arrival and its number. */
span map_key(const map *in, size_t n);
uint32_t map_value(const map *in, size_t n);

#endif
