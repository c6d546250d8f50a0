/*
 * persons.h - the spellings of one person: what `speaker:` finds together and `list speakers` shows
 * as one.
 *
 * Found by persons_find.h when first needed after a commit (20,000 talks: some hundredths of a
 * second), and kept (index/kept.h) as persons.
 */
#ifndef LECTERN_SEARCH_PERSONS_H
#define LECTERN_SEARCH_PERSONS_H

#include "search/persons_find.h"

lc_status persons_open(const xs_reader *reader, const char *index_path, arena *memory,
                       person_list *out, lc_error *error);

#endif
