#include "index/indexing.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/ahead.h"
#include "index/sums.h"
#include "index/talk_id.h"
#include "index/tallying.h"
#include "notes/encoding.h"
#include "notes/walk.h"

void indexing_init(indexing *what)
{
    knowledge_init(&what->known);
    what->builder = document_builder_new();
    document_init(&what->document);
    prepared_init(&what->prepared);
}

void indexing_free(indexing *what)
{
    knowledge_free(&what->known);
    document_builder_free(what->builder);
    document_free(&what->document);
    prepared_free(&what->prepared);
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
        status = sums_drop(in->writer_path, error);
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

static void tell(indexing *in, file_event event, const catalog_note *of, uint32_t line,
                 const char *why)
{
    char *root = xstrdup(of->root);
    if (in->observer && in->observer->on_file)
        in->observer->on_file(event, root, of->path, line, why, in->observer->user);
    free(root);
}

static lc_status remove_documents(indexing *in, const catalog_note *of, arena *memory,
                                  lc_error *error)
{
    lc_status status = indexing_writer(in, error);
    if (status == LC_OK && of->talk_count)
        status = index_writer_remove(in->writer, note_file_term(of, memory), error);
    return status;
}

lc_status indexing_remove(indexing *in, catalog_note *gone, lc_error *error)
{
    arena_reset(in->prepared.memory);
    lc_status status = remove_documents(in, gone, in->prepared.memory, error);
    if (status != LC_OK)
        return status;
    tell(in, FILE_REMOVED, gone, 0, NULL);
    tally_removed(gone, in->report);
    catalog_remove(in->catalog, gone);
    return LC_OK;
}

/* ---- writing ---- */

/* One document; what it was is kept in *written. */
static lc_status write_talk(indexing *in, const document *from, const talk *of,
                            catalog_talk *written, lc_error *error)
{
    written->hash = XXH3_64bits(from->data.at, from->data.length);
    written->leftover = of->kind == KIND_NOTE;
    return index_writer_add(in->writer, from, error);
}

static lc_status write_talks(indexing *in, const catalog_note *of, const prepared_note *from,
                             catalog_talk *written, uint32_t *ordinals, lc_error *error)
{
    lc_status status = remove_documents(in, of, from->memory, error);
    for (size_t i = 0; i < from->found.talks.count && status == LC_OK; i++) {
        const talk *t = &from->found.talks.items[i];
        const document *made = &in->document;
        written[i].id_key = talk_id_key(t, of->path);
        ordinals[i] = knowledge_ordinal(&in->known, written[i].id_key);
        if (i < from->built && !ordinals[i])
            made = &from->documents[i];
        else
            prepare_document(from, of, t, ordinals[i], in->builder, &in->document);
        status = write_talk(in, made, t, &written[i], error);
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

static void remember(indexing *in, catalog_note *what, const note *from, const facts *known,
                     const catalog_talk *written, const uint32_t *ordinals)
{
    catalog *to = in->catalog;
    size_t size = from->talks.count * sizeof *written;
    what->context = knowledge_context(known, &from->asks, ordinals, from->talks.count);
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

static lc_status write_note(indexing *in, catalog_note *what, const prepared_note *from,
                            const facts *known, lc_error *error)
{
    const note *found = &from->found;
    if (in->deferring && found->asks.count) {
        defer(in, what, found);
        return LC_OK;
    }
    catalog_talk *written = arena_zalloc(from->memory, found->talks.count * sizeof *written);
    uint32_t *ordinals = arena_zalloc(from->memory, found->talks.count * sizeof *ordinals);
    lc_status status = write_talks(in, what, from, written, ordinals, error);
    if (status != LC_OK)
        return status;
    if (found->warning && what->now) {
        in->report->problems++;
        tell(in, FILE_PROBLEM, what, found->warning_line, found->warning);
    }
    remember(in, what, found, known, written, ordinals);
    return LC_OK;
}

static void tell_facts(indexing *in, const catalog_note *of)
{
    if (!in->all_told)
        knowledge_tell(&in->known, &of->tells);
}

/* What was read before stays: its talks are counted, its facts told. */
static void keep(indexing *in, const catalog_note *what)
{
    for (size_t i = 0; i < what->talk_count; i++)
        knowledge_ordinal(&in->known, what->talks[i].id_key);
    tell_facts(in, what);
}

/* The same bytes under a new time stamp: nothing to write, but the stamp is worth keeping once it
 * can be trusted. */
static void take_stamps(indexing *in, catalog_note *what, const prepared_note *from)
{
    catalog_note_stat(what, &from->now, from->read_at);
    if (!catalog_note_differs(what, &from->now))
        catalog_touch(in->catalog, what);
}

static void keep_unreadable(indexing *in, catalog_note *what, const lc_error *why)
{
    bool known = what->unreadable && span_equal(what->problem, span_of(why->message));
    in->report->problems++;
    in->report->unreadable++;
    tell(in, known ? FILE_PROBLEM_KNOWN : FILE_PROBLEM, what, 0, why->message);
    if (!known) {
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

/* What a note is read under. While notes that ask are put off it makes no difference what is
 * known. */
static facts facts_for(const indexing *in, const catalog_note *of)
{
    return (facts){in->deferring ? NULL : in->known.told, in->all_told ? &of->tells : NULL};
}

/* ---- preparing ahead ---- */

/* Notes that several threads are at; slots ahead of the writer for each, so that a long note does
 * not stop the others; bytes of notes that may be under way. */
enum { FEW_NOTES = 32, SLOTS_EACH = 4, BYTES_AHEAD = 1 << 20 };

struct preparing {
    ahead_options options;
    const indexing *in;
    catalog_note **order;
    prepared_note *slots;
    document_builder **builders; /* of each thread */
    ahead *threads;
};

static void prepare_all(const indexing *in, const catalog_note *of, document_builder *with,
                        prepared_note *to)
{
    facts known = facts_for(in, of);
    prepare_bytes(to, of, in->size_limit);
    if (to->status != LC_OK || (!in->fresh && !prepared_differs(to, of)))
        return;
    prepare_talks(to, of, &known, in->tables);
    if (!in->deferring || !to->found.asks.count)
        prepare_documents(to, of, with);
}

static void prepare_slot(size_t item, size_t slot, size_t thread, void *preparing_of)
{
    struct preparing *of = preparing_of;
    prepare_all(of->in, of->order[item], of->builders[thread], &of->slots[slot]);
}

static size_t note_weight(size_t item, const void *preparing_of)
{
    const struct preparing *of = preparing_of;
    const catalog_note *n = of->order[item];
    return n->now ? (size_t)n->now->st_size : (size_t)n->size;
}

static struct preparing *preparing_new(const indexing *in, catalog_note **order, size_t count,
                                       size_t threads)
{
    struct preparing *made = xcalloc(1, sizeof *made);
    made->options = (ahead_options){.threads = threads,
                                    .window = SLOTS_EACH * threads,
                                    .count = count,
                                    .work = prepare_slot,
                                    .weight = note_weight,
                                    .weight_limit = BYTES_AHEAD,
                                    .user = made};
    made->in = in;
    made->order = order;
    made->slots = xcalloc(made->options.window, sizeof *made->slots);
    made->builders = xcalloc(threads, sizeof(document_builder *));
    for (size_t i = 0; i < made->options.window; i++)
        prepared_init(&made->slots[i]);
    for (size_t i = 0; i < threads; i++) {
        made->builders[i] = document_builder_new();
        document_builder_use_technologies(made->builders[i], reader_technologies(in->tables));
    }
    made->threads = ahead_start(&made->options);
    return made;
}

static void preparing_free(struct preparing *what)
{
    if (!what)
        return;
    ahead_stop(what->threads);
    for (size_t i = 0; i < what->options.window; i++)
        prepared_free(&what->slots[i]);
    for (size_t i = 0; i < what->options.threads; i++)
        document_builder_free(what->builders[i]);
    free(what->slots);
    free(what->builders);
    free(what);
}

lc_status indexing_begin_ahead(indexing *in, catalog_note **order, size_t count, lc_error *error)
{
    size_t threads = ahead_threads();
    if (threads < 2 || count < FEW_NOTES)
        return LC_OK;
    lc_status status = need_tables(in, error);
    if (status != LC_OK)
        return status;
    in->ahead = preparing_new(in, order, count, threads);
    if (!in->ahead->threads)
        indexing_end_ahead(in);
    return LC_OK;
}

void indexing_end_ahead(indexing *in)
{
    preparing_free(in->ahead);
    in->ahead = NULL;
}

/* ---- a note ---- */

/* A note that was prepared as far as its bytes. */
static lc_status write_read(indexing *in, catalog_note *what, prepared_note *from, lc_error *error)
{
    facts known = facts_for(in, what);
    lc_status result = need_tables(in, error);
    if (result != LC_OK)
        return result;
    if (!in->ahead)
        prepare_talks(from, what, &known, in->tables);
    return write_note(in, what, from, &known, error);
}

static lc_status index_prepared(indexing *in, catalog_note *what, prepared_note *from,
                                lc_error *error)
{
    bool differs = prepared_differs(from, what);
    if (from->status != LC_OK && in->fresh && what->before_count)
        return lc_fail(error, from->status, "%s", from->why.message);
    if (from->status != LC_OK) {
        keep_unreadable(in, what, &from->why);
        return LC_OK;
    }
    if (!differs && !in->fresh) {
        take_stamps(in, what, from);
        keep(in, what);
        return LC_OK;
    }
    lc_status result = write_read(in, what, from, error);
    if (result != LC_OK)
        return result;
    if (!what->deferred) {
        what->new_bytes = !what->fresh && what->hash != from->hash;
        what->hash = from->hash;
        catalog_note_stat(what, &from->now, from->read_at);
        if (differs)
            tell(in, what->fresh ? FILE_ADDED : FILE_CHANGED, what, 0, NULL);
    }
    tell_facts(in, what);
    return LC_OK;
}

void indexing_pass_touched(indexing *in, catalog_note *what)
{
    if (what->fresh || (uint64_t)what->now->st_size != what->size)
        return;
    prepared_note *to = &in->prepared;
    prepare_bytes(to, what, in->size_limit);
    if (to->status != LC_OK || prepared_differs(to, what))
        return;
    take_stamps(in, what, to);
    what->now = NULL;
}

const char *indexing_why_skipped(indexing *in, const catalog_note *what)
{
    prepared_note *to = &in->prepared;
    prepare_bytes(to, what, in->size_limit);
    return to->status == LC_OK ? note_why_skipped(what->path, buffer_span(&to->bytes), to->memory)
                               : NULL;
}

lc_status indexing_note(indexing *in, catalog_note *what, lc_error *error)
{
    if (in->ahead) {
        prepared_note *from = &in->ahead->slots[ahead_take(in->ahead->threads)];
        lc_status status = index_prepared(in, what, from, error);
        prepared_release(from);
        ahead_give_back(in->ahead->threads);
        return status;
    }
    prepare_bytes(&in->prepared, what, in->size_limit);
    lc_status status = index_prepared(in, what, &in->prepared, error);
    prepared_release(&in->prepared);
    return status;
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
    prepare_bytes(&in->prepared, what, in->size_limit);
    if (in->prepared.status != LC_OK || in->prepared.hash != what->hash) {
        distrust(in, what);
        return LC_OK;
    }
    lc_status result = write_read(in, what, &in->prepared, error);
    if (result == LC_OK)
        tell_facts(in, what);
    prepared_release(&in->prepared);
    return result;
}
