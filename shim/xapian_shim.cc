// xapian_shim.cc - the only C++ here, and the only place that includes Xapian.
//
// Every body runs inside guard(); handles hold one Xapian object by value (these classes count
// references, so copies are cheap and nothing is consumed).  Out-parameters are set last.

#include "xapian_shim.h" // first: it must compile by itself, as C++ too

#include "weights.h"

#include <cassert>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <vector>
#include <xapian.h>

static_assert(sizeof(Xapian::docid) == sizeof(uint32_t), "docids are 32 bits in the header");
static_assert(sizeof(Xapian::termcount) == sizeof(uint32_t), "as are frequencies");

struct xs_doc {
    Xapian::Document doc;
};

struct xs_writer {
    Xapian::WritableDatabase db; // a transaction is always open: closing without one would commit
    xs_error failure;            // of the first change that failed
};

struct xs_query {
    Xapian::Query query;
};

struct xs_reader {
    Xapian::Database db;
};

namespace
{

// ---- exceptions to statuses ----

xs_status fail(xs_error *err, xs_status status, const char *what, const char *why) noexcept
{
    if (err) {
        err->status = status;
        std::snprintf(err->message, sizeof err->message, "%s%s%s", what, why ? ": " : "",
                      why ? why : "");
        for (char *c = err->message; *c; c++) // messages repeat terms, which hold any byte
            if (static_cast<unsigned char>(*c) < ' ' || *c == 0x7f)
                *c = ' ';
    }
    return status;
}

xs_status fail(xs_error *err, xs_status status, const Xapian::Error &e)
{
    const std::string &what = e.get_msg();
    return fail(err, status, what.empty() ? e.get_type() : what.c_str(), e.get_error_string());
}

// Opening fails for want of a database, but with the same class also for want of a permission.
bool is_absent(const Xapian::Error &e)
{
    const char *why = e.get_error_string();
    return !why || !std::strcmp(why, std::strerror(ENOENT)) ||
           !std::strcmp(why, std::strerror(ENOTDIR));
}

// DatabaseLockError is thrown as well when the lock file can't be made.
bool is_held(const Xapian::Error &e)
{
    return e.get_msg().find("already locked") != std::string::npos;
}

xs_status classify(xs_error *err)
{
    try {
        throw;
    } catch (const Xapian::DatabaseVersionError &e) {
        return fail(err, XS_OLD_INDEX, e);
    } catch (const Xapian::FeatureUnavailableError &e) { // a backend that is no longer built in
        return fail(err, XS_OLD_INDEX, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, is_absent(e) ? XS_NO_INDEX : XS_IO, e);
    } catch (const Xapian::DatabaseLockError &e) {
        return fail(err, is_held(e) ? XS_LOCKED : XS_IO, e);
    } catch (const Xapian::DatabaseModifiedError &e) {
        return fail(err, XS_CHANGED, e);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, XS_CORRUPT, e);
    } catch (const Xapian::DatabaseError &e) {
        return fail(err, XS_IO, e);
    } catch (const Xapian::DocNotFoundError &e) {
        return fail(err, XS_NOT_FOUND, e);
    } catch (const Xapian::InvalidArgumentError &e) {
        return fail(err, XS_BAD_ARGUMENT, e);
    } catch (const Xapian::UnimplementedError &e) { // a phrase of something other than terms
        return fail(err, XS_BAD_ARGUMENT, e);
    } catch (const Xapian::Error &e) {
        return fail(err, XS_INTERNAL, e);
    } catch (const std::bad_alloc &) {
        return fail(err, XS_NO_MEMORY, "out of memory", nullptr);
    } catch (const std::exception &e) {
        return fail(err, XS_INTERNAL, e.what(), nullptr);
    } catch (...) {
        return fail(err, XS_INTERNAL, "unknown exception", nullptr);
    }
}

