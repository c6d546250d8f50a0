/*
 * persons_find.h - which of the speakers' names in the index are one person's. A pure function of
 * what the index holds, so a refresh and a rebuild find the same.
 *
 * Pairs come from same_person.h. Against them speak: a talk that both gave, the person's own
 * people.tsv naming both, a third name that fits one of them alone ("John A. Smith" and "John B.
 * Smith" for "John Smith"). All names of a person fit each other. A handle that once stands behind
 * a name is a name of that person.
 */
#ifndef LECTERN_SEARCH_PERSONS_FIND_H
#define LECTERN_SEARCH_PERSONS_FIND_H

#include "base/error.h"
#include "base/memory.h"
#include "xapian_shim.h"

typedef struct {
    span *names;  /* folded, as in the terms of whole values; the one to show first */
    size_t count; /* two or more */
} person_variants;

typedef struct {
    person_variants *items;
    size_t count, capacity;
} person_list;

xs_status persons_find(const xs_reader *reader, arena *memory, person_list *out, xs_error *said);

#endif
