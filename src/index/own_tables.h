/*
 * own_tables.h - the person's own tables (technologies.tsv, people.tsv, events.tsv in the config
 * folder) as the index knows them: when one changes, all notes are read anew. Technologies and
 * people go into the index: queries are analysed as its notes were, and whom people.tsv names apart
 * stays apart.
 */
#ifndef LECTERN_INDEX_OWN_TABLES_H
#define LECTERN_INDEX_OWN_TABLES_H

#include "base/buffer.h"

/* Appends a line that stands for the contents of all of them: equal lines, equal tables.
 * config_folder may be NULL; a table that is not there counts as empty. */
void own_tables_stamp(const char *config_folder, buffer *to);
/* Appends the text of technologies.tsv; of people.tsv. */
void own_tables_technologies(const char *config_folder, buffer *to);
void own_tables_people(const char *config_folder, buffer *to);

#endif
