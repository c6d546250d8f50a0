// query.cc - building queries.

#include "handles.h"

#include <vector>

using namespace shim;

namespace
{

const Xapian::Query::op operators[] = {
    Xapian::Query::OP_AND,    Xapian::Query::OP_OR,        Xapian::Query::OP_AND_NOT,
    Xapian::Query::OP_FILTER, Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_SYNONYM,
};
static_assert(sizeof operators / sizeof *operators == XS_SYNONYM + 1, "one for each xs_op");

// Documents whose value passes.  In an AND the matcher calls check() for candidates of the others.
class ValueCheck : public Xapian::PostingSource
{
  public:
    ValueCheck(Xapian::valueno the_slot, xs_check_value the_check, const void *the_argument,
               double the_share)
        : slot(the_slot), passes(the_check), user(the_argument), share(the_share)
    {
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return static_cast<Xapian::doccount>(share * documents);
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return documents;
    }
    void next(double) override
    {
        if (tested)
            forward();
        find();
    }
    void skip_to(Xapian::docid target, double) override
    {
        move_to(target);
        find();
    }
    bool check(Xapian::docid target, double) override
    {
        move_to(target);
        return at == end || (at.get_docid() == target && test());
    }
    bool at_end() const override
    {
        return at == end;
    }
    Xapian::docid get_docid() const override
    {
        return at.get_docid();
    }
    void init(const Xapian::Database &db) override
    {
        documents = db.get_doccount();
        at = db.valuestream_begin(slot);
        end = db.valuestream_end(slot);
        tested = false;
    }
    ValueCheck *clone() const override // one for each place in a query
    {
        return new ValueCheck(slot, passes, user, share);
    }
    std::string get_description() const override
    {
        return "ValueCheck(" + std::to_string(slot) + ")";
    }

  private:
    void forward()
    {
        ++at;
        tested = false;
    }
    void move_to(Xapian::docid target)
    {
        if (at == end || at.get_docid() >= target)
            return;
        at.skip_to(target);
        tested = false;
    }
    bool test()
    {
        if (!tested) {
            std::string value = *at;
            passed = passes(value.data(), value.size(), user);
            tested = true;
        }
        return passed;
    }
    void find()
    {
        while (at != end && !test())
            forward();
    }

    Xapian::valueno slot;
    xs_check_value passes;
    const void *user;
    double share;
    Xapian::doccount documents = 0;
    Xapian::ValueIterator at, end;
    bool tested = false, passed = false; // of the document where `at` is
};

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

} // namespace

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

xs_status xs_query_check(uint32_t slot, xs_check_value check, const void *user, double share,
                         xs_query **query_out, xs_error *err)
{
    assert(check);
    return guard(err, [&] {
        if (!(share >= 0 && share <= 1))
            throw Xapian::InvalidArgumentError("a share is from 0 to 1");
        make(Xapian::Query((new ValueCheck(slot, check, user, share))->release()), query_out);
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
