// reader.cc - walking through an index.

#include "handles.h"

using namespace shim;

namespace
{

bool has_prefix(const std::string &term, const std::string &prefix)
{
    return term.compare(0, prefix.size(), prefix) == 0;
}

void append(xs_positions *positions, uint32_t position)
{
    if (positions->count == positions->capacity) {
        size_t capacity = positions->capacity ? 2 * positions->capacity : 64;
        void *grown = std::realloc(positions->position, capacity * sizeof(uint32_t));
        if (!grown)
            throw std::bad_alloc();
        positions->position = static_cast<uint32_t *>(grown);
        positions->capacity = capacity;
    }
    positions->position[positions->count++] = position;
}

ino_t folder_at(const std::string &path)
{
    struct stat status;
    return stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

// Xapian opens an index's files one by one, by path: when another index takes the folder's place
// meanwhile, it has some of each, and may not even notice.
Xapian::Database open_whole(const std::string &path, ino_t &folder)
{
    const int most = 20; // nobody replaces an index so often
    for (int tries = 0;; tries++) {
        folder = folder_at(path);
        try {
            // Left to guess, Xapian takes an empty file for a list of no databases, and opens that.
            Xapian::Database db(path, Xapian::DB_BACKEND_GLASS);
            if (folder_at(path) == folder || tries == most)
                return db;
        } catch (const Xapian::DatabaseError &) {
            if (folder_at(path) == folder || tries == most)
                throw;
        }
    }
}

// A failure does not count when another index is there now.
bool reopen_same(xs_reader *reader)
{
    try {
        return reader->db.reopen();
    } catch (const Xapian::DatabaseError &) {
        if (folder_at(reader->path) == reader->folder)
            throw;
        return false;
    }
}

} // namespace

xs_status xs_reader_open(const char *path, xs_reader **reader_out, xs_error *err)
{
    assert(path);
    return guard(err, [&] {
        ino_t folder = 0;
        Xapian::Database db = open_whole(path, folder);
        *reader_out = new xs_reader{db, path, folder, {XS_OK, ""}};
    });
}

xs_status xs_reader_reopen(xs_reader *reader, bool *changed_out, xs_error *err)
{
    assert(reader);
    return guard(err, [&] {
        bool changed = reopen_same(reader);
        reader->failure = xs_error{XS_OK, ""};
        if (folder_at(reader->path) != reader->folder) {
            reader->db = open_whole(reader->path, reader->folder);
            changed = true;
        }
        if (changed_out)
            *changed_out = changed;
    });
}

void xs_reader_free(xs_reader *reader)
{
    delete reader;
}

xs_status xs_reader_failure(const xs_reader *reader, xs_error *err)
{
    assert(reader);
    if (reader->failure.status != XS_OK && err)
        *err = reader->failure;
    return reader->failure.status;
}

xs_status xs_reader_commit(const xs_reader *reader, char commit_out[XS_COMMIT_SIZE], xs_error *err)
{
    assert(reader);
    return look(reader, err, [&] { give_commit(reader->db, commit_out); });
}

xs_status xs_reader_stats(const xs_reader *reader, xs_stats *stats_out, xs_error *err)
{
    assert(reader);
    return look(reader, err, [&] {
        *stats_out = xs_stats{reader->db.get_doccount(), reader->db.get_lastdocid(),
                              reader->db.get_average_length()};
    });
}

xs_status xs_reader_term_freq(const xs_reader *reader, const char *term, size_t term_len,
                              uint32_t *docs_out, uint32_t *occurrences_out, xs_error *err)
{
    assert(reader);
    return look(reader, err, [&] {
        std::string name = term_text(term, term_len);
        uint32_t docs = docs_out ? reader->db.get_termfreq(name) : 0;
        uint32_t occurrences = occurrences_out ? reader->db.get_collection_freq(name) : 0;
        if (docs_out)
            *docs_out = docs;
        if (occurrences_out)
            *occurrences_out = occurrences;
    });
}

xs_status xs_reader_doc_length(const xs_reader *reader, uint32_t docid, uint32_t *length_out,
                               xs_error *err)
{
    assert(reader);
    return look(reader, err, [&] { *length_out = reader->db.get_doclength(docid); });
}

xs_status xs_reader_get_data(const xs_reader *reader, uint32_t docid, char **data_out,
                             size_t *len_out, xs_error *err)
{
    assert(reader);
    return look(reader, err,
                [&] { give(reader->db.get_document(docid).get_data(), data_out, len_out); });
}

xs_status xs_reader_get_meta(const xs_reader *reader, const char *key, size_t key_len,
                             char **value_out, size_t *len_out, xs_error *err)
{
    assert(reader);
    return look(reader, err,
                [&] { give(reader->db.get_metadata(text(key, key_len)), value_out, len_out); });
}

xs_status xs_reader_each_term(const xs_reader *reader, const char *prefix, size_t prefix_len,
                              xs_visit_term visit, void *user, xs_error *err)
{
    assert(reader && visit);
    return look(reader, err, [&] {
        std::string start = text(prefix, prefix_len);
        Xapian::TermIterator end = reader->db.allterms_end(start);
        for (Xapian::TermIterator it = reader->db.allterms_begin(start); it != end; ++it) {
            std::string term = *it;
            if (!visit(term.data(), term.size(), it.get_termfreq(), user))
                return;
        }
    });
}

xs_status xs_reader_each_doc_term(const xs_reader *reader, uint32_t docid, const char *prefix,
                                  size_t prefix_len, xs_visit_term visit, void *user, xs_error *err)
{
    assert(reader && visit);
    return look(reader, err, [&] {
        std::string start = text(prefix, prefix_len);
        Xapian::TermIterator end = reader->db.termlist_end(docid);
        Xapian::TermIterator it = reader->db.termlist_begin(docid);
        for (it.skip_to(start); it != end; ++it) {
            std::string term = *it;
            if (!has_prefix(term, start) || !visit(term.data(), term.size(), it.get_wdf(), user))
                return;
        }
    });
}

xs_status xs_reader_each_posting(const xs_reader *reader, const char *term, size_t term_len,
                                 xs_visit_posting visit, void *user, xs_error *err)
{
    assert(reader && visit);
    return look(reader, err, [&] {
        std::string name = text(term, term_len);
        Xapian::PostingIterator end = reader->db.postlist_end(name);
        for (Xapian::PostingIterator it = reader->db.postlist_begin(name); it != end; ++it)
            if (!visit(*it, it.get_wdf(), user))
                return;
    });
}

xs_status xs_reader_each_meta(const xs_reader *reader, const char *prefix, size_t prefix_len,
                              xs_visit_key visit, void *user, xs_error *err)
{
    assert(reader && visit);
    return look(reader, err, [&] {
        std::string start = text(prefix, prefix_len);
        Xapian::TermIterator end = reader->db.metadata_keys_end(start);
        for (Xapian::TermIterator it = reader->db.metadata_keys_begin(start); it != end; ++it) {
            std::string key = *it;
            if (!visit(key.data(), key.size(), user))
                return;
        }
    });
}

xs_status xs_reader_each_value(const xs_reader *reader, uint32_t slot, xs_visit_value visit,
                               void *user, xs_error *err)
{
    assert(reader && visit);
    return look(reader, err, [&] {
        Xapian::ValueIterator end = reader->db.valuestream_end(slot);
        for (Xapian::ValueIterator it = reader->db.valuestream_begin(slot); it != end; ++it) {
            std::string value = *it;
            if (!visit(it.get_docid(), value.data(), value.size(), user))
                return;
        }
    });
}

xs_status xs_reader_values_of(const xs_reader *reader, uint32_t slot, const uint32_t *docids,
                              size_t count, xs_visit_value visit, void *user, xs_error *err)
{
    assert(reader && visit && (docids || !count));
    return look(reader, err, [&] {
        Xapian::ValueIterator end = reader->db.valuestream_end(slot);
        Xapian::ValueIterator it = reader->db.valuestream_begin(slot);
        for (size_t i = 0; i < count && it != end; i++) {
            if (it.get_docid() < docids[i])
                it.skip_to(docids[i]);
            if (it == end || it.get_docid() != docids[i])
                continue;
            std::string value = *it;
            if (!visit(docids[i], value.data(), value.size(), user))
                return;
        }
    });
}

xs_status xs_reader_positions(const xs_reader *reader, uint32_t docid, const char *term,
                              size_t term_len, xs_positions *positions, xs_error *err)
{
    assert(reader && positions);
    return look(reader, err, [&] {
        std::string name = term_text(term, term_len);
        positions->count = 0;
        Xapian::PositionIterator end = reader->db.positionlist_end(docid, name);
        for (auto it = reader->db.positionlist_begin(docid, name); it != end; ++it)
            append(positions, *it);
    });
}

void xs_positions_clear(xs_positions *positions)
{
    std::free(positions->position);
    *positions = xs_positions{};
}
