#include "glass/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/file.h"
#include "glass/pack.h"
#include "glass/tag.h"
#include "glass/version.h"

enum {
    MAX_LEVELS = 10,  /* the library's */
    HEADER_SIZE = 11, /* revision 4, level 1, and three numbers of two bytes: see seal_block() */
    OFFSET_SIZE = 2,  /* an entry of the directory that follows the header */
    ITEMS_PER_BLOCK = 4,
    ITEM_MAX = 8194,         /* in large blocks: item sizes have 13 bits, stored less 3 */
    ITEM_HEADER = 3,         /* size and flags 2, key length 1 */
    COMPONENT_SIZE = 2,      /* the number of a component that is not the first */
    BRANCH_OVERHEAD = 7,     /* child 4, key length 1, component 2 */
    FIRST = 0x2000,          /* flags of an item: the first component of its tag, */
    LAST = 0x4000,           /* the last one, */
    COMPRESSED = 0x8000,     /* the tag is compressed */
    WRITE_SIZE = 512 * 1024, /* so many bytes of finished blocks are written at once */
    BLOCK_REVISION = 1       /* any but 0 that is not above the database's is right */
};

/* The block of a level that is being filled. */
typedef struct {
    uint8_t *bytes;
    uint32_t number;
    uint32_t directory_end, free; /* free: bytes between the directory and the lowest item */
} open_block;

struct glass_table {
    glass_table_options options;
    char *folder;
    glass_file file;
    open_block levels[MAX_LEVELS]; /* leaves first, the root last */
    int level_count;               /* 0: no file yet */
    uint32_t block_count;
    uint64_t entry_count;
    size_t item_max;
    uint8_t *finished; /* blocks one behind the other, not yet written */
    uint32_t finished_first, finished_count;
    glass_deflater *deflater;
    uint8_t last_key[KEY_MAX]; /* of the last leaf item */
    size_t last_key_length;
};

glass_table *glass_table_new(const char *folder, const glass_table_options *options)
{
    glass_table *made = xcalloc(1, sizeof *made);
    size_t item_max =
        (options->block_size - HEADER_SIZE - ITEMS_PER_BLOCK * OFFSET_SIZE) / ITEMS_PER_BLOCK;
    made->options = *options;
    made->folder = xstrdup(span_of(folder));
    made->file.descriptor = -1;
    made->item_max = item_max < ITEM_MAX ? item_max : ITEM_MAX;
    if (options->compress && options->compress_above)
        made->deflater = glass_deflater_new();
    return made;
}

void glass_table_free(glass_table *what)
{
    if (!what)
        return;
    for (int i = 0; i < what->level_count; i++)
        free(what->levels[i].bytes);
    glass_deflater_free(what->deflater);
    glass_file_close(&what->file);
    free(what->finished);
    free(what->folder);
    free(what);
}

/* ---- blocks ---- */

static lc_status write_finished(glass_table *to, lc_error *error)
{
    size_t size = to->options.block_size;
    lc_status status = glass_file_write(&to->file, (uint64_t)to->finished_first * size,
                                        to->finished, to->finished_count * size, error);
    to->finished_count = 0;
    return status;
}

static void seal_block(open_block *block, int level)
{
    uint8_t *to = pack_big(block->bytes, BLOCK_REVISION, 4);
    to = pack_big(to, (uint32_t)level, 1);
    to = pack_big(to, block->free, 2); /* in one piece, */
    to = pack_big(to, block->free, 2); /* and in all: there are no gaps */
    pack_big(to, block->directory_end, 2);
    memset(block->bytes + block->directory_end, 0, block->free);
}

static lc_status write_block(glass_table *to, int level, lc_error *error)
{
    open_block *block = &to->levels[level];
    size_t size = to->options.block_size;
    if (to->finished_count && (block->number != to->finished_first + to->finished_count ||
                               to->finished_count * size >= WRITE_SIZE)) {
        lc_status status = write_finished(to, error);
        if (status != LC_OK)
            return status;
    }
    seal_block(block, level);
    if (!to->finished_count)
        to->finished_first = block->number;
    memcpy(to->finished + to->finished_count++ * size, block->bytes, size);
    return LC_OK;
}

static void start_block(glass_table *of, int level)
{
    open_block *block = &of->levels[level];
    if (!block->bytes)
        block->bytes = xmalloc(of->options.block_size);
    block->number = of->block_count++;
    block->directory_end = HEADER_SIZE;
    block->free = of->options.block_size - HEADER_SIZE;
}

static bool block_has_room(const open_block *block, size_t item_size)
{
    return block->free >= item_size + OFFSET_SIZE;
}