xs_status translate(xs_error *err) noexcept
{
    try {
        return classify(err);
    } catch (...) { // Xapian builds the text of an errno when it is asked for
        return fail(err, XS_NO_MEMORY, "out of memory", nullptr);
    }
}

template <typename Body> xs_status guard(xs_error *err, const Body &body) noexcept
{
    try {
        body();
        return XS_OK;
    } catch (...) {
        return translate(err);
    }
}

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

// ---- text in and out ----

std::string text(const char *bytes, size_t len)
{
    assert(bytes || len == 0);
    return len ? std::string(bytes, len) : std::string();
}

std::string term_text(const char *term, size_t term_len)
{
    std::string name = text(term, term_len);
    size_t encoded = term_len;
    for (char c : name)
        encoded += c == '\0'; // glass escapes it in its keys
    if (name.empty())
        throw Xapian::InvalidArgumentError("a term must not be empty");
    if (encoded > XS_TERM_MAX)
        throw Xapian::InvalidArgumentError("term too long: " + name.substr(0, 40) + "...");
    return name;
}

char *copy(const std::string &from)
{
    char *to = static_cast<char *>(std::malloc(from.size() + 1));
    if (!to)
        throw std::bad_alloc();
    std::memcpy(to, from.c_str(), from.size() + 1);
    return to;
}

void give(const std::string &from, char **text_out, size_t *len_out)
{
    *text_out = copy(from);
    *len_out = from.size();
}

void give_commit(const Xapian::Database &db, char *commit_out)
{
    std::string commit = db.get_uuid() + "." + std::to_string(db.get_revision());
    std::snprintf(commit_out, XS_COMMIT_SIZE, "%s", commit.c_str());
}

bool has_prefix(const std::string &term, const std::string &prefix)
{
    return term.compare(0, prefix.size(), prefix) == 0;
}

// ---- queries ----

const Xapian::Query::op operators[] = {
    Xapian::Query::OP_AND,    Xapian::Query::OP_OR,        Xapian::Query::OP_AND_NOT,
    Xapian::Query::OP_FILTER, Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_SYNONYM,
    Xapian::Query::OP_MAX,
};
static_assert(sizeof operators / sizeof *operators == XS_MAX + 1, "one for each xs_op");

void make(const Xapian::Query &query, xs_query **query_out)
{
    *query_out = new xs_query{query};
}

Xapian::Query combine(Xapian::Query::op op, const xs_query *const *child, size_t count,
                      uint32_t parameter)
{
    std::vector<Xapian::Query> children;
    for (size_t i = 0; i < count; i++)
        children.push_back(child[i]->query);
    return Xapian::Query(op, children.begin(), children.end(), parameter);
}

// ---- searching ----

class MatchVisitor : public Xapian::MatchSpy
{
  public:
    MatchVisitor(xs_visit_match visitor, void *argument) : visit(visitor), user(argument) {}

    void operator()(const Xapian::Document &doc, double) override
    {
        visit(doc.get_docid(), user);
    }

  private:
    xs_visit_match visit;
    void *user;
};

// Matches one document: with OP_FILTER, what that document scores.
class OneDocument : public Xapian::PostingSource
{
  public:
    explicit OneDocument(Xapian::docid the_docid) : docid(the_docid) {}

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return 1;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return 1;
    }
    void next(double) override
    {
        state = state == BEFORE ? AT : AFTER;
    }
    void skip_to(Xapian::docid target, double) override
    {
        state = target <= docid ? AT : AFTER;
    }
    bool at_end() const override
    {
        return state == AFTER;
    }
    Xapian::docid get_docid() const override
    {
        return docid;
    }
    void init(const Xapian::Database &) override
    {
        state = BEFORE;
    }

  private:
    Xapian::docid docid;
    enum { BEFORE, AT, AFTER } state = BEFORE;
};

