/*
 * inversion.h - lists in memory: entries come document by document, and go out list by list.
 */
#ifndef LECTERN_GLASS_INVERSION_H
#define LECTERN_GLASS_INVERSION_H

#include "glass/list.h"

typedef struct inversion inversion;

/* The most that may be in it before it is emptied: leaves room for one more document. */
#define INVERSION_MAX ((size_t)2 << 30)
/* What one document may add, reckoned as inversion_cost() does. */
#define INVERSION_DOCUMENT_MAX ((size_t)1 << 30)

inversion *inversion_new(void);
void inversion_free(inversion *what);
/* Forgets all lists, and gives the memory back: one huge document must not leave a table so large
 * that it alone reaches the limit ever after. */
void inversion_clear(inversion *what);

typedef struct {
    span key; /* KEY_MAX bytes at most */
    uint32_t wdf;
    span bytes;
    uint32_t hash; /* filled in by inversion_add() */
} inversion_item;

/* Adds an entry to each item's list.  Document numbers never descend.  Many items at once are
 * faster: the memory that the next ones need is fetched while one is added. */
void inversion_add(inversion *to, uint32_t docid, inversion_item *items, size_t count);
/* Bytes in use. */
size_t inversion_size(const inversion *of);
/* At least what an entry with such a key and so many bytes takes. */
size_t inversion_cost(size_t key_length, size_t bytes);

/* The lists, the first one at hand.  Valid until something is added; free with
 * inversion_source_free(). */
list_source *inversion_source(const inversion *of);
void inversion_source_free(list_source *what);

#endif
