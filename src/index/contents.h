/*
 * contents.h - all that an index holds, independent of where in the database it lies: equal
 * contents give equal answers. To compare an index with one that was built anew.
 *
 * One item for each document (its record, terms, word counts, positions, values), for each term
 * (how many documents have it, and who), for each note in the catalog and each piece of metadata.
 * When a file was read, its size and time stamps are no contents.
 */
#ifndef LECTERN_INDEX_CONTENTS_H
#define LECTERN_INDEX_CONTENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct {
    char *key;     /* `talk ROOT/PATH:LINE ID`, `term WORD`, `note ROOT/PATH`, `meta KEY` */
    uint64_t hash; /* of the text */
    char *text;    /* a line each; control bytes and backslashes as \xNN; NULL unless kept */
} content_item;

typedef struct {
    content_item *items; /* by key, then hash */
    size_t count, capacity;
} contents;

/* keep_text: not only its hash. LC_CORRUPT when something can't be read, or does not fit together:
 * a term's documents do not have it, or a document's terms are not those of the term. */
lc_status contents_read(const char *index_path, bool keep_text, contents *out, lc_error *error);
void contents_free(contents *what);

/* Calls visit for each item that only one of them has (left or right is NULL) or that differs. */
typedef void (*visit_difference)(const content_item *left, const content_item *right, void *user);
size_t contents_compare(const contents *left, const contents *right, visit_difference visit,
                        void *user);

#endif
