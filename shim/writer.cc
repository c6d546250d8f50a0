// writer.cc - making documents and writing them.

#include "handles.h"

#include <memory>

using namespace shim;

namespace
{

// guard() for a change: the first failure sticks.
template <typename Body>
xs_status change(xs_writer *writer, xs_error *err, const Body &body) noexcept
{
    assert(writer);
    if (writer->failure.status == XS_OK)
        guard(&writer->failure, body);
    if (writer->failure.status != XS_OK && err)
        *err = writer->failure;
    return writer->failure.status;
}

} // namespace

// ---- documents ----

xs_status xs_doc_new(xs_doc **doc_out, xs_error *err)
{
    return guard(err, [&] { *doc_out = new xs_doc{}; });
}

xs_status xs_doc_clear(xs_doc *doc, xs_error *err)
{
    assert(doc);
    return guard(err, [&] { doc->doc = Xapian::Document(); });
}

xs_status xs_doc_add_posting(xs_doc *doc, const char *term, size_t term_len, uint32_t position,
                             uint32_t wdf, xs_error *err)
{
    assert(doc);
    return guard(err, [&] { doc->doc.add_posting(term_text(term, term_len), position, wdf); });
}

xs_status xs_doc_add_term(xs_doc *doc, const char *term, size_t term_len, uint32_t wdf,
                          xs_error *err)
{
    assert(doc);
    return guard(err, [&] { doc->doc.add_term(term_text(term, term_len), wdf); });
}

xs_status xs_doc_set_value(xs_doc *doc, uint32_t slot, const char *value, size_t value_len,
                           xs_error *err)
{
    assert(doc);
    return guard(err, [&] { doc->doc.add_value(slot, text(value, value_len)); });
}

xs_status xs_doc_set_data(xs_doc *doc, const char *data, size_t data_len, xs_error *err)
{
    assert(doc);
    return guard(err, [&] { doc->doc.set_data(text(data, data_len)); });
}

void xs_doc_free(xs_doc *doc)
{
    delete doc;
}

// ---- writing ----

xs_status xs_writer_open(const char *path, xs_open_mode mode, unsigned flags,
                         xs_writer **writer_out, xs_error *err)
{
    assert(path);
    return guard(err, [&] {
        int action = mode == XS_OVERWRITE       ? Xapian::DB_CREATE_OR_OVERWRITE
                     : mode == XS_OPEN_EXISTING ? Xapian::DB_OPEN
                                                : Xapian::DB_CREATE_OR_OPEN;
        action |= (flags & XS_NO_SYNC ? Xapian::DB_NO_SYNC : 0) |
                  (flags & XS_DANGEROUS ? Xapian::DB_DANGEROUS : 0) |
                  (flags & XS_WAIT ? Xapian::DB_RETRY_LOCK : 0);
        auto writer = std::make_unique<xs_writer>();
        writer->db = Xapian::WritableDatabase(path, action | Xapian::DB_BACKEND_GLASS);
        writer->db.begin_transaction();
        *writer_out = writer.release();
    });
}

xs_status xs_writer_put(xs_writer *writer, const char *id_term, size_t id_len, xs_doc *doc,
                        uint32_t *docid_out, xs_error *err)
{
    assert(doc);
    return change(writer, err, [&] {
        std::string id = term_text(id_term, id_len);
        doc->doc.add_boolean_term(id);
        Xapian::docid docid = writer->db.replace_document(id, doc->doc);
        if (docid_out)
            *docid_out = docid;
    });
}

xs_status xs_writer_add(xs_writer *writer, const xs_doc *doc, uint32_t *docid_out, xs_error *err)
{
    assert(doc);
    return change(writer, err, [&] {
        Xapian::docid docid = writer->db.add_document(doc->doc);
        if (docid_out)
            *docid_out = docid;
    });
}

xs_status xs_writer_replace(xs_writer *writer, uint32_t docid, const xs_doc *doc, xs_error *err)
{
    assert(doc);
    return change(writer, err, [&] { writer->db.replace_document(docid, doc->doc); });
}

xs_status xs_writer_delete_docid(xs_writer *writer, uint32_t docid, xs_error *err)
{
    return change(writer, err, [&] { writer->db.delete_document(docid); });
}

xs_status xs_writer_each_posting(const xs_writer *writer, const char *term, size_t term_len,
                                 xs_visit_posting visit, void *user, xs_error *err)
{
    assert(writer && visit);
    return guard(err, [&] {
        std::string name = term_text(term, term_len);
        Xapian::PostingIterator end = writer->db.postlist_end(name);
        for (Xapian::PostingIterator it = writer->db.postlist_begin(name); it != end; ++it)
            if (!visit(*it, it.get_wdf(), user))
                return;
    });
}

xs_status xs_writer_delete(xs_writer *writer, const char *term, size_t term_len, xs_error *err)
{
    return change(writer, err, [&] { writer->db.delete_document(term_text(term, term_len)); });
}

xs_status xs_writer_set_meta(xs_writer *writer, const char *key, size_t key_len, const char *value,
                             size_t value_len, xs_error *err)
{
    return change(writer, err,
                  [&] { writer->db.set_metadata(text(key, key_len), text(value, value_len)); });
}

xs_status xs_writer_commit(xs_writer *writer, xs_error *err)
{
    return change(writer, err, [&] {
        writer->db.commit_transaction();
        writer->db.begin_transaction();
    });
}

xs_status xs_writer_last_commit(const xs_writer *writer, char commit_out[XS_COMMIT_SIZE],
                                xs_error *err)
{
    assert(writer);
    return guard(err, [&] { give_commit(writer->db, commit_out); });
}

void xs_writer_free(xs_writer *writer)
{
    delete writer;
}
