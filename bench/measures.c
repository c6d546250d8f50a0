#include "measures.h"

#include <math.h>

/* ---- what several measures count ---- */

static size_t depth(const ranking *topic, const measure_settings *settings)
{
    bool cut = settings->cutoff && settings->cutoff < topic->ranked_count;
    return cut ? settings->cutoff : topic->ranked_count;
}

static size_t relevant_count(const ranking *topic, int level)
{
    size_t count = 0;
    while (count < topic->judged_count && topic->judged[count] >= level)
        count++;
    return count;
}

static size_t relevant_found(const ranking *topic, size_t ranks, int level)
{
    size_t found = 0;
    for (size_t i = 0; i < ranks; i++)
        found += topic->ranked[i] >= level;
    return found;
}

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

/* ---- gain ---- */

static double gain(int grade, bool exponential)
{
    if (grade <= 0)
        return 0;
    return exponential ? exp2(grade) - 1 : grade;
}

static double discounted_gain(const int *grade, size_t count, bool exponential)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += gain(grade[i], exponential) / log2((double)i + 2); /* log2(rank + 1) */
    return sum;
}

static double compute_ndcg(const ranking *topic, const measure_settings *settings)
{
    size_t best = topic->judged_count;
    if (settings->cutoff && settings->cutoff < best)
        best = settings->cutoff;
    double ideal = discounted_gain(topic->judged, best, settings->exponential);
    if (ideal <= 0)
        return 0;
    return discounted_gain(topic->ranked, depth(topic, settings), settings->exponential) / ideal;
}

/* ---- precision and recall ---- */

static double compute_average_precision(const ranking *topic, const measure_settings *settings)
{
    size_t relevant = relevant_count(topic, settings->level), ranks = depth(topic, settings);
    size_t found = 0;
    double sum = 0;
    for (size_t i = 0; i < ranks; i++)
        if (topic->ranked[i] >= settings->level)
            sum += (double)++found / (double)(i + 1);
    return relevant ? sum / (double)relevant : 0;
}

static double compute_reciprocal_rank(const ranking *topic, const measure_settings *settings)
{
    size_t ranks = depth(topic, settings);
    for (size_t i = 0; i < ranks; i++)
        if (topic->ranked[i] >= settings->level)
            return 1 / (double)(i + 1);
    return 0;
}

static double compute_precision(const ranking *topic, const measure_settings *settings)
{
    return share(relevant_found(topic, depth(topic, settings), settings->level), settings->cutoff);
}

static double compute_recall(const ranking *topic, const measure_settings *settings)
{
    return share(relevant_found(topic, depth(topic, settings), settings->level),
                 relevant_count(topic, settings->level));
}

static double compute_r_precision(const ranking *topic, const measure_settings *settings)
{
    measure_settings at_r = *settings;
    at_r.cutoff = relevant_count(topic, settings->level);
    return at_r.cutoff ? compute_precision(topic, &at_r) : 0;
}

static double compute_interpolated_precision(const ranking *topic, const measure_settings *settings)
{
    size_t wanted =
        (size_t)lround(settings->recall * (double)relevant_count(topic, settings->level));
    size_t found = 0;
    double best = 0;
    for (size_t i = 0; i < topic->ranked_count; i++) {
        if (topic->ranked[i] < settings->level)
            continue;
        found++;
        if (found >= wanted)
            best = fmax(best, share(found, i + 1));
    }
    return best;
}

static double compute_success(const ranking *topic, const measure_settings *settings)
{
    return relevant_found(topic, depth(topic, settings), settings->level) > 0;
}

/* ---- judged documents only ---- */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static double compute_bpref(const ranking *topic, const measure_settings *settings)
{
    size_t relevant = relevant_count(topic, settings->level);
    size_t others = relevant_count(topic, 0) - relevant; /* judged, not relevant */
    size_t others_above = 0;
    double sum = 0;
    for (size_t i = 0; i < topic->ranked_count; i++) {
        if (topic->ranked[i] < 0)
            continue;
        if (topic->ranked[i] < settings->level)
            others_above++;
        else if (others_above)
            sum += 1 - share(smaller(others_above, relevant), smaller(others, relevant));
        else
            sum += 1;
    }
    return relevant ? sum / (double)relevant : 0;
}

static double compute_judged(const ranking *topic, const measure_settings *settings)
{
    size_t ranks = depth(topic, settings), judged = 0;
    for (size_t i = 0; i < ranks; i++)
        judged += topic->ranked[i] != GRADE_UNKNOWN;
    return share(judged, ranks);
}

