/*
 * A document in the file: how long it is, its head, then postings and values, each a head of its
 * own followed by what it points to. Numbers are as they are in memory: the process that wrote them
 * reads them.
 */
#include "index/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/map.h"
#include "base/memory.h"

enum { FILE_BUFFER = 256 * 1024 };

typedef struct {
    uint32_t posting_count, value_count;
    size_t data_length;
} document_head;

typedef struct {
    uint32_t wdf, position_count, term_length;
} posting_head;

typedef struct {
    uint32_t slot, text_length;
} value_head;

struct spool {
    FILE *file;
    char *folder;
    uint32_t count;
    map *removals; /* term: documents before this one are dropped */
    buffer record;
    arena *memory; /* of the document that is read */
};

lc_status spool_open(const char *folder, spool **spool_out, lc_error *error)
{
    char *path = path_join(folder, "spool.XXXXXX");
    int descriptor = mkostemp(path, O_CLOEXEC);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w+");
    lc_status status = LC_OK;
    if (!file)
        status = lc_fail_errno(error, errno, "%s: no temporary file can be created there", folder);
    if (descriptor >= 0)
        unlink(path);
    free(path);
    if (status != LC_OK)
        return status;
    spool *made = xcalloc(1, sizeof *made);
    made->file = file;
    made->folder = xstrdup(span_of(folder));
    made->removals = map_new();
    made->memory = arena_new();
    setvbuf(file, NULL, _IOFBF, FILE_BUFFER);
    *spool_out = made;
    return LC_OK;
}

void spool_free(spool *what)
{
    if (!what)
        return;
    fclose(what->file);
    map_free(what->removals);
    arena_free(what->memory);
    buffer_free(&what->record);
    free(what->folder);
    free(what);
}

static void put(buffer *to, const void *bytes, size_t length)
{
    buffer_add(to, (span){bytes, length});
}

static void put_posting(buffer *to, const glass_posting *from)
{
    posting_head head = {from->wdf, from->position_count, (uint32_t)from->term.length};
    put(to, &head, sizeof head);
    put(to, from->positions, from->position_count * sizeof *from->positions);
    put(to, from->term.at, from->term.length);
}

lc_status spool_add(spool *to, const glass_document *what, lc_error *error)
{
    document_head head = {(uint32_t)what->posting_count, (uint32_t)what->value_count,
                          what->data.length};
    buffer_clear(&to->record);
    put(&to->record, &head, sizeof head);
    for (size_t i = 0; i < what->posting_count; i++)
        put_posting(&to->record, &what->postings[i]);
    for (size_t i = 0; i < what->value_count; i++) {
        value_head value = {what->values[i].slot, (uint32_t)what->values[i].text.length};
        put(&to->record, &value, sizeof value);
        buffer_add(&to->record, what->values[i].text);
    }
    buffer_add(&to->record, what->data);
    to->count++;
    if (fwrite(&to->record.length, sizeof to->record.length, 1, to->file) != 1 ||
        fwrite(to->record.at, to->record.length, 1, to->file) != 1)
        return lc_fail_errno(error, errno, "%s: the temporary file can't be written", to->folder);
    return LC_OK;
}

void spool_remove(spool *from, span term)
{
    *map_put(from->removals, term, 0) = from->count;
}

/* ---- reading back ---- */

static void cut(span *rest, void *to, size_t length)
{
    if (length)
        memcpy(to, rest->at, length);
    *rest = span_from(*rest, length);
}

static span cut_text(span *rest, size_t length)
{
    span text = span_slice(*rest, 0, length);
    *rest = span_from(*rest, length);
    return text;
}

static void cut_posting(span *rest, arena *memory, glass_posting *to)
{
    posting_head head;
    cut(rest, &head, sizeof head);
    uint32_t *positions = arena_alloc(memory, head.position_count * sizeof *positions);
    cut(rest, positions, head.position_count * sizeof *positions);
    *to =
        (glass_posting){cut_text(rest, head.term_length), head.wdf, positions, head.position_count};
}

static glass_document cut_document(span rest, arena *memory)
{
    document_head head;
    cut(&rest, &head, sizeof head);
    glass_posting *postings = arena_alloc(memory, head.posting_count * sizeof *postings);
    glass_value *values = arena_alloc(memory, head.value_count * sizeof *values);
    for (size_t i = 0; i < head.posting_count; i++)
        cut_posting(&rest, memory, &postings[i]);
    for (size_t i = 0; i < head.value_count; i++) {
        value_head value;
        cut(&rest, &value, sizeof value);
        values[i] = (glass_value){value.slot, cut_text(&rest, value.text_length)};
    }
    return (glass_document){postings, head.posting_count, values, head.value_count,
                            cut_text(&rest, head.data_length)};
}

static bool was_removed(const spool *from, const glass_document *what, uint32_t number)
{
    for (size_t i = 0; i < what->posting_count && map_count(from->removals); i++) {
        const uint32_t *before = map_get(from->removals, what->postings[i].term);
        if (before && number < *before)
            return true;
    }
    return false;
}

static bool read_record(spool *from)
{
    size_t length;
    buffer_clear(&from->record);
    if (fread(&length, sizeof length, 1, from->file) != 1)
        return false;
    from->record.length = fread(buffer_reserve(&from->record, length), 1, length, from->file);
    return from->record.length == length;
}

lc_status spool_drain(spool *from,
                      lc_status (*take)(const glass_document *what, void *user, lc_error *error),
                      void *user, lc_error *error)
{
    lc_status status = LC_OK;
    if (fflush(from->file) != 0 || fseek(from->file, 0, SEEK_SET) != 0)
        return lc_fail_errno(error, errno, "%s: the temporary file can't be written", from->folder);
    for (uint32_t number = 0; number < from->count && status == LC_OK; number++) {
        if (!read_record(from))
            return lc_fail(error, LC_IO, "%s: the temporary file can't be read back", from->folder);
        arena_reset(from->memory);
        glass_document document = cut_document(buffer_span(&from->record), from->memory);
        if (!was_removed(from, &document, number))
            status = take(&document, user, error);
    }
    return status;
}
