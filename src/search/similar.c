#include "search/similar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "index/format.h"
#include "index/xapian_error.h"

static const xs_weights WEIGHTS = {.kind = XS_WEIGHT_LUCENE, .k1 = 1.2, .b = 0.75};

/* A word of the text: the whole term of the index. */
typedef struct {
    span term;
    mark mark;
    uint32_t count;
    double weight;
} candidate;

typedef struct {
    searcher *in;
    const vocabulary *words;
    arena *memory;
    map *places; /* term -> index in items */
    candidate *items;
    size_t count, capacity;
} gathering;

static void add_candidate(gathering *g, const char *prefix, span text, mark_kind kind,
                          uint32_t times)
{
    span whole = arena_printf(g->memory, "%s%.*s", prefix, SPAN_ARG(text));
    uint32_t *place = map_put(g->places, whole, (uint32_t)g->count);
    if (*place < g->count) {
        g->items[*place].count += times;
        return;
    }
    candidate added = {whole, {kind, span_from(whole, strlen(prefix))}, times, 0};
    ARENA_ADD(g->memory, g->items, g->count, g->capacity, added);
}

static void gather(gathering *g, span text, uint32_t times)
{
    terms found = {0};
    analyser *with = g->words->analysers[0];
    analyse(with, text, g->memory, &found);
    for (size_t i = 0; i < found.count; i++) {
        const term *t = &found.items[i];
        if (t->kind == TERM_TECH)
            add_candidate(g, PREFIX_ALIAS, t->text, MARK_TECH, times);
        else if (t->kind == TERM_WORD && !t->stop)
            add_candidate(g, PREFIX_STEM, analyser_stem(with, term_written(t)), MARK_STEM, times);
    }
}

static int by_weight(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight < b->weight ? 1 : -1;
    return span_compare(a->term, b->term);
}

static xs_status weigh(gathering *g, xs_error *said)
{
    xs_stats stats;
    xs_status status = xs_reader_stats(g->words->reader, &stats, said);
    for (size_t i = 0; i < g->count && status == XS_OK; i++) {
        candidate *c = &g->items[i];
        uint32_t documents = 0;
        status = xs_reader_term_freq(g->words->reader, c->term.at, c->term.length, &documents, NULL,
                                     said);
        /* a word of one talk alone, perhaps of this very one, leads nowhere */
        if (documents > 1)
            c->weight = (1 + log(c->count)) * log((double)stats.doc_count / documents);
    }
    if (g->count)
        qsort(g->items, g->count, sizeof *g->items, by_weight);
    return status;
}

/* All of the words that mark it out, but for the talks that are left out. */
static void make_query(gathering *g, const similar_request *request, query_plan *plan)
{
    query_builder *build = &plan->builder;
    query_list any = {0};
    for (size_t i = 0; i < g->count && i < SIMILAR_TERMS && g->items[i].weight > 0; i++) {
        double emphasis = 1 + log(g->items[i].count);
        query_list_add(&any, build_scale(build, emphasis, build_term(build, "", g->items[i].term)));
        ARENA_ADD(g->memory, plan->marks, plan->mark_count, plan->mark_capacity, g->items[i].mark);
    }
    xs_query *rest = build_term(build, FIELDS[FIELD_KIND].prefix, SPAN("note"));
    if (request->id.length)
        rest =
            build_two(build, XS_OR, rest, build_term(build, FIELDS[FIELD_ID].prefix, request->id));
    xs_query *all = build_join(build, XS_OR, &any);
    plan->all = all ? build_two(build, XS_AND_NOT, all, rest) : NULL;
    query_list_free(&any);
}

static bool is_left_out(const similar_request *request, const talk_record *record)
{
    span path = request->path, root = record->root;
    return path.length == root.length + 1 + record->path.length && span_starts_with(path, root) &&
           span_ends_with(path, record->path);
}

/* The page: hits of the note itself are skipped as they are read. */
static lc_status read_page(gathering *g, const similar_request *request, const xs_hits *found,
                           search_result *out, lc_error *error)
{
    size_t skip = request->offset;
    lc_status status = LC_OK;
    out->hits = arena_zalloc(g->memory, (request->limit + 1) * sizeof *out->hits);
    for (size_t i = 0; i < found->count && out->count < request->limit && status == LC_OK; i++) {
        hit *to = &out->hits[out->count];
        *to = (hit){.docid = found->hit[i].docid, .score = found->hit[i].score, .tier = TIER_ALL};
        status = searcher_record(g->in, to->docid, g->memory, &to->record, error);
        if (status != LC_OK || is_left_out(request, &to->record))
            continue;
        if (skip)
            skip--;
        else
            out->count++;
    }
    out->all_count = request->offset + out->count; /* any word in common is a match: no figure */
    return status;
}

lc_status similar_search(searcher *in, const similar_request *request, arena *memory,
                         search_result *out, lc_error *error)
{
    enum { TITLE_TIMES = 2, OWN_TALKS_MAX = 200 };
    gathering g = {.in = in, .words = searcher_vocabulary(in), .memory = memory};
    xs_error said;
    xs_hits found = {0};
    size_t wanted = request->offset + request->limit + (request->path.length ? OWN_TALKS_MAX : 0);
    xs_search page = {.limit = (uint32_t)wanted, .check_at_least = (uint32_t)wanted};
    *out = (search_result){0};
    g.places = map_new();
    gather(&g, request->title, TITLE_TIMES);
    gather(&g, request->body, 1);
    xs_status status = weigh(&g, &said);
    make_query(&g, request, &out->plan);
    if (status == XS_OK && (status = out->plan.builder.status) != XS_OK)
        said = out->plan.builder.said;
    if (status == XS_OK && out->plan.all)
        status =
            xs_reader_search(searcher_reader(in), out->plan.all, &WEIGHTS, &page, &found, &said);
    lc_status result = from_xapian(status, &said, g.words->path, error);
    if (result == LC_OK)
        result = read_page(&g, request, &found, out, error);
    xs_hits_clear(&found);
    map_free(g.places);
    return result;
}
