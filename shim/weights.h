// weights.h - weighting schemes that Xapian lacks; only xapian_shim.cc includes it, and says what
// each computes in xapian_shim.h.
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include "xapian_shim.h"

#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <vector>

// What both have: Lucene's idf, and nothing that is independent of the term.
class IdfWeight : public Xapian::Weight
{
  public:
    double get_sumextra(Xapian::termcount, Xapian::termcount) const override
    {
        return 0;
    }
    double get_maxextra() const override
    {
        return 0;
    }

  protected:
    IdfWeight()
    {
        need_stat(COLLECTION_SIZE);
        need_stat(TERMFREQ);
        need_stat(WQF);
        need_stat(WDF);
        need_stat(WDF_MAX);
    }

    double idf() const
    {
        double documents = get_collection_size(), with_term = get_termfreq();
        return std::log(1 + (documents - with_term + .5) / (with_term + .5));
    }
};

class ImpactWeight : public IdfWeight
{
  public:
    explicit ImpactWeight(double the_factor) : factor(the_factor) {}

    void init(double scale) override
    {
        if (scale != 0) // 0: for the part that is independent of the term, without its statistics
            weight = scale * factor * get_wqf() * idf();
    }
    double get_sumpart(Xapian::termcount wdf, Xapian::termcount, Xapian::termcount) const override
    {
        return weight * wdf;
    }
    double get_maxpart() const override
    {
        return weight * get_wdf_upper_bound();
    }
    ImpactWeight *clone() const override
    {
        return new ImpactWeight(factor);
    }

  private:
    double factor;
    double weight = 0;
};

class LuceneWeight : public IdfWeight
{
  public:
    LuceneWeight(double the_k1, double the_b) : k1(the_k1), b(the_b)
    {
        need_stat(DOC_LENGTH);
        need_stat(DOC_LENGTH_MIN);
        need_stat(AVERAGE_LENGTH);
    }

    void init(double scale) override
    {
        if (scale != 0)
            weight = scale * get_wqf() * idf() * (k1 + 1);
    }
    double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                       Xapian::termcount) const override
    {
        return weight * saturation(wdf, length);
    }
    double get_maxpart() const override
    {
        return weight * saturation(get_wdf_upper_bound(), get_doclength_lower_bound());
    }
    LuceneWeight *clone() const override
    {
        return new LuceneWeight(k1, b);
    }

  private:
    // Grows with wdf and shrinks with length.
    double saturation(double wdf, double length) const
    {
        return wdf > 0 ? wdf / (wdf + k1 * (1 - b + b * length / get_average_length())) : 0;
    }

    double k1, b;
    double weight = 0;
};

class PackedWeight : public IdfWeight
{
  public:
    PackedWeight(double the_k1, const std::vector<float> &the_norms)
        : k1(the_k1), norms(the_norms), least(*std::min_element(norms.begin(), norms.end()))
    {
    }

    void init(double scale) override
    {
        if (scale != 0)
            weight = scale * get_wqf() * idf() * (k1 + 1);
    }
    double get_sumpart(Xapian::termcount wdf, Xapian::termcount, Xapian::termcount) const override
    {
        return weight * saturation(wdf / XS_PACKED_CLASSES, norms[wdf % XS_PACKED_CLASSES]);
    }
    double get_maxpart() const override
    {
        return weight * saturation(get_wdf_upper_bound() / XS_PACKED_CLASSES, least);
    }
    PackedWeight *clone() const override
    {
        return new PackedWeight(k1, norms);
    }

  private:
    static double saturation(double tf, double norm)
    {
        return tf > 0 ? tf / (tf + norm) : 0;
    }

    double k1;
    std::vector<float> norms;
    double least;
    double weight = 0;
};

#endif
