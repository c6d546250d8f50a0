/*
 * memory.h - allocation that never fails, growing arrays, and the arena.
 *
 * When the system has no memory the x-functions print one line and end the process with status 3:
 * the index is only ever replaced as a whole, so nothing is lost, and no caller has to check.
 */
#ifndef LECTERN_BASE_MEMORY_H
#define LECTERN_BASE_MEMORY_H

#include <stdalign.h>
#include <stddef.h>

#include "base/span.h"

/* The same for a library that says it has none. */
void die_without_memory(void) __attribute__((noreturn, cold));

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *memory, size_t size);
/* A terminated copy; free() it. */
char *xstrdup(span text);

/* Makes room for one more item behind `count` items of `size` bytes in *items (NULL at first);
 * doubles, so that adding n items costs O(n). */
void array_reserve_one(void *items, size_t count, size_t *capacity, size_t size);
/* Adds `item` to a growing array that keeps its items, count and capacity in three variables. */
#define ARRAY_ADD(items, count, capacity, item)                                                    \
    do {                                                                                           \
        array_reserve_one(&(items), (count), &(capacity), sizeof *(items));                        \
        (items)[(count)++] = (item);                                                               \
    } while (0)

/*
 * An arena hands out memory that is freed all at once: one per note, reset between notes, so that
 * nothing that is extracted from a note needs an owner of its own.
 */
typedef struct arena {
    char *next, *end; /* what is free of the block that is filled now */
    struct arena_block *blocks;
} arena;
arena *arena_new(void);
void *arena_alloc_block(arena *from, size_t size);
/* Aligned for any type, not cleared. */
static inline void *arena_alloc(arena *from, size_t size)
{
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (rounded < size || rounded > (size_t)(from->end - from->next))
        return arena_alloc_block(from, size);
    void *memory = from->next;
    from->next += rounded;
    return memory;
}

void *arena_zalloc(arena *from, size_t size);
/* A copy of the text, terminated as a courtesy (the length does not count the zero byte). */
span arena_copy(arena *to, span text);
span arena_printf(arena *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forgets everything handed out; keeps one block for the next round. */
void arena_reset(arena *what);
void arena_free(arena *what);

/* As array_reserve_one(), with the items in an arena. */
void arena_reserve_one(arena *from, void *items, size_t count, size_t *capacity, size_t size);
#define ARENA_ADD(from, items, count, capacity, item)                                              \
    do {                                                                                           \
        arena_reserve_one((from), &(items), (count), &(capacity), sizeof *(items));                \
        (items)[(count)++] = (item);                                                               \
    } while (0)

#endif
