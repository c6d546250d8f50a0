#include "run.h"

#include <stdlib.h>

#include "base/file.h"

#define NO_RESULT "# no result:"

static ranked_topic *topic_for(ranked_run *in, span id)
{
    uint32_t at = *map_put(in->index, id, (uint32_t)in->count);
    if (at == in->count) {
        ranked_topic made = {.id = arena_copy(in->memory, id)};
        ARRAY_ADD(in->topic, in->count, in->capacity, made);
    }
    return &in->topic[at];
}

static lc_status read_line(reader *from, span line, ranked_run *to, span *tag)
{
    span column[6];
    double score;
    size_t count = columns_cut(line, column, 6, 6);
    if (count != 6)
        return reader_complain(from, from->line,
                               "%zu columns; a run has 6: topic Q0 document rank score tag", count);
    if (columns_fault(column, count))
        return reader_complain(from, from->line, "a column %s", columns_fault(column, count));
    if (!read_real(column[4], &score))
        return reader_complain(from, from->line, "score \"%.*s\" is not a number",
                               SPAN_ARG(column[4]));
    ranked_topic *topic = topic_for(to, column[0]);
    ranked_document made = {arena_copy(to->memory, column[2]), score, (uint32_t)from->line};
    ARRAY_ADD(topic->item, topic->count, topic->capacity, made);
    *tag = column[5];
    return LC_OK;
}

static int by_document(const void *a, const void *b)
{
    const ranked_document *x = a, *y = b;
    int order = span_compare(x->document, y->document);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_score(const void *a, const void *b)
{
    const ranked_document *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return span_compare(y->document, x->document);
}

/* Sorts, and leaves out a document that comes again. */
static lc_status finish_topic(reader *from, ranked_topic *topic)
{
    if (topic->count)
        qsort(topic->item, topic->count, sizeof *topic->item, by_document);
    size_t kept = 0;
    for (size_t i = 0; i < topic->count; i++) {
        const ranked_document *this = &topic->item[i];
        const ranked_document *before = kept ? &topic->item[kept - 1] : NULL;
        if (before && span_equal(before->document, this->document)) {
            lc_status status = reader_complain(
                from, this->line,
                "topic %.*s has document %.*s again (first on line %u); keep one of them",
                SPAN_ARG(topic->id), SPAN_ARG(this->document), before->line);
            if (status != LC_OK)
                return status;
        } else {
            topic->item[kept++] = *this;
        }
    }
    topic->count = kept;
    if (kept)
        qsort(topic->item, kept, sizeof *topic->item, by_score);
    return LC_OK;
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
            topic_for(to, id);
    }
}

lc_status run_read(span text, const char *name, finding_list *findings, ranked_run *out,
                   lc_error *error)
{
    reader from = {.name = name, .rest = text, .findings = findings, .error = error};
    ranked_run made = {.memory = arena_new(), .index = map_new()};
    lc_status status = LC_OK;
    span line, tag = SPAN_NONE;
    while (status == LC_OK && reader_next(&from, &line))
        status = read_line(&from, line, &made, &tag);
    for (size_t i = 0; status == LC_OK && i < made.count; i++)
        status = finish_topic(&from, &made.topic[i]);
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
    buffer content = {0};
    lc_status status = file_read(path, 0, &content, NULL, error);
    if (status == LC_OK)
        status = run_read(buffer_span(&content), path, findings, out, error);
    buffer_free(&content);
    return status;
}

void run_free(ranked_run *what)
{
    for (size_t i = 0; i < what->count; i++)
        free(what->topic[i].item);
    free(what->topic);
    map_free(what->index);
    arena_free(what->memory);
    *what = (ranked_run){0};
}

const ranked_topic *run_topic(const ranked_run *in, span id)
{
    const uint32_t *at = map_get(in->index, id);
    return at ? &in->topic[*at] : NULL;
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