static double compute_unjudged(const ranking *topic, const measure_settings *settings)
{
    size_t ranks = depth(topic, settings), unjudged = 0;
    for (size_t i = 0; i < ranks; i++)
        unjudged += topic->ranked[i] < 0;
    return share(unjudged, settings->cutoff);
}

/* ---- rank-biased precision ---- */

static double biased_gain(int grade, int most, const measure_settings *settings)
{
    if (settings->binary)
        return grade >= settings->level;
    return grade > 0 ? (double)grade / most : 0;
}

static double compute_rbp(const ranking *topic, const measure_settings *settings)
{
    int most = topic->judged_count && topic->judged[0] > 1 ? topic->judged[0] : 1;
    size_t ranks = depth(topic, settings);
    double sum = 0, weight = 1 - settings->patience;
    for (size_t i = 0; i < ranks; i++) {
        sum += weight * biased_gain(topic->ranked[i], most, settings);
        weight *= settings->patience;
    }
    return sum;
}

/* What unjudged documents would add if each had full gain: *listed_out, those of the ranking; the
 * tail, all that comes after its end. */
static double rbp_tail(const ranking *topic, const measure_settings *settings, double *listed_out)
{
    size_t ranks = depth(topic, settings);
    double weight = 1;
    *listed_out = 0;
    for (size_t i = 0; i < ranks; i++) {
        if (topic->ranked[i] < 0)
            *listed_out += (1 - settings->patience) * weight;
        weight *= settings->patience;
    }
    return weight;
}

static double compute_rbp_residual(const ranking *topic, const measure_settings *settings)
{
    double listed, tail = rbp_tail(topic, settings, &listed);
    return topic->ranked_count ? listed + tail : 0;
}

static double compute_rbp_residual_trec(const ranking *topic, const measure_settings *settings)
{
    double listed, tail = rbp_tail(topic, settings, &listed);
    return listed > 0 ? listed + tail : 0;
}

/* ---- counts ---- */

static double compute_topics(const ranking *topic, const measure_settings *settings)
{
    (void)topic, (void)settings;
    return 1;
}

static double compute_returned(const ranking *topic, const measure_settings *settings)
{
    (void)settings;
    return (double)topic->ranked_count;
}

static double compute_relevant(const ranking *topic, const measure_settings *settings)
{
    return (double)relevant_count(topic, settings->level);
}

static double compute_relevant_returned(const ranking *topic, const measure_settings *settings)
{
    return (double)relevant_found(topic, topic->ranked_count, settings->level);
}

/* ---- the table ---- */

#define USUAL_CUTOFFS "5,10,15,20,30,100,200,500,1000"

