#include "search/searcher.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/watchdog.h"
#include "index/format.h"
#include "index/vectors.h"
#include "index/xapian_error.h"
#include "search/query_form.h"
#include "search/query_words.h"
#include "search/ranker.h"

struct searcher {
    char *path;
    xs_reader *reader;
    vocabulary words;
    vectors *vectors; /* NULL: none, or none of this commit */
};

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

static void open_vectors(searcher *of)
{
    char commit[XS_COMMIT_SIZE];
    vectors_close(of->vectors);
    of->vectors = NULL;
    if (xs_reader_commit(of->reader, commit, NULL) == XS_OK)
        of->vectors = vectors_open(of->path, commit);
}

/* A reader falls behind after two commits of a writer: Xapian then says so, and what was asked is
 * asked again of the newest state. */
enum { TRIES = 5 };

/* Many a look at the index (is there such a word?) has no way to say that it failed: what was put
 * together from them holds only if none did. */
static lc_status check_looks(const searcher *in, lc_status status, lc_error *error)
{
    xs_error said;
    if (status != LC_OK)
        return status;
    return from_xapian(xs_reader_failure(in->reader, &said), &said, in->path, error);
}

static lc_status open_once(searcher *made, lc_error *error)
{
    xs_error said;
    lc_status status =
        from_xapian(xs_reader_open(made->path, &made->reader, &said), &said, made->path, error);
    if (status == LC_OK)
        status = check_version(made, error);
    if (status == LC_OK)
        status = vocabulary_open(made->reader, made->path, &made->words, error);
    return check_looks(made, status, error);
}

lc_status searcher_open(const char *index_path, searcher **searcher_out, lc_error *error)
{
    searcher *made = xcalloc(1, sizeof *made);
    made->path = xstrdup(span_of(index_path));
    watchdog_begin(WATCHDOG_STEP);
    lc_status status = open_once(made, error);
    for (int i = 1; i < TRIES && status == LC_CHANGED; i++) {
        vocabulary_close(&made->words);
        xs_reader_free(made->reader);
        made->words = (vocabulary){0};
        made->reader = NULL;
        status = open_once(made, error);
    }
    watchdog_end();
    if (status == LC_OK) {
        open_vectors(made);
        *searcher_out = made;
    } else {
        searcher_free(made);
    }
    return status;
}

void searcher_free(searcher *what)
{
    if (!what)
        return;
    vocabulary_close(&what->words);
    vectors_close(what->vectors);
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
    const ranker *how;
    arena *memory;
    search_result *out;
    collection_numbers numbers;
    scored_words words;
    candidate *pool; /* what the later stages rank */
    size_t pool_size, pool_count;
    xs_error said;
    xs_status failed;
} searching;

/* A tier's talks, then its texts that belong to no talk. */
static int level_of(tier of, bool rest)
{
    return 2 * (int)of + rest;
}

static size_t pool_bytes(const searching *s)
{
    return (s->pool_size + (size_t)s->how->latent_scan + 1) * sizeof *s->pool;
}

static xs_search page_of(const searching *s)
{
    xs_search page = {0};
    page.limit = (uint32_t)(s->pool_size - s->pool_count);
    search_order order = s->request->order;
    if (order != ORDER_RELEVANCE) {
        bool up = (order == ORDER_TITLE) != s->request->reverse;
        page.order = up ? XS_BY_VALUE_ASCENDING : XS_BY_VALUE_DESCENDING;
        page.order_slot = order == ORDER_DATE ? SLOT_DATE : SLOT_TITLE;
    }
    page.check_at_least = page.limit > 1000 ? page.limit : 1000;
    return page;
}

/* Xapian counts while it looks for the best, and passes over what can't be among them: with many
 * matches its number is a guess. All are then gone through once more, without weights. */