std::unique_ptr<Xapian::Weight> make_weight(const xs_weights *w)
{
    for (double parameter : {w->k1, w->k2, w->k3, w->b, w->min_normlen, w->factor})
        if (!(parameter >= 0)) // so that NaN fails too
            throw Xapian::InvalidArgumentError("a weight's parameters must not be negative");
    switch (w->kind) {
    case XS_WEIGHT_BOOL: return std::make_unique<Xapian::BoolWeight>();
    case XS_WEIGHT_BM25:
        return std::make_unique<Xapian::BM25Weight>(w->k1, w->k2, w->k3, w->b, w->min_normlen);
    case XS_WEIGHT_TFIDF: return std::make_unique<Xapian::TfIdfWeight>();
    case XS_WEIGHT_LUCENE: return std::make_unique<LuceneWeight>(w->k1, w->b);
    case XS_WEIGHT_IMPACT: return std::make_unique<ImpactWeight>(w->factor);
    }
    throw Xapian::InvalidArgumentError("no such weighting");
}

void set_order(Xapian::Enquire &enquire, const xs_search *search)
{
    if (search->order != XS_BY_SCORE)
        enquire.set_sort_by_value_then_relevance(search->order_slot,
                                                 search->order == XS_BY_VALUE_DESCENDING);
    if (search->collapse_max)
        enquire.set_collapse_key(search->collapse_slot, search->collapse_max);
}

void give_hits(const Xapian::MSet &matches, xs_hits *hits_out)
{
    xs_hit *hit = static_cast<xs_hit *>(std::malloc((matches.size() + 1) * sizeof *hit));
    if (!hit)
        throw std::bad_alloc();
    std::unique_ptr<xs_hit, decltype(&std::free)> owner(hit, std::free);
    size_t count = 0;
    for (Xapian::MSetIterator it = matches.begin(); it != matches.end(); ++it)
        hit[count++] = xs_hit{*it, it.get_weight()};
    *hits_out = xs_hits{owner.release(), count, matches.get_matches_lower_bound(),
                        matches.get_matches_estimated(), matches.get_matches_upper_bound()};
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

uint32_t wdf_in(const Xapian::Database &db, Xapian::docid docid, const std::string &term)
{
    Xapian::TermIterator it = db.termlist_begin(docid);
    it.skip_to(term);
    return it != db.termlist_end(docid) && *it == term ? it.get_wdf() : 0;
}

} // namespace

// ---- status ----

const char *xs_status_name(xs_status status)
{
    static const char *const names[] = {"ok",        "no index",  "old index",     "locked",
                                        "changed",   "corrupt",   "not found",     "bad argument",
                                        "no memory", "i/o error", "internal error"};
    static_assert(sizeof names / sizeof *names == XS_INTERNAL + 1, "one for each status");
    return names[status];
}

const char *xs_library_version(void)
{
    return Xapian::version_string();
}

void xs_free(void *memory)
{
    std::free(memory);
}

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

