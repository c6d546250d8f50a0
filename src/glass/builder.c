#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "glass/background.h"
#include "glass/document.h"
#include "glass/file.h"
#include "glass/glass.h"
#include "glass/pack.h"
#include "glass/positions.h"
#include "glass/postlist.h"
#include "glass/slots.h"
#include "glass/spill.h"
#include "glass/table.h"
#include "glass/version.h"

enum {
    DEFAULT_BLOCK_SIZE = 8192,
    BLOCK_SIZE_LEAST = 2048,
    BLOCK_SIZE_MOST = 65536,
};
static const size_t DEFAULT_MEMORY = (size_t)256 << 20;

/* In the order in which the version file describes them. */
enum { POSTLIST, DOCDATA, TERMLIST, POSITION, TABLES };

static const struct {
    const char *file;
    uint32_t compress_above;
    bool always; /* exists also when it has no entries */
} table_kinds[TABLES] = {
    [POSTLIST] = {"postlist.glass", GLASS_COMPRESS_NEVER, true},
    [DOCDATA] = {"docdata.glass", GLASS_COMPRESS_ABOVE, false},
    [TERMLIST] = {"termlist.glass", GLASS_COMPRESS_ABOVE, true},
    [POSITION] = {"position.glass", GLASS_COMPRESS_NEVER, false},
};

struct glass_builder {
    glass_options options;
    char *path;
    bool made_folder, finished;
    uint32_t revision;
    glass_table *tables[TABLES];
    background *beside; /* fills docdata and termlist */
    spill *lists;
    slot_table *slots;
    glass_statistics statistics;
    glass_value *values; /* of the document at hand, ascending by slot */
    size_t value_count, value_capacity;
    inversion_item *items; /* of the document at hand */
    size_t item_count, item_capacity;
    buffer tag; /* for what is made of it */
};

/* ---- opening and freeing ---- */

static lc_status take_options(glass_builder *to, const glass_options *options, lc_error *error)
{
    glass_options *own = &to->options;
    *own = *options;
    own->memory_limit = own->memory_limit ? own->memory_limit : DEFAULT_MEMORY;
    own->block_size = own->block_size ? own->block_size : DEFAULT_BLOCK_SIZE;
    uint32_t size = own->block_size;
    if (size < BLOCK_SIZE_LEAST || size > BLOCK_SIZE_MOST || (size & (size - 1)))
        return lc_fail(error, LC_INTERNAL, "%s: a block size of %u is not possible", to->path,
                       size);
    uint32_t replaced = 0;
    if (options->replaces)
        glass_version_revision(options->replaces, &replaced, NULL);
    to->revision = replaced + 1;
    return LC_OK;
}

/* Tables of a builder that was killed. */
static void remove_tables(const char *folder)
{
    for (int i = 0; i < TABLES; i++) {
        char *path = path_join(folder, table_kinds[i].file);
        unlink(path);
        free(path);
    }
}

static lc_status prepare_folder(glass_builder *of, lc_error *error)
{
    struct stat found;
    bool was_there = stat(of->path, &found) == 0;
    lc_status status = folder_make(of->path, error);
    if (status != LC_OK)
        return status;
    char *version = path_join(of->path, GLASS_VERSION_FILE);
    if (lstat(version, &found) == 0)
        status = lc_fail(error, LC_IO, "%s: there is an index already", of->path);
    free(version);
    if (status != LC_OK)
        return status;
    of->made_folder = !was_there;
    remove_tables(of->path);
    return LC_OK;
}

static glass_table *new_table(const glass_builder *of, int kind)
{
    glass_compression compression = of->options.compression;
    glass_table_options options = {
        .name = table_kinds[kind].file,
        .block_size = of->options.block_size,
        .compress_above = table_kinds[kind].compress_above,
        .compress = compression == GLASS_COMPRESS_ALL ||
                    (compression == GLASS_COMPRESS_DATA && kind == DOCDATA),
        .no_sync = of->options.no_sync,
    };
    return glass_table_new(of->path, &options);
}

lc_status glass_builder_open(const char *path, const glass_options *options,
                             glass_builder **builder_out, lc_error *error)
{
    glass_builder *made = xcalloc(1, sizeof *made);
    made->path = xstrdup(span_of(path));
    made->finished = true; /* nothing to remove, until the folder is ours */
    lc_status status = take_options(made, options, error);
    if (status == LC_OK)
        status = prepare_folder(made, error);
    if (status != LC_OK) {
        glass_builder_free(made);
        return status;
    }
    made->finished = false;
    for (int i = 0; i < TABLES; i++)
        made->tables[i] = new_table(made, i);
    made->beside = background_new();
    made->lists = spill_new(path, made->options.memory_limit);
    made->slots = slot_table_new();
    *builder_out = made;
    return LC_OK;
}

