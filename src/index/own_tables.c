#include "index/own_tables.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/file.h"

static void read_table(const char *config_folder, const char *name, buffer *to)
{
    if (!config_folder)
        return;
    char *path = path_join(config_folder, name);
    file_read(path, 0, to, NULL, NULL);
    free(path);
}

void own_tables_stamp(const char *config_folder, buffer *to)
{
    static const char *const names[] = {"technologies.tsv", "people.tsv", "events.tsv"};
    buffer text = {0};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        buffer_clear(&text);
        read_table(config_folder, names[i], &text);
        buffer_printf(to, "%016llx ", (unsigned long long)XXH3_64bits(text.at, text.length));
    }
    buffer_free(&text);
}

void own_tables_technologies(const char *config_folder, buffer *to)
{
    read_table(config_folder, "technologies.tsv", to);
}

void own_tables_people(const char *config_folder, buffer *to)
{
    read_table(config_folder, "people.tsv", to);
}
