#include "index/indexing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xxhash.h>

#include "base/file.h"
#include "index/format.h"
#include "index/sums.h"
#include "index/talk_id.h"
#include "index/tallying.h"
#include "notes/encoding.h"
#include "notes/walk.h"

void indexing_init(indexing *what)
{
    knowledge_init(&what->known);
    what->builder = document_builder_new();
    what->memory = arena_new();
    document_init(&what->document);
}

void indexing_free(indexing *what)
{
    knowledge_free(&what->known);
    document_builder_free(what->builder);
    document_free(&what->document);
    arena_free(what->memory);
    buffer_free(&what->bytes);
    index_writer_free(what->writer);
    reader_tables_free(what->tables);
}

bool indexing_may_sum(const indexing *in)
{
    static const uint64_t SEARCH_BYTES = 256 << 20; /* 35 ms */
    return !in->options->no_counts || sums_cost(in->writer_path) <= SEARCH_BYTES;
}

/* Nothing is added to an index that is not as it was written: its new sums would hide that. */
static lc_status begin_changes(const indexing *in, lc_error *error)
{
    lc_status status = LC_OK;
    if (indexing_may_sum(in))
        status = sums_must_hold(in->writer_path, error);
    if (status == LC_OK)
        sums_drop(in->writer_path);
    return status;
}

lc_status indexing_writer(indexing *in, lc_error *error)
{
    if (in->writer)
        return LC_OK;
    lc_status status = in->fresh ? LC_OK : begin_changes(in, error);
    if (status != LC_OK)
        return status;
    return index_writer_open(in->writer_path, in->fresh ? WRITE_NEW : WRITE_CHANGES,
                             in->options->at->index, &in->writer, error);
}

static uint64_t clock_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void tell(indexing *in, file_event event, const catalog_note *of, uint32_t line,
                 const char *why)
{
    char *root = xstrdup(of->root);
    if (in->observer && in->observer->on_file)
        in->observer->on_file(event, root, of->path, line, why, in->observer->user);
    free(root);
}

/* Six bits a character: the term stands in every document and is the only one of its kind. */
static void add_digits(uint64_t bits, buffer *to)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < 11; i++, bits >>= 6)
        buffer_add_byte(to, digits[bits & 63]);
}

/* 128 bits, because notes come from anywhere: nobody must be able to name a file so that it takes
 * another one's documents away. */
static span file_term(const catalog_note *of, arena *memory)
{
    buffer text = {0};
    span whole = arena_printf(memory, "%.*s%c%.*s", SPAN_ARG(of->root), 0, SPAN_ARG(of->path));
    XXH128_hash_t hash = XXH3_128bits(whole.at, whole.length);
    buffer_add_text(&text, PREFIX_FILE);
    add_digits(hash.high64, &text);
    add_digits(hash.low64, &text);
    span term_text = arena_copy(memory, buffer_span(&text));
    buffer_free(&text);
    return term_text;
}

static lc_status remove_documents(indexing *in, const catalog_note *of, lc_error *error)
{
    lc_status status = indexing_writer(in, error);
    if (status == LC_OK && of->talk_count)
        status = index_writer_remove(in->writer, file_term(of, in->memory), error);
    return status;
}

lc_status indexing_remove(indexing *in, catalog_note *gone, lc_error *error)
{
    arena_reset(in->memory);
    lc_status status = remove_documents(in, gone, error);
    if (status != LC_OK)
        return status;
    tell(in, FILE_REMOVED, gone, 0, NULL);
    tally_removed(gone, in->report);
    catalog_remove(in->catalog, gone);
    return LC_OK;
}

/* ---- reading ---- */

static lc_status read_bytes(indexing *in, const catalog_note *of, struct stat *status_out,
                            lc_error *why)
{
    buffer path = {0};
    buffer_printf(&path, "%.*s/%.*s", SPAN_ARG(of->root), SPAN_ARG(of->path));
    buffer_clear(&in->bytes);
    lc_status status = file_read(path.at, in->size_limit, &in->bytes, status_out, why);
    buffer_free(&path);
    return status;
}