void glass_builder_free(glass_builder *what)
{
    if (!what)
        return;
    background_free(what->beside);
    for (int i = 0; i < TABLES; i++)
        glass_table_free(what->tables[i]);
    spill_free(what->lists);
    slot_table_free(what->slots);
    if (!what->finished)
        remove_tables(what->path);
    if (!what->finished && what->made_folder)
        rmdir(what->path);
    free(what->values);
    free(what->items);
    buffer_free(&what->tag);
    free(what->path);
    free(what);
}

glass_progress glass_builder_progress(const glass_builder *of)
{
    return (glass_progress){of->statistics.document_count, spill_run_count(of->lists)};
}

/* ---- adding ---- */

static int compare_slots(const void *a, const void *b)
{
    uint32_t first = ((const glass_value *)a)->slot, second = ((const glass_value *)b)->slot;
    return (first > second) - (first < second);
}

/* Those that are not empty, by slot. */
static lc_status sort_values(glass_builder *in, const glass_document *of, uint32_t docid,
                             lc_error *error)
{
    in->value_count = 0;
    for (size_t i = 0; i < of->value_count; i++)
        if (of->values[i].text.length)
            ARRAY_ADD(in->values, in->value_count, in->value_capacity, of->values[i]);
    if (in->value_count > 1)
        qsort(in->values, in->value_count, sizeof *in->values, compare_slots);
    for (size_t i = 1; i < in->value_count; i++)
        if (in->values[i].slot == in->values[i - 1].slot)
            return lc_fail(error, LC_BAD_INPUT, "document %u has two values in slot %u", docid,
                           in->values[i].slot);
    return LC_OK;
}

/* The entries that are kept by document, not by term. */
static lc_status add_own_entries(glass_builder *to, const glass_document *document, uint32_t docid,
                                 uint32_t length, lc_error *error)
{
    uint8_t key[SORTED_MAX + 1];
    size_t key_length = (size_t)(pack_sorted(key, docid) - key);
    span number = {(char *)key, key_length}, number_and_zero = {(char *)key, key_length + 1};
    key[key_length] = 0;
    buffer_clear(&to->tag);
    glass_document_terms_pack(&to->tag, document, length);
    lc_status status =
        background_add(to->beside, to->tables[TERMLIST], number, buffer_span(&to->tag), error);
    if (status == LC_OK && to->value_count) {
        buffer_clear(&to->tag);
        glass_document_slots_pack(&to->tag, to->values, to->value_count);
        status = background_add(to->beside, to->tables[TERMLIST], number_and_zero,
                                buffer_span(&to->tag), error);
    }
    if (status == LC_OK && document->data.length)
        status = background_add(to->beside, to->tables[DOCDATA], number, document->data, error);
    return status;
}

static inversion_item *add_item(glass_builder *to)
{
    ARRAY_ADD(to->items, to->item_count, to->item_capacity, (inversion_item){0});
    return &to->items[to->item_count - 1];
}

/* Room in to->tag for all keys and positions that are made, so that they stay where they are. */
static void reserve_made(glass_builder *to, const glass_document *document)
{
    size_t room = to->value_count * (2 + PACK_MAX);
    for (size_t i = 0; i < document->posting_count; i++)
        room += 2 * document->postings[i].term.length +
                glass_positions_room(document->postings[i].position_count);
    buffer_clear(&to->tag);
    buffer_reserve(&to->tag, room);
}

static void invert_posting(glass_builder *in, const glass_posting *posting)
{
    inversion_item *item = add_item(in);
    item->key = posting->term;
    item->wdf = posting->wdf;
    if (memchr(posting->term.at, 0, posting->term.length)) {
        uint8_t *begin = (uint8_t *)in->tag.at + in->tag.length;
        item->key = (span){(char *)begin, (size_t)(pack_term(begin, posting->term) - begin)};
        in->tag.length += item->key.length;
    }
    if (posting->position_count) {
        size_t begin = in->tag.length;
        glass_positions_add(&in->tag, posting->positions, posting->position_count);
        item->bytes = span_from(buffer_span(&in->tag), begin);
    }
}

static void invert_value(glass_builder *in, const glass_value *value)
{
    inversion_item *item = add_item(in);
    uint8_t *begin = (uint8_t *)in->tag.at + in->tag.length, *end = begin;
    *end++ = 0;
    *end++ = KEY_VALUES;
    end = pack_number(end, value->slot);
    item->key = (span){(char *)begin, (size_t)(end - begin)};
    in->tag.length += item->key.length;
    item->bytes = value->text;
    slot_table_count(in->slots, value->slot, value->text);
}

