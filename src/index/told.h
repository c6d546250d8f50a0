/*
 * told.h - what the notes of an index told each other (notes/note.h), for who reads some of them
 * anew.
 */
#ifndef LECTERN_INDEX_TOLD_H
#define LECTERN_INDEX_TOLD_H

#include "index/location.h"
#include "notes/note.h"

typedef void (*visit_told)(span root, span path, const keys *tells, void *user);

/* Visits each note of the index. LC_NO_INDEX, LC_OLD_INDEX: there is none that this version reads.
 */
lc_status index_told(const location *at, visit_told visit, void *user, lc_error *error);

#endif