xs_status xs_writer_get_meta(const xs_writer *writer, const char *key, size_t key_len,
                             char **value_out, size_t *len_out, xs_error *err)
{
    assert(writer);
    return guard(err,
                 [&] { give(writer->db.get_metadata(text(key, key_len)), value_out, len_out); });
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

// ---- queries ----

xs_status xs_query_all(xs_query **query_out, xs_error *err)
{
    // Query::MatchAll is shared by all threads, and its count of references is not atomic.
    return guard(err, [&] { make(Xapian::Query(std::string()), query_out); });
}

xs_status xs_query_none(xs_query **query_out, xs_error *err)
{
    return guard(err, [&] { make(Xapian::Query(), query_out); });
}

xs_status xs_query_term(const char *term, size_t term_len, uint32_t wqf, xs_query **query_out,
                        xs_error *err)
{
    return guard(err, [&] { make(Xapian::Query(term_text(term, term_len), wqf), query_out); });
}

xs_status xs_query_near(const xs_query *const *child, size_t count, uint32_t window, bool ordered,
                        xs_query **query_out, xs_error *err)
{
    return guard(err, [&] {
        make(combine(ordered ? Xapian::Query::OP_PHRASE : Xapian::Query::OP_NEAR, child, count,
                     window),
             query_out);
    });
}

xs_status xs_query_join(xs_op op, const xs_query *const *child, size_t count, xs_query **query_out,
                        xs_error *err)
{
    return guard(err, [&] { make(combine(operators[op], child, count, 0), query_out); });
}

xs_status xs_query_elite(const xs_query *const *child, size_t count, uint32_t best,
                         xs_query **query_out, xs_error *err)
{
    return guard(
        err, [&] { make(combine(Xapian::Query::OP_ELITE_SET, child, count, best), query_out); });
}

xs_status xs_query_value_range(uint32_t slot, const char *low, size_t low_len, const char *high,
                               size_t high_len, xs_query **query_out, xs_error *err)
{
    return guard(err, [&] {
        if (!high)
            make(Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, text(low, low_len)), query_out);
        else if (!low)
            make(Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, text(high, high_len)), query_out);
        else
            make(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, text(low, low_len),
                               text(high, high_len)),
                 query_out);
    });
}

xs_status xs_query_scale(double factor, const xs_query *child, xs_query **query_out, xs_error *err)
{
    assert(child);
    return guard(err, [&] {
        if (!(factor >= 0)) // Xapian lets NaN pass
            throw Xapian::InvalidArgumentError("a scale must not be negative");
        make(Xapian::Query(factor, child->query), query_out);
    });
}

xs_status xs_query_describe(const xs_query *query, char **text_out, xs_error *err)
{
    assert(query);
    return guard(err, [&] { *text_out = copy(query->query.get_description()); });
}

void xs_query_free(xs_query *query)
{
    delete query;
}

// ---- searching ----

xs_status xs_reader_search(const xs_reader *reader, const xs_query *query,
                           const xs_weights *weights, const xs_search *search, xs_hits *hits_out,
                           xs_error *err)
{
    assert(reader && query && weights && search);
    return guard(err, [&] {
        Xapian::Enquire enquire(reader->db);
        enquire.set_query(query->query);
        enquire.set_weighting_scheme(*make_weight(weights));
        set_order(enquire, search);
        MatchVisitor visitor(search->on_match, search->user);
        if (search->on_match)
            enquire.add_matchspy(&visitor);
        // The matcher passes over documents that can't be among the hits: a visitor wants them.
        give_hits(
            enquire.get_mset(search->first, search->limit,
                             search->on_match ? reader->db.get_doccount() : search->check_at_least),
            hits_out);
    });
}

void xs_hits_clear(xs_hits *hits)
{
    std::free(hits->hit);
    *hits = xs_hits{};
}

xs_status xs_reader_score(const xs_reader *reader, const xs_query *query, const xs_weights *weights,
                          uint32_t docid, double *score_out, xs_error *err)
{
    assert(reader && query && weights);
    return guard(err, [&] {
        OneDocument only(docid);
        Xapian::Enquire enquire(reader->db);
        enquire.set_weighting_scheme(*make_weight(weights));
        enquire.set_query(
            Xapian::Query(Xapian::Query::OP_FILTER, query->query, Xapian::Query(&only)));
        Xapian::MSet match = enquire.get_mset(0, 1);
        if (match.empty())
            throw Xapian::DocNotFoundError("document " + std::to_string(docid) +
                                           " does not match the query");
        *score_out = match.begin().get_weight();
    });
}

// ---- reading ----

xs_status xs_reader_open(const char *path, xs_reader **reader_out, xs_error *err)
{
    assert(path);
    return guard(err, [&] { *reader_out = new xs_reader{Xapian::Database(path)}; });
}

xs_status xs_reader_reopen(xs_reader *reader, bool *changed_out, xs_error *err)
{
    assert(reader);
    return guard(err, [&] {
        bool changed = reader->db.reopen();
        if (changed_out)
            *changed_out = changed;
    });
}