static xs_status count_matches(searching *s, const xs_query *query, const xs_hits *found,
                               size_t *count)
{
    static const xs_weights no_weights = {.kind = XS_WEIGHT_BOOL};
    xs_search all = {.limit = 1, .check_at_least = UINT32_MAX};
    xs_hits counted = {0};
    if (found->lower == found->upper) {
        *count += found->lower;
        return XS_OK;
    }
    xs_status status =
        xs_reader_search(s->in->reader, query, &no_weights, &all, &counted, &s->said);
    *count += counted.lower;
    xs_hits_clear(&counted);
    return status;
}

/* Runs query without what the better tiers hold; adds the number of matches to *count. */
static void search_tier(searching *s, xs_query *query, xs_query *better, int level, size_t *count)
{
    xs_hits found = {0};
    xs_search page = page_of(s);
    query_builder *build = &s->out->plan.builder;
    xs_weights weights = {.kind = XS_WEIGHT_PACKED, .k1 = s->how->k1, .norms = s->numbers.norms};
    if (!query || s->failed != XS_OK)
        return;
    if (better)
        query = build_two(build, XS_AND_NOT, query, better);
    s->failed = build->status;
    s->said = build->said;
    if (s->failed == XS_OK)
        s->failed = xs_reader_search(s->in->reader, query, &weights, &page, &found, &s->said);
    if (s->failed != XS_OK)
        return;
    s->failed = count_matches(s, query, &found, count);
    for (size_t i = 0; i < found.count; i++)
        s->pool[s->pool_count++] =
            (candidate){.docid = found.hit[i].docid, .score = found.hit[i].score, .level = level};
    xs_hits_clear(&found);
}

/* No date is less than any. */
static void search_by_date(searching *s, xs_query *query, xs_query *better, int level,
                           size_t *count)
{
    query_builder *build = &s->out->plan.builder;
    xs_query *dated = build_range(build, SLOT_DATE, SPAN("0001"), SPAN_NONE);
    search_tier(s, build_two(build, XS_FILTER, query, dated), better, level, count);
    better = better ? build_two(build, XS_OR, better, dated) : dated;
    search_tier(s, query, better, level, count);
}

static void search_talks_then_rest(searching *s, xs_query *query, xs_query *better, tier of,
                                   size_t *count)
{
    query_builder *build = &s->out->plan.builder;
    const char *kind = FIELDS[FIELD_KIND].prefix;
    if (!query)
        return;
    if (s->request->order == ORDER_DATE && s->request->reverse) {
        search_by_date(s, query, better, level_of(of, false), count);
        return;
    }
    if (s->request->order != ORDER_RELEVANCE ||
        !vocabulary_frequency(&s->in->words, kind, SPAN("note"))) {
        search_tier(s, query, better, level_of(of, false), count);
        return;
    }
    xs_query *rest = build_term(build, kind, SPAN("note"));
    xs_query *not_talk = better ? build_two(build, XS_OR, better, rest) : rest;
    search_tier(s, query, not_talk, level_of(of, false), count);
    search_tier(s, build_two(build, XS_FILTER, query, rest), better, level_of(of, true), count);
}

static void search_tiers(searching *s)
{
    const query_plan *plan = &s->out->plan;
    query_builder *build = &s->out->plan.builder;
    xs_query *better = NULL;
    if (plan->title && plan->all) {
        xs_query *title = build_two(build, XS_AND_MAYBE, plan->title, plan->all);
        search_tier(s, title, NULL, level_of(TIER_TITLE, false), &s->out->all_count);
        better = plan->title;
    }
    search_talks_then_rest(s, plan->all, better, TIER_ALL, &s->out->all_count);
    if (better && plan->all)
        better = build_two(build, XS_OR, better, plan->all);
    else
        better = plan->all;
    if (s->pool_count < s->pool_size && plan->some && !s->request->all_words)
        search_talks_then_rest(s, plan->some, better, TIER_SOME, &s->out->some_count);
}

/* Those of the candidates that match every word. Both lists are by docid. */
static void mark_all(searching *s, const candidate *all, size_t all_count)
{
    size_t at = 0;
    for (size_t i = 0; i < s->pool_count; i++) {
        while (at < all_count && all[at].docid < s->pool[i].docid)
            at++;
        s->pool[i].all = at < all_count && all[at].docid == s->pool[i].docid;
    }
}

