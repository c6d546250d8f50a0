#include "index/refresh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/watchdog.h"
#include "index/changes.h"
#include "index/format.h"
#include "index/indexing.h"
#include "index/lock.h"
#include "index/own_tables.h"
#include "index/place.h"
#include "index/renewal.h"
#include "index/sums.h"
#include "index/tallying.h"
#include "index/vectors.h"
#include "index/xapian_error.h"
#include "notes/walk.h"

/* ---- the index that is there ---- */

static bool has_meta(const xs_reader *reader, const char *key, const char *wanted)
{
    char *text;
    size_t length;
    if (xs_reader_get_meta(reader, key, strlen(key), &text, &length, NULL) != XS_OK)
        return false;
    bool same = span_equal((span){text, length}, span_of(wanted));
    xs_free(text);
    return same;
}

static bool tables_are_same(const xs_reader *reader, const location *at)
{
    buffer stamp = {0};
    own_tables_stamp(at->config_folder, &stamp);
    bool same = has_meta(reader, META_TABLES, stamp.at);
    buffer_free(&stamp);
    return same;
}

/* Loads the catalog of the index; LC_NO_INDEX and LC_OLD_INDEX (with the reason) mean: build one.
 */
static lc_status load_index(const location *at, catalog **catalog_out, lc_error *error)
{
    const char *path = at->index;
    xs_error said;
    xs_reader *reader;
    xs_status opened = xs_reader_open(path, &reader, &said);
    if (opened != XS_OK)
        return from_xapian(opened, &said, path, error);
    lc_status status = LC_OK;
    if (has_meta(reader, META_VERSION, ""))
        status = lc_fail(error, LC_NO_INDEX, "%s: is no index of lectern", path);
    else if (!has_meta(reader, META_VERSION, INDEX_VERSION))
        status = lc_fail(error, LC_OLD_INDEX, "the index was written by another version");
    else if (!tables_are_same(reader, at))
        status = lc_fail(error, LC_OLD_INDEX, "your own tables changed");
    else
        status = catalog_load(reader, path, catalog_out, error);
    xs_reader_free(reader);
    return status;
}

static lc_status load_index_in_time(const location *at, catalog **catalog_out, lc_error *error)
{
    watchdog_begin(WATCHDOG_STEP);
    lc_status status = load_index(at, catalog_out, error);
    watchdog_end();
    return status;
}

/* The size limit that the index was made with; the default when there is none. */
static size_t stored_limit(const char *path)
{
    xs_reader *reader;
    char *text;
    size_t length;
    long limit = 0;
    if (xs_reader_open(path, &reader, NULL) != XS_OK)
        return WALK_SIZE_LIMIT;
    if (xs_reader_get_meta(reader, META_LIMIT, strlen(META_LIMIT), &text, &length, NULL) == XS_OK) {
        limit = span_number((span){text, length});
        xs_free(text);
    }
    xs_reader_free(reader);
    return limit > 0 ? (size_t)limit : WALK_SIZE_LIMIT;
}

/* ---- the rounds ---- */

/* All notes that are still there, in the order that ordinals count in. */
static catalog_note **notes_in_order(const catalog *in, size_t *count_out)
{
    catalog_note **order = xmalloc((in->count + 1) * sizeof *order);
    size_t count = 0;
    for (size_t i = 0; i < in->count; i++)
        if (in->notes[i].root.length && in->notes[i].seen)
            order[count++] = &in->notes[i];
    qsort(order, count, sizeof *order, catalog_compare_notes);
    *count_out = count;
    return order;
}

static void pass_unchanged(indexing *in, const catalog_note *what)
{
    for (size_t i = 0; i < what->talk_count; i++)
        knowledge_ordinal(&in->known, what->talks[i].id_key);
}

static void progress(const indexing *in, size_t done, size_t total)
{
    if (in->observer && in->observer->on_progress)
        in->observer->on_progress(done, total, in->observer->user);
}

static bool is_to_read(const indexing *in, const catalog_note *of)
{
    return in->fresh || of->now;
}

/* Has the deferred notes read ahead; *chosen_out is freed after indexing_end_ahead(). */
static lc_status begin_deferred(indexing *in, catalog_note **order, size_t count,
                                catalog_note ***chosen_out, lc_error *error)
{
    catalog_note **chosen = *chosen_out = xmalloc((count + 1) * sizeof(catalog_note *));
    size_t chosen_count = 0;
    for (size_t i = 0; i < count; i++)
        if (order[i]->deferred)
            chosen[chosen_count++] = order[i];
    return indexing_begin_ahead(in, chosen, chosen_count, error);
}

