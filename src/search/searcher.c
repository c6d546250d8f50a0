#include "search/searcher.h"

#include <stdlib.h>
#include <string.h>

#include "index/format.h"
#include "index/xapian_error.h"

struct searcher {
    char *path;
    xs_reader *reader;
    vocabulary words;
};

/* k1, b: Lucene's and RELEVANCE.md's. */
static const xs_weights WEIGHTS = {.kind = XS_WEIGHT_LUCENE, .k1 = 1.2, .b = 0.75};

static lc_status check_version(const searcher *of, lc_error *error)
{
    xs_error said;
    char *text;
    size_t length;
    xs_status status =
        xs_reader_get_meta(of->reader, META_VERSION, strlen(META_VERSION), &text, &length, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, of->path, error);
    bool same = span_equal((span){text, length}, SPAN(INDEX_VERSION));
    xs_free(text);
    if (same)
        return LC_OK;
    return lc_fail(error, LC_OLD_INDEX,
                   "%s: was written by another version of lectern; rebuild it with: lectern index",
                   of->path);
}

lc_status searcher_open(const char *index_path, searcher **searcher_out, lc_error *error)
{
    xs_error said;
    searcher *made = xcalloc(1, sizeof *made);
    made->path = xstrdup(span_of(index_path));
    lc_status status =
        from_xapian(xs_reader_open(index_path, &made->reader, &said), &said, index_path, error);
    if (status == LC_OK)
        status = check_version(made, error);
    if (status == LC_OK)
        status = vocabulary_open(made->reader, made->path, &made->words, error);
    if (status == LC_OK)
        *searcher_out = made;
    else
        searcher_free(made);
    return status;
}

void searcher_free(searcher *what)
{
    if (!what)
        return;
    vocabulary_close(&what->words);
    xs_reader_free(what->reader);
    free(what->path);
    free(what);
}

const xs_reader *searcher_reader(const searcher *of)
{
    return of->reader;
}

const vocabulary *searcher_vocabulary(const searcher *of)
{
    return &of->words;
}

lc_status searcher_record(const searcher *in, uint32_t docid, arena *memory, talk_record *out,
                          lc_error *error)
{
    xs_error said;
    char *data;
    size_t length;
    xs_status status = xs_reader_get_data(in->reader, docid, &data, &length, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, in->path, error);
    span kept = arena_copy(memory, (span){data, length});
    xs_free(data);
    if (talk_record_read(kept, memory, out))
        return LC_OK;
    return lc_fail(error, LC_CORRUPT,
                   "%s: a talk's record is damaged; rebuild it with: lectern index --rebuild",
                   in->path);
}

/* ---- one search, tier by tier ---- */

typedef struct {
    searcher *in;
    const search_request *request;
    arena *memory;
    search_result *out;
    size_t skip; /* hits that the page begins behind */
    xs_error said;
    xs_status failed;
} searching;

static bool page_is_full(const searching *s)
{
    return s->out->count >= s->request->limit;
}

static void take_hits(searching *s, const xs_hits *found, tier of)
{
    for (size_t i = 0; i < found->count && !page_is_full(s); i++) {
        hit added = {.docid = found->hit[i].docid, .score = found->hit[i].score, .tier = of};
        if (s->skip) {
            s->skip--;
            continue;
        }
        s->out->hits[s->out->count++] = added;
    }
}

static xs_search page_of(const searching *s)
{
    xs_search page = {0};
    page.limit = (uint32_t)(s->skip + s->request->limit - s->out->count);
    if (s->request->order == ORDER_DATE)
        page.order = XS_BY_VALUE_DESCENDING, page.order_slot = SLOT_DATE;
    if (s->request->order == ORDER_TITLE)
        page.order = XS_BY_VALUE_ASCENDING, page.order_slot = SLOT_TITLE;
    page.check_at_least = page.limit > 1000 ? page.limit : 1000;
    return page;
}

/* Runs query without what the better tiers hold; adds the number of matches to *count. */
static void search_tier(searching *s, xs_query *query, xs_query *better, tier of, size_t *count)
{
    xs_hits found = {0};
    xs_search page = page_of(s);
    query_builder *build = &s->out->plan.builder;
    if (!query || s->failed != XS_OK)
        return;
    if (better)
        query = build_two(build, XS_AND_NOT, query, better);
    s->failed = build->status;
    if (s->failed == XS_OK)
        s->failed = xs_reader_search(s->in->reader, query, &WEIGHTS, &page, &found, &s->said);
    if (s->failed != XS_OK)
        return;
    *count += found.estimated;
    take_hits(s, &found, of);
    xs_hits_clear(&found);
}

