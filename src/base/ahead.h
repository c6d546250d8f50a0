/*
 * ahead.h - items worked on by several threads, ahead of the one that takes them in order.
 *
 * What the taker does with an item is the same, and in the same order, for any number of threads.
 * There are `window` slots for items that were begun and not yet given back; work() leaves what it
 * made in the slot whose number it is given, and nobody else touches that until it is given back.
 */
#ifndef LECTERN_BASE_AHEAD_H
#define LECTERN_BASE_AHEAD_H

#include <stddef.h>

typedef struct {
    size_t threads, window;
    size_t count; /* of items: 0 .. count - 1 */
    /* Called by a thread (0 .. threads - 1) that no other call is running in. */
    void (*work)(size_t item, size_t slot, size_t thread, void *user);
    /* What an item weighs, and how much may be under way; one item alone may weigh more. */
    size_t (*weight)(size_t item, const void *user);
    size_t weight_limit;
    void *user;
} ahead_options;

typedef struct ahead ahead;

/* As many threads as there are processors for this process, or LECTERN_THREADS; 8 at most, so that
 * memory does not grow with the machine. */
size_t ahead_threads(void);
/* NULL when not one thread could be made. *options stays the caller's and must not change. */
ahead *ahead_start(const ahead_options *options);
/* Waits until the next item is done; the slot that it is in. */
size_t ahead_take(ahead *from);
/* The item taken last may make room for another. */
void ahead_give_back(ahead *to);
/* Ends the threads, after the items they are at. */
void ahead_stop(ahead *what);

#endif