static void read_note(indexing *in, const catalog_note *of, note *out)
{
    note_source source = {path_name(of->root), of->path, buffer_span(&in->bytes)};
    facts known = {in->known.told};
    note_read(&source, &known, in->tables, in->memory, out);
}

/* ---- writing ---- */

/* One document; what it was is kept in *written. */
static lc_status write_talk(indexing *in, const catalog_note *of, const talk *from,
                            uint32_t ordinal, catalog_talk *written, lc_error *error)
{
    talk_record record = {talk_id(written->id_key, ordinal, in->memory), of->root, of->path, *from};
    document_build(in->builder, &record, file_term(of, in->memory), &in->document);
    written->hash = XXH3_64bits(in->document.data.at, in->document.data.length);
    written->leftover = from->kind == KIND_NOTE;
    return index_writer_add(in->writer, &in->document, error);
}

static lc_status write_talks(indexing *in, const catalog_note *of, const note *from,
                             catalog_talk *written, uint32_t *ordinals, lc_error *error)
{
    lc_status status = remove_documents(in, of, error);
    for (size_t i = 0; i < from->talks.count && status == LC_OK; i++) {
        const talk *t = &from->talks.items[i];
        written[i].id_key = talk_id_key(t, of->path);
        ordinals[i] = knowledge_ordinal(&in->known, written[i].id_key);
        status = write_talk(in, of, t, ordinals[i], &written[i], error);
    }
    return status;
}

/* ---- the catalog ---- */

/* Another encoding is no mistake of the person's: only the status says it. */
static span problem_of(const note *of, arena *memory)
{
    if (of->warning)
        return arena_copy(memory, span_of(of->warning));
    if (strcmp(of->encoding, encoding_name(ENCODING_CP1252)) == 0)
        return SPAN("is not UTF-8: read as CP1252");
    return SPAN_NONE;
}

static void remember(indexing *in, catalog_note *what, const note *from,
                     const catalog_talk *written, const uint32_t *ordinals)
{
    catalog *to = in->catalog;
    size_t size = from->talks.count * sizeof *written;
    what->context = knowledge_context(&in->known, &from->asks, ordinals, from->talks.count);
    what->tells = catalog_copy_keys(to, &from->tells);
    what->asks = catalog_copy_keys(to, &from->asks);
    if (!what->rewritten) {
        what->before = what->talks;
        what->before_count = what->talk_count;
        what->rewritten = true;
    }
    what->talks = arena_alloc(to->memory, size);
    if (size)
        memcpy(what->talks, written, size);
    what->talk_count = from->talks.count;
    what->unreadable = false;
    what->problem = problem_of(from, to->memory);
    catalog_touch(to, what);
}

/* Its talks are counted and its facts told, so that later notes see them; nothing is written. */
static void defer(indexing *in, catalog_note *what, const note *from)
{
    what->deferred = true;
    what->tells = catalog_copy_keys(in->catalog, &from->tells);
    for (size_t i = 0; i < from->talks.count; i++)
        knowledge_ordinal(&in->known, talk_id_key(&from->talks.items[i], what->path));
}

static lc_status write_note(indexing *in, catalog_note *what, lc_error *error)
{
    note found;
    read_note(in, what, &found);
    if (in->deferring && found.asks.count) {
        defer(in, what, &found);
        return LC_OK;
    }
    catalog_talk *written = arena_zalloc(in->memory, found.talks.count * sizeof *written);
    uint32_t *ordinals = arena_zalloc(in->memory, found.talks.count * sizeof *ordinals);
    lc_status status = write_talks(in, what, &found, written, ordinals, error);
    if (status != LC_OK)
        return status;
    if (found.warning && what->now) {
        in->report->problems++;
        tell(in, FILE_PROBLEM, what, found.warning_line, found.warning);
    }
    remember(in, what, &found, written, ordinals);
    return LC_OK;
}