static void invert(glass_builder *in, const glass_document *document, uint32_t docid,
                   uint32_t length)
{
    static const char lengths[] = {0, (char)KEY_LENGTHS};
    in->item_count = 0;
    *add_item(in) = (inversion_item){{lengths, sizeof lengths}, length, SPAN_NONE, 0};
    reserve_made(in, document);
    for (size_t i = 0; i < document->posting_count; i++)
        invert_posting(in, &document->postings[i]);
    for (size_t i = 0; i < in->value_count; i++)
        invert_value(in, &in->values[i]);
    inversion_add(spill_lists(in->lists), docid, in->items, in->item_count);
}

static void count_document(glass_statistics *in, const glass_document_measure *measure)
{
    in->document_count++;
    in->length_sum += measure->length;
    if (measure->length && (!in->length_min || measure->length < in->length_min))
        in->length_min = measure->length;
    if (measure->length > in->length_max)
        in->length_max = measure->length;
    if (measure->wdf_max > in->wdf_max)
        in->wdf_max = measure->wdf_max;
}

lc_status glass_builder_add(glass_builder *to, const glass_document *document, lc_error *error)
{
    glass_document_measure measure;
    uint32_t docid = to->statistics.document_count + 1;
    if (!docid)
        return lc_fail(error, LC_BAD_INPUT, "%s: too many documents for one index", to->path);
    lc_status status = glass_document_check(document, docid, &measure, error);
    if (status == LC_OK)
        status = sort_values(to, document, docid, error);
    if (status == LC_OK)
        status = add_own_entries(to, document, docid, measure.length, error);
    if (status != LC_OK)
        return status;
    invert(to, document, docid, measure.length);
    count_document(&to->statistics, &measure);
    return spill_when_full(to->lists, error);
}

lc_status glass_builder_set_meta(glass_builder *to, span key, span text, lc_error *error)
{
    uint8_t full_key[KEY_MAX] = {0, KEY_META};
    if (!key.length || key.length > GLASS_META_MAX)
        return lc_fail(error, LC_BAD_INPUT, "a metadata key of %zu bytes, not 1 to %d", key.length,
                       GLASS_META_MAX);
    if (inversion_cost(KEY_MAX, text.length) > INVERSION_DOCUMENT_MAX)
        return lc_fail(error, LC_BAD_INPUT, "metadata of %zu bytes is too large", text.length);
    uint8_t *end = pack_bytes(full_key + 2, key.at, key.length);
    inversion_item item = {{(char *)full_key, (size_t)(end - full_key)}, 0, text, 0};
    inversion_add(spill_lists(to->lists), to->statistics.document_count, &item, 1);
    return spill_when_full(to->lists, error);
}

/* ---- the end ---- */

static lc_status write_lists(glass_builder *of, lc_error *error)
{
    list_merge *all;
    slot_table_add_to(of->slots, spill_lists(of->lists));
    lc_status status = spill_merge(of->lists, &all, error);
    if (status != LC_OK)
        return status;
    return glass_postlist_write(of->tables[POSTLIST], of->tables[POSITION], all, error);
}

/* The library misses these two when they are not there. */
static lc_status ensure_table(const glass_builder *of, int kind, lc_error *error)
{
    struct stat found;
    glass_file empty = {-1, NULL};
    char *path = path_join(of->path, table_kinds[kind].file);
    lc_status status = LC_OK;
    if (stat(path, &found) != 0)
        status = glass_file_create(&empty, of->path, table_kinds[kind].file, error);
    if (status == LC_OK && empty.descriptor >= 0)
        status = glass_file_sync(&empty, error);
    glass_file_close(&empty);
    free(path);
    return status;
}

static lc_status finish_tables(glass_builder *of, buffer *roots_out, lc_error *error)
{
    lc_status status = LC_OK;
    for (int i = 0; i < TABLES && status == LC_OK; i++) {
        status = glass_table_finish(of->tables[i], of->revision, roots_out, error);
        if (status == LC_OK && table_kinds[i].always)
            status = ensure_table(of, i, error);
    }
    return status;
}

static lc_status write_version(const glass_builder *of, span roots, lc_error *error)
{
    buffer content = {0};
    glass_version_pack(&content, of->revision, of->options.block_size, roots, &of->statistics);
    char *path = path_join(of->path, GLASS_VERSION_FILE);
    lc_status status = file_replace(path, buffer_span(&content), error);
    free(path);
    buffer_free(&content);
    return status;
}

lc_status glass_builder_finish(glass_builder *to, lc_error *error)
{
    buffer roots = {0};
    lc_status status = write_lists(to, error);
    if (status == LC_OK)
        status = background_finish(to->beside, error);
    if (status == LC_OK)
        status = finish_tables(to, &roots, error);
    if (status == LC_OK)
        status = write_version(to, buffer_span(&roots), error);
    buffer_free(&roots);
    to->finished = status == LC_OK;
    return status;
}