static int compare_docids(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    return (a->docid > b->docid) - (a->docid < b->docid);
}

/* Those that match every word, by docid. */
static candidate *find_all(searching *s, size_t *count_out)
{
    candidate *all = s->pool;
    search_tier(s, s->out->plan.all, NULL, level_of(TIER_ALL, false), &s->out->all_count);
    *count_out = s->pool_count;
    qsort(all, *count_out, sizeof *all, compare_docids);
    s->pool = arena_alloc(s->memory, pool_bytes(s));
    s->pool_count = 0;
    return all;
}

/* A sentence: all that match any word are one tier, and those that match every word are marked. The
 * whole title comes first, unless there are to be no tiers at all. */
static void search_without_tiers(searching *s)
{
    const query_plan *plan = &s->out->plan;
    query_builder *build = &s->out->plan.builder;
    xs_query *any = plan->some ? plan->some : plan->all, *title = NULL;
    size_t all_count;
    candidate *all = find_all(s, &all_count);
    if (plan->title && any && s->how->tier_words > 0) {
        size_t counted = 0; /* with those that match every word */
        title = plan->title;
        search_tier(s, build_two(build, XS_AND_MAYBE, title, any), NULL,
                    level_of(TIER_TITLE, false), &counted);
    }
    search_talks_then_rest(s, any, title, TIER_SOME, &s->out->some_count);
    qsort(s->pool, s->pool_count, sizeof *s->pool, compare_docids);
    mark_all(s, all, all_count);
}

/* How many candidates the stages want to see: no more than there are, whatever was asked for. */
static size_t pool_size(const searching *s)
{
    size_t wanted = s->request->offset + s->request->limit;
    if (wanted > s->in->words.documents)
        wanted = s->in->words.documents;
    if (s->request->order != ORDER_RELEVANCE)
        return wanted;
    double depth = s->how->proximity_depth;
    if (s->in->vectors && s->how->latent > 0 && s->how->latent_depth > depth)
        depth = s->how->latent_depth;
    return depth > (double)wanted ? (size_t)depth : wanted;
}

static lc_status find_candidates(searching *s, lc_error *error)
{
    lc_status status = collection_numbers_read(&s->in->words, s->how, &s->numbers, error);
    if (status != LC_OK)
        return status;
    s->pool_size = pool_size(s);
    s->pool = arena_alloc(s->memory, pool_bytes(s));
    query_words_find(&s->out->tree, &s->in->words, s->memory, &s->words);
    /* a person's query always has tiers: they say what the result is; a topic's by its length */
    s->out->tiered = !s->request->plain || (double)s->words.count <= s->how->tier_words ||
                     s->request->order != ORDER_RELEVANCE;
    if (s->out->tiered)
        search_tiers(s);
    else
        search_without_tiers(s);
    return from_xapian(s->failed, &s->said, s->in->path, error);
}

static void add_docid(uint32_t docid, void *user)
{
    docid_set *to = user;
    if (docid < to->limit)
        to->bits[docid / 8] |= (uint8_t)(1U << docid % 8);
}

/* The talks that match the query's filters. */
static lc_status find_within(searching *s, docid_set *out, lc_error *error)
{
    static const xs_weights no_weights = {.kind = XS_WEIGHT_BOOL};
    xs_hits found = {0};
    xs_search page = {.limit = 1, .on_match = add_docid, .user = out};
    if (!s->out->plan.within)
        return LC_OK;
    out->limit = vectors_end(s->in->vectors);
    out->bits = arena_zalloc(s->memory, out->limit / 8 + 1);
    xs_status status =
        xs_reader_search(s->in->reader, s->out->plan.within, &no_weights, &page, &found, &s->said);
    if (status == XS_OK)
        xs_hits_clear(&found);
    return from_xapian(status, &s->said, s->in->path, error);
}

