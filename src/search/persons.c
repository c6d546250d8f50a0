#include "search/persons.h"

#include "base/buffer.h"
#include "index/kept.h"
#include "index/xapian_error.h"

/* What is kept: a line a person, the names parted by tabs: persons_find.h gives none with either
 * in it. */
static const char KEPT[] = "persons";

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

static bool read_kept(const char *index_path, const char *commit, arena *memory, person_list *out)
{
    buffer lines = {0};
    bool kept = kept_read(index_path, KEPT, commit, &lines);
    span rest = arena_copy(memory, buffer_span(&lines));
    while (rest.length) {
        person_variants made = read_person(span_cut_line(&rest), memory);
        ARENA_ADD(memory, out->items, out->count, out->capacity, made);
    }
    buffer_free(&lines);
    return kept;
}

static void keep(const char *index_path, const char *commit, const person_list *what)
{
    buffer lines = {0};
    for (size_t i = 0; i < what->count; i++)
        for (size_t k = 0; k < what->items[i].count; k++) {
            buffer_add(&lines, what->items[i].names[k]);
            buffer_add_byte(&lines, k + 1 < what->items[i].count ? '\t' : '\n');
        }
    kept_write(index_path, KEPT, commit, buffer_span(&lines));
    buffer_free(&lines);
}

lc_status persons_open(const xs_reader *reader, const char *index_path, arena *memory,
                       person_list *out, lc_error *error)
{
    xs_error said;
    char commit[XS_COMMIT_SIZE] = {0};
    *out = (person_list){0};
    xs_status status = xs_reader_commit(reader, commit, &said);
    if (status == XS_OK && !read_kept(index_path, commit, memory, out)) {
        status = persons_find(reader, memory, out, &said);
        if (status == XS_OK)
            keep(index_path, commit, out);
    }
    return from_xapian(status, &said, index_path, error);
}
