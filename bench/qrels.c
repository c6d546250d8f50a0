#include "qrels.h"

#include <stdlib.h>

#include "base/file.h"
#include "measures.h"

static judged_topic *topic_for(qrels *in, span id)
{
    uint32_t at = *map_put(in->index, id, (uint32_t)in->count);
    if (at == in->count) {
        judged_topic made = {.id = arena_copy(in->memory, id)};
        ARRAY_ADD(in->topic, in->count, in->capacity, made);
    }
    return &in->topic[at];
}

static bool is_header(span line)
{
    span column[3];
    return columns_cut(line, column, 3, 3) == 3 && span_equal_nocase(column[0], SPAN("query-id")) &&
           span_equal_nocase(column[1], SPAN("corpus-id"));
}

static lc_status read_line(reader *from, span line, qrels *to)
{
    span column[4];
    size_t count = columns_cut(line, column, 3, 4);
    if (count != 3 && count != 4)
        return reader_complain(from, from->line,
                               "%zu columns; qrels have 4 (topic 0 document grade) or 3 "
                               "(query-id corpus-id score)",
                               count);
    if (columns_fault(column, count))
        return reader_complain(from, from->line, "a column %s", columns_fault(column, count));
    span document = column[count - 2], written = column[count - 1];
    long grade;
    if (!read_integer(written, &grade) || grade < GRADE_LEAST || grade > GRADE_MOST)
        return reader_complain(from, from->line,
                               "grade \"%.*s\"; write a whole number from %d to %d",
                               SPAN_ARG(written), GRADE_LEAST, GRADE_MOST);
    judged_topic *topic = topic_for(to, column[0]);
    judgement made = {arena_copy(to->memory, document), (int)grade, (uint32_t)from->line};
    ARRAY_ADD(topic->item, topic->count, topic->capacity, made);
    return LC_OK;
}

static int by_document(const void *a, const void *b)
{
    const judgement *x = a, *y = b;
    int order = span_compare(x->document, y->document);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int highest_first(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x < y) - (x > y);
}

/* Sorts, and keeps the first of several judgements of one document. */
static lc_status finish_topic(reader *from, judged_topic *topic)
{
    qsort(topic->item, topic->count, sizeof *topic->item, by_document);
    size_t kept = 0;
    for (size_t i = 0; i < topic->count; i++) {
        const judgement *this = &topic->item[i], *before = kept ? &topic->item[kept - 1] : NULL;
        if (before && span_equal(before->document, this->document)) {
            lc_status status = reader_complain(
                from, this->line,
                "topic %.*s, document %.*s is judged again (first on line %u); keep one of them",
                SPAN_ARG(topic->id), SPAN_ARG(this->document), before->line);
            if (status != LC_OK)
                return status;
        } else {
            topic->item[kept++] = *this;
        }
    }
    topic->count = kept;
    topic->grades = xmalloc(kept * sizeof *topic->grades);
    for (size_t i = 0; i < kept; i++)
        topic->grades[i] = topic->item[i].grade;
    qsort(topic->grades, kept, sizeof *topic->grades, highest_first);
    return LC_OK;
}

lc_status qrels_read(span text, const char *name, finding_list *findings, qrels *out,
                     lc_error *error)
{
    reader from = {.name = name, .rest = text, .findings = findings, .error = error};
    qrels made = {.memory = arena_new(), .index = map_new()};
    lc_status status = LC_OK;
    span line;
    for (bool first = true; status == LC_OK && reader_next(&from, &line); first = false)
        if (!first || !is_header(line))
            status = read_line(&from, line, &made);
    for (size_t i = 0; status == LC_OK && i < made.count; i++)
        status = finish_topic(&from, &made.topic[i]);
    if (status == LC_OK && !made.count)
        status = reader_complain(&from, from.line, "no judgements; is this the qrels file?");
    if (status == LC_OK)
        *out = made;
    else
        qrels_free(&made);
    return status;
}

lc_status qrels_load(const char *path, finding_list *findings, qrels *out, lc_error *error)
{
    buffer content = {0};
    lc_status status = file_read(path, 0, &content, NULL, error);
    if (status == LC_OK)
        status = qrels_read(buffer_span(&content), path, findings, out, error);
    buffer_free(&content);
    return status;
}

static void free_topic(judged_topic *what)
{
    free(what->item);
    free(what->grades);
}

void qrels_keep(qrels *in, const bool *keep)
{
    size_t kept = 0;
    map_clear(in->index);
    for (size_t i = 0; i < in->count; i++) {
        if (!keep[i]) {
            free_topic(&in->topic[i]);
            continue;
        }
        in->topic[kept] = in->topic[i];
        map_put(in->index, in->topic[kept].id, (uint32_t)kept);
        kept++;
    }
    in->count = kept;
}

void qrels_free(qrels *what)
{
    for (size_t i = 0; i < what->count; i++)
        free_topic(&what->topic[i]);
    free(what->topic);
    map_free(what->index);
    arena_free(what->memory);
    *what = (qrels){0};
}

const judged_topic *qrels_topic(const qrels *in, span id)
{
    const uint32_t *at = map_get(in->index, id);
    return at ? &in->topic[*at] : NULL;
}

int judged_grade(const judged_topic *of, span document)
{
    size_t low = 0, high = of->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = span_compare(of->item[middle].document, document);
        if (order == 0)
            return of->item[middle].grade;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return GRADE_UNKNOWN;
}