/* First round: reads what is new or changed. */
static lc_status read_changed(indexing *in, catalog_note **order, size_t count, lc_error *error)
{
    size_t done = 0, total = 0;
    lc_status status = LC_OK;
    for (size_t i = 0; i < count; i++) {
        if (is_to_read(in, order[i]))
            total++;
        else
            knowledge_tell(&in->known, &order[i]->tells);
    }
    if (in->deferring)
        status = indexing_begin_ahead(in, order, count, error);
    for (size_t i = 0; i < count && status == LC_OK; i++) {
        if (!is_to_read(in, order[i])) {
            pass_unchanged(in, order[i]);
            continue;
        }
        status = indexing_note(in, order[i], error);
        progress(in, ++done, total);
    }
    indexing_end_ahead(in);
    return status;
}

/* Second round of a new index: the notes that asked something, now that all have told. Written once
 * and in sequence: documents changed afterwards would leave every block of the new index half full.
 */
static lc_status read_deferred(indexing *in, catalog_note **order, size_t count, lc_error *error)
{
    catalog_note **ahead;
    in->deferring = false;
    in->all_told = true;
    knowledge_restart_talks(&in->known);
    lc_status status = begin_deferred(in, order, count, &ahead, error);
    for (size_t i = 0; i < count && status == LC_OK; i++) {
        catalog_note *n = order[i];
        pass_unchanged(in, n);
        if (!n->deferred)
            continue;
        n->deferred = false;
        status = indexing_note(in, n, error);
    }
    indexing_end_ahead(in);
    free(ahead);
    in->all_told = false;
    return status;
}

/* Reads a note again if what it was read under has changed. */
static lc_status read_if_moved(indexing *in, catalog_note *what, bool *moved_out, lc_error *error)
{
    uint32_t *ordinals = xcalloc(what->talk_count, sizeof *ordinals);
    for (size_t i = 0; i < what->talk_count; i++)
        ordinals[i] = knowledge_ordinal(&in->known, what->talks[i].id_key);
    knowledge_untell(&in->known, &what->tells);
    const facts others = {in->known.told, NULL};
    uint64_t context = knowledge_context(&others, &what->asks, ordinals, what->talk_count);
    free(ordinals);
    if (context == what->context) {
        knowledge_tell(&in->known, &what->tells);
        return LC_OK;
    }
    for (size_t i = 0; i < what->talk_count; i++)
        knowledge_forget_ordinal(&in->known, what->talks[i].id_key);
    *moved_out = true;
    return indexing_again(in, what, error);
}

/* Further rounds, until nothing depends on an outdated answer. What notes tell never changes after
 * the first, titles (and so ids) not after the second, ordinals not after the third. */
static lc_status settle(indexing *in, catalog_note **order, size_t count, lc_error *error)
{
    enum { ROUNDS_MAX = 4 };
    lc_status status = LC_OK;
    bool moved = true;
    for (int round = 0; round < ROUNDS_MAX && moved && status == LC_OK; round++) {
        moved = false;
        knowledge_restart_talks(&in->known);
        for (size_t i = 0; i < count && status == LC_OK; i++)
            status = read_if_moved(in, order[i], &moved, error);
    }
    return status;
}

static lc_status remove_gone(indexing *in, lc_error *error)
{
    lc_status status = LC_OK;
    for (size_t i = 0; i < in->catalog->count && status == LC_OK; i++)
        if (in->catalog->notes[i].root.length && !in->catalog->notes[i].seen)
            status = indexing_remove(in, &in->catalog->notes[i], error);
    return status;
}

/* ---- commit ---- */

static lc_status set_meta(indexing *in, span key, const buffer *text, lc_error *error)
{
    return index_writer_set_meta(in->writer, key, buffer_span(text), error);
}

