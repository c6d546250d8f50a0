/* The files that a person may write: tables, settings, saved queries, the list of roots. The first
 * byte says which; a mistake is one line that names the file. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/config.h"
#include "cli/saved.h"
#include "index/location.h"
#include "notes/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/dev/shm/lectern-fuzz-XXXXXX";
static char *home; /* the folder lectern in it */

static void write_file(const char *name, span text)
{
    char *path = path_join(home, name);
    FILE *file = fopen(path, "w");
    assert(file);
    fwrite(text.at, 1, text.length, file);
    fclose(file);
    free(path);
}

static void remove_file(const char *name)
{
    char *path = path_join(home, name);
    unlink(path);
    free(path);
}

static void check_message(lc_status status, const lc_error *error)
{
    assert(status == LC_OK || (error->message[0] && !strchr(error->message, '\n')));
}

static void read_tables(void)
{
    static const char text[] =
        "2024/day.md\n# Heron\n\nSpeaker: Ada Example\n\nC++ at PyCon 2024\n";
    lc_error error;
    reader_tables *tables;
    lc_status status = reader_tables_new(home, &tables, &error);
    check_message(status, &error);
    if (status != LC_OK)
        return;
    arena *memory = arena_new();
    note_source source = {SPAN("notes"), SPAN("a.md"), SPAN(text)};
    note found;
    note_read(&source, NULL, tables, memory, &found);
    arena_free(memory);
    reader_tables_free(tables);
}

static void read_config(void)
{
    extern const command COMMAND_SEARCH;
    lc_error error;
    options given = {0};
    config settings = {NULL};
    check_message(config_apply(&COMMAND_SEARCH, &given, &settings, &error), &error);
    options_free(&given);
    config_free(&settings);
}

static void read_saved(void)
{
    lc_error error;
    location at;
    saved_queries queries;
    span found;
    if (location_find(NULL, &at, &error) != LC_OK)
        return;
    lc_status status = saved_load(&at, &queries, &error);
    check_message(status, &error);
    if (status == LC_OK) {
        saved_find(&queries, SPAN("reading"), &found);
        saved_free(&queries);
    }
    location_free(&at);
}

static void read_roots(void)
{
    lc_error error;
    location at;
    roots list;
    if (location_find(NULL, &at, &error) != LC_OK)
        return;
    lc_status status = roots_load(&at, &list, &error);
    check_message(status, &error);
    for (size_t i = 0; status == LC_OK && i < list.count; i++)
        assert(list.items[i][0] == '/');
    roots_free(&list);
    location_free(&at);
}

static void make_home(void)
{
    if (!mkdtemp(folder))
        abort();
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("XDG_DATA_HOME", folder, 1);
    home = path_join(folder, "lectern");
    folder_make(home, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const char *name;
        void (*read)(void);
    } KINDS[] = {{"technologies.tsv", read_tables}, {"people.tsv", read_tables},
                 {"events.tsv", read_tables},       {"config", read_config},
                 {"queries", read_saved},           {"roots", read_roots}};
    if (!size)
        return 0;
    if (!home)
        make_home();
    size_t kind = data[0] % (sizeof KINDS / sizeof *KINDS);
    write_file(KINDS[kind].name, (span){(const char *)data + 1, size - 1});
    KINDS[kind].read();
    remove_file(KINDS[kind].name);
    return 0;
}
