#include "glass/spill.h"

#include <stdlib.h>

#include "base/memory.h"

enum {
    WIDTH = 64, /* so many runs of equal rank are merged to one of the next: bounds the open files
                   and what is read ahead; each entry is rewritten once per rank */
    AHEAD_LEAST = 4 * 1024,
    AHEAD_MOST = 256 * 1024,
    AHEAD_SHARE = 8 /* of the memory limit, for all runs together */
};

typedef struct {
    sorted_run *run;
    int rank;
    list_source *source; /* while it is merged */
} ranked_run;

struct spill {
    char *folder;
    size_t memory_limit;
    inversion *lists;
    ranked_run *runs; /* ranks never ascend */
    size_t count, capacity;
    uint32_t written;
    list_source **sources; /* of the final merge; the last one is memory */
    list_merge *merging;
};

spill *spill_new(const char *folder, size_t memory_limit)
{
    spill *made = xcalloc(1, sizeof *made);
    made->folder = xstrdup(span_of(folder));
    made->memory_limit = memory_limit < INVERSION_MAX ? memory_limit : INVERSION_MAX;
    made->lists = inversion_new();
    return made;
}

/* Those from `first` on. */
static void drop_runs(spill *of, size_t first)
{
    while (of->count > first) {
        ranked_run *last = &of->runs[--of->count];
        sorted_run_source_free(last->source);
        sorted_run_free(last->run);
    }
}

void spill_free(spill *what)
{
    if (!what)
        return;
    list_merge_free(what->merging);
    if (what->sources)
        inversion_source_free(what->sources[what->count]);
    free(what->sources);
    drop_runs(what, 0);
    free(what->runs);
    inversion_free(what->lists);
    free(what->folder);
    free(what);
}

inversion *spill_lists(spill *of)
{
    return of->lists;
}

uint32_t spill_run_count(const spill *of)
{
    return of->written;
}

/* Opens the runs from `first` on; room for one source more is left at the end. */
static lc_status open_runs(spill *of, size_t first, list_source ***sources_out, lc_error *error)
{
    size_t count = of->count - first;
    size_t ahead = count ? of->memory_limit / AHEAD_SHARE / count : AHEAD_LEAST;
    ahead = ahead < AHEAD_LEAST ? AHEAD_LEAST : ahead > AHEAD_MOST ? AHEAD_MOST : ahead;
    list_source **sources = xcalloc(count + 1, sizeof(list_source *));
    lc_status status = LC_OK;
    for (size_t i = 0; i < count && status == LC_OK; i++) {
        ranked_run *opened = &of->runs[first + i];
        status = sorted_run_source(opened->run, ahead, &opened->source, error);
        sources[i] = opened->source;
    }
    *sources_out = sources;
    return status;
}

/* Replaces the runs from `first` on by one. */
static lc_status merge_runs(spill *of, size_t first, lc_error *error)
{
    list_source **sources;
    ranked_run made = {NULL, of->runs[first].rank + 1, NULL};
    lc_status status = open_runs(of, first, &sources, error);
    if (status == LC_OK) {
        list_merge *all = list_merge_new(sources, of->count - first);
        status = sorted_run_write(of->folder, all, &made.run, error);
        list_merge_free(all);
    }
    free(sources);
    if (status != LC_OK)
        return status;
    drop_runs(of, first);
    ARRAY_ADD(of->runs, of->count, of->capacity, made);
    return LC_OK;
}

static bool has_full_rank(const spill *of)
{
    return of->count >= WIDTH && of->runs[of->count - WIDTH].rank == of->runs[of->count - 1].rank;
}

static lc_status write_run(spill *of, lc_error *error)
{
    ranked_run made = {NULL, 0, NULL};
    list_source *source = inversion_source(of->lists);
    list_merge *one = list_merge_new(&source, 1);
    lc_status status = sorted_run_write(of->folder, one, &made.run, error);
    list_merge_free(one);
    inversion_source_free(source);
    inversion_clear(of->lists);
    if (status != LC_OK)
        return status;
    ARRAY_ADD(of->runs, of->count, of->capacity, made);
    of->written++;
    return LC_OK;
}

lc_status spill_when_full(spill *of, lc_error *error)
{
    if (inversion_size(of->lists) < of->memory_limit)
        return LC_OK;
    lc_status status = write_run(of, error);
    while (status == LC_OK && has_full_rank(of))
        status = merge_runs(of, of->count - WIDTH, error);
    return status;
}

lc_status spill_merge(spill *of, list_merge **merge_out, lc_error *error)
{
    lc_status status = open_runs(of, 0, &of->sources, error);
    of->sources[of->count] = inversion_source(of->lists);
    if (status != LC_OK)
        return status;
    of->merging = list_merge_new(of->sources, of->count + 1);
    *merge_out = of->merging;
    return LC_OK;
}
