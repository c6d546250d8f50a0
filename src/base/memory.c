#include "base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* stdio may itself need memory: write() does not. */
static void die_without_memory(void)
{
    static const char message[] = "lectern: out of memory; the index is as it was\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(3);
}

void *xmalloc(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        die_without_memory();
    return memory;
}

void *xcalloc(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        die_without_memory();
    return memory;
}

void *xrealloc(void *memory, size_t size)
{
    memory = realloc(memory, size ? size : 1);
    if (!memory)
        die_without_memory();
    return memory;
}

char *xstrdup(span text)
{
    char *copy = xmalloc(text.length + 1);
    if (text.length)
        memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    return copy;
}

static size_t grown(size_t count, size_t size)
{
    size_t capacity = count < 8 ? 8 : count * 2;
    if (capacity > SIZE_MAX / size)
        die_without_memory();
    return capacity;
}

void array_reserve_one(void *items, size_t count, size_t *capacity, size_t size)
{
    void *array;
    if (count < *capacity)
        return;
    *capacity = grown(count, size);
    memcpy(&array, items, sizeof array);
    array = xrealloc(array, *capacity * size);
    memcpy(items, &array, sizeof array);
}

/* ---- arena ---- */

enum { BLOCK_SIZE = 64 * 1024 };

typedef struct block {
    struct block *next;
    size_t size, used;
    max_align_t bytes[];
} block;

struct arena {
    block *first; /* the one that is filled now; older ones behind it */
    size_t total;
};

static block *block_new(size_t size, block *next)
{
    block *made = xmalloc(sizeof *made + size);
    made->next = next;
    made->size = size;
    made->used = 0;
    return made;
}

arena *arena_new(void)
{
    arena *made = xmalloc(sizeof *made);
    made->first = block_new(BLOCK_SIZE, NULL);
    made->total = 0;
    return made;
}

void *arena_alloc(arena *from, size_t size)
{
    if (size > SIZE_MAX / 2)
        die_without_memory();
    size = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    if (from->first->size - from->first->used < size)
        from->first = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE, from->first);
    void *memory = (char *)from->first->bytes + from->first->used;
    from->first->used += size;
    from->total += size;
    return memory;
}

void *arena_zalloc(arena *from, size_t size)
{
    return memset(arena_alloc(from, size), 0, size);
}

span arena_copy(arena *to, span text)
{
    char *copy = arena_alloc(to, text.length + 1);
    if (text.length)
        memcpy(copy, text.at, text.length);
    copy[text.length] = '\0';
    return (span){copy, text.length};
}

span arena_printf(arena *to, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_alloc(to, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return (span){text, (size_t)length};
}

void arena_reset(arena *what)
{
    while (what->first->next) {
        block *next = what->first->next;
        free(what->first);
        what->first = next;
    }
    what->first->used = 0;
    what->total = 0;
}

void arena_free(arena *what)
{
    if (!what)
        return;
    arena_reset(what);
    free(what->first);
    free(what);
}

size_t arena_used(const arena *what)
{
    return what->total;
}

void arena_reserve_one(arena *from, void *items, size_t count, size_t *capacity, size_t size)
{
    void *array;
    if (count < *capacity)
        return;
    *capacity = grown(count, size);
    void *larger = arena_alloc(from, *capacity * size);
    memcpy(&array, items, sizeof array);
    if (count)
        memcpy(larger, array, count * size);
    memcpy(items, &larger, sizeof larger);
}
