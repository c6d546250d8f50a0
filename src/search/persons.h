/*
 * persons.h - the spellings of one person: what `speaker:` finds together and `list speakers` shows
 * as one.
 *
 * Found by persons_find.h when first needed after a commit (20,000 talks: some hundredths of a
 * second), and kept in INDEX/persons with the commit that they belong to. A file of another commit,
 * a damaged one or one that can't be written is no failure: they are found anew.
 */
#ifndef LECTERN_SEARCH_PERSONS_H
#define LECTERN_SEARCH_PERSONS_H

#include "search/persons_find.h"

lc_status persons_open(const xs_reader *reader, const char *index_path, arena *memory,
                       person_list *out, lc_error *error);

#endif