/* What the index is made from, beside the notes. */
static lc_status save_origin(indexing *in, lc_error *error)
{
    const location *at = in->options->at;
    buffer folders = {0}, stamp = {0}, technologies = {0}, people = {0}, limit = {0};
    buffer_printf(&limit, "%zu", in->size_limit);
    for (size_t i = 0; i < in->options->roots->count; i++)
        buffer_printf(&folders, "%s\n", in->options->roots->items[i]);
    own_tables_stamp(at->config_folder, &stamp);
    own_tables_technologies(at->config_folder, &technologies);
    own_tables_people(at->config_folder, &people);
    lc_status status =
        index_writer_set_meta(in->writer, SPAN(META_VERSION), SPAN(INDEX_VERSION), error);
    if (status == LC_OK)
        status = set_meta(in, SPAN(META_ROOTS), &folders, error);
    if (status == LC_OK)
        status = set_meta(in, SPAN(META_TABLES), &stamp, error);
    if (status == LC_OK)
        status = set_meta(in, SPAN(META_TECHNOLOGIES), &technologies, error);
    if (status == LC_OK)
        status = set_meta(in, SPAN(META_PEOPLE), &people, error);
    if (status == LC_OK)
        status = set_meta(in, SPAN(META_LIMIT), &limit, error);
    buffer_free(&limit);
    buffer_free(&folders);
    buffer_free(&stamp);
    buffer_free(&technologies);
    buffer_free(&people);
    return status;
}

static lc_status save(indexing *in, lc_error *error)
{
    lc_status status = indexing_writer(in, error);
    if (status == LC_OK)
        status = save_origin(in, error);
    if (status == LC_OK)
        status = catalog_save(in->catalog, in->writer, error);
    if (status == LC_OK)
        status = index_writer_commit(in->writer, error);
    return status;
}

static bool must_write(const indexing *in)
{
    for (size_t i = 0; i < map_count(in->catalog->folders); i++)
        if (map_value(in->catalog->folders, i))
            return true;
    return in->fresh || in->writer;
}

static bool anything_changed(const catalog *in)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->notes[i].now || !in->notes[i].seen)
            return true;
    return false;
}

/* The index is whole without them: what goes wrong here costs quality, not the commit. Unless it is
 * the index, found damaged where nothing was written. */
static lc_status learn(const indexing *in, lc_error *error)
{
    lc_error why;
    lc_status status = vectors_refresh(in->writer_path, in->options->train, &why);
    if (status != LC_CORRUPT || in->writer)
        return LC_OK;
    return lc_fail(error, status, "%s", why.message);
}

/* Without them an index is as good, only not to be checked. */
static void sum(const indexing *in)
{
    if (!sums_are_there(in->writer_path) && indexing_may_sum(in))
        sums_write(in->writer_path, NULL);
}

/* Reads and writes what changes_find() found. */
static lc_status write_changes(indexing *in, lc_error *error)
{
    size_t count;
    catalog_note **order = notes_in_order(in->catalog, &count);
    lc_status status = remove_gone(in, error);
    if (in->renewing)
        renewal_forget(in->catalog);
    if (status == LC_OK)
        status = read_changed(in, order, count, error);
    if (status == LC_OK && in->fresh)
        status = read_deferred(in, order, count, error);
    if (status == LC_OK && in->writer)
        status = settle(in, order, count, error);
    for (size_t i = 0; i < count && status == LC_OK; i++)
        tally_note(order[i], in->report);
    bool writes = must_write(in);
    if (status == LC_OK && writes)
        status = save(in, error);
    if (status == LC_OK && (writes || in->options->train)) {
        status = learn(in, error);
        if (status == LC_OK)
            sum(in);
    }
    free(order);
    return status;
}

static void find_changes(indexing *in)
{
    changes_find(in->options, in->size_limit, in->observer, in->catalog, in->report);
}

static void tell_dry(indexing *in, const catalog_note *of)
{
    file_event event = !of->seen   ? FILE_REMOVED
                       : of->fresh ? FILE_ADDED
                       : of->now   ? FILE_CHANGED
                                   : FILE_UNCHANGED;
    size_t *const counters[] = {&in->report->notes.added, &in->report->notes.changed,
                                &in->report->notes.removed, &in->report->notes.unchanged};
    const char *why = event == FILE_REMOVED ? NULL : indexing_why_skipped(in, of);
    const char *plain = of->now && !why ? note_why_no_talks((size_t)of->now->st_size) : NULL;
    char *root = xstrdup(of->root);
    ++*counters[event];
    if (in->observer && in->observer->on_file)
        in->observer->on_file(why ? FILE_SKIPPED : event, root, of->path, 0, why ? why : plain,
                              in->observer->user);
    free(root);
}

static void run_dry(indexing *in)
{
    find_changes(in);
    for (size_t i = 0; i < in->catalog->count; i++)
        tell_dry(in, &in->catalog->notes[i]);
}

