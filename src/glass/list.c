#include "glass/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/pack.h"

void list_source_init(list_source *what)
{
    what->window_size = LIST_WINDOW;
    what->window = xmalloc(what->window_size);
    what->at = what->end = what->window;
}

void list_source_clear(list_source *what)
{
    free(what->window);
}

void list_source_start(list_source *what)
{
    what->left = what->head.length;
    what->at = what->end = what->window;
    what->read = 0;
    what->docid = what->head.first;
}

/* Fetches until `wanted` bytes, or all that are left, can be read in one piece. */
static lc_status fetch_more(list_source *from, size_t wanted, lc_error *error)
{
    size_t have = (size_t)(from->end - from->at);
    if (have >= wanted || !from->left)
        return LC_OK;
    memmove(from->window, from->at, have);
    if (wanted > from->window_size) {
        from->window_size = wanted;
        from->window = xrealloc(from->window, wanted);
    }
    size_t more = from->window_size - have;
    if (more > from->left)
        more = (size_t)from->left;
    from->at = from->window;
    from->end = from->window + have + more;
    from->left -= more;
    return from->fetch(from, from->window + have, more, error);
}

static uint64_t read_number(list_source *from)
{
    uint64_t number = 0;
    for (int shift = 0; from->at < from->end && shift < 64; shift += 7) {
        uint8_t byte = *from->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            break;
    }
    return number;
}

lc_status list_source_read(list_source *from, list_entry *entry_out, lc_error *error)
{
    enum { NUMBERS = 3 * PACK_MAX };
    if (from->end - from->at < NUMBERS && from->left) {
        lc_status status = fetch_more(from, NUMBERS, error);
        if (status != LC_OK)
            return status;
    }
    if (from->read++)
        from->docid += (uint32_t)read_number(from);
    entry_out->docid = from->docid;
    entry_out->wdf = (uint32_t)read_number(from);
    uint64_t length = read_number(from);
    if (length > (uint64_t)(from->end - from->at)) {
        lc_status status = fetch_more(from, (size_t)length, error);
        if (status != LC_OK)
            return status;
        if (length > (uint64_t)(from->end - from->at))
            return lc_fail(error, LC_INTERNAL, "a temporary file of the index changed meanwhile");
    }
    entry_out->bytes = (span){(char *)from->at, (size_t)length};
    from->at += length;
    return LC_OK;
}

lc_status list_source_copy(list_source *from, span *bytes_out, lc_error *error)
{
    lc_status status = fetch_more(from, 1, error);
    if (status != LC_OK)
        return status;
    *bytes_out = (span){(char *)from->at, (size_t)(from->end - from->at)};
    from->at = from->end;
    return LC_OK;
}
