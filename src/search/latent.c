#include "search/latent.h"

#include <stdlib.h>

vector latent_query(const vectors *with, const scored_words *query)
{
    vector_sum sum = {{0}};
    for (size_t i = 0; i < query->count; i++) {
        size_t times = 0;
        const scored_word *word = &query->items[i];
        for (size_t j = 0; j < query->count; j++) {
            bool same = span_equal(query->items[j].stems[0], word->stems[0]);
            if (same && j < i)
                break;
            times += same;
        }
        for (size_t s = 0; s < word->stem_count && times; s++)
            vector_add_stem(with, word->stems[s], (double)times, &sum);
    }
    return vector_finish(&sum);
}

static double best_score(const candidate *list, size_t count)
{
    double best = 0;
    for (size_t i = 0; i < count; i++)
        if (list[i].score > best)
            best = list[i].score;
    return best;
}

void latent_rank(const vectors *with, const vector *query, const ranker *how, candidate *list,
                 size_t count)
{
    double best = best_score(list, count);
    for (size_t i = 0; i < count; i++) {
        const vector *own = vectors_talk(with, list[i].docid);
        double like = own ? vector_cosine(query, own) : 0;
        double score = best > 0 ? list[i].score / best : 0;
        list[i].score = (1 - how->latent) * score + how->latent * like;
    }
}

typedef struct {
    double like, score;
} neighbour;

/* Keeps the nearest ones, nearest first. */
static size_t meet(neighbour *nearest, size_t count, size_t most, neighbour met)
{
    size_t i = count;
    if (i == most && nearest[--i].like >= met.like)
        return count;
    for (; i > 0 && nearest[i - 1].like < met.like; i--)
        nearest[i] = nearest[i - 1];
    nearest[i] = met;
    return count < most ? count + 1 : count;
}

typedef struct {
    double like;
    uint32_t docid;
} scanned;

/* A heap with the least alike on top. */
static void sink(scanned *heap, size_t count, size_t at)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < count && heap[child + 1].like < heap[child].like)
            child++;
        if (child >= count || heap[at].like <= heap[child].like)
            return;
        scanned moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
        at = child;
    }
}

static int compare_ids(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* heap[]: the `most` nearest of the set, of those above what it begins with. */
static void find_nearest(const vectors *with, const vector *query, const docid_set *among,
                         scanned *heap, size_t most)
{
    enum { BLOCK = 512 };
    float like[BLOCK];
    for (uint32_t first = 1, end = vectors_end(with); first < end && most; first += BLOCK) {
        size_t count = end - first < BLOCK ? end - first : BLOCK;
        vectors_cosines(with, query, first, count, like);
        for (size_t i = 0; i < count; i++) {
            uint32_t docid = first + (uint32_t)i;
            if (!((double)like[i] > heap[0].like) || (among && !docid_set_has(among, docid)))
                continue;
            heap[0] = (scanned){(double)like[i], docid};
            sink(heap, most, 0);
        }
    }
}

size_t latent_scan(const vectors *with, const vector *query, const docid_set *among, size_t most,
                   int level, candidate *list, size_t count, arena *memory)
{
    scanned *heap = arena_zalloc(memory, (most + 1) * sizeof *heap);
    uint32_t *known = arena_alloc(memory, (count + 1) * sizeof *known);
    size_t all = count;
    find_nearest(with, query, among, heap, most);
    for (size_t i = 0; i < count; i++)
        known[i] = list[i].docid;
    qsort(known, count, sizeof *known, compare_ids);
    for (size_t i = 0; i < most; i++)
        if (heap[i].docid && !bsearch(&heap[i].docid, known, count, sizeof *known, compare_ids))
            list[all++] = (candidate){.docid = heap[i].docid, .level = level};
    return all;
}

static double smoothed(double score, const neighbour *nearest, size_t count, double smooth)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < count; i++) {
        sum += nearest[i].like * nearest[i].score;
        weights += nearest[i].like;
    }
    return weights > 0 ? (1 - smooth) * score + smooth * sum / weights : score;
}

void latent_smooth(const vectors *with, const ranker *how, candidate *list, size_t count,
                   arena *memory)
{
    size_t most = (size_t)how->smooth_neighbours;
    neighbour *nearest = arena_alloc(memory, (most + 1) * sizeof *nearest);
    float *like = arena_zalloc(memory, (count * count + 1) * sizeof *like);
    double *scores = arena_alloc(memory, (count + 1) * sizeof *scores);
    for (size_t i = 0; i < count; i++) {
        const vector *a = vectors_talk(with, list[i].docid);
        for (size_t j = 0; j < i && a; j++) {
            const vector *b = vectors_talk(with, list[j].docid);
            if (b)
                like[i * count + j] = like[j * count + i] = (float)vector_cosine(a, b);
        }
    }
    for (size_t i = 0; i < count && most; i++) {
        size_t met = 0;
        for (size_t j = 0; j < count; j++)
            if (j != i && like[i * count + j] > 0)
                met = meet(nearest, met, most,
                           (neighbour){(double)like[i * count + j], list[j].score});
        scores[i] = smoothed(list[i].score, nearest, met, how->smooth);
    }
    for (size_t i = 0; i < count && most; i++)
        list[i].score = scores[i];
}
