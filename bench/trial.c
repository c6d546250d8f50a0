#include "trial.h"

lc_status trial_open(const char *folder, trial *out, lc_error *error)
{
    trial made = {.title_weight = 0};
    collection_find(folder, &made.from);
    lc_status status = LC_OK;
    if (!made.from.documents || !made.from.topics || !made.from.qrels)
        status = lc_fail(error, LC_BAD_INPUT,
                         "%s: no collection: wants documents, topics and qrels", folder);
    if (status == LC_OK)
        status = topics_load(made.from.topics, NULL, &made.topics, error);
    if (status == LC_OK)
        status = qrels_load(made.from.qrels, NULL, &made.judged, error);
    if (status == LC_OK)
        *out = made;
    else
        trial_close(&made);
    return status;
}

void trial_close(trial *what)
{
    if (what->in.index)
        test_index_free(&what->in);
    if (what->judged.memory)
        qrels_free(&what->judged);
    if (what->topics.memory)
        topics_free(&what->topics);
    collection_paths_free(&what->from);
}

static lc_status need_index(trial *on, uint32_t title_weight, lc_error *error)
{
    if (on->in.index && (on->in.notes || on->title_weight == title_weight))
        return LC_OK;
    if (on->in.index)
        test_index_free(&on->in);
    on->title_weight = title_weight;
    return test_index_make(&on->from, title_weight, &on->in, error);
}

lc_status trial_run(trial *on, const ranker *how, const measure_list *measures, unsigned threads,
                    evaluation *out, run_times *times_out, lc_error *error)
{
    enum { DEPTH = 1000 };
    buffer text = {0};
    ranked_run ranked;
    lc_status status = need_index(on, (uint32_t)how->title, error);
    if (status != LC_OK)
        return status;
    run_options wanted = {.how = how, .depth = DEPTH, .plain = !on->in.notes, .threads = threads};
    status = run_topics(&on->in, &on->topics, &wanted, &text, times_out, error);
    if (status == LC_OK)
        status = run_read(buffer_span(&text), how->name, NULL, &ranked, error);
    buffer_free(&text);
    if (status != LC_OK)
        return status;
    evaluate(&on->judged, &ranked, measures, out);
    run_free(&ranked);
    return LC_OK;
}
