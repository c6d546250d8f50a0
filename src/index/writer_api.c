/* The writer over Xapian's own API: updates in place, one transaction. */
#include <stdlib.h>
#include <string.h>

#include "base/watchdog.h"
#include "index/format.h"
#include "index/writer_kind.h"
#include "index/xapian_error.h"

typedef struct {
    uint32_t *items;
    size_t count, capacity;
} docids;

typedef struct {
    index_writer base;
    xs_writer *writer;
    xs_doc *doc; /* used again for every document */
    char *path;
    size_t changes;
    docids vacant; /* of documents that were removed: the next ones that are added go there, */
    size_t filled; /* the first of them have been */
    docids replaced;
    char before[XS_COMMIT_SIZE]; /* the last commit */
} api_writer;

static xs_status fill_postings(xs_doc *doc, const document *from, xs_error *said)
{
    xs_status status = XS_OK;
    for (size_t i = 0; i < from->posting_count && status == XS_OK; i++) {
        const posting *p = &from->postings[i];
        status = xs_doc_add_term(doc, p->term.at, p->term.length, p->wdf, said);
        for (uint32_t n = 0; n < p->position_count && status == XS_OK; n++)
            status = xs_doc_add_posting(doc, p->term.at, p->term.length, p->positions[n], 0, said);
    }
    return status;
}

static xs_status fill(xs_doc *doc, const document *from, xs_error *said)
{
    xs_status status = xs_doc_clear(doc, said);
    if (status == XS_OK)
        status = fill_postings(doc, from, said);
    for (size_t i = 0; i < from->slot_count && status == XS_OK; i++)
        status = xs_doc_set_value(doc, from->slots[i].slot, from->slots[i].text.at,
                                  from->slots[i].text.length, said);
    if (status == XS_OK)
        status = xs_doc_set_data(doc, from->data.at, from->data.length, said);
    return status;
}

/* An existing index may be damaged. The largest note has two million postings, six seconds' work;
 * and Xapian writes its own memory out now and then, within any call: that takes the longer the
 * more there is, a few milliseconds for each change. */
static void begin_step(api_writer *in)
{
    enum { ONE_CHANGE = 15, CHANGES_A_SECOND = 300 };
    watchdog_begin(ONE_CHANGE + (int)(++in->changes / CHANGES_A_SECOND));
}

static lc_status end_step(const api_writer *in, xs_status status, const xs_error *said,
                          lc_error *error)
{
    watchdog_end();
    return from_xapian(status, said, in->path, error);
}

/* ---- removed documents ----
 *
 * A note that changed is removed and added anew, mostly with the same talks in the same order. Each
 * takes the place of the one before, so that Xapian writes only what differs: its posting lists,
 * hundreds of kilobytes for a document, are most of a small commit.
 */

static bool keep_docid(uint32_t docid, uint32_t wdf, void *user)
{
    docids *to = user;
    (void)wdf;
    ARRAY_ADD(to->items, to->count, to->capacity, docid);
    return true;
}

/* Deletes what nothing took the place of. */
static xs_status delete_vacant(api_writer *in, xs_error *said)
{
    xs_status status = XS_OK;
    for (size_t i = in->filled; i < in->vacant.count && status == XS_OK; i++)
        status = xs_writer_delete_docid(in->writer, in->vacant.items[i], said);
    in->vacant.count = in->filled = 0;
    return status;
}

static xs_status put(api_writer *to, xs_error *said)
{
    if (to->filled == to->vacant.count)
        return xs_writer_add(to->writer, to->doc, NULL, said);
    uint32_t docid = to->vacant.items[to->filled++];
    keep_docid(docid, 0, &to->replaced);
    return xs_writer_replace(to->writer, docid, to->doc, said);
}

static lc_status api_add(index_writer *writer, const document *what, lc_error *error)
{
    api_writer *to = (api_writer *)writer;
    xs_error said;
    begin_step(to);
    xs_status status = fill(to->doc, what, &said);
    if (status == XS_OK)
        status = put(to, &said);
    return end_step(to, status, &said, error);
}

static lc_status api_remove(index_writer *writer, span term_text, lc_error *error)
{
    api_writer *from = (api_writer *)writer;
    xs_error said;
    begin_step(from);
    xs_status status = delete_vacant(from, &said);
    if (status == XS_OK)
        status = xs_writer_each_posting(from->writer, term_text.at, term_text.length, keep_docid,
                                        &from->vacant, &said);
    return end_step(from, status, &said, error);
}

static lc_status api_set_meta(index_writer *writer, span key, span text, lc_error *error)
{
    api_writer *to = (api_writer *)writer;
    xs_error said;
    begin_step(to);
    xs_status status = xs_writer_set_meta(to->writer, key.at, key.length, text.at ? text.at : "",
                                          text.length, &said);
    return end_step(to, status, &said, error);
}

static xs_status set_replaced(api_writer *in, xs_error *said)
{
    buffer text = {0};
    buffer_add_counted(&text, span_of(in->before));
    for (size_t i = 0; i < in->replaced.count; i++)
        buffer_add_varint(&text, in->replaced.items[i]);
    xs_status status = xs_writer_set_meta(in->writer, META_REPLACED, strlen(META_REPLACED), text.at,
                                          text.length, said);
    buffer_free(&text);
    in->replaced.count = 0;
    return status;
}

static lc_status api_commit(index_writer *writer, lc_error *error)
{
    api_writer *to = (api_writer *)writer;
    xs_error said;
    begin_step(to);
    xs_status status = delete_vacant(to, &said);
    if (status == XS_OK)
        status = set_replaced(to, &said);
    if (status == XS_OK)
        status = xs_writer_commit(to->writer, &said);
    if (status == XS_OK)
        status = xs_writer_last_commit(to->writer, to->before, &said);
    return end_step(to, status, &said, error);
}

static void api_free(index_writer *writer)
{
    api_writer *what = (api_writer *)writer;
    xs_doc_free(what->doc);
    xs_writer_free(what->writer);
    free(what->vacant.items);
    free(what->replaced.items);
    free(what->path);
    free(what);
}

static const index_writer_kind api_kind = {api_add, api_remove, api_set_meta, api_commit, api_free};

lc_status writer_api_open(const char *path, bool fresh, index_writer **writer_out, lc_error *error)
{
    xs_error said;
    api_writer *made = xcalloc(1, sizeof *made);
    made->base.kind = &api_kind;
    made->path = xstrdup(span_of(path));
    xs_status status = xs_writer_open(path, fresh ? XS_OVERWRITE : XS_OPEN_EXISTING,
                                      fresh ? XS_NO_SYNC : 0, &made->writer, &said);
    if (status == XS_OK)
        status = xs_doc_new(&made->doc, &said);
    if (status == XS_OK)
        status = xs_writer_last_commit(made->writer, made->before, &said);
    if (status != XS_OK) {
        lc_status failed = from_xapian(status, &said, path, error);
        api_free(&made->base);
        return failed;
    }
    *writer_out = &made->base;
    return LC_OK;
}
