#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* stdio may itself need memory: write() does not. */
void die_without_memory(void)
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

struct arena_block {
    struct arena_block *next; /* older */
    size_t size;
    max_align_t bytes[];
};

static void fill_from(arena *what, struct arena_block *block)
{
    what->blocks = block;
    what->next = (char *)block->bytes;
    what->end = what->next + block->size;
}

static void add_block(arena *to, size_t size)
{
    struct arena_block *made = xmalloc(sizeof *made + size);
    made->next = to->blocks;
    made->size = size;
    fill_from(to, made);
}

arena *arena_new(void)
{
    arena *made = xcalloc(1, sizeof *made);
    add_block(made, BLOCK_SIZE);
    return made;
}

void *arena_alloc_block(arena *from, size_t size)
{
    if (size > SIZE_MAX / 2)
        die_without_memory();
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    add_block(from, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    from->next += size;
    return from->blocks->bytes;
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
    struct arena_block *block = what->blocks;
    while (block->next) {
        struct arena_block *older = block->next;
        free(block);
        block = older;
    }
    fill_from(what, block);
}

void arena_free(arena *what)
{
    if (!what)
        return;
    arena_reset(what);
    free(what->blocks);
    free(what);
}

void arena_reserve_one(arena *from, void *items, size_t count, size_t *capacity, size_t size)
{
    void *array;
    if (count < *capacity)
        return;
    /* What it outgrows stays in the arena; what it does not use yet is no memory. */
    *capacity = grown(count, size) * (count * size >= BLOCK_SIZE ? 2 : 1);
    void *larger = arena_alloc(from, *capacity * size);
    memcpy(&array, items, sizeof array);
    if (count)
        memcpy(larger, array, count * size);
    memcpy(items, &larger, sizeof larger);
}
