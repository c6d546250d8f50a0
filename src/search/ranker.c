#include "search/ranker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/format.h"
#include "index/word_sequence.h"
#include "index/xapian_error.h"
#include "search/latent.h"
#include "search/proximity.h"

lc_status collection_numbers_read(const vocabulary *of, const ranker *how, collection_numbers *out,
                                  lc_error *error)
{
    xs_error said;
    uint32_t documents = 0, lengths = 0;
    xs_status status = xs_reader_term_freq(of->reader, TERM_LENGTH, strlen(TERM_LENGTH), &documents,
                                           &lengths, &said);
    if (status != XS_OK)
        return from_xapian(status, &said, of->path, error);
    double mean = documents && lengths ? (double)lengths / documents : 1;
    *out = (collection_numbers){.documents = documents, .mean_length = mean};
    for (int c = 0; c < LENGTH_CLASSES; c++) {
        double length = c == LENGTH_CLASS_NONE ? mean : length_class_length((uint8_t)c);
        out->norms[c] = (float)(how->k1 * (1 - how->b + how->b * length / mean));
    }
    return LC_OK;
}

static int compare_candidates(const void *left, const void *right)
{
    const candidate *a = left, *b = right;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return (a->docid > b->docid) - (a->docid < b->docid);
}

void candidates_sort(candidate *list, size_t count)
{
    if (count)
        qsort(list, count, sizeof *list, compare_candidates);
}

static size_t least(size_t count, double depth)
{
    return depth < (double)count ? (size_t)depth : count;
}

/* ---- stage 2: proximity ---- */

enum { CODES_MAX = 20000 }; /* of the longest talk; what comes behind adds nothing */

typedef struct {
    candidate *of;
    double norm;            /* K */
    proximity_count *pairs; /* of each pair of the query */
} near_candidate;

typedef struct {
    const rank_context *with;
    proximity_query query;
    near_candidate *list; /* by docid */
    size_t count, at;
    uint16_t *code;
} near_scan;

static int compare_docids(const void *left, const void *right)
{
    const near_candidate *a = left, *b = right;
    return (a->of->docid > b->of->docid) - (a->of->docid < b->of->docid);
}

static void find_pairs(const rank_context *with, proximity_query *out)
{
    const scored_words *query = with->query;
    proximity_word *words = arena_zalloc(with->memory, query->count * sizeof *words);
    for (size_t i = 0; i < query->count; i++)
        for (size_t s = 0; s < query->items[i].stem_count; s++)
            words[i].code[words[i].count++] = word_code(query->items[i].stems[s]);
    proximity_query_make(words, query->count, CODES_MAX, with->memory, out);
}

static void start_scan(near_scan *scan, candidate *list, size_t count)
{
    arena *memory = scan->with->memory;
    scan->count = count;
    scan->code = arena_alloc(memory, CODES_MAX * sizeof *scan->code);
    scan->list = arena_zalloc(memory, count * sizeof *scan->list);
    for (size_t i = 0; i < count; i++) {
        scan->list[i].of = &list[i];
        scan->list[i].pairs = arena_zalloc(memory, scan->query.count * sizeof *scan->list[i].pairs);
    }
    qsort(scan->list, count, sizeof *scan->list, compare_docids);
}

static double norm_of(const rank_context *with, const uint16_t *code, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (code[i] == WORD_CODE_BORDER)
            length *= TITLE_WEIGHT;
        else
            length++;
    }
    double b = with->how->b;
    return with->how->k1 * (1 - b + b * (double)length / with->numbers->mean_length);
}

static bool scan_one(uint32_t docid, const char *value, size_t length, void *user)
{
    near_scan *scan = user;
    size_t count = word_sequence_codes((span){value, length}, scan->code, CODES_MAX);
    while (scan->list[scan->at].of->docid != docid)
        scan->at++;
    near_candidate *to = &scan->list[scan->at];
    to->norm = norm_of(scan->with, scan->code, count);
    proximity_count_pairs(&scan->query, scan->code, count, to->pairs);
    return true;
}

/* How many documents hold a pair is nowhere stored; those among the candidates are most of them if
 * they are few, and if they are many it hardly matters. */
static void add_pair(near_scan *scan, size_t pair)
{
    double documents = scan->with->numbers->documents, holding = 0;
    for (size_t i = 0; i < scan->count; i++)
        holding += scan->list[i].pairs[pair].ordered > 0;
    double idf = log(1 + (documents - holding + .5) / (holding + .5));
    for (size_t i = 0; i < scan->count; i++)
        scan->list[i].of->score +=
            proximity_score(&scan->list[i].pairs[pair], idf, scan->list[i].norm, scan->with->how);
}

static lc_status rank_by_proximity(const rank_context *with, candidate *list, size_t count,
                                   lc_error *error)
{
    xs_error said;
    near_scan scan = {.with = with};
    find_pairs(with, &scan.query);
    if (!scan.query.count)
        return LC_OK;
    start_scan(&scan, list, count);
    uint32_t *docids = arena_alloc(with->memory, count * sizeof *docids);
    for (size_t i = 0; i < count; i++)
        docids[i] = scan.list[i].of->docid;
    xs_status status =
        xs_reader_values_of(with->words->reader, SLOT_WORDS, docids, count, scan_one, &scan, &said);
    for (size_t i = 0; i < scan.query.count && status == XS_OK; i++)
        add_pair(&scan, i);
    return from_xapian(status, &said, with->words->path, error);
}

/* ---- all ---- */

/* Behind the smoothed ones come the others, whatever the scales. */
static void rank_by_latent(const rank_context *with, candidate *list, size_t *count)
{
    const ranker *how = with->how;
    vector query = latent_query(with->vectors, with->query);
    size_t latent = least(*count, how->latent_depth), smooth;
    if (query.scale == 0)
        return;
    if (with->scan && latent == *count)
        *count = latent =
            latent_scan(with->vectors, &query, with->scan_set, (size_t)how->latent_scan,
                        with->scan_level, list, latent, with->memory);
    latent_rank(with->vectors, &query, how, list, latent);
    candidates_sort(list, latent);
    smooth = least(latent, how->smooth_depth);
    if (smooth > 1 && how->smooth > 0) {
        latent_smooth(with->vectors, how, list, smooth, with->memory);
        candidates_sort(list, smooth);
    }
}

lc_status rank_candidates(const rank_context *with, candidate *list, size_t *count, lc_error *error)
{
    lc_status status = LC_OK;
    size_t near = least(*count, with->how->proximity_depth);
    candidates_sort(list, *count);
    if (near && with->query->count > 1)
        status = rank_by_proximity(with, list, near, error);
    if (status != LC_OK)
        return status;
    candidates_sort(list, near);
    if (with->vectors && with->how->latent > 0)
        rank_by_latent(with, list, count);
    return LC_OK;
}
