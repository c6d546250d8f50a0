// search.cc - running a query: its weights, order, hits, and what one document scores.

#include "handles.h"
#include "weights.h"

#include <memory>

using namespace shim;

namespace
{

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

std::unique_ptr<Xapian::Weight> make_packed(const xs_weights *w)
{
    if (!w->norms)
        throw Xapian::InvalidArgumentError("packed weights need norms");
    std::vector<float> norms(w->norms, w->norms + XS_PACKED_CLASSES);
    for (float norm : norms)
        if (!(norm >= 0))
            throw Xapian::InvalidArgumentError("a norm must not be negative");
    return std::make_unique<PackedWeight>(w->k1, norms);
}

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
    case XS_WEIGHT_PACKED: return make_packed(w);
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

} // namespace

xs_status xs_reader_search(const xs_reader *reader, const xs_query *query,
                           const xs_weights *weights, const xs_search *search, xs_hits *hits_out,
                           xs_error *err)
{
    assert(reader && query && weights && search);
    return look(reader, err, [&] {
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
    return look(reader, err, [&] {
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
