#include "qrels.h"

#include <stdlib.h>

#include "measures.h"

static bool is_header(span line)
{
    span column[3];
    return columns_cut(line, column, 3, 3) == 3 && span_equal_nocase(column[0], SPAN("query-id")) &&
           span_equal_nocase(column[1], SPAN("corpus-id"));
}

static lc_status read_line(reader *from, span line, qrels *to)
{
    span column[4];
    size_t count;
    lc_status status = listing_cut(from, line, 3, 4,
                                   "qrels have 4 (topic 0 document grade) or 3 (query-id "
                                   "corpus-id score)",
                                   column, &count);
    if (!count)
        return status;
    span document = column[count - 2], written = column[count - 1];
    long grade;
    if (!read_integer(written, &grade) || grade < GRADE_LEAST || grade > GRADE_MOST)
        return reader_complain(from, from->line,
                               "grade \"%.*s\"; write a whole number from %d to %d",
                               SPAN_ARG(written), GRADE_LEAST, GRADE_MOST);
    listing_add(to, column[0],
                (judgement){document, .grade = (int)grade, .line = (uint32_t)from->line});
    return LC_OK;
}

static int highest_first(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x < y) - (x > y);
}

static void keep_grades(judged_topic *of)
{
    of->grades = xmalloc((of->count + 1) * sizeof *of->grades);
    for (size_t i = 0; i < of->count; i++)
        of->grades[i] = of->item[i].grade;
    qsort(of->grades, of->count, sizeof *of->grades, highest_first);
}

lc_status qrels_read(span text, const char *name, finding_list *findings, qrels *out,
                     lc_error *error)
{
    reader from = {.name = name, .rest = text, .findings = findings, .error = error};
    qrels made;
    lc_status status = LC_OK;
    span line;
    listing_begin(&made);
    for (bool first = true; status == LC_OK && reader_next(&from, &line); first = false)
        if (!first || !is_header(line))
            status = read_line(&from, line, &made);
    if (status == LC_OK)
        status = listing_finish(&from, &made);
    for (size_t i = 0; i < made.count; i++)
        keep_grades(&made.topic[i]);
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
    return listing_load(path, qrels_read, findings, out, error);
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
    listing_free(what);
}

const judged_topic *qrels_topic(const qrels *in, span id)
{
    return listing_topic(in, id);
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
