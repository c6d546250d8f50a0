#include "search/latent.h"

#include <string.h>

/* Words as often as they stand in the query: their weight is that of a text. */
static vector query_vector(const vectors *with, const scored_words *query)
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

void latent_rank(const vectors *with, const scored_words *query, const ranking *how,
                 candidate *list, size_t count)
{
    vector wanted = query_vector(with, query);
    double best = best_score(list, count);
    if (wanted.scale == 0 || best == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        const vector *own = vectors_talk(with, list[i].docid);
        double like = own ? vector_cosine(&wanted, own) : 0;
        list[i].score = (1 - how->latent) * list[i].score / best + how->latent * like;
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

static double smoothed(double score, const neighbour *nearest, size_t count, double smooth)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < count; i++) {
        sum += nearest[i].like * nearest[i].score;
        weights += nearest[i].like;
    }
    return weights > 0 ? (1 - smooth) * score + smooth * sum / weights : score;
}

void latent_smooth(const vectors *with, const ranking *how, candidate *list, size_t count,
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