/* R: number of relevant documents (grade >= rel). g(i): grade at rank i. p: patience. */
const measure_kind MEASURES[] = {
    {.name = "nDCG",
     .alias = "NDCG",
     .trec = "ndcg",
     .trec_cut = "ndcg_cut",
     .trec_cutoffs = USUAL_CUTOFFS,
     .cutoff = CUTOFF_MAY,
     .compute = compute_ndcg,
     .formula = "sum of g(i) / log2(i + 1), divided by the same sum for the best possible order; "
                "with dcg='exp-log2' the gain is 2^g(i) - 1",
     .source = "Järvelin and Kekäläinen, ACM TOIS 20 (2002) 422; exponential gain: Burges et al., "
               "ICML 2005"},
    {.name = "AP",
     .alias = "MAP",
     .trec = "map",
     .trec_cut = "map_cut",
     .trec_cutoffs = USUAL_CUTOFFS,
     .cutoff = CUTOFF_MAY,
     .compute = compute_average_precision,
     .formula = "sum of P@i over the ranks i that hold a relevant document, divided by R",
     .source = "Harman, Information Processing and Management 28 (1992) 439"},
    {.name = "RR",
     .alias = "MRR",
     .trec = "recip_rank",
     .cutoff = CUTOFF_MAY,
     .compute = compute_reciprocal_rank,
     .formula = "1 / rank of the first relevant document, 0 without one",
     .source = "Kantor and Voorhees, Information Retrieval 2 (2000) 165"},
    {.name = "P",
     .alias = "Precision",
     .trec_cut = "P",
     .trec_cutoffs = USUAL_CUTOFFS,
     .cutoff = CUTOFF_MUST,
     .compute = compute_precision,
     .formula = "relevant documents among the first k, divided by k (also when fewer came)",
     .source = "van Rijsbergen, Information Retrieval (1979) ch. 7"},
    {.name = "R",
     .alias = "Recall",
     .trec_cut = "recall",
     .trec_cutoffs = USUAL_CUTOFFS,
     .cutoff = CUTOFF_MUST,
     .compute = compute_recall,
     .formula = "relevant documents among the first k, divided by R",
     .source = "van Rijsbergen, Information Retrieval (1979) ch. 7"},
    {.name = "Rprec",
     .alias = "RPrec",
     .trec = "Rprec",
     .compute = compute_r_precision,
     .formula = "P@R",
     .source = "Buckley and Voorhees in TREC: Experiment and Evaluation (2005) ch. 3"},
    {.name = "IPrec",
     .trec_cut = "iprec_at_recall",
     .trec_cutoffs = "0,.1,.2,.3,.4,.5,.6,.7,.8,.9,1",
     .cutoff = CUTOFF_RECALL,
     .compute = compute_interpolated_precision,
     .formula = "best P@i over the ranks i from the one on at which the share k of the R relevant "
                "documents is found, k * R rounded to the nearest",
     .source = "van Rijsbergen, Information Retrieval (1979) ch. 7; rounding of trec_eval 10.0"},
    {.name = "GMAP",
     .trec = "gm_map",
     .overall = OVERALL_GEOMETRIC,
     .compute = compute_average_precision,
     .formula = "AP of a topic; over topics the geometric mean, of values lifted to 0.00001",
     .source = "Robertson, CIKM 2006"},
    {.name = "Bpref",
     .alias = "BPref",
     .trec = "bpref",
     .compute = compute_bpref,
     .formula = "mean over the R relevant documents of 1 - min(n, R) / min(N, R), n of the N "
                "documents judged not relevant standing above; 0 for one that did not come; "
                "unjudged documents are passed over",
     .source = "Buckley and Voorhees, SIGIR 2004, as in trec_eval since 8.0"},
    {.name = "Success",
     .trec_cut = "success",
     .trec_cutoffs = "1,5,10",
     .cutoff = CUTOFF_MUST,
     .compute = compute_success,
     .formula = "1 if a relevant document is among the first k, else 0",
     .source = "Tomlinson, CLEF 2005"},
    {.name = "RBP",
     .trec = "rbp",
     .cutoff = CUTOFF_MAY,
     .patience = true,
     .compute = compute_rbp,
     .formula = "(1 - p) * sum of p^(i-1) * g(i) / highest grade judged for the topic; with rel= "
                "the gain is 1 from that grade on; p is 0.8, as rbp 0.9",
     .source = "Moffat and Zobel, ACM TOIS 27 (2008) 2; grades scaled as in trec_eval"},
    {.name = "RBPResidual",
     .cutoff = CUTOFF_MAY,
     .patience = true,
     .compute = compute_rbp_residual,
     .formula = "(1 - p) * sum of p^(i-1) over the ranks of unjudged documents, plus p^n for all "
                "that follows the n documents that came",
     .source = "Moffat and Zobel, ACM TOIS 27 (2008) 2"},
    {.name = "RBPResidualTrec",
     .trec = "rbp_resid",
     .patience = true,
     .compute = compute_rbp_residual_trec,
     .formula = "as RBPResidual, but 0 when every document that came is judged; p is 0.9",
     .source = "trec_eval"},
    {.name = "Judged",
     .cutoff = CUTOFF_MUST,
     .compute = compute_judged,
     .formula = "share of the first k documents (of those that came) that the qrels name, with "
                "whatever grade",
     .source = "ir_measures"},
    {.name = "Unjudged",
     .trec_cut = "unj",
     .trec_cutoffs = "5,10,20",
     .cutoff = CUTOFF_MUST,
     .compute = compute_unjudged,
     .formula = "documents among the first k that have no grade or one below 0, divided by k",
     .source = "trec_eval 10.0"},
    {.name = "NumQ",
     .trec = "num_q",
     .overall = OVERALL_SUM,
     .compute = compute_topics,
     .formula = "topics judged",
     .source = "trec_eval -c"},
    {.name = "NumRet",
     .trec = "num_ret",
     .overall = OVERALL_SUM,
     .compute = compute_returned,
     .formula = "documents that came, over the judged topics",
     .source = "trec_eval -c"},
    {.name = "NumRel",
     .trec = "num_rel",
     .overall = OVERALL_SUM,
     .compute = compute_relevant,
     .formula = "relevant documents, over the judged topics",
     .source = "trec_eval -c"},
    {.name = "NumRelRet",
     .trec = "num_rel_ret",
     .overall = OVERALL_SUM,
     .compute = compute_relevant_returned,
     .formula = "relevant documents that came",
     .source = "trec_eval -c"},
};
const size_t MEASURE_KINDS = sizeof MEASURES / sizeof MEASURES[0];

double measure_compute(const measure *what, const ranking *topic)
{
    return what->kind->compute(topic, &what->settings);
}
