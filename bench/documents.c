#include "documents.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#include "jsonl.h"

static document *store(document_list *to, document given)
{
    document made = {arena_copy(to->memory, given.id), arena_copy(to->memory, given.title),
                     arena_copy(to->memory, given.text), given.line};
    map_put(to->index, made.id, (uint32_t)to->count);
    ARRAY_ADD(to->item, to->count, to->capacity, made);
    return &to->item[to->count - 1];
}

/* ---- corpus.jsonl ---- */

static lc_status add(reader *from, const json_line *read, document_list *to)
{
    const document *before = documents_find(to, read->value[0]);
    if (id_fault(read->value[0]))
        return reader_complain(from, from->line, "the document's id %s", id_fault(read->value[0]));
    if (before)
        return reader_complain(from, from->line,
                               "document %.*s comes again (first on line %u); give it another id",
                               SPAN_ARG(read->value[0]), before->line);
    store(to, (document){read->value[0], span_trim(read->value[1]), span_trim(read->value[2]),
                         (uint32_t)from->line});
    return LC_OK;
}

lc_status documents_read(span text, const char *name, finding_list *findings, document_list *out,
                         lc_error *error)
{
    static const char *const KEYS[] = {"_id", "title", "text"};
    reader from = {.name = name, .rest = text, .findings = findings, .error = error};
    document_list made = {.memory = arena_new(), .index = map_new()};
    lc_status status = LC_OK;
    span line;
    while (status == LC_OK && reader_next(&from, &line)) {
        json_line read;
        status = json_line_read(&from, line, KEYS, 3, &read);
        if (status == LC_OK && read.object)
            status = add(&from, &read, &made);
        json_line_free(&read);
    }
    if (status == LC_OK)
        *out = made;
    else
        documents_free(&made);
    return status;
}

/* ---- a folder of notes ---- */

/* The number of #s of a Markdown heading, 0 of other lines. ##Title counts, #word may be a tag. */
static size_t heading_level(span line)
{
    size_t level = 0;
    while (level < line.length && line.at[level] == '#')
        level++;
    bool heading = level <= 6 && level < line.length && (level > 1 || line.at[level] == ' ');
    return heading ? level : 0;
}

/* The part of a note that begins on a line; false when the note is shorter. */
static bool cut_part(span note, size_t line_number, document *to)
{
    for (size_t i = 1; i < line_number && note.length; i++)
        span_cut_line(&note);
    if (!note.length)
        return false;
    to->title = span_trim(span_cut_line(&note));
    size_t level = heading_level(to->title);
    span rest = note;
    while (rest.length) {
        span before = rest, line = span_cut_line(&rest);
        size_t next = heading_level(line);
        if (level && next && next <= level) {
            note = span_between(note.at, before.at);
            break;
        }
    }
    to->text = span_trim(note);
    return true;
}

/* ids come from files: none may lead out of the folder. */
static bool stays_inside(span path)
{
    if (!path.length || path.at[0] == '/')
        return false;
    while (path.length)
        if (span_equal(span_cut(&path, '/'), SPAN("..")))
            return false;
    return true;
}

static const document *read_note(document_list *in, span id)
{
    size_t colon = span_find_last_byte(id, ':');
    long line = colon == SPAN_NOT_FOUND ? -1 : span_number(span_from(id, colon + 1));
    span name = line > 0 ? span_slice(id, 0, colon) : id;
    document made = {.id = id, .line = line > 0 ? (uint32_t)line : 1};
    if (!stays_inside(name))
        return NULL;
    char *terminated = xstrdup(name), *path = path_join(in->folder, terminated);
    buffer note = {0};
    bool found = file_read(path, 0, &note, NULL, NULL) == LC_OK &&
                 cut_part(buffer_span(&note), made.line, &made);
    const document *stored = found ? store(in, made) : NULL;
    buffer_free(&note);
    free(path);
    free(terminated);
    return stored;
}

/* ---- both ---- */

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

lc_status documents_load(const char *path, finding_list *findings, document_list *out,
                         lc_error *error)
{
    if (is_folder(path)) {
        *out = (document_list){.memory = arena_new(), .index = map_new(), .folder = path};
        return LC_OK;
    }
    buffer content = {0};
    lc_status status = file_read(path, 0, &content, NULL, error);
    if (status == LC_OK)
        status = documents_read(buffer_span(&content), path, findings, out, error);
    buffer_free(&content);
    return status;
}

void documents_free(document_list *what)
{
    free(what->item);
    map_free(what->index);
    arena_free(what->memory);
    *what = (document_list){0};
}

const document *documents_find(document_list *in, span id)
{
    const uint32_t *at = in->index ? map_get(in->index, id) : NULL;
    if (at)
        return &in->item[*at];
    return in->folder ? read_note(in, id) : NULL;
}