/* Writes all to the folder beside the index, and puts it in the index's place. */
static lc_status write_beside(indexing *in, const char *beside, lc_error *error)
{
    lc_status status = write_changes(in, error);
    if (in->writer)
        snprintf(in->report->slow_why, sizeof in->report->slow_why, "%s",
                 index_writer_note(in->writer));
    index_writer_free(in->writer);
    in->writer = NULL;
    if (status == LC_OK)
        status = place_put(beside, in->options->at->index, error);
    else
        folder_remove(beside, NULL);
    return status;
}

/* A first build, or a rebuild. */
static lc_status run_fresh(indexing *in, const char *beside, lc_error *error)
{
    in->writer_path = beside;
    in->fresh = in->deferring = true;
    find_changes(in);
    if (in->report->missing_roots && access(in->options->at->index, F_OK) == 0)
        return lc_fail(error, LC_IO,
                       "a folder of notes is not there: indexing all anew would lose its talks; "
                       "attach it, or remove it with: lectern forget FOLDER");
    lc_status status = place_prepare(beside, error);
    return status == LC_OK ? write_beside(in, beside, error) : status;
}

static lc_status run(indexing *in, const char *beside, lc_error *error)
{
    find_changes(in);
    if (in->options->no_counts && !anything_changed(in->catalog))
        return LC_OK;
    lc_status status = catalog_read_details(in->catalog, in->options->at->index, error);
    if (status != LC_OK)
        return status;
    if (renewal_pays(in) && renewal_begin(in, beside))
        return write_beside(in, beside, error);
    return write_changes(in, error);
}

static lc_status refresh_beside(indexing *in, const char *beside, lc_error *error)
{
    lc_error why = {LC_OK, ""};
    const char *path = in->options->at->index;
    lc_status status = LC_NO_INDEX;
    if (!in->options->rebuild)
        status = load_index_in_time(in->options->at, &in->catalog, &why);
    if (status == LC_OLD_INDEX)
        snprintf(in->report->rebuilt_why, sizeof in->report->rebuilt_why, "%s", why.message);
    else if (status != LC_OK && status != LC_NO_INDEX) {
        if (error)
            *error = why;
        return status;
    }
    bool fresh = status != LC_OK;
    if (fresh)
        in->catalog = catalog_new();
    in->writer_path = path;
    in->size_limit = in->options->size_limit ? in->options->size_limit : stored_limit(path);
    indexing_init(in);
    if (in->options->dry_run)
        run_dry(in), status = LC_OK;
    else if (!fresh)
        status = run(in, beside, error);
    else if ((status = place_check(path, error)) == LC_OK)
        status = run_fresh(in, beside, error);
    indexing_free(in);
    catalog_free(in->catalog);
    return status;
}

/* Only the holder of the lock uses the name INDEX.new: what is there was left by one that was
 * killed, and may fill the disk. */
static lc_status refresh_locked(indexing *in, lc_error *error)
{
    buffer beside = {0};
    lc_status status = LC_OK;
    buffer_printf(&beside, "%s.new", in->options->at->index);
    if (!in->options->dry_run)
        status = place_clear(beside.at, error);
    if (status == LC_OK)
        status = refresh_beside(in, beside.at, error);
    buffer_free(&beside);
    return status;
}

/* What stopped a renewal, a full disk or a note that can't be read after all, need not stop what
 * leaves the rest of the index as it is. */
static lc_status refresh_in_place(indexing *failed, lc_error *error)
{
    *failed->report = (refresh_report){0};
    *failed = (indexing){.options = failed->options,
                         .observer = failed->observer,
                         .report = failed->report,
                         .in_place = true};
    return refresh_locked(failed, error);
}

lc_status index_refresh(const refresh_options *options, const refresh_observer *observer,
                        refresh_report *report_out, lc_error *error)
{
    int lock = -1;
    *report_out = (refresh_report){0};
    indexing in = {.options = options, .observer = observer, .report = report_out};
    lc_status status = LC_OK;
    if (!options->dry_run)
        status = index_lock(options->at->index, options->lock_seconds, &lock, error);
    if (status != LC_OK)
        return status;
    if (options->prepare)
        status = options->prepare(options->prepare_user, error);
    if (status == LC_OK)
        status = refresh_locked(&in, error);
    if (status != LC_OK && in.renewing)
        status = refresh_in_place(&in, error);
    if (lock >= 0)
        index_unlock(lock);
    return status;
}
