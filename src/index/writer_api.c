/* The writer over Xapian's own API: updates in place, one transaction. */
#include <stdlib.h>

#include "base/watchdog.h"
#include "index/writer_kind.h"
#include "index/xapian_error.h"

typedef struct {
    index_writer base;
    xs_writer *writer;
    xs_doc *doc; /* used again for every document */
    char *path;
    size_t changes;
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

static lc_status api_add(index_writer *writer, const document *what, lc_error *error)
{
    api_writer *to = (api_writer *)writer;
    xs_error said;
    begin_step(to);
    xs_status status = fill(to->doc, what, &said);
    if (status == XS_OK)
        status = xs_writer_add(to->writer, to->doc, NULL, &said);
    return end_step(to, status, &said, error);
}

static lc_status api_remove(index_writer *writer, span term_text, lc_error *error)
{
    api_writer *from = (api_writer *)writer;
    xs_error said;
    begin_step(from);
    xs_status status = xs_writer_delete(from->writer, term_text.at, term_text.length, &said);
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

static lc_status api_commit(index_writer *writer, lc_error *error)
{
    api_writer *to = (api_writer *)writer;
    xs_error said;
    begin_step(to);
    return end_step(to, xs_writer_commit(to->writer, &said), &said, error);
}

static void api_free(index_writer *writer)
{
    api_writer *what = (api_writer *)writer;
    xs_doc_free(what->doc);
    xs_writer_free(what->writer);
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
    if (status != XS_OK) {
        lc_status failed = from_xapian(status, &said, path, error);
        api_free(&made->base);
        return failed;
    }
    *writer_out = &made->base;
    return LC_OK;
}
