#include "search/ties.h"

#include <stdlib.h>

typedef struct {
    candidate of;
    talk_record record;
} tied;

static int compare_places(const void *left, const void *right)
{
    const tied *a = left, *b = right;
    uint32_t line = a->record.talk.line, other_line = b->record.talk.line;
    int order = span_compare(a->record.root, b->record.root);
    if (!order)
        order = span_compare(a->record.path, b->record.path);
    if (!order)
        order = (line > other_line) - (line < other_line);
    return order ? order : (a->of.docid > b->of.docid) - (a->of.docid < b->of.docid);
}

static lc_status order_tie(const searcher *in, candidate *list, size_t count, arena *memory,
                           lc_error *error)
{
    tied *ties = arena_zalloc(memory, count * sizeof *ties);
    for (size_t i = 0; i < count; i++) {
        ties[i].of = list[i];
        lc_status status = searcher_record(in, list[i].docid, memory, &ties[i].record, error);
        if (status != LC_OK)
            return status;
    }
    qsort(ties, count, sizeof *ties, compare_places);
    for (size_t i = 0; i < count; i++)
        list[i] = ties[i].of;
    return LC_OK;
}

static bool are_tied(const candidate *a, const candidate *b)
{
    return a->level == b->level && !(a->score < b->score) && !(a->score > b->score);
}

lc_status ties_order(const searcher *in, candidate *list, size_t count, size_t first, size_t end,
                     arena *memory, lc_error *error)
{
    /* where nothing is scored all are equal, and reading them takes longer than the search */
    enum { TIES_MAX = 200 };
    lc_status status = LC_OK;
    for (size_t i = 0, next; i < count && i < end && status == LC_OK; i = next) {
        for (next = i + 1; next < count && are_tied(&list[i], &list[next]);)
            next++;
        if (next > first && next - i > 1 && next - i <= TIES_MAX)
            status = order_tie(in, &list[i], next - i, memory, error);
    }
    return status;
}