void xs_reader_free(xs_reader *reader)
{
    delete reader;
}

xs_status xs_reader_commit(const xs_reader *reader, char commit_out[XS_COMMIT_SIZE], xs_error *err)
{
    assert(reader);
    return guard(err, [&] { give_commit(reader->db, commit_out); });
}

xs_status xs_reader_stats(const xs_reader *reader, xs_stats *stats_out, xs_error *err)
{
    assert(reader);
    return guard(err, [&] {
        *stats_out = xs_stats{reader->db.get_doccount(), reader->db.get_lastdocid(),
                              reader->db.get_average_length()};
    });
}

xs_status xs_reader_term_freq(const xs_reader *reader, const char *term, size_t term_len,
                              uint32_t *docs_out, uint32_t *occurrences_out, xs_error *err)
{
    assert(reader);
    return guard(err, [&] {
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
    return guard(err, [&] { *length_out = reader->db.get_doclength(docid); });
}

xs_status xs_reader_get_data(const xs_reader *reader, uint32_t docid, char **data_out,
                             size_t *len_out, xs_error *err)
{
    assert(reader);
    return guard(err, [&] { give(reader->db.get_document(docid).get_data(), data_out, len_out); });
}

xs_status xs_reader_get_meta(const xs_reader *reader, const char *key, size_t key_len,
                             char **value_out, size_t *len_out, xs_error *err)
{
    assert(reader);
    return guard(err,
                 [&] { give(reader->db.get_metadata(text(key, key_len)), value_out, len_out); });
}

xs_status xs_reader_each_term(const xs_reader *reader, const char *prefix, size_t prefix_len,
                              xs_visit_term visit, void *user, xs_error *err)
{
    assert(reader && visit);
    return guard(err, [&] {
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
    return guard(err, [&] {
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

xs_status xs_reader_each_matching_term(const xs_reader *reader, const xs_query *query,
                                       uint32_t docid, xs_visit_term visit, void *user,
                                       xs_error *err)
{
    assert(reader && query && visit);
    return guard(err, [&] {
        Xapian::Enquire enquire(reader->db);
        enquire.set_query(query->query);
        Xapian::TermIterator end = enquire.get_matching_terms_end(docid);
        Xapian::TermIterator it = enquire.get_matching_terms_begin(docid);
        for (; it != end; ++it) {
            std::string term = *it;
            if (!visit(term.data(), term.size(), wdf_in(reader->db, docid, term), user))
                return;
        }
    });
}

xs_status xs_reader_each_posting(const xs_reader *reader, const char *term, size_t term_len,
                                 xs_visit_posting visit, void *user, xs_error *err)
{
    assert(reader && visit);
    return guard(err, [&] {
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
    return guard(err, [&] {
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
    return guard(err, [&] {
        Xapian::ValueIterator end = reader->db.valuestream_end(slot);
        for (Xapian::ValueIterator it = reader->db.valuestream_begin(slot); it != end; ++it) {
            std::string value = *it;
            if (!visit(it.get_docid(), value.data(), value.size(), user))
                return;
        }
    });
}

xs_status xs_reader_positions(const xs_reader *reader, uint32_t docid, const char *term,
                              size_t term_len, xs_positions *positions, xs_error *err)
{
    assert(reader && positions);
    return guard(err, [&] {
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

// ---- whole indexes ----

xs_status xs_compact(const char *src, const char *dst, xs_error *err)
{
    assert(src && dst);
    return guard(err, [&] {
        Xapian::Database(src).compact(dst, Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
    });
}

xs_status xs_check(const char *path, size_t *errors_out, char **text_out, xs_error *err)
{
    assert(path);
    return guard(err, [&] {
        std::ostringstream report;
        size_t errors = Xapian::Database::check(path, 0, &report);
        *text_out = copy(report.str());
        *errors_out = errors;
    });
}