/* What was read before stays: its talks are counted, its facts told. */
static void keep(indexing *in, const catalog_note *what)
{
    for (size_t i = 0; i < what->talk_count; i++)
        knowledge_ordinal(&in->known, what->talks[i].id_key);
    knowledge_tell(&in->known, &what->tells);
}

/* The same bytes under a new time stamp: nothing to write, but the stamp is worth keeping once it
 * can be trusted. */
static void keep_unchanged(indexing *in, catalog_note *what, const struct stat *status,
                           uint64_t read_at)
{
    catalog_note_stat(what, status, read_at);
    if (!catalog_note_differs(what, status))
        catalog_touch(in->catalog, what);
    keep(in, what);
}

static void keep_unreadable(indexing *in, catalog_note *what, const lc_error *why)
{
    in->report->problems++;
    tell(in, FILE_PROBLEM, what, 0, why->message);
    if (!what->unreadable || !span_equal(what->problem, span_of(why->message))) {
        what->problem = arena_copy(in->catalog->memory, span_of(why->message));
        what->unreadable = true;
        catalog_touch(in->catalog, what);
    }
    keep(in, what);
}

static lc_status need_tables(indexing *in, lc_error *error)
{
    if (in->tables)
        return LC_OK;
    lc_status status = reader_tables_new(in->options->at->config_folder, &in->tables, error);
    if (status == LC_OK)
        document_builder_use_technologies(in->builder, reader_technologies(in->tables));
    return status;
}

const char *indexing_why_skipped(indexing *in, const catalog_note *what)
{
    struct stat status;
    arena_reset(in->memory);
    if (read_bytes(in, what, &status, NULL) != LC_OK)
        return NULL;
    return note_why_skipped(what->path, buffer_span(&in->bytes), in->memory);
}

lc_status indexing_note(indexing *in, catalog_note *what, lc_error *error)
{
    struct stat status;
    lc_error why;
    uint64_t read_at = clock_nanoseconds(); /* before reading: a change meanwhile is racy */
    arena_reset(in->memory);
    if (read_bytes(in, what, &status, &why) != LC_OK) {
        keep_unreadable(in, what, &why);
        return LC_OK;
    }
    uint64_t hash = XXH3_64bits(in->bytes.at, in->bytes.length);
    if (!what->fresh && !what->unreadable && hash == what->hash) {
        keep_unchanged(in, what, &status, read_at);
        return LC_OK;
    }
    lc_status result = need_tables(in, error);
    if (result == LC_OK)
        result = write_note(in, what, error);
    if (result != LC_OK)
        return result;
    if (!what->deferred) {
        what->new_bytes = !what->fresh && what->hash != hash;
        what->hash = hash;
        catalog_note_stat(what, &status, read_at);
        tell(in, what->fresh ? FILE_ADDED : FILE_CHANGED, what, 0, NULL);
    }
    knowledge_tell(&in->known, &what->tells);
    return LC_OK;
}

/* What it was read under can't be mended now: the next refresh must read it whatever its stamp. */
static void distrust(indexing *in, catalog_note *what)
{
    what->hash = what->mtime = 0;
    catalog_touch(in->catalog, what);
    keep(in, what);
}

lc_status indexing_again(indexing *in, catalog_note *what, lc_error *error)
{
    struct stat status;
    lc_error why;
    arena_reset(in->memory);
    if (read_bytes(in, what, &status, &why) != LC_OK ||
        XXH3_64bits(in->bytes.at, in->bytes.length) != what->hash) {
        distrust(in, what);
        return LC_OK;
    }
    lc_status result = need_tables(in, error);
    if (result == LC_OK)
        result = write_note(in, what, error);
    if (result == LC_OK)
        knowledge_tell(&in->known, &what->tells);
    return result;
}