/* Talks first, then the texts that belong to no talk. */
static void search_talks_then_rest(searching *s, xs_query *query, xs_query *better, tier of,
                                   size_t *count)
{
    query_builder *build = &s->out->plan.builder;
    xs_query *rest = build_term(build, FIELDS[FIELD_KIND].prefix, SPAN("note"));
    xs_query *not_talk = better ? build_two(build, XS_OR, better, rest) : rest;
    if (!query)
        return;
    search_tier(s, query, not_talk, of, count);
    search_tier(s, build_two(build, XS_FILTER, query, rest), better, of, count);
}

static lc_status search_tiers(searching *s, lc_error *error)
{
    const query_plan *plan = &s->out->plan;
    query_builder *build = &s->out->plan.builder;
    xs_query *better = NULL;
    if (plan->title && plan->all) {
        xs_query *title = build_two(build, XS_AND_MAYBE, plan->title, plan->all);
        search_tier(s, title, NULL, TIER_TITLE, &s->out->all_count);
        better = plan->title;
    }
    search_talks_then_rest(s, plan->all, better, TIER_ALL, &s->out->all_count);
    if (better && plan->all)
        better = build_two(build, XS_OR, better, plan->all);
    else
        better = plan->all;
    if (!page_is_full(s) && plan->some)
        search_talks_then_rest(s, plan->some, better, TIER_SOME, &s->out->some_count);
    return from_xapian(s->failed, &s->said, s->in->path, error);
}

static lc_status read_hits(searching *s, lc_error *error)
{
    lc_status status = LC_OK;
    for (size_t i = 0; i < s->out->count && status == LC_OK; i++)
        status = searcher_record(s->in, s->out->hits[i].docid, s->memory, &s->out->hits[i].record,
                                 error);
    return status;
}

/* The saved-query callback has a context of its own; ours is the vocabulary. */
typedef struct {
    searcher *in;
    const search_request *request;
} callbacks;

static bool property_callback(void *context, span key)
{
    callbacks *c = context;
    return vocabulary_has_property(&c->in->words, key);
}

static bool saved_callback(void *context, span name, span *text_out)
{
    callbacks *c = context;
    return c->request->saved_query && c->request->saved_query(c->request->context, name, text_out);
}

static lc_status parse(searching *s, lc_error *error, query_mistake *where)
{
    callbacks context = {s->in, s->request};
    query_options options = {property_callback, saved_callback, &context, s->request->today};
    return query_parse(s->request->query, &options, s->memory, &s->out->tree, error, where);
}

static lc_status search_once(searcher *in, const search_request *request, arena *memory,
                             search_result *out, lc_error *error, query_mistake *where)
{
    *out = (search_result){0};
    searching s = {in, request, memory, out, request->offset, {XS_OK, ""}, XS_OK};
    out->hits = arena_zalloc(memory, (request->limit + 1) * sizeof *out->hits);
    lc_status status = parse(&s, error, where);
    if (status == LC_OK)
        status = query_plan_make(&out->tree, request->query, &in->words, memory, &out->plan, error);
    if (status == LC_OK)
        status = search_tiers(&s, error);
    if (status == LC_OK)
        status = read_hits(&s, error);
    return status;
}

/* A reader falls behind after two commits of a writer: Xapian then says so, and the search is done
 * again on the newest state. */
lc_status searcher_search(searcher *in, const search_request *request, arena *memory,
                          search_result *out, lc_error *error, query_mistake *where)
{
    enum { TRIES = 5 };
    lc_status status = LC_OK;
    for (int i = 0; i < TRIES; i++) {
        status = search_once(in, request, memory, out, error, where);
        if (status != LC_CHANGED || xs_reader_reopen(in->reader, NULL, NULL) != XS_OK)
            break;
        search_result_free(out);
    }
    return status;
}

void search_result_free(search_result *what)
{
    query_plan_free(&what->plan);
}

/* ---- one talk ---- */

static bool first_docid(uint32_t docid, uint32_t wdf, void *user)
{
    (void)wdf;
    *(uint32_t *)user = docid;
    return false;
}

lc_status searcher_talk(searcher *in, span id, arena *memory, talk_record *out, lc_error *error)
{
    xs_error said;
    uint32_t docid = 0;
    span whole = arena_printf(memory, "%s%.*s", FIELDS[FIELD_ID].prefix, SPAN_ARG(id));
    xs_status status =
        xs_reader_each_posting(in->reader, whole.at, whole.length, first_docid, &docid, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, in->path, error);
    if (!docid)
        return lc_fail(error, LC_NOT_FOUND, "%.*s: no talk has this id", SPAN_ARG(id));
    return searcher_record(in, docid, memory, out, error);
}