/* Where the item goes. */
static uint8_t *place_item(open_block *block, size_t item_size)
{
    block->directory_end += OFFSET_SIZE;
    block->free -= (uint32_t)item_size + OFFSET_SIZE;
    uint32_t offset = block->directory_end + block->free;
    pack_big(block->bytes + block->directory_end - OFFSET_SIZE, offset, OFFSET_SIZE);
    return block->bytes + offset;
}

/* ---- branches ---- */

/* Says that from (key, component) on, entries are below the block `child`. */
static void place_branch_item(open_block *block, uint32_t child, span key, uint32_t component)
{
    uint8_t *to = place_item(block, BRANCH_OVERHEAD + key.length);
    to = pack_big(to, child, 4);
    *to++ = (uint8_t)key.length;
    to = pack_bytes(to, key.at, key.length);
    pack_big(to, component, COMPONENT_SIZE);
}

/* The first item of a branch has no key: nothing is before it. */
static void start_branch(glass_table *of, int level, uint32_t first_child)
{
    start_block(of, level);
    place_branch_item(&of->levels[level], first_child, SPAN_NONE, 0);
}

/* A level got its second block: the first one, old_block, needs a parent that both can have. */
static lc_status ensure_parent(glass_table *of, int level, uint32_t old_block, lc_error *error)
{
    if (level + 1 < of->level_count)
        return LC_OK;
    if (level + 1 == MAX_LEVELS)
        return lc_fail(error, LC_IO, "%s: too many entries for one table", of->file.path);
    of->level_count++;
    start_branch(of, level + 1, old_block);
    return LC_OK;
}

/* A new block begins at (key, component): the level above is told. */
static lc_status add_branch_item(glass_table *to, int level, uint32_t child, span key,
                                 uint32_t component, lc_error *error)
{
    for (;; level++) {
        open_block *block = &to->levels[level];
        if (block_has_room(block, BRANCH_OVERHEAD + key.length)) {
            place_branch_item(block, child, key, component);
            return LC_OK;
        }
        uint32_t old_block = block->number;
        lc_status status = write_block(to, level, error);
        if (status != LC_OK)
            return status;
        start_branch(to, level, child);
        child = block->number;
        status = ensure_parent(to, level, old_block, error);
        if (status != LC_OK)
            return status;
    }
}

/* ---- leaves ---- */

/* The shortest key that is above the last one and not above `key`. */
static span separator(const glass_table *in, span key)
{
    size_t common = 0;
    while (common < key.length && common < in->last_key_length &&
           (uint8_t)key.at[common] == in->last_key[common])
        common++;
    return span_slice(key, 0, common + 1);
}

static lc_status next_leaf(glass_table *to, span key, uint32_t component, lc_error *error)
{
    uint32_t old_block = to->levels[0].number;
    lc_status status = write_block(to, 0, error);
    if (status != LC_OK)
        return status;
    start_block(to, 0);
    status = ensure_parent(to, 0, old_block, error);
    if (status != LC_OK)
        return status;
    return add_branch_item(to, 1, to->levels[0].number, separator(to, key), component, error);
}

static lc_status add_item(glass_table *to, uint32_t flags, span key, uint32_t component, span piece,
                          lc_error *error)
{
    size_t size = ITEM_HEADER + key.length + piece.length + (component > 1 ? COMPONENT_SIZE : 0);
    open_block *leaf = &to->levels[0];
    if (!block_has_room(leaf, size)) {
        lc_status status = next_leaf(to, key, component, error);
        if (status != LC_OK)
            return status;
    }
    uint8_t *at = place_item(leaf, size);
    at = pack_big(at, flags | (uint32_t)(size - ITEM_HEADER), 2);
    *at++ = (uint8_t)key.length;
    at = pack_bytes(at, key.at, key.length);
    if (component > 1)
        at = pack_big(at, component, COMPONENT_SIZE);
    pack_bytes(at, piece.at, piece.length);
    memcpy(to->last_key, key.at, key.length);
    to->last_key_length = key.length;
    return LC_OK;
}

/* How a tag of that length is cut: into pieces as long as items may be, the first one shorter where
 * it then fills the leaf, and where that costs no item more or the room is worth one. */
