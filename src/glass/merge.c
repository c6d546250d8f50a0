#include <stdlib.h>

#include "base/memory.h"
#include "glass/run.h"

struct list_merge {
    list_source **sources;
    size_t *heap; /* indexes of sources that have lists left, the smallest (key, index) first */
    size_t heap_count;
    list_source **group; /* given out last */
    size_t *members;     /* their indexes */
    size_t group_count;
};

static bool comes_before(const list_merge *in, size_t a, size_t b)
{
    int order = span_compare(in->sources[a]->head.key, in->sources[b]->head.key);
    return order ? order < 0 : a < b;
}

static void heap_push(list_merge *to, size_t source)
{
    size_t at = to->heap_count++;
    for (; at && comes_before(to, source, to->heap[(at - 1) / 2]); at = (at - 1) / 2)
        to->heap[at] = to->heap[(at - 1) / 2];
    to->heap[at] = source;
}

static size_t heap_pop(list_merge *from)
{
    size_t smallest = from->heap[0], last = from->heap[--from->heap_count], at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < from->heap_count &&
            comes_before(from, from->heap[child + 1], from->heap[child]))
            child++;
        if (child >= from->heap_count || !comes_before(from, from->heap[child], last))
            break;
        from->heap[at] = from->heap[child];
        at = child;
    }
    from->heap[at] = last;
    return smallest;
}

list_merge *list_merge_new(list_source **sources, size_t count)
{
    list_merge *made = xcalloc(1, sizeof *made);
    made->sources = sources;
    made->heap = xcalloc(count, sizeof *made->heap);
    made->group = xcalloc(count, sizeof(list_source *));
    made->members = xcalloc(count, sizeof *made->members);
    for (size_t i = 0; i < count; i++)
        if (sources[i]->head.key.length)
            heap_push(made, i);
    return made;
}

void list_merge_free(list_merge *what)
{
    if (!what)
        return;
    free(what->heap);
    free(what->group);
    free(what->members);
    free(what);
}

static lc_status advance_group(list_merge *of, lc_error *error)
{
    lc_status status = LC_OK;
    for (size_t i = 0; i < of->group_count && status == LC_OK; i++) {
        status = of->group[i]->next(of->group[i], error);
        if (status == LC_OK && of->group[i]->head.key.length)
            heap_push(of, of->members[i]);
    }
    of->group_count = 0;
    return status;
}

lc_status list_merge_next(list_merge *of, list_source ***group_out, size_t *count_out,
                          lc_error *error)
{
    lc_status status = advance_group(of, error);
    if (status != LC_OK)
        return status;
    while (of->heap_count) {
        list_source *smallest = of->sources[of->heap[0]];
        if (of->group_count && !span_equal(smallest->head.key, of->group[0]->head.key))
            break;
        of->members[of->group_count] = heap_pop(of);
        of->group[of->group_count++] = smallest;
    }
    *group_out = of->group;
    *count_out = of->group_count;
    return LC_OK;
}

list_head list_merge_head(list_source *const *group, size_t count)
{
    list_head sum = group[0]->head;
    for (size_t i = 1; i < count; i++) {
        sum.count += group[i]->head.count;
        sum.wdf_sum += group[i]->head.wdf_sum;
        sum.last = group[i]->head.last;
    }
    return sum;
}
