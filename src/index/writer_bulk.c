/*
 * The writer over the bulk builder: a new index in sequence. The builder can't take a document
 * back, so documents wait in a spool until the commit if some may be removed. Otherwise a removal,
 * like any change after the commit, goes through the API.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "glass/glass.h"
#include "index/spool.h"
#include "index/writer_kind.h"
#include "index/xapian_error.h"

/* A smaller limit makes the builder no slower, down to some 30 MiB. It takes half as much again to
 * sort, and a note of 16 MiB up to 90 MiB beside it. */
enum { MEMORY = 64 << 20 };

typedef struct {
    index_writer base;
    glass_builder *builder;   /* NULL: finished */
    spool *waiting;           /* NULL: documents go to the builder at once */
    index_writer *afterwards; /* NULL: not needed yet */
    char *path;
    bool failed;
} bulk_writer;

/* ---- does it fit the library? ---- */

static lc_status check_layout(const char *folder, lc_error *error)
{
    xs_error said;
    xs_writer *empty;
    xs_status status = xs_writer_open(folder, XS_OVERWRITE, XS_NO_SYNC, &empty, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, folder, error);
    xs_writer_free(empty);
    return glass_guard(folder, error);
}

/* A document with one of everything. */
static lc_status build_sample(const char *folder, lc_error *error)
{
    static const uint32_t positions[] = {3, 7, 1000};
    const glass_posting postings[] = {{SPAN("Qone"), 0, NULL, 0}, {SPAN("word"), 3, positions, 3}};
    const glass_value values[] = {{0, SPAN("value")}};
    const glass_document sample = {postings, 2, values, 1, SPAN("data")};
    static const glass_options options = {.no_sync = true};
    glass_builder *builder;
    lc_status status = glass_builder_open(folder, &options, &builder, error);
    if (status != LC_OK)
        return status;
    status = glass_builder_add(builder, &sample, error);
    if (status == LC_OK)
        status = glass_builder_set_meta(builder, SPAN("key"), SPAN("text"), error);
    if (status == LC_OK)
        status = glass_builder_finish(builder, error);
    glass_builder_free(builder);
    return status;
}

static lc_status check_sample(const char *folder, lc_error *error)
{
    xs_error said;
    size_t errors = 0;
    char *text = NULL;
    lc_status status = build_sample(folder, error);
    if (status != LC_OK)
        return status;
    status = from_xapian(xs_check(folder, &errors, &text, &said), &said, folder, error);
    xs_free(text);
    if (status == LC_OK && errors)
        return lc_fail(error, LC_OLD_INDEX, "Xapian %s finds errors in a trial of it",
                       xs_library_version());
    return status;
}

lc_status writer_bulk_check(const char *path, lc_error *error)
{
    char *folder = path_join(path, "check");
    char *empty = path_join(folder, "empty"), *sample = path_join(folder, "sample");
    lc_status status = folder_make(folder, error);
    if (status == LC_OK)
        status = check_layout(empty, error);
    if (status == LC_OK)
        status = check_sample(sample, error);
    folder_remove(folder, NULL);
    free(folder);
    free(empty);
    free(sample);
    return status;
}

/* ---- writing ---- */

/* What was written must be there: a full disk may show only now. */
static lc_status check_count(const bulk_writer *of, uint32_t expected, lc_error *error)
{
    xs_error said;
    xs_reader *reader;
    xs_stats stats = {0};
    xs_status status = xs_reader_open(of->path, &reader, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, of->path, error);
    status = xs_reader_stats(reader, &stats, &said);
    xs_reader_free(reader);
    if (status == XS_OK && stats.doc_count != expected)
        return lc_fail(error, LC_INTERNAL,
                       "%s: of %u documents %u can be read; set LECTERN_WRITER=api and try again",
                       of->path, expected, stats.doc_count);
    return from_xapian(status, &said, of->path, error);
}

static lc_status take_document(const glass_document *what, void *builder, lc_error *error)
{
    return glass_builder_add(builder, what, error);
}