static glass_cut cut_tag(const glass_table *for_table, size_t key_length, size_t length)
{
    enum { WORTH_AN_ITEM = 34 }; /* the library's, beside the key */
    size_t overhead = ITEM_HEADER + key_length + COMPONENT_SIZE;
    size_t most = for_table->item_max - overhead;
    glass_cut cut = {most + COMPONENT_SIZE, most};
    if (length <= cut.first)
        return cut;
    size_t room = for_table->levels[0].free % (for_table->item_max + OFFSET_SIZE);
    if (room <= OFFSET_SIZE + overhead)
        return cut;
    room -= OFFSET_SIZE + overhead;
    if (room >= (length - COMPONENT_SIZE) % most || room >= key_length + WORTH_AN_ITEM)
        cut.first = room + COMPONENT_SIZE;
    return cut;
}

static lc_status add_pieces(glass_table *to, uint32_t flags, span key, span tag, glass_cut cut,
                            lc_error *error)
{
    size_t size = cut.first;
    for (uint32_t component = 1;; component++, size = cut.other) {
        span piece = span_slice(tag, 0, size);
        tag = span_from(tag, piece.length);
        uint32_t ends = (component == 1 ? FIRST : 0u) | (tag.length ? 0u : LAST);
        lc_status status = add_item(to, flags | ends, key, component, piece, error);
        if (status != LC_OK || !tag.length)
            return status;
        if (component == UINT16_MAX)
            return lc_fail(error, LC_BAD_INPUT, "%s: an entry is too large", to->file.path);
    }
}

/* Block 0 starts with an item without key and tag, which is no entry. */
static lc_status start_table(glass_table *what, lc_error *error)
{
    lc_status status = glass_file_create(&what->file, what->folder, what->options.name, error);
    if (status != LC_OK)
        return status;
    what->finished = xmalloc(WRITE_SIZE + what->options.block_size);
    what->level_count = 1;
    start_block(what, 0);
    pack_big(place_item(&what->levels[0], ITEM_HEADER), (uint32_t)(FIRST | LAST) << 8, ITEM_HEADER);
    return LC_OK;
}

lc_status glass_table_add(glass_table *to, span key, span tag, lc_error *error)
{
    lc_status status = to->level_count ? LC_OK : start_table(to, error);
    if (status != LC_OK)
        return status;
    assert(key.length && key.length <= KEY_MAX);
    assert(span_compare((span){(char *)to->last_key, to->last_key_length}, key) < 0);
    to->entry_count++;
    if (to->deflater && tag.length > to->options.compress_above) {
        span compressed = glass_deflate(to->deflater, tag);
        glass_cut cut = cut_tag(to, key.length, compressed.length);
        if (compressed.length && glass_deflated_readable(to->deflater, compressed, tag.length, cut))
            return add_pieces(to, COMPRESSED, key, compressed, cut, error);
    }
    return add_pieces(to, 0, key, tag, cut_tag(to, key.length, tag.length), error);
}

/* ---- the end ---- */

static lc_status write_open_blocks(glass_table *of, lc_error *error)
{
    lc_status status = LC_OK;
    for (int level = 0; level < of->level_count && status == LC_OK; level++)
        status = write_block(of, level, error);
    if (status == LC_OK)
        status = write_finished(of, error);
    if (status != LC_OK || of->options.no_sync)
        return status;
    return glass_file_sync(&of->file, error);
}

static void add_free_list(buffer *to, uint32_t revision, uint32_t block_count)
{
    enum { EMPTY_LIST = 4 }; /* two places in the list of free blocks, of two numbers each */
    buffer list = {0};
    buffer_add_varint(&list, revision);
    buffer_add_varint(&list, block_count); /* the first one that is free */
    for (int i = 0; i < EMPTY_LIST; i++)
        buffer_add_byte(&list, 0);
    buffer_add_counted(to, buffer_span(&list));
    buffer_free(&list);
}

lc_status glass_table_finish(glass_table *what, uint32_t revision, buffer *root_out,
                             lc_error *error)
{
    enum { SEQUENTIAL = 2, LEVEL_BITS = 2 };
    if (!what->level_count) {
        glass_version_add_no_table(root_out, what->options.block_size,
                                   what->options.compress_above);
        return LC_OK;
    }
    uint32_t root = (uint32_t)what->level_count - 1;
    lc_status status = write_open_blocks(what, error);
    if (status != LC_OK)
        return status;
    buffer_add_varint(root_out, what->levels[root].number);
    buffer_add_varint(root_out, root << LEVEL_BITS | SEQUENTIAL);
    buffer_add_varint(root_out, what->entry_count);
    buffer_add_varint(root_out, what->options.block_size >> GLASS_BLOCK_UNIT_BITS);
    buffer_add_varint(root_out, what->options.compress_above);
    add_free_list(root_out, revision, what->block_count);
    return LC_OK;
}
