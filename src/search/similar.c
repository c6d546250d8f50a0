#include "search/similar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "index/format.h"
#include "index/xapian_error.h"
#include "search/latent.h"
#include "search/ranker.h"

/* A word of the text: the whole term of the index. */
typedef struct {
    span term;
    mark mark;
    uint32_t count;
    double weight;
} marking_word;

typedef struct {
    searcher *in;
    const vocabulary *words;
    arena *memory;
    map *places; /* term -> index in items */
    marking_word *items;
    size_t count, capacity;
} gathering;

static void add_marking_word(gathering *g, const char *prefix, span text, mark_kind kind,
                             uint32_t times)
{
    span whole = arena_printf(g->memory, "%s%.*s", prefix, SPAN_ARG(text));
    uint32_t *place = map_put(g->places, whole, (uint32_t)g->count);
    if (*place < g->count) {
        g->items[*place].count += times;
        return;
    }
    marking_word added = {whole, {kind, span_from(whole, strlen(prefix))}, times, 0};
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
            add_marking_word(g, PREFIX_ALIAS, t->text, MARK_TECH, times);
        else if (t->kind == TERM_WORD && !t->stop)
            add_marking_word(g, PREFIX_STEM, analyser_stem(with, term_written(t)), MARK_STEM,
                             times);
    }
}

static int by_weight(const void *left, const void *right)
{
    const marking_word *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight < b->weight ? 1 : -1;
    return span_compare(a->term, b->term);
}

static xs_status weigh(gathering *g, xs_error *said)
{
    xs_stats stats;
    xs_status status = xs_reader_stats(g->words->reader, &stats, said);
    for (size_t i = 0; i < g->count && status == XS_OK; i++) {
        marking_word *c = &g->items[i];
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

/* ---- from hits to the page ---- */

/* Likeness in the space of the vectors counts as much as words in common. */
static const double LATENT_SHARE = 0.5;
enum { POOL = 1000, SCAN = 200 };

static vector text_vector(const gathering *g, const vectors *with)
{
    vector_sum sum = {{0}};
    for (size_t i = 0; i < g->count; i++)
        if (g->items[i].mark.kind == MARK_STEM)
            vector_add_stem(with, g->items[i].mark.text, g->items[i].count, &sum);
    return vector_finish(&sum);
}

static size_t rank_hits(gathering *g, const xs_hits *found, candidate *list)
{
    const vectors *with = searcher_vectors(g->in);
    ranker how = {.latent = LATENT_SHARE};
    size_t count = found->count;
    for (size_t i = 0; i < count; i++)
        list[i] = (candidate){.docid = found->hit[i].docid, .score = found->hit[i].score};
    vector wanted = with ? text_vector(g, with) : (vector){.scale = 0};
    if (wanted.scale == 0)
        return count;
    count = latent_scan(with, &wanted, NULL, SCAN, 0, list, count, g->memory);
    latent_rank(with, &wanted, &how, list, count);
    candidates_sort(list, count);
    return count;
}

static bool is_left_out(const similar_request *request, const talk_record *record)
{
    span path = request->path, root = record->root;
    if (record->talk.kind == KIND_NOTE ||
        (request->id.length && span_equal(request->id, record->id)))
        return true;
    return path.length == root.length + 1 + record->path.length && span_starts_with(path, root) &&
           span_ends_with(path, record->path);
}

/* The page: hits of the note itself are skipped as they are read. */
static lc_status read_page(gathering *g, const similar_request *request, const candidate *list,
                           size_t count, search_result *out, lc_error *error)
{
    size_t skip = request->offset;
    lc_status status = LC_OK;
    out->hits = arena_zalloc(g->memory, (request->limit + 1) * sizeof *out->hits);
    for (size_t i = 0; i < count && out->count < request->limit && status == LC_OK; i++) {
        hit *to = &out->hits[out->count];
        *to = (hit){.docid = list[i].docid, .score = list[i].score, .tier = TIER_ALL};
        status = searcher_record(g->in, to->docid, g->memory, &to->record, error);
        if (status != LC_OK || is_left_out(request, &to->record))
            continue;
        if (skip)
            skip--;
        else
            out->count++;
    }
    out->tiered = true;
    out->all_count = request->offset + out->count; /* any word in common is a match: no figure */
    return status;
}

static lc_status find_hits(gathering *g, const search_result *with, size_t limit, xs_hits *found,
                           lc_error *error)
{
    xs_error said;
    collection_numbers numbers;
    const ranker *how = ranking_default();
    xs_search page = {.limit = (uint32_t)limit};
    lc_status status = collection_numbers_read(g->words, how, &numbers, error);
    if (status != LC_OK || !with->plan.all)
        return status;
    xs_weights weights = {.kind = XS_WEIGHT_PACKED, .k1 = how->k1, .norms = numbers.norms};
    return from_xapian(
        xs_reader_search(searcher_reader(g->in), with->plan.all, &weights, &page, found, &said),
        &said, g->words->path, error);
}

lc_status similar_search(searcher *in, const similar_request *request, arena *memory,
                         search_result *out, lc_error *error)
{
    enum { TITLE_TIMES = 2 };
    gathering g = {.in = in, .words = searcher_vocabulary(in), .memory = memory};
    xs_error said;
    xs_hits found = {0};
    size_t wanted = request->offset + request->limit;
    wanted = wanted > POOL ? wanted : POOL;
    candidate *list = arena_alloc(memory, (wanted + SCAN + 1) * sizeof *list);
    *out = (search_result){0};
    g.places = map_new();
    gather(&g, request->title, TITLE_TIMES);
    gather(&g, request->body, 1);
    xs_status status = weigh(&g, &said);
    make_query(&g, request, &out->plan);
    if (status == XS_OK && (status = out->plan.builder.status) != XS_OK)
        said = out->plan.builder.said;
    lc_status result = from_xapian(status, &said, g.words->path, error);
    if (result == LC_OK)
        result = find_hits(&g, out, wanted, &found, error);
    if (result == LC_OK)
        result = read_page(&g, request, list, rank_hits(&g, &found, list), out, error);
    xs_hits_clear(&found);
    map_free(g.places);
    return result;
}
