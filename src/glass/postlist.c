/*
 * A list of postings is cut into chunks of about 2000 bytes, each an entry of the table; so are the
 * values of a slot and the lengths of documents.
 */
#include "glass/postlist.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/pack.h"

enum { CHUNK_SIZE = 2000 };

typedef struct {
    glass_table *postlist, *positions;
    buffer body; /* of the chunk that is being filled */
    buffer tag;
    uint32_t first, last; /* documents of the chunk */
    uint8_t key[KEY_ROOM];
    size_t key_length; /* of the part that all entries of a list have in common */
    list_source *const *group;
    size_t member, member_count;
} list_writer;

/* The list's next entry; *found_out is false at its end. */
static lc_status next_entry(list_writer *of, list_entry *entry_out, bool *found_out,
                            lc_error *error)
{
    while (of->member < of->member_count &&
           of->group[of->member]->read == of->group[of->member]->head.count)
        of->member++;
    *found_out = of->member < of->member_count;
    if (!*found_out)
        return LC_OK;
    return list_source_read(of->group[of->member], entry_out, error);
}

/* The list's key with `docid` behind it. */
static span numbered_key(list_writer *of, uint32_t docid)
{
    uint8_t *end = pack_sorted(of->key + of->key_length, docid);
    return (span){(char *)of->key, (size_t)(end - of->key)};
}

static span list_key(const list_writer *of)
{
    return (span){(const char *)of->key, of->key_length};
}

static void add_numbers(buffer *to, uint32_t first, uint32_t second)
{
    uint8_t *begin = (uint8_t *)buffer_reserve(to, (size_t)2 * PACK_MAX);
    uint8_t *end = pack_number(pack_number(begin, first), second);
    to->length += (size_t)(end - begin);
}

/* ---- metadata and statistics ---- */

static lc_status write_last_entry(list_writer *to, lc_error *error)
{
    list_entry entry = {0};
    bool found;
    lc_status status;
    while ((status = next_entry(to, &entry, &found, error)) == LC_OK && found) {
        buffer_clear(&to->tag);
        buffer_add(&to->tag, entry.bytes);
    }
    if (status != LC_OK || !to->tag.length)
        return status;
    return glass_table_add(to->postlist, list_key(to), buffer_span(&to->tag), error);
}

/* ---- values ---- */

static lc_status write_value_chunk(list_writer *to, lc_error *error)
{
    if (!to->body.length)
        return LC_OK;
    lc_status status =
        glass_table_add(to->postlist, numbered_key(to, to->first), buffer_span(&to->body), error);
    buffer_clear(&to->body);
    return status;
}

static lc_status write_values(list_writer *to, lc_error *error)
{
    list_entry entry;
    bool found;
    lc_status status;
    while ((status = next_entry(to, &entry, &found, error)) == LC_OK && found) {
        if (to->body.length)
            buffer_add_varint(&to->body, entry.docid - to->last - 1);
        else
            to->first = entry.docid;
        buffer_add_counted(&to->body, entry.bytes);
        to->last = entry.docid;
        if (to->body.length >= CHUNK_SIZE && (status = write_value_chunk(to, error)) != LC_OK)
            return status;
    }
    return status == LC_OK ? write_value_chunk(to, error) : status;
}

/* ---- postings and document lengths ---- */

/* What the first chunk of a list begins with. */
static void add_list_head(list_writer *to, uint32_t count, uint32_t wdf_sum, uint32_t first)
{
    buffer_clear(&to->tag);
    add_numbers(&to->tag, count, wdf_sum);
    buffer_add_varint(&to->tag, first - 1);
}

/* The first chunk has the list's own key, and what add_list_head() put into the tag. */
static lc_status write_chunk(list_writer *to, span key, bool is_last, lc_error *error)
{
    buffer_add_byte(&to->tag, is_last ? '1' : '0');
    buffer_add_varint(&to->tag, to->last - to->first);
    buffer_add(&to->tag, buffer_span(&to->body));
    lc_status status = glass_table_add(to->postlist, key, buffer_span(&to->tag), error);
    buffer_clear(&to->body);
    buffer_clear(&to->tag);
    return status;
}

/* In a term's key a zero byte ends the term before the number of the document. */
static lc_status write_postings(list_writer *to, bool is_term, lc_error *error)
{
    list_entry entry;
    bool found, is_first = true;
    span first_key = list_key(to);
    lc_status status;
    if (is_term)
        to->key[to->key_length++] = 0;
    while ((status = next_entry(to, &entry, &found, error)) == LC_OK && found) {
        if (to->body.length >= CHUNK_SIZE) {
            span key = is_first ? first_key : numbered_key(to, to->first);
            if ((status = write_chunk(to, key, false, error)) != LC_OK)
                return status;
            is_first = false;
        }
        if (to->body.length) {
            add_numbers(&to->body, entry.docid - to->last - 1, entry.wdf);
        } else {
            buffer_add_varint(&to->body, entry.wdf);
            to->first = entry.docid;
        }
        to->last = entry.docid;
        if (entry.bytes.length) {
            status =
                glass_table_add(to->positions, numbered_key(to, entry.docid), entry.bytes, error);
            if (status != LC_OK)
                return status;
        }
    }
    if (status != LC_OK)
        return status;
    return write_chunk(to, is_first ? first_key : numbered_key(to, to->first), true, error);
}

static lc_status write_list(list_writer *to, lc_error *error)
{
    list_head head = list_merge_head(to->group, to->member_count);
    int kind = head.key.at[0] ? 0xff : (uint8_t)head.key.at[1];
    to->member = 0;
    to->key_length = head.key.length;
    memcpy(to->key, head.key.at, head.key.length);
    buffer_clear(&to->tag);
    switch (kind) {
    case KEY_META:
    case KEY_STATISTICS: return write_last_entry(to, error);
    case KEY_VALUES: return write_values(to, error);
    case KEY_LENGTHS: add_list_head(to, 0, 0, head.first); return write_postings(to, false, error);
    default:
        add_list_head(to, head.count, head.wdf_sum, head.first);
        return write_postings(to, true, error);
    }
}

lc_status glass_postlist_write(glass_table *postlist, glass_table *positions, list_merge *from,
                               lc_error *error)
{
    list_writer *writer = xcalloc(1, sizeof *writer);
    list_source **group;
    lc_status status;
    writer->postlist = postlist;
    writer->positions = positions;
    while ((status = list_merge_next(from, &group, &writer->member_count, error)) == LC_OK &&
           writer->member_count) {
        writer->group = group;
        status = write_list(writer, error);
        if (status != LC_OK)
            break;
    }
    buffer_free(&writer->body);
    buffer_free(&writer->tag);
    free(writer);
    return status;
}
