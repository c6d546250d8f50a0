#include "reasons.h"

#include <stdlib.h>

#include "base/memory.h"
#include "hit_name.h"

const char *const REASON_STAGE_NAMES[REASON_STAGES] = {"all words", "with nearness",
                                                       "with likeness", "with neighbours"};

/* The ranker as it is behind a stage. */
static ranker up_to(const ranker *how, int stage)
{
    ranker made = *how;
    if (stage < 1)
        made.pair = made.window = made.proximity_depth = 0;
    if (stage < 2)
        made.latent = 0;
    if (stage < 3)
        made.smooth = 0;
    return made;
}

typedef struct {
    searcher *in;
    const test_index *from;
    const topic *of;
    reasons *out;
    arena *memory;
    lc_error *error;
} finding;

static reason *reason_for(reasons *in, span document)
{
    uint32_t at = *map_put(in->index, document, (uint32_t)in->count);
    if (at == in->count) {
        reason made = {.words = NULL};
        ARRAY_ADD(in->item, in->count, in->capacity, made);
    }
    return &in->item[at];
}

static void keep_words(reasons *to, const query_plan *plan)
{
    to->word_count = plan->leaf_count;
    to->words = arena_alloc(to->memory, (plan->leaf_count + 1) * sizeof *to->words);
    for (size_t i = 0; i < plan->leaf_count; i++)
        to->words[i] = arena_copy(to->memory, plan->leaves[i].leaf->text);
}

static lc_status keep_hits(finding *f, const search_request *request, const search_result *found,
                           int stage)
{
    lc_status status = LC_OK;
    for (size_t i = 0; i < found->count && status == LC_OK; i++) {
        const hit *which = &found->hits[i];
        reason *to = reason_for(f->out, hit_name(f->from, which, f->memory));
        to->score[stage] = which->score;
        to->rank[stage] = i + 1;
        if (to->words)
            continue;
        to->words = arena_alloc(f->out->memory, (found->plan.leaf_count + 1) * sizeof *to->words);
        status = searcher_leaf_scores(f->in, request, found, which, to->words, f->error);
    }
    return status;
}

static lc_status find_stage(finding *f, const ranker *how, int stage)
{
    enum { DEPTH = 1000 };
    ranker behind = up_to(how, stage);
    search_result found;
    query_mistake where;
    search_request request = {.query = f->of->text,
                              .plain = !f->from->notes,
                              .bare = !f->from->notes,
                              .limit = DEPTH,
                              .how = &behind};
    lc_status status = searcher_search(f->in, &request, f->memory, &found, f->error, &where);
    if (status == LC_OK && !f->out->words)
        keep_words(f->out, &found.plan);
    if (status == LC_OK)
        status = keep_hits(f, &request, &found, stage);
    search_result_free(&found);
    return status;
}

static void keep_stages(reasons *to, const ranker *how)
{
    to->has_stage[0] = true;
    to->has_stage[1] = how->proximity_depth > 0 && (how->pair > 0 || how->window > 0);
    to->has_stage[2] = how->latent > 0;
    to->has_stage[3] = how->latent > 0 && how->smooth > 0;
}

static lc_status find_all(finding *f, const ranker *how)
{
    lc_status status = searcher_open(f->from->index, &f->in, f->error);
    f->memory = arena_new();
    keep_stages(f->out, how);
    for (int stage = 0; stage < REASON_STAGES && status == LC_OK; stage++)
        if (f->out->has_stage[stage])
            status = find_stage(f, how, stage);
    arena_free(f->memory);
    searcher_free(f->in);
    return status;
}

lc_status reasons_find(const collection_paths *from, const topic *of, const ranker *how,
                       reasons *out, lc_error *error)
{
    test_index in;
    *out = (reasons){.memory = arena_new(), .index = map_new()};
    lc_status status = test_index_make(from, (uint32_t)how->title, &in, error);
    if (status != LC_OK)
        return status;
    finding f = {.from = &in, .of = of, .out = out, .error = error};
    status = find_all(&f, how);
    test_index_free(&in);
    return status;
}

void reasons_free(reasons *what)
{
    if (!what->memory)
        return;
    arena_free(what->memory);
    map_free(what->index);
    free(what->item);
    *what = (reasons){0};
}

bool reasons_is_stop(const reasons *in, size_t word)
{
    bool found = false;
    for (size_t i = 0; i < in->count; i++) {
        if (in->item[i].words[word] > 0)
            return false;
        found = found || in->item[i].words[word] == 0;
    }
    return found;
}

const reason *reasons_of(const reasons *in, span document)
{
    const uint32_t *at = map_get(in->index, document);
    return at ? &in->item[*at] : NULL;
}

void ranker_of_tag(span tag, ranker *out)
{
    lc_error unused;
    size_t begin = span_find(tag, SPAN("-index"));
    span rest = begin == SPAN_NOT_FOUND ? SPAN_NONE : span_from(tag, begin + 1);
    *out = *ranking_default();
    if (!rest.length || !span_starts_with(tag, SPAN("lectern-")))
        return;
    span_cut(&rest, '-');
    char *name = xstrdup(span_cut(&rest, ','));
    if (ranking_named(name, out, &unused) == LC_OK)
        *out = (ranker){.name = out->name}; /* the tag says all that is not zero */
    else
        rest = SPAN_NONE;
    free(name);
    while (rest.length) {
        char *assignment = xstrdup(span_cut(&rest, ','));
        ranking_set(out, assignment, &unused);
        free(assignment);
    }
}
