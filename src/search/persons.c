#include "search/persons.h"

#include <string.h>
#include <xxhash.h>

#include "base/buffer.h"
#include "base/file.h"
#include "index/xapian_error.h"

/* The file: this header, then a line a person, the names parted by tabs. */
typedef struct {
    char magic[16], commit[XS_COMMIT_SIZE];
    uint64_t hash; /* of the lines */
} header;

static const char MAGIC[16] = "lectern-person1";

static person_variants read_person(span line, arena *memory)
{
    person_variants made = {.count = 1};
    size_t i = 0;
    for (size_t at = 0; at < line.length; at++)
        made.count += line.at[at] == '\t';
    made.names = arena_alloc(memory, made.count * sizeof *made.names);
    while (i < made.count)
        made.names[i++] = span_cut(&line, '\t');
    return made;
}

static bool read_file(const char *path, const char *commit, arena *memory, person_list *out)
{
    header h;
    buffer file = {0};
    bool good = file_read(path, 0, &file, NULL, NULL) == LC_OK && file.length >= sizeof h;
    if (good) {
        memcpy(&h, file.at, sizeof h);
        good = memcmp(h.magic, MAGIC, sizeof h.magic) == 0 &&
               memcmp(h.commit, commit, sizeof h.commit) == 0 &&
               h.hash == XXH3_64bits(file.at + sizeof h, file.length - sizeof h);
    }
    span rest = good ? arena_copy(memory, span_from(buffer_span(&file), sizeof h)) : SPAN_NONE;
    while (rest.length) {
        person_variants made = read_person(span_cut_line(&rest), memory);
        ARENA_ADD(memory, out->items, out->count, out->capacity, made);
    }
    buffer_free(&file);
    return good;
}

/* A name with a tab or a line break in it is nobody's. */
static bool is_plain(const person_variants *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (span_find_byte(of->names[i], '\t') != SPAN_NOT_FOUND ||
            span_find_byte(of->names[i], '\n') != SPAN_NOT_FOUND)
            return false;
    return true;
}

static void write_file(const char *path, const char *commit, const person_list *what)
{
    header h = {.hash = 0};
    buffer file = {0};
    memcpy(h.magic, MAGIC, sizeof h.magic);
    memcpy(h.commit, commit, sizeof h.commit);
    buffer_add(&file, (span){(const char *)&h, sizeof h});
    for (size_t i = 0; i < what->count; i++)
        for (size_t k = 0; k < what->items[i].count && is_plain(&what->items[i]); k++) {
            buffer_add(&file, what->items[i].names[k]);
            buffer_add_byte(&file, k + 1 < what->items[i].count ? '\t' : '\n');
        }
    h.hash = XXH3_64bits(file.at + sizeof h, file.length - sizeof h);
    memcpy(file.at, &h, sizeof h);
    file_replace(path, buffer_span(&file), NULL);
    buffer_free(&file);
}

lc_status persons_open(const xs_reader *reader, const char *index_path, arena *memory,
                       person_list *out, lc_error *error)
{
    xs_error said;
    char commit[XS_COMMIT_SIZE] = {0};
    buffer path = {0};
    *out = (person_list){0};
    buffer_printf(&path, "%s/persons", index_path);
    xs_status status = xs_reader_commit(reader, commit, &said);
    if (status == XS_OK && !read_file(path.at, commit, memory, out)) {
        status = persons_find(reader, memory, out, &said);
        if (status == XS_OK)
            write_file(path.at, commit, out);
    }
    buffer_free(&path);
    return from_xapian(status, &said, index_path, error);
}
