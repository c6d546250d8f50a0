/* tables.c - the tables of knowledge, built in and the person's own. */
#include "notes/tables.h"

#include <stdlib.h>

#include "base/embed.h"
#include "base/file.h"
#include "notes/lookup.h"

EMBED(given_names, "src/notes/given_names.txt");
EMBED(common_words, "src/notes/common_words.txt");
EMBED(family_words, "src/notes/family_words.txt");
EMBED(label_table, "src/notes/labels.txt");
EMBED(heading_table, "src/notes/headings.txt");
EMBED(role_table, "src/notes/roles.txt");
EMBED(calendar_table, "src/notes/calendar.txt");
EMBED(cue_table, "src/notes/prose_cues.txt");
EMBED(event_table, "src/notes/event_names.txt");

/* In the order of the bits in tables.h. */
static const char *const label_senses[] = {
    "speaker", "moderator", "author", "org",    "event", "series",   "date",
    "year",    "title",     "kind",   "slides", "video", "schedule", "paper",
    "code",    "time",      "place",  "tags",   "role",  "abstract", NULL};
static const char *const heading_senses[] = {"section",   "container", "idle",     "keynote",
                                             "lightning", "panel",     "workshop", "talk",
                                             "noise",     "place",     "report",   NULL};
static const char *const role_senses[] = {"role", "org", "honour", "particle", "suffix", NULL};
static const char *const cue_senses[] = {"verb",        "bio",  "noun", "before",  "against",
                                         "modal",       "of",   "is",   "article", "the",
                                         "preposition", "self", "who",  NULL};
static const char *const calendar_senses[] = {
    "1",  "2",  "3",      "4",       "5",         "6",        "7",      "8",        "9",      "10",
    "11", "12", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL};

static void add_event_key(reader_tables *to, span phrase, uint32_t index, arena *scratch)
{
    span key = text_key(phrase, scratch);
    if (key.length)
        *map_put(to->events, key, index) = index;
}

/* "Name = alias, alias" a line. */
static void read_events(reader_tables *to, span table)
{
    arena *scratch = arena_new();
    while (table.length) {
        span line = span_trim(span_cut_line(&table));
        if (!line.length || line.at[0] == '#')
            continue;
        span name = arena_copy(to->memory, span_trim(span_cut(&line, '=')));
        uint32_t index = (uint32_t)to->event_count;
        ARRAY_ADD(to->event_names, to->event_count, to->event_capacity, name);
        add_event_key(to, name, index, scratch);
        while (line.length)
            add_event_key(to, span_cut(&line, ','), index, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
}

static map *words_table(span text)
{
    map *words = map_new();
    lookup_read_words(words, text);
    return words;
}

map *given_names_new(void)
{
    return words_table(EMBEDDED(given_names));
}

static map *senses_table(span text, const char *const *senses)
{
    map *table = map_new();
    lookup_read(table, text, senses);
    return table;
}

/* A person's own file, when it is there, is read with `read`. */
static lc_status read_own(reader_tables *to, const char *folder, const char *name,
                          lc_status (*read)(reader_tables *, span, const char *, lc_error *),
                          lc_error *error)
{
    char *path = path_join(folder, name);
    buffer text = {0};
    lc_error problem = {0};
    lc_status status = file_read(path, 0, &text, NULL, &problem);
    if (status == LC_OK)
        status = read(to, buffer_span(&text), path, error);
    else if (status == LC_NOT_FOUND)
        status = LC_OK;
    else
        lc_fail(error, status, "%s", problem.message);
    buffer_free(&text);
    free(path);
    return status;
}

static lc_status own_technologies(reader_tables *to, span text, const char *path, lc_error *error)
{
    return technology_table_add(to->technologies, text, path, error);
}

/* A table of names and their other spellings: a line is parted by tabs, the name first. */
typedef struct {
    map *keys;
    span **names;
    size_t *count, *capacity;
} spelling_table;

static void read_spellings(reader_tables *to, span text, spelling_table table)
{
    arena *scratch = arena_new();
    while (text.length) {
        span line = span_trim(span_cut_line(&text));
        if (!line.length || line.at[0] == '#')
            continue;
        span rest = line, name = arena_copy(to->memory, span_trim(span_cut(&line, '\t')));
        uint32_t index = (uint32_t)*table.count;
        ARRAY_ADD(*table.names, *table.count, *table.capacity, name);
        while (rest.length) {
            span key = text_key(span_cut(&rest, '\t'), scratch);
            if (key.length)
                *map_put(table.keys, key, index) = index;
        }
    }
    arena_free(scratch);
}

static lc_status own_events(reader_tables *to, span text, const char *path, lc_error *error)
{
    (void)path;
    (void)error;
    read_spellings(
        to, text,
        (spelling_table){to->events, &to->event_names, &to->event_count, &to->event_capacity});
    return LC_OK;
}

static lc_status own_people(reader_tables *to, span text, const char *path, lc_error *error)
{
    (void)path;
    (void)error;
    read_spellings(
        to, text,
        (spelling_table){to->people, &to->people_names, &to->people_count, &to->people_capacity});
    return LC_OK;
}

lc_status reader_tables_new(const char *user_folder, reader_tables **tables_out, lc_error *error)
{
    reader_tables *tables = xcalloc(1, sizeof *tables);
    tables->memory = arena_new();
    tables->given_names = given_names_new();
    tables->common_words = words_table(EMBEDDED(common_words));
    tables->family_words = words_table(EMBEDDED(family_words));
    tables->labels = senses_table(EMBEDDED(label_table), label_senses);
    tables->headings = senses_table(EMBEDDED(heading_table), heading_senses);
    tables->roles = senses_table(EMBEDDED(role_table), role_senses);
    tables->calendar = senses_table(EMBEDDED(calendar_table), calendar_senses);
    tables->prose_cues = senses_table(EMBEDDED(cue_table), cue_senses);
    tables->events = map_new();
    tables->people = map_new();
    read_events(tables, EMBEDDED(event_table));
    tables->technologies = technology_table_new();
    lc_status status = LC_OK;
    if (user_folder)
        status = read_own(tables, user_folder, "technologies.tsv", own_technologies, error);
    if (user_folder && status == LC_OK)
        status = read_own(tables, user_folder, "events.tsv", own_events, error);
    if (user_folder && status == LC_OK)
        status = read_own(tables, user_folder, "people.tsv", own_people, error);
    if (status != LC_OK) {
        reader_tables_free(tables);
        return status;
    }
    *tables_out = tables;
    return LC_OK;
}

const technology_table *reader_technologies(const reader_tables *in)
{
    return in->technologies;
}

void reader_tables_free(reader_tables *tables)
{
    if (!tables)
        return;
    map *maps[] = {tables->given_names, tables->common_words, tables->family_words,
                   tables->labels,      tables->headings,     tables->roles,
                   tables->calendar,    tables->prose_cues,   tables->events,
                   tables->people};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_free(maps[i]);
    technology_table_free(tables->technologies);
    free(tables->event_names);
    free(tables->people_names);
    arena_free(tables->memory);
    free(tables);
}