static lc_status rank(searching *s, lc_error *error)
{
    docid_set within = {0};
    bool scan =
        s->out->plan.alike && s->in->vectors && s->how->latent_scan > 0 && !s->request->all_words;
    if (s->request->order != ORDER_RELEVANCE)
        return LC_OK;
    lc_status status = scan ? find_within(s, &within, error) : LC_OK;
    if (status != LC_OK)
        return status;
    rank_context with = {.words = &s->in->words,
                         .numbers = &s->numbers,
                         .vectors = s->in->vectors,
                         .how = s->how,
                         .query = &s->words,
                         .scan = scan,
                         .scan_set = s->out->plan.within ? &within : NULL,
                         .scan_level = level_of(s->out->tiered ? TIER_NEAR : TIER_SOME, false),
                         .memory = s->memory};
    return rank_candidates(&with, s->pool, &s->pool_count, error);
}

static tier tier_of(const candidate *of)
{
    tier own = (tier)(of->level / 2);
    return of->all && own == TIER_SOME ? TIER_ALL : own;
}

static void take_page(searching *s)
{
    size_t first = s->request->offset, most = s->request->limit;
    if (most > s->pool_count)
        most = s->pool_count;
    s->out->hits = arena_zalloc(s->memory, (most + 1) * sizeof *s->out->hits);
    for (size_t i = first; i < s->pool_count && s->out->count < s->request->limit; i++)
        s->out->hits[s->out->count++] = (hit){
            .docid = s->pool[i].docid, .score = s->pool[i].score, .tier = tier_of(&s->pool[i])};
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

/* What stands in no place of the query's text. */
static void forget_places(query_node *in)
{
    in->begin = in->end = 0;
    for (size_t i = 0; i < in->count; i++)
        forget_places(in->children[i]);
}

static lc_status add_scope(searching *s, const query_options *options, lc_error *error)
{
    query_tree scope;
    query_mistake nowhere;
    node_list both = {0};
    lc_status status = query_parse(s->request->scope, options, s->memory, &scope, error, &nowhere);
    if (status != LC_OK)
        return status;
    forget_places(scope.root);
    node_list_add(s->memory, &both, s->out->tree.root);
    node_list_add(s->memory, &both, scope.root);
    s->out->tree.root = node_all_of(s->memory, &both);
    return LC_OK;
}

static lc_status parse(searching *s, lc_error *error, query_mistake *where)
{
    callbacks context = {s->in, s->request};
    query_options options = {property_callback, saved_callback, &context, s->request->today};
    if (s->request->plain) {
        query_from_text(s->request->query, s->memory, &s->out->tree);
        return LC_OK;
    }
    lc_status status =
        query_parse(s->request->query, &options, s->memory, &s->out->tree, error, where);
    if (status == LC_OK && s->request->scope.length)
        status = add_scope(s, &options, error);
    return status;
}

static lc_status search_once(searcher *in, const search_request *request, arena *memory,
                             search_result *out, lc_error *error, query_mistake *where)
{
    *out = (search_result){0};
    searching s = {.in = in, .request = request, .memory = memory, .out = out};
    s.how = request->how ? request->how : ranking_default();
    lc_status status = parse(&s, error, where);
    if (status == LC_OK)
        status = query_plan_make(&out->tree, request->query, &in->words, s.how, memory, &out->plan,
                                 error);
    if (status == LC_OK)
        status = find_candidates(&s, error);
    if (status == LC_OK)
        status = rank(&s, error);
    if (status == LC_OK)
        take_page(&s);
    if (status == LC_OK && !request->bare)
        status = read_hits(&s, error);
    return check_looks(in, status, error);
}

/* Whether there is a newer state to ask again. */
static bool go_on(searcher *in, lc_status status)
{
    if (status != LC_CHANGED || xs_reader_reopen(in->reader, NULL, NULL) != XS_OK)
        return false;
    open_vectors(in);
    return true;
}

lc_status searcher_search(searcher *in, const search_request *request, arena *memory,
                          search_result *out, lc_error *error, query_mistake *where)
{
    watchdog_begin(WATCHDOG_STEP);
    lc_status status = search_once(in, request, memory, out, error, where);
    for (int i = 1; i < TRIES && go_on(in, status); i++) {
        search_result_free(out);
        status = search_once(in, request, memory, out, error, where);
    }
    watchdog_end();
    return status;
}

void search_result_free(search_result *what)
{
    query_plan_free(&what->plan);
}

lc_status searcher_explain(searcher *in, const search_request *request, const search_result *result,
                           const hit *which, arena *memory, explanation *out, lc_error *error)
{
    collection_numbers numbers;
    const query_plan *plan = &result->plan;
    const ranker *how = request->how ? request->how : ranking_default();
    const xs_query *asked = which->tier == TIER_SOME && plan->some ? plan->some : plan->all;
    lc_status status = collection_numbers_read(&in->words, how, &numbers, error);
    if (status != LC_OK)
        return status;
    xs_weights weights = {.kind = XS_WEIGHT_PACKED, .k1 = how->k1, .norms = numbers.norms};
    explain_score(&plan->builder, asked, in->reader, &weights, which->docid, memory, out);
    double explained_score = out->count ? out->lines[0].score : 0;
    if (fabs(which->score - explained_score) > 0.005 * fabs(which->score)) {
        explained rest = {0, which->score - explained_score, false,
                          SPAN("order and nearness of the words")};
        ARENA_ADD(memory, out->lines, out->count, out->capacity, rest);
    }
    return LC_OK;
}

lc_status searcher_leaf_scores(searcher *in, const search_request *request,
                               const search_result *result, const hit *which, double *scores_out,
                               lc_error *error)
{
    collection_numbers numbers;
    const ranker *how = request->how ? request->how : ranking_default();
    bool strict = result->tiered && which->tier < TIER_SOME;
    lc_status status = collection_numbers_read(&in->words, how, &numbers, error);
    xs_weights weights = {.kind = XS_WEIGHT_PACKED, .k1 = how->k1, .norms = numbers.norms};
    for (size_t i = 0; i < result->plan.leaf_count && status == LC_OK; i++) {
        xs_error said;
        const planned_leaf *leaf = &result->plan.leaves[i];
        const xs_query *asked = leaf->loose && !strict ? leaf->loose : leaf->query;
        xs_status found = asked ? xs_reader_score(in->reader, asked, &weights, which->docid,
                                                  &scores_out[i], &said)
                                : XS_NOT_FOUND;
        if (found == XS_NOT_FOUND)
            scores_out[i] = -1;
        else if (found != XS_OK)
            status = from_xapian(found, &said, in->path, error);
        else
            scores_out[i] *= leaf->times;
    }
    return status;
}

/* ---- one talk ---- */

static bool first_docid(uint32_t docid, uint32_t wdf, void *user)
{
    (void)wdf;
    *(uint32_t *)user = docid;
    return false;
}

lc_status searcher_docid(const searcher *in, span id, uint32_t *docid_out, lc_error *error)
{
    xs_error said;
    uint32_t docid = 0;
    buffer whole = {0};
    buffer_printf(&whole, "%s%.*s", FIELDS[FIELD_ID].prefix, SPAN_ARG(id));
    xs_status status =
        xs_reader_each_posting(in->reader, whole.at, whole.length, first_docid, &docid, &said);
    buffer_free(&whole);
    if (status != XS_OK)
        return from_xapian(status, &said, in->path, error);
    if (!docid)
        return lc_fail(error, LC_NOT_FOUND, "%.*s: no talk has this id", SPAN_ARG(id));
    *docid_out = docid;
    return LC_OK;
}

static lc_status talk_once(const searcher *in, span id, arena *memory, talk_record *out,
                           lc_error *error)
{
    uint32_t docid = 0;
    lc_status status = searcher_docid(in, id, &docid, error);
    if (status == LC_OK)
        status = searcher_record(in, docid, memory, out, error);
    return status;
}

lc_status searcher_talk(searcher *in, span id, arena *memory, talk_record *out, lc_error *error)
{
    lc_status status = talk_once(in, id, memory, out, error);
    for (int i = 1; i < TRIES && go_on(in, status); i++)
        status = talk_once(in, id, memory, out, error);
    return status;
}

const vectors *searcher_vectors(const searcher *of)
{
    return of->vectors;
}
