/*
 * front_matter_parts.h - what the readers of the several syntaxes share. Inside front matter only.
 */
#ifndef LECTERN_NOTES_FRONT_MATTER_PARTS_H
#define LECTERN_NOTES_FRONT_MATTER_PARTS_H

#include "base/buffer.h"
#include "base/map.h"
#include "notes/front_matter.h"

/* Front matter is small; what is larger is an attack or no front matter. */
enum {
    FRONT_BYTES = 64 * 1024,
    FRONT_ITEMS = 4096,
    FRONT_DEPTH = 32 /* levels of maps and lists; deeper values are dropped */
};

typedef struct {
    arena *memory;
    front_matter *out;
    size_t capacity;
    size_t *item_capacity; /* by entry */
    size_t item_capacity_room;
    size_t item_total;
    map *known; /* key -> number of the entry */
    buffer key; /* room for folding */
} front_collector;

/* Adds a value under the key; an empty one makes the key known. */
void front_add(front_collector *to, span key, span value, uint32_t line);
void front_warn(front_collector *to, uint32_t line, const char *what);
/* Forgets all entries. */
void front_forget(front_collector *what);

/* Each reads the text between the fences, which begins on first_line. */
/* False, with a warning, when it is not YAML; entries may have been added by then. */
bool front_read_yaml(span text, uint32_t first_line, front_collector *to);
void front_read_toml(span text, uint32_t first_line, front_collector *to);
/* `key: value` lines as far as they can be understood. */
void front_read_lines(span text, uint32_t first_line, front_collector *to);

/* `key: value` at the beginning of a line: cuts it up. False when it is none. */
bool front_cut_key(span line, span *key_out, span *value_out);

#endif
