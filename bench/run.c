#include "run.h"

#include <stdlib.h>

#define NO_RESULT "# no result:"

static lc_status read_line(reader *from, span line, ranked_run *to, span *tag)
{
    span column[6];
    double score;
    size_t count;
    lc_status status = listing_cut(from, line, 6, 6,
                                   "a run has 6: topic Q0 document rank score tag", column, &count);
    if (!count)
        return status;
    if (!read_real(column[4], &score))
        return reader_complain(from, from->line, "score \"%.*s\" is not a number",
                               SPAN_ARG(column[4]));
    listing_add(to, column[0],
                (ranked_document){column[2], .score = score, .line = (uint32_t)from->line});
    *tag = column[5];
    return LC_OK;
}

static int by_score(const void *a, const void *b)
{
    const ranked_document *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return span_compare(y->document, x->document);
}

/* The topics of our comment lines, which the reader passes over. */
static void read_empty_topics(span text, ranked_run *to)
{
    while (text.length) {
        span line = span_trim(span_cut_line(&text));
        if (!span_starts_with(line, SPAN(NO_RESULT)))
            continue;
        span id = span_trim(span_from(line, sizeof NO_RESULT - 1));
        if (!id_fault(id))
            listing_topic_for(to, id);
    }
}

lc_status run_read(span text, const char *name, finding_list *findings, ranked_run *out,
                   lc_error *error)
{
    reader from = {.name = name, .rest = text, .findings = findings, .error = error};
    ranked_run made;
    lc_status status = LC_OK;
    span line, tag = SPAN_NONE;
    listing_begin(&made);
    while (status == LC_OK && reader_next(&from, &line))
        status = read_line(&from, line, &made, &tag);
    if (status == LC_OK)
        status = listing_finish(&from, &made);
    for (size_t i = 0; status == LC_OK && i < made.count; i++)
        if (made.topic[i].count)
            qsort(made.topic[i].item, made.topic[i].count, sizeof *made.topic[i].item, by_score);
    if (status != LC_OK) {
        run_free(&made);
        return status;
    }
    read_empty_topics(text, &made);
    made.tag = arena_copy(made.memory, tag);
    *out = made;
    return LC_OK;
}

lc_status run_load(const char *path, finding_list *findings, ranked_run *out, lc_error *error)
{
    return listing_load(path, run_read, findings, out, error);
}

void run_free(ranked_run *what)
{
    listing_free(what);
}

const ranked_topic *run_topic(const ranked_run *in, span id)
{
    return listing_topic(in, id);
}

void run_add(buffer *to, span topic, span document, size_t rank, double score, span tag)
{
    buffer_printf(to, "%.*s\tQ0\t%.*s\t%zu\t%.17g\t%.*s\n", SPAN_ARG(topic), SPAN_ARG(document),
                  rank, score, SPAN_ARG(tag));
}

void run_add_empty(buffer *to, span topic)
{
    buffer_printf(to, NO_RESULT " %.*s\n", SPAN_ARG(topic));
}
