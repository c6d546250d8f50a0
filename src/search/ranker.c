#include "search/ranker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "index/format.h"
#include "index/word_codes.h"
#include "index/xapian_error.h"
#include "search/proximity.h"

lc_status collection_numbers_read(const vocabulary *of, const ranking *how, collection_numbers *out,
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

static double idf_of(const rank_context *with, const scored_word *word)
{
    uint32_t most = 0;
    for (size_t i = 0; i < word->stem_count; i++) {
        uint32_t documents = vocabulary_frequency(with->words, PREFIX_STEM, word->stems[i]);
        if (documents > most)
            most = documents;
    }
    return log(1 + ((double)with->numbers->documents - most + .5) / (most + .5));
}

static proximity_word *proximity_words(const rank_context *with)
{
    const scored_words *query = with->query;
    proximity_word *made = arena_zalloc(with->memory, (query->count + 1) * sizeof *made);
    for (size_t i = 0; i < query->count; i++) {
        for (size_t s = 0; s < query->items[i].stem_count; s++)
            made[i].code[made[i].count++] = word_code(query->items[i].stems[s]);
        made[i].idf = idf_of(with, &query->items[i]);
    }
    return made;
}

enum { CODES_MAX = 20000 }; /* of the longest talk; what comes behind adds nothing */

typedef struct {
    const rank_context *with;
    const proximity_word *words;
    candidate **by_docid;
    size_t at;
    uint16_t *code;
} near_scan;

static bool add_proximity(uint32_t docid, const char *value, size_t length, void *user)
{
    near_scan *scan = user;
    const rank_context *with = scan->with;
    size_t words = 0, count = word_codes_read((span){value, length}, scan->code, CODES_MAX);
    while (scan->by_docid[scan->at]->docid != docid)
        scan->at++;
    for (size_t i = 0; i < count; i++) {
        if (scan->code[i] == WORD_CODE_BORDER)
            words *= TITLE_WEIGHT;
        else
            words++;
    }
    double k1 = with->how->k1, b = with->how->b;
    double norm = k1 * (1 - b + b * (double)words / with->numbers->mean_length);
    scan->by_docid[scan->at]->score += proximity_score(scan->words, with->query->count, scan->code,
                                                       count, norm, with->how);
    return true;
}

static int compare_docids(const void *left, const void *right)
{
    const candidate *a = *(candidate *const *)left, *b = *(candidate *const *)right;
    return (a->docid > b->docid) - (a->docid < b->docid);
}

static lc_status rank_by_proximity(const rank_context *with, candidate *list, size_t count,
                                   lc_error *error)
{
    xs_error said;
    uint32_t *docids = arena_alloc(with->memory, (count + 1) * sizeof *docids);
    near_scan scan = {.with = with, .words = proximity_words(with)};
    scan.by_docid = arena_alloc(with->memory, (count + 1) * sizeof *scan.by_docid);
    scan.code = arena_alloc(with->memory, CODES_MAX * sizeof *scan.code);
    for (size_t i = 0; i < count; i++)
        scan.by_docid[i] = &list[i];
    qsort(scan.by_docid, count, sizeof *scan.by_docid, compare_docids);
    for (size_t i = 0; i < count; i++)
        docids[i] = scan.by_docid[i]->docid;
    xs_status status = xs_reader_values_of(with->words->reader, SLOT_WORDS, docids, count,
                                           add_proximity, &scan, &said);
    return from_xapian(status, &said, with->words->path, error);
}

/* ---- all ---- */

lc_status rank_candidates(const rank_context *with, candidate *list, size_t count, lc_error *error)
{
    lc_status status = LC_OK;
    size_t near = least(count, with->how->proximity_depth);
    candidates_sort(list, count);
    if (near && with->query->count > 1)
        status = rank_by_proximity(with, list, near, error);
    if (status == LC_OK)
        candidates_sort(list, near);
    return status;
}
