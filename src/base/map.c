#include "base/map.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL /* most keys are short: the call would cost more than the hash */
#include <xxhash.h>

#include "base/memory.h"

typedef struct {
    span key;
    uint32_t hash, value;
} entry;

struct map {
    arena *keys;
    entry *entries;
    size_t count, capacity;
    uint32_t *slots; /* entry number + 1, 0 = free; a power of two, at most half full */
    size_t mask;
};

enum { FIRST_SLOTS = 64 };

map *map_new(void)
{
    map *made = xcalloc(1, sizeof *made);
    made->keys = arena_new();
    made->slots = xcalloc(FIRST_SLOTS, sizeof *made->slots);
    made->mask = FIRST_SLOTS - 1;
    return made;
}

void map_free(map *what)
{
    if (!what)
        return;
    arena_free(what->keys);
    free(what->entries);
    free(what->slots);
    free(what);
}

void map_clear(map *what)
{
    arena_reset(what->keys);
    memset(what->slots, 0, (what->mask + 1) * sizeof *what->slots);
    what->count = 0;
}

size_t map_count(const map *what)
{
    return what->count;
}

static uint32_t hash_of(span key)
{
    return (uint32_t)XXH3_64bits(key.at, key.length);
}

/* The slot that holds key, or the free one where it belongs. */
static uint32_t *slot_for(const map *in, span key, uint32_t hash)
{
    for (size_t i = hash & in->mask;; i = (i + 1) & in->mask) {
        uint32_t *slot = &in->slots[i];
        if (!*slot)
            return slot;
        const entry *found = &in->entries[*slot - 1];
        if (found->hash == hash && span_equal(found->key, key))
            return slot;
    }
}

static void grow(map *what)
{
    what->mask = what->mask * 2 + 1;
    free(what->slots);
    what->slots = xcalloc(what->mask + 1, sizeof *what->slots);
    for (size_t n = 0; n < what->count; n++) {
        size_t i = what->entries[n].hash & what->mask;
        while (what->slots[i])
            i = (i + 1) & what->mask;
        what->slots[i] = (uint32_t)n + 1;
    }
}

/* The entry of key, added with `value` when new. */
static entry *put(map *into, span key, uint32_t value)
{
    uint32_t hash = hash_of(key);
    uint32_t *slot = slot_for(into, key, hash);
    if (*slot)
        return &into->entries[*slot - 1];
    if (into->count >= into->mask / 2) {
        grow(into);
        slot = slot_for(into, key, hash);
    }
    entry new = {arena_copy(into->keys, key), hash, value};
    ARRAY_ADD(into->entries, into->count, into->capacity, new);
    *slot = (uint32_t)into->count;
    return &into->entries[into->count - 1];
}

uint32_t *map_get(const map *in, span key)
{
    uint32_t slot = *slot_for(in, key, hash_of(key));
    return slot ? &in->entries[slot - 1].value : NULL;
}

uint32_t *map_put(map *into, span key, uint32_t initial)
{
    return &put(into, key, initial)->value;
}

uint32_t map_intern(map *into, span key)
{
    return (uint32_t)(put(into, key, 0) - into->entries);
}

span map_key(const map *in, size_t n)
{
    return in->entries[n].key;
}

uint32_t map_value(const map *in, size_t n)
{
    return in->entries[n].value;
}
