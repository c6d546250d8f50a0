/*
 * A run file holds lists one after the other: key length, key, count, wdf sum, first and last
 * document, number of bytes, bytes.  Numbers as pack_number() writes them.
 */
#include "glass/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "glass/file.h"
#include "glass/pack.h"

enum { WRITE_SIZE = 256 * 1024, HEAD_NUMBERS = 6, HEAD_MAX = KEY_MAX + HEAD_NUMBERS * PACK_MAX };

struct sorted_run {
    glass_file file;
    uint64_t length;
    buffer pending; /* while it is written */
};

void sorted_run_free(sorted_run *what)
{
    if (!what)
        return;
    glass_file_close(&what->file);
    buffer_free(&what->pending);
    free(what);
}

/* ---- writing ---- */

static lc_status write_pending(sorted_run *to, lc_error *error)
{
    lc_status status =
        glass_file_write(&to->file, to->length, to->pending.at, to->pending.length, error);
    to->length += to->pending.length;
    buffer_clear(&to->pending);
    return status;
}

static lc_status copy_bytes(sorted_run *to, list_source *from, lc_error *error)
{
    span bytes = SPAN_NONE;
    lc_status status = list_source_copy(from, &bytes, error);
    while (status == LC_OK && bytes.length) {
        buffer_add(&to->pending, bytes);
        if (to->pending.length >= WRITE_SIZE)
            status = write_pending(to, error);
        if (status == LC_OK)
            status = list_source_copy(from, &bytes, error);
    }
    return status;
}

static void add_head(buffer *to, const list_head *head)
{
    buffer_add_counted(to, head->key);
    buffer_add_varint(to, head->count);
    buffer_add_varint(to, head->wdf_sum);
    buffer_add_varint(to, head->first);
    buffer_add_varint(to, head->last);
    buffer_add_varint(to, head->length);
}

/* From the last document of one source to the first one of the next. */
static uint32_t gap_before(list_source *const *member)
{
    return member[0]->head.first - member[-1]->head.last;
}

static lc_status write_list(sorted_run *to, list_source *const *group, size_t count,
                            lc_error *error)
{
    list_head head = list_merge_head(group, count);
    for (size_t i = 1; i < count; i++)
        head.length += packed_size(gap_before(group + i)) + group[i]->head.length;
    add_head(&to->pending, &head);
    lc_status status = copy_bytes(to, group[0], error);
    for (size_t i = 1; i < count && status == LC_OK; i++) {
        buffer_add_varint(&to->pending, gap_before(group + i));
        status = copy_bytes(to, group[i], error);
    }
    return status;
}

lc_status sorted_run_write(const char *folder, list_merge *from, sorted_run **run_out,
                           lc_error *error)
{
    sorted_run *made = xcalloc(1, sizeof *made);
    list_source **group;
    size_t count;
    lc_status status = glass_file_temporary(&made->file, folder, error);
    while (status == LC_OK && (status = list_merge_next(from, &group, &count, error)) == LC_OK &&
           count)
        status = write_list(made, group, count, error);
    if (status == LC_OK)
        status = write_pending(made, error);
    buffer_free(&made->pending);
    if (status != LC_OK)
        sorted_run_free(made);
    else
        *run_out = made;
    return status;
}

/* ---- reading ---- */

typedef struct {
    list_source base;
    const sorted_run *of;
    uint64_t position; /* of what was not read from the file */
    uint8_t *at, *end; /* what was read, and not given out */
    uint8_t *ahead;
    size_t ahead_size;
    char key[KEY_MAX];
} run_cursor;

static lc_status damaged(const run_cursor *by, lc_error *error)
{
    return lc_fail(error, LC_IO, "%s: changed while it was in use", by->of->file.path);
}

static lc_status read_ahead(run_cursor *by, lc_error *error)
{
    size_t have = (size_t)(by->end - by->at), more = by->ahead_size - have;
    if (more > by->of->length - by->position)
        more = (size_t)(by->of->length - by->position);
    if (!more)
        return damaged(by, error);
    memmove(by->ahead, by->at, have);
    by->at = by->ahead;
    by->end = by->ahead + have + more;
    by->position += more;
    return glass_file_read(&by->of->file, by->position - more, by->ahead + have, more, error);
}

static lc_status fetch_from_file(list_source *of, uint8_t *to, size_t length, lc_error *error)
{
    run_cursor *cursor = (run_cursor *)of;
    while (length) {
        size_t have = (size_t)(cursor->end - cursor->at);
        size_t piece = length < have ? length : have;
        memcpy(to, cursor->at, piece);
        cursor->at += piece;
        to += piece, length -= piece;
        lc_status status = length ? read_ahead(cursor, error) : LC_OK;
        if (status != LC_OK)
            return status;
    }
    return LC_OK;
}

/* Over what was not fetched of the list at hand. */
static void skip_rest(run_cursor *of)
{
    uint64_t have = (uint64_t)(of->end - of->at);
    if (of->base.left <= have) {
        of->at += of->base.left;
        return;
    }
    of->position += of->base.left - have;
    if (of->position > of->of->length)
        of->position = of->of->length; /* a damaged file: no list is found there */
    of->at = of->end;
}

static bool cut_head(run_cursor *by, list_head *head)
{
    span rest = {(char *)by->at, (size_t)(by->end - by->at)};
    uint64_t number[HEAD_NUMBERS - 1];
    span key;
    if (!span_cut_counted(&rest, &key) || key.length > KEY_MAX)
        return false;
    for (size_t i = 0; i < HEAD_NUMBERS - 1; i++)
        if (!span_cut_varint(&rest, &number[i]))
            return false;
    memcpy(by->key, key.at, key.length);
    *head = (list_head){{by->key, key.length}, (uint32_t)number[0], (uint32_t)number[1],
                        (uint32_t)number[2],   (uint32_t)number[3], number[4]};
    by->at = by->end - rest.length;
    return true;
}

static lc_status next_in_file(list_source *of, lc_error *error)
{
    run_cursor *cursor = (run_cursor *)of;
    skip_rest(cursor);
    if (cursor->end - cursor->at < HEAD_MAX && cursor->position < cursor->of->length) {
        lc_status status = read_ahead(cursor, error);
        if (status != LC_OK)
            return status;
    }
    if (cursor->at == cursor->end)
        of->head = (list_head){0};
    else if (!cut_head(cursor, &of->head))
        return damaged(cursor, error);
    list_source_start(of);
    return LC_OK;
}

lc_status sorted_run_source(const sorted_run *of, size_t ahead, list_source **source_out,
                            lc_error *error)
{
    run_cursor *made = xcalloc(1, sizeof *made);
    list_source_init(&made->base);
    made->base.next = next_in_file;
    made->base.fetch = fetch_from_file;
    made->of = of;
    made->ahead_size = ahead > HEAD_MAX ? ahead : HEAD_MAX;
    made->ahead = made->at = made->end = xmalloc(made->ahead_size);
    *source_out = &made->base;
    return next_in_file(&made->base, error);
}

void sorted_run_source_free(list_source *what)
{
    run_cursor *cursor = (run_cursor *)what;
    if (!what)
        return;
    list_source_clear(what);
    free(cursor->ahead);
    free(cursor);
}