static lc_status finish(bulk_writer *what, lc_error *error)
{
    if (what->failed)
        return lc_fail(error, LC_INTERNAL, "%s: writing went on after a failure", what->path);
    lc_status status = LC_OK;
    if (what->waiting)
        status = spool_drain(what->waiting, take_document, what->builder, error);
    spool_free(what->waiting);
    what->waiting = NULL;
    if (status == LC_OK)
        status = glass_builder_finish(what->builder, error);
    what->failed = status != LC_OK;
    if (status != LC_OK)
        return status;
    uint32_t documents = glass_builder_progress(what->builder).documents;
    glass_builder_free(what->builder);
    what->builder = NULL;
    return check_count(what, documents, error);
}

static lc_status go_on_by_api(bulk_writer *what, lc_error *error)
{
    lc_status status = what->builder ? finish(what, error) : LC_OK;
    if (status != LC_OK || what->afterwards)
        return status;
    return writer_api_open(what->path, false, &what->afterwards, error);
}

static lc_status bulk_add(index_writer *writer, const document *what, lc_error *error)
{
    bulk_writer *to = (bulk_writer *)writer;
    glass_document all = {what->postings, what->posting_count, what->slots, what->slot_count,
                          buffer_span(&what->data)};
    if (!to->builder) {
        lc_status status = go_on_by_api(to, error);
        return status == LC_OK ? index_writer_add(to->afterwards, what, error) : status;
    }
    lc_status status = to->waiting ? spool_add(to->waiting, &all, error)
                                   : glass_builder_add(to->builder, &all, error);
    to->failed |= status != LC_OK;
    return status;
}

static lc_status bulk_remove(index_writer *writer, span term_text, lc_error *error)
{
    bulk_writer *from = (bulk_writer *)writer;
    if (from->waiting) {
        spool_remove(from->waiting, term_text);
        return LC_OK;
    }
    lc_status status = go_on_by_api(from, error);
    return status == LC_OK ? index_writer_remove(from->afterwards, term_text, error) : status;
}

static lc_status bulk_set_meta(index_writer *writer, span key, span text, lc_error *error)
{
    bulk_writer *to = (bulk_writer *)writer;
    if (!to->builder) {
        lc_status status = go_on_by_api(to, error);
        return status == LC_OK ? index_writer_set_meta(to->afterwards, key, text, error) : status;
    }
    lc_status status = glass_builder_set_meta(to->builder, key, text, error);
    to->failed |= status != LC_OK;
    return status;
}

static lc_status bulk_commit(index_writer *writer, lc_error *error)
{
    bulk_writer *to = (bulk_writer *)writer;
    if (to->afterwards)
        return index_writer_commit(to->afterwards, error);
    return to->builder ? finish(to, error) : LC_OK; /* nothing changed since */
}

static void bulk_free(index_writer *writer)
{
    bulk_writer *what = (bulk_writer *)writer;
    index_writer_free(what->afterwards);
    spool_free(what->waiting);
    glass_builder_free(what->builder);
    free(what->path);
    free(what);
}

static const index_writer_kind bulk_kind = {bulk_add, bulk_remove, bulk_set_meta, bulk_commit,
                                            bulk_free};

/* As the API would, it takes the place of an index that is there. */
static void drop_index(const char *path)
{
    char *version = path_join(path, "iamglass");
    unlink(version);
    free(version);
}

lc_status writer_bulk_open(const char *path, bool removals, const char *replaces,
                           index_writer **writer_out, lc_error *error)
{
    const glass_options options = {.memory_limit = MEMORY, .replaces = replaces};
    bulk_writer *made = xcalloc(1, sizeof *made);
    made->base.kind = &bulk_kind;
    made->path = xstrdup(span_of(path));
    drop_index(path);
    lc_status status = glass_builder_open(path, &options, &made->builder, error);
    if (status == LC_OK && removals)
        status = spool_open(path, &made->waiting, error);
    if (status == LC_OK)
        *writer_out = &made->base;
    else
        bulk_free(&made->base);
    return status;
}
